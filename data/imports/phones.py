"""A column of telephone numbers → the lines' own numbers, and those that stay as given. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from data.identifiers import parse_mdn
from data.imports.reasons import Oddity
from data.imports.values import BETWEEN, Odd, several

_PLAIN = re.compile(rf"(?:(?:1?(?!.11|37|96)[2-9][0-8][0-9][2-9][0-9]{{6}})?{BETWEEN})*+")
_PUNCTUATION = str.maketrans("", "", " .-()/")
_EXTENSION = re.compile(r"\d\D*(?:x|ext\w*|#)\W*\d{1,7}\s*$", re.IGNORECASE)
_LEAST_DIGITS = 7


class Phone(NamedTuple):
    """What one cell holds: the first NANP number in it, and the other values, as they are kept."""

    mdn: str = ""
    others: tuple[str, ...] = ()


NO_PHONE = Phone()


def plain_numbers(values: list[str]) -> list[str] | None:
    """The ten digits of each value, "" for none, where all of the column is plainly NANP; else None."""
    joined = BETWEEN.join(values).replace("+1", "1").translate(_PUNCTUATION) + BETWEEN
    if not _PLAIN.fullmatch(joined):
        return None
    digits = joined[:-1].split(BETWEEN)
    return digits if max(map(len, digits)) <= 10 else [number[-10:] for number in digits]


def numbers(values: list[str], odd: Odd) -> list[Phone]:
    """What each value holds."""
    plain = plain_numbers(values)
    if plain is not None:
        return [Phone(mdn) if mdn else NO_PHONE for mdn in plain]
    return [_phone(value, odd) if value else NO_PHONE for value in values]


def contacts(phone: Phone) -> tuple[str, ...]:
    """All of a cell as contacts: the ten digits where that says everything, else the values as they are kept."""
    if not phone.mdn:
        return phone.others
    return phone.others if any(parse_mdn(other) == phone.mdn for other in phone.others) else (phone.mdn, *phone.others)


def _phone(value: str, odd: Odd) -> Phone:
    mdn = parse_mdn(value)
    if mdn:
        if not _EXTENSION.search(value):
            return Phone(mdn)
        odd[Oddity.PHONE_EXTENSION] += 1
        return Phone(mdn, (value,))
    parts = several(value)
    if len(parts) > 1 and all(sum(map(str.isdigit, part)) >= _LEAST_DIGITS for part in parts):
        return _merged([_phone(part, odd) for part in parts])
    odd[Oddity.PHONE_FOREIGN if _is_foreign(value) else Oddity.PHONE_ODD] += 1
    return Phone("", (value,))


def _merged(phones: list[Phone]) -> Phone:
    first = next((phone for phone in phones if phone.mdn), NO_PHONE)
    others = [*first.others]
    for phone in phones:
        if phone is not first:
            others += contacts(phone)
    return Phone(first.mdn, tuple(dict.fromkeys(others)))


def _is_foreign(value: str) -> bool:
    if not value.lstrip(" (").startswith(("+", "00", "011")):
        return False
    import phonenumbers

    try:
        number = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException:
        return False
    return number.country_code != 1 and bool(phonenumbers.is_possible_number(number))
