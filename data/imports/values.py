"""A column of values as a file gives them → as the store keeps them. Pure.

Most columns of most files are plain, and a million values leave no time to look at each. So each column is first
looked at in one piece, its values joined, which C does in passing; only one that is not plain is read value by value.
Every function returns a list as long as the one it got, and counts what is odd in `odd`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import resources

from data.customers.fields import EMAIL
from data.identifiers import iccid_checks, parse_account, parse_esn, parse_iccid, parse_imei, parse_meid
from data.imports.dates import Order, is_ambiguous, read_date
from data.imports.reasons import Oddity
from data.states import STATES
from data.text import LIMIT, clean, harmless

Odd = Counter[str]
BETWEEN = "\x1f"  # joins the values of a column; one that holds it is not plain
NOTHING = frozenset(
    {"NULL", "null", "Null", "N/A", "n/a", "NA", "#N/A", "None", "none", "nan", "NaN", "\\N", "-", "--", "undefined"}
    | {"(null)", "(blank)", "<null>", "[null]", "unknown", "Unknown", "UNKNOWN"}
)
_BEYOND_LATIN = re.compile("[^\x00-\u024f\u1e00-\u1eff\u2010-\u2027]")  # Latin letters have accents in one piece
_AT_ONCE = 50  # values of a column that is not plain which are looked at in one piece
_ZIPS = re.compile(rf"(?:(?:[0-9]{{5}}(?:-[0-9]{{4}})?)?{BETWEEN})*+")
_EMAILS = re.compile(rf"(?:(?:[\w.+%'-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{{2,}})?{BETWEEN})*+", re.ASCII)
_FORMULA = re.compile(r'="(.*)"')
_SEVERAL = re.compile(r"\s*(?::::|[;,|\n]| / )\s*")
OLDEST_BIRTH = 130  # years


def texts(values: list[str], odd: Odd, *, nothing: bool = True) -> list[str]:
    """Clean text; with `nothing`, words such as NULL and N/A are taken for no value."""
    if not _is_plain(values):
        parts = (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
        values = [text for part in parts for text in (part if _is_plain(part) else [_text(one, odd) for one in part])]
    if nothing and not NOTHING.isdisjoint(values):
        values = ["" if value in NOTHING else value for value in values]
    return values


def zips(values: list[str], odd: Odd) -> list[str]:
    """12345 or 12345-6789; what is neither stays as given."""
    if _ZIPS.fullmatch(BETWEEN.join(values) + BETWEEN):
        return values
    return _each(values, odd, _zip)


def states(values: list[str], odd: Odd) -> list[str]:
    """Two letters, for names too; what is no state stays as given."""
    given = set(values)
    given.discard("")
    return values if given <= STATES else _each(values, odd, _state)


def are_emails(values: list[str]) -> bool:
    """Whether each value is plainly one address, or none."""
    return _EMAILS.fullmatch(BETWEEN.join(values) + BETWEEN) is not None


def emails(values: list[str], odd: Odd) -> list[tuple[str, ...]]:
    """The addresses in each value."""
    if are_emails(values):
        return [(value,) if value else () for value in values]
    return [_emails(value, odd) for value in values]


def accounts(values: list[str], pattern: str) -> list[str]:
    """The operator's own numbers in its `pattern`, others as given."""
    before = pattern.partition("{")[0].lower()
    if before and before not in BETWEEN.join(values).lower():
        return values
    return [value and (parse_account(value, pattern) or value) for value in values]


def dates(values: list[str], odd: Odd, order: Order | None, latest: int) -> list[str]:
    """Days in ISO form, "" for none; `latest` is the year that short years do not go beyond."""

    def read(value: str) -> tuple[str, Oddity | None]:
        day = read_date(value, order, latest)
        if day is None:
            return "", Oddity.DATE_UNREAD
        unsure = order is Order.UNSURE and is_ambiguous(value)
        return day.isoformat(), Oddity.DATE_AMBIGUOUS if unsure else None

    return _each(values, odd, read)


def birth_dates(values: list[str], odd: Odd, order: Order | None, today: date) -> list[str]:
    """As `dates`; one in the future, or too long ago to be true, is none. A year of two digits is one that was."""
    earliest = today.replace(year=today.year - OLDEST_BIRTH, day=1)

    def read(value: str) -> tuple[str, Oddity | None]:
        day = read_date(value, order, today.year)
        if day is not None and day > today:
            day = read_date(value, order, today.year - 1)
        if day is None or day <= earliest:
            return "", Oddity.DATE_UNREAD
        if day > today:
            return "", Oddity.DATE_FUTURE
        unsure = order is Order.UNSURE and is_ambiguous(value)
        return day.isoformat(), Oddity.DATE_AMBIGUOUS if unsure else None

    return _each(values, odd, read)


