"""Remarks for the carrier's account: a case in summary, without personal data and without the case's own words.

Everything here is pure. `compose` makes a first draft from a template by category; `objections` says what a text must
not hold, each with the place where it stands, so that it can be marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from data.cases.private_numbers import birth_dates, card_numbers, pins, plain_digits, social_security_numbers
from data.cases.rules import PENDING, Category, Status
from data.text import fold

if TYPE_CHECKING:
    from data.cases.views import CaseView

LIMIT = 500  # characters of a remark
PASTED_CHARACTERS = 40  # a run of the case's own words at least so long …
PASTED_LIKE = 88  # … and of 100 so alike, counts as pasted
WINDOW, STEP = 8, 3  # words that are compared at once, and how far the next ones begin


class Worry(StrEnum):
    """What a remark must not hold; the value says it in a sentence."""

    EMPTY = "A remark says something."
    LONG = "This is longer than a remark may be."
    PIN = "This looks like a PIN or a passcode."
    SSN = "This looks like a Social Security number."
    CARD = "This is a card number."
    BIRTH_DATE = "This looks like a birth date."
    PASTED = "These are the words of the case: say it shorter, in your own."


FINAL = frozenset({Worry.EMPTY, Worry.LONG})
"""What no reason overrules: the carrier's account takes no such remark."""


@dataclass(frozen=True)
class Objection:
    """What is wrong with a part of a remark: text[start:end]."""

    worry: Worry
    start: int
    end: int

    @property
    def may_be_overruled(self) -> bool:
        """Whether a person may say that it stays, with a reason that is kept."""
        return self.worry not in FINAL


TEMPLATES: dict[Category, str] = {
    Category.PROMOTION: "Customer asked about a promotion. Reviewed the offer and the line's eligibility. {outcome}",
    Category.BILLING: "Customer asked about the bill. Reviewed charges against what was agreed. {outcome}",
    Category.DEVICE: "Customer reported a device concern. Reviewed the device and its order. {outcome}",
    Category.TRADE_IN: "Customer asked about a trade-in. Reviewed the trade-in and its value. {outcome}",
    Category.SET_UP_FEE: "Customer asked about the set-up fee. Explained what it covers. {outcome}",
    Category.SERVICE: "Customer reported a service concern. Reviewed the line and its features. {outcome}",
    Category.RETURN: "Customer asked to return a device. Reviewed the return window and the way to return. {outcome}",
    Category.LIFELINE: "Customer asked about Lifeline. Reviewed the enrollment and what is due. {outcome}",
    Category.DEALER: "Customer raised a concern about a dealer. Taken in for review by a team lead. {outcome}",
    Category.OTHER: "Customer called for help. Reviewed the account. {outcome}",
}
"""Each category → how a remark about it begins; {outcome} says how it stands."""


def compose(case: CaseView) -> str:
    """A draft of the remark for a case: by its category, ending with how it stands. It holds nothing personal."""
    return f"{TEMPLATES[case.category].format(outcome=_outcome(case))} Ref. case {case.number}."


def _outcome(case: CaseView) -> str:
    if case.status is Status.CLOSED or case.status is Status.RESOLVED:
        return "Resolved with the customer."
    if case.status in PENDING:
        return f"Waiting on the {case.status.removeprefix('Pending ')}."
    return "Work goes on."


def objections(text: str, today: date, case_texts: Iterable[str] = ()) -> tuple[Objection, ...]:
    """What a remark must not hold, in the order in which it stands there. `case_texts`: what was written in the case.

    A stretch that is objected to for one reason is not named again for a weaker one.
    """
    if not text.strip():
        return (Objection(Worry.EMPTY, 0, len(text)),)
    found: list[Objection] = []
    plain = plain_digits(text)
    for worry, spans in (
        (Worry.CARD, card_numbers(plain)),
        (Worry.SSN, social_security_numbers(plain)),
        (Worry.PIN, pins(plain)),
        (Worry.BIRTH_DATE, birth_dates(plain, today)),
    ):
        for start, end in spans:
            if not any(one.start < end and start < one.end for one in found):
                found.append(Objection(worry, start, end))
    found += [Objection(Worry.PASTED, start, end) for start, end in _pasted(text, case_texts)]
    if len(text) > LIMIT:
        found.append(Objection(Worry.LONG, LIMIT, len(text)))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _pasted(text: str, case_texts: Iterable[str]) -> list[tuple[int, int]]:
    """The stretches of `text` that are, all but a few letters, part of what was written in the case."""
    written = [one for one in (" ".join(fold(one).split()) for one in case_texts) if len(one) >= PASTED_CHARACTERS]
    spans: list[tuple[int, int]] = []
    for start, end in _windows(text) if written else ():
        stretch = " ".join(fold(text[start:end]).split())
        if any(fuzz.partial_ratio(stretch, one) >= PASTED_LIKE for one in written):
            if spans and start <= spans[-1][1]:
                start = spans.pop()[0]
            spans.append((start, end))
    return spans


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of `text` that are compared: so many words, and more where short ones make too few characters.

    The last one ends with the text, and none is shorter than what counts as pasted.
    """
    words = [match.span() for match in re.finditer(r"\S+", text)]
    first, end = 0, 0
    while end < len(words):
        end = min(first + WINDOW, len(words))
        while end < len(words) and _length(words, first, end) < PASTED_CHARACTERS:
            end += 1
        begin = first
        while begin and _length(words, begin, end) < PASTED_CHARACTERS:
            begin -= 1
        if _length(words, begin, end) >= PASTED_CHARACTERS:
            yield words[begin][0], words[end - 1][1]
        first += STEP


def _length(words: Sequence[tuple[int, int]], first: int, end: int) -> int:
    return words[end - 1][1] - words[first][0]
