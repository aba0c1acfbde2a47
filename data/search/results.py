"""What a search hands back: hits, each saying why it is one, with the part that matched marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from data.search.words import split
from data.text import fold

COUNTED = 1_000  # matches are counted exactly up to here; beyond, there are "more"


class Kind(StrEnum):
    """What a text may be taken for."""

    NAME = "name"
    MDN = "mdn"
    ACCOUNT = "account"
    ESN = "esn"
    MEID = "meid"
    IMEI = "imei"
    ICCID = "iccid"
    CASE = "case"
    EMAIL = "email"
    BIRTH_DATE = "birth date"
    ZIP = "zip"
    ADDRESS = "address"

    @property
    def told(self) -> str:
        """The kind as a person is told it: "MDN", "account"."""
        return SPELLED.get(self, self.value)


SPELLED = {Kind.EMAIL: "e-mail"} | {
    kind: kind.value.upper() for kind in (Kind.MDN, Kind.ESN, Kind.MEID, Kind.IMEI, Kind.ICCID, Kind.ZIP)
}


class Mark(NamedTuple):
    """The part of a hit's `field` ("name", "mdn", "account", "city" or "detail") that matched, as a slice."""

    field: str
    start: int
    end: int


class Why(NamedTuple):
    """How one typed word or number met one of the customer's: `how` in words, `word` theirs, `typed` ours."""

    how: str
    word: str
    typed: str
    field: str = "name"


class Hit(NamedTuple):
    """One customer found. `account`: its number, "" where there is none; `score`: 0 to 1, best first.

    `detail`: what matched, where it is not the name, the MDN, the account or the city (a device number, an e-mail).
    """

    customer_id: int
    account: str
    name: str
    mdn: str | None
    status: str
    city: str
    score: float
    detail: str
    why: tuple[Why, ...]

    @property
    def matched(self) -> str:
        """Why this is a hit, in words: "name", "MDN ending 0143", "sounds like smyth"."""
        told = dict.fromkeys(why.how for why in self.why)
        return ", ".join(told) or "name"

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The parts of the fields that matched, in order."""
        found = {mark for why in self.why for mark in self._marks_of(why)}
        return tuple(sorted(found))

    def _marks_of(self, why: Why) -> Iterator[Mark]:
        shown = getattr(self, why.field, None) or ""
        if why.field in ("name", "city") or why.how.startswith("company"):
            yield from _mark_words(why.field, shown, why)
        elif shown:
            yield from _mark_digits(why.field, shown, why)


class CaseHit(NamedTuple):
    """A case whose number was typed. `account` "": the Orphan Account's. `icci`, `next_step`: the newest, or ""."""

    number: str
    subject: str
    status: str
    account: str
    name: str
    icci: str
    next_step: str


@dataclass(frozen=True)
class Results:
    """The hits for a text, best first, and how many there are in all.

    `recognised`: what the text may be, likelier first. `total`: exact where not `more`; with `more` there are
    beyond a thousand. `near`: nothing matched, and the hits are what comes nearest; `total` is 0 then.
    `cases`: those whose number the text is; they are no customers and are not counted.
    """

    recognised: tuple[Kind, ...]
    total: int
    more: bool
    hits: tuple[Hit, ...]
    near: bool = False
    cases: tuple[CaseHit, ...] = ()

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)


def _mark_words(field: str, shown: str, why: Why) -> Iterator[Mark]:
    """Marks the word of `shown` that is `why.word`: as much of it as was typed, or all where it is only like it."""
    start = 0
    for piece in _pieces(shown):
        start = shown.index(piece, start)
        words = split(piece)
        if why.word in words or "".join(words) == why.word:
            whole = not why.word.startswith(why.typed)
            yield Mark(field, start, start + (len(piece) if whole else _reach(piece, len(why.typed))))
            return
        start += len(piece)
    if why.word == "".join(split(shown)):
        yield Mark(field, 0, len(shown))


def _pieces(shown: str) -> list[str]:
    return [part for piece in shown.split() for part in piece.split("-") if part]


def _reach(piece: str, letters: int) -> int:
    """How many characters of `piece` hold its first `letters` letters as compared (without punctuation, accents)."""
    seen = 0
    for at, char in enumerate(piece):
        if seen >= letters:
            return at
        seen += len(fold(char)) if char.isalnum() else 0
    return len(piece)


def _mark_digits(field: str, shown: str, why: Why) -> Iterator[Mark]:
    """Marks where `why.typed` stands in `shown`, from the end where it matched there; all where it is only like it."""
    typed = why.typed.lower()
    at = shown.lower().rfind(typed) if "ending" in why.how else shown.lower().find(typed)
    if at >= 0 and typed:
        yield Mark(field, at, at + len(typed))
    else:
        yield Mark(field, 0, len(shown))
