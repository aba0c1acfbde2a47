"""What a column's heading says: its words written out, the field it names; whether a row is headings at all. Pure."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from data.imports.dates import looks_like_date
from data.imports.fields import ADDRESSES, Field, looks_like_email, looks_like_phone

FILES = ("headings.toml", "headings.es.toml", "headings.de.toml", "headings.fr.toml")
LEAST = 86  # of 100: how alike a heading and a known one must be to be taken for a misspelling of it
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_OTHER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Vocabulary:
    """FILES, read: heading → field; a telephone column's heading → its rank; the rest as it stands there."""

    fields: dict[str, Field]
    phones: dict[str, int]
    words: dict[str, str]
    whose: frozenset[str]
    places: tuple[str, ...]
    about_a_value: frozenset[str]
    never: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """What headers call the fields, in every language of FILES."""
    folder = resources.files("data.imports")
    told = [tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")) for name in FILES]
    rank = {kind: place for place, kind in enumerate(told[0]["phones"])}
    about = {name: [word for one in told for word in one.get("about", {}).get(name, ())] for name in told[0]["about"]}
    return Vocabulary(
        {heading: Field(name) for heading, name in _headings(told, "fields").items()},
        {heading: rank[kind] for heading, kind in _headings(told, "phones").items()},
        {short: long for one in reversed(told) for short, long in one.get("words", {}).items()},
        frozenset(about["whose"]),
        tuple(about["places"]),
        frozenset(about["a_value"]),
        frozenset(about["never"]),
    )


def _headings(told: list[dict[str, Any]], section: str) -> dict[str, str]:
    """Heading → what it stands under; where two files have it, the first one counts."""
    return {heading: name for one in reversed(told) for name, headings in one[section].items() for heading in headings}


class Heading(NamedTuple):
    """What a heading names. `place`: whose address, "" where it does not say; `rank`: of a telephone column.

    `sure`: by its words, not by likeness.
    """

    field: Field | None = None
    sure: bool = False
    place: str = ""
    rank: int = 9


OF_A_PLACE = frozenset(
    {
        *ADDRESSES,
        Field.EMAIL,
        Field.NAME,
        Field.FIRST_NAME,
        Field.MIDDLE_NAME,
        Field.LAST_NAME,
        Field.COMPANY,
        Field.WEB,
    }
)
"""Fields whose heading may say which address or side of life they belong to."""


def words_of(header: str) -> str:
    """`header` in lower case, its words apart and written out: "CustPhone#2" → "customer phone number 2"."""
    spaced = (
        _OTHER.sub(
            " ",
            _CAMEL.sub(" ", fold_marks(header.strip())).replace("#", " number ").replace("'s ", " ").replace("'", ""),
        )
        .casefold()
        .split()
    )
    return " ".join(vocabulary().words.get(word, word) for word in spaced)


def fold_marks(text: str) -> str:
    """`text` without accents; its case stays."""
    return (
        text
        if text.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    )


@lru_cache(maxsize=1024)
def read_heading(header: str) -> Heading:
    """The field that `header` names; Heading() where it names none that we know."""
    words = words_of(header)
    if not words or len(words) > 60 or vocabulary().never.intersection(words.split()):
        return Heading()
    for sure in (True, False):
        for place, rest in _ways(words):
            if found := _phone(rest, place, sure=sure):
                return found
            if (field := _field(rest, sure=sure)) and (not place or field in OF_A_PLACE):
                return Heading(field, sure, place)
    return Heading()


def is_heading(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether the row `first` names the columns of the rows `others`."""
    cells = [cell.strip() for cell in first if cell.strip()]
    known = [cell for cell in cells if read_heading(cell).field]
    if any(_is_value(cell) for cell in cells) and len(known) * 2 <= len(cells):
        return False
    if known:
        return True
    return not others or any(
        _differs(cell, [row[at] for row in others if len(row) > at]) for at, cell in enumerate(first)
    )


def names_columns(row: Sequence[str]) -> bool:
    """Whether `row` is headings without a look at other rows: half of it or more is known, and nothing is a value."""
    cells = [cell.strip() for cell in row if cell.strip()]
    known = sum(read_heading(cell).field is not None for cell in cells)
    return known > 1 and known * 2 >= len(cells) and not any(map(_is_value, cells))


def _ways(words: str) -> list[tuple[str, str]]:
    """Readings of a heading, as (place, the rest): whole, without whose it is, without which address it is."""
    found = [("", words)]
    parts = words.split()
    if len(parts) > 1 and parts[0] in vocabulary().whose:
        found.append(("", " ".join(parts[1:])))
        parts = parts[1:]
    if len(parts) > 1 and parts[0] in vocabulary().places:
        found.append((parts[0], " ".join(parts[1:])))
    return found


def _phone(words: str, place: str, *, sure: bool) -> Heading | None:
    """A telephone column's heading, with a number behind it or not: "phone", "phone 2", "phone 1 value"."""
    if place:
        return None
    parts = [part for part in words.split() if part != "value"]
    while parts and parts[-1].isdigit():
        parts.pop()
    plain = " ".join(parts)
    if plain in vocabulary().phones:
        return Heading(Field.PHONE, sure=True, rank=vocabulary().phones[plain])
    if "phone" in parts and not vocabulary().about_a_value.intersection(parts) and len(parts) <= 4:
        return Heading(Field.PHONE, sure=True, rank=5)
    close = None if sure or not parts else process.extractOne(plain, list(vocabulary().phones), scorer=fuzz.ratio)
    if close and close[1] >= LEAST and len(plain) > 3:
        return Heading(Field.PHONE, rank=vocabulary().phones[close[0]])
    return None


def _field(words: str, *, sure: bool) -> Field | None:
    if sure:
        return vocabulary().fields.get(words)
    if vocabulary().about_a_value.intersection(words.split()) or len(words) <= 3:
        return None
    close = process.extractOne(words, list(vocabulary().fields), scorer=fuzz.ratio)
    sorted_close = process.extractOne(words, list(vocabulary().fields), scorer=fuzz.token_sort_ratio)
    best = max((close, sorted_close), key=lambda one: one[1])
    return vocabulary().fields[best[0]] if best[1] >= LEAST else None


def _is_value(cell: str) -> bool:
    """Whether `cell` is what a customer has, and no heading is."""
    return (
        looks_like_email(cell)
        or (looks_like_phone(cell) and sum(map(str.isdigit, cell)) >= 7)
        or looks_like_date(cell)
        or cell.replace("-", "").replace(".", "").isdigit()
    )


def _differs(cell: str, values: Sequence[str]) -> bool:
    """Whether a column holds values of a kind that its first cell is not."""
    given = [value for value in values if value.strip()]
    valued = sum(_is_value(value) for value in given)
    return bool(given) and valued * 2 > len(given) and not _is_value(cell)