def iccids(values: list[str], odd: Odd) -> list[str]:
    """Digits where they are an ICCID, whether its check digit holds or not; others as given."""
    return _each(values, odd, _iccid)


def devices(values: list[str], odd: Odd, meant: str) -> list[tuple[str, str]]:
    """(which of "esn", "meid", "imei" it is, the number): by its look, the column's `meant` where it may be several."""
    return [_device(value, odd, meant) if value else ("", "") for value in values]


def several(value: str) -> list[str]:
    """The values in one cell: "a; b" → a, b."""
    return [part for part in _SEVERAL.split(value) if part]


def _is_plain(values: list[str]) -> bool:
    """Whether every value is printable Latin text of no great length, with single spaces and only between words."""
    joined = BETWEEN.join(values)
    bare = joined.replace(BETWEEN, "")
    if len(joined) - len(bare) != len(values) - 1 or not _is_latin(bare) or max(map(len, values)) > LIMIT:
        return False
    if "  " in joined or '="' in joined:
        return False
    return not (f" {BETWEEN}" in joined or f"{BETWEEN} " in joined or joined.startswith(" ") or joined.endswith(" "))


def _is_latin(text: str) -> bool:
    """Whether `text` is printable and has no letter that cleaning could change: no mark apart from its letter."""
    return text.isprintable() and (text.isascii() or not _BEYOND_LATIN.search(text))


def _each(values: list[str], odd: Odd, read: Callable[[str], tuple[str, Oddity | None]]) -> list[str]:
    """Reads each distinct value once."""
    found = {"": ""}
    warned = {}
    for value in set(values):
        if value:
            found[value], why = read(value)
            if why:
                warned[value] = why
    if warned:
        odd.update(warned[value] for value in values if value in warned)
    return [found[value] for value in values]


def _text(value: str, odd: Odd) -> str:
    if len(value) <= LIMIT and value[:2] != '="' and _is_latin(value):
        return " ".join(value.split())
    if match := _FORMULA.fullmatch(value.strip()):
        value = match[1]
    kept = clean(value)
    if len(value) > LIMIT and len(kept) >= LIMIT - 1:
        odd[Oddity.CUT] += 1
    if not value.isprintable() and len(harmless(value)) < len(value):
        odd[Oddity.CONTROL] += 1
    if "\ufffd" in value:
        odd[Oddity.UNREADABLE] += 1
    return kept


def _zip(value: str) -> tuple[str, Oddity | None]:
    digits = value.strip("' ").removesuffix(".0").removesuffix("-")
    if re.fullmatch(r"[0-9]{9}", digits):
        return f"{digits[:5]}-{digits[5:]}", None
    if re.fullmatch(r"[0-9]{5}(?:[- ][0-9]{4})?", digits):
        return digits.replace(" ", "-"), None
    if re.fullmatch(r"[0-9]{3,4}(?:-[0-9]{4})?", digits):
        five, dash, four = digits.partition("-")
        return five.zfill(5) + dash + four, Oddity.ZIP_PADDED
    return value, Oddity.ZIP_ODD


def _state(value: str) -> tuple[str, Oddity | None]:
    plain = value.upper().replace(".", "").removeprefix("US-")
    if plain in STATES:
        return plain, None
    named = state_names().get(value.lower().strip(". "))
    return (named, None) if named else (value, Oddity.STATE_ODD)


@cache
def state_names() -> dict[str, str]:
    """Names of states in lower case → their two letters."""
    return tomllib.loads(resources.files("data.imports").joinpath("states.toml").read_text(encoding="utf-8"))


def _emails(value: str, odd: Odd) -> tuple[str, ...]:
    if not value:
        return ()
    parts = [part.removeprefix("mailto:").strip("<> ") for part in several(value)]
    if all(EMAIL.fullmatch(part) for part in parts):
        return tuple(dict.fromkeys(parts))
    odd[Oddity.EMAIL_ODD] += 1
    return (value,)


def _iccid(value: str) -> tuple[str, Oddity | None]:
    iccid = parse_iccid(value)
    if iccid is None:
        return value, Oddity.DEVICE_ODD
    return iccid, None if iccid_checks(iccid) else Oddity.ICCID_CHECK


def _device(value: str, odd: Odd, meant: str) -> tuple[str, str]:
    if meant != "meid" and (imei := parse_imei(value)):
        return "imei", imei
    for kind, parse in (("meid", parse_meid), ("esn", parse_esn), ("imei", parse_imei)):
        if found := parse(value):
            return kind, found
    digits = re.sub(r"\D", "", value)
    odd[Oddity.IMEI_CHECK if len(digits) == 15 and meant != "esn" else Oddity.DEVICE_ODD] += 1
    return meant if meant != "device" else "imei" if len(digits) > 11 else "esn", value
