"""Remarks for the carrier's account: a case in summary, without personal data and without the case's own words.

Everything here is pure. `compose` makes a first draft from a template by category; `objections` says what a text must
not hold, each with the place where it stands, so that it can be marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from data.cases.rules import PENDING, Category, Status
from data.identifiers import luhn_holds
from data.text import fold

if TYPE_CHECKING:
    from data.cases.views import CaseView

LIMIT = 500  # characters of a remark
PASTED_CHARACTERS = 40  # a run of the case's own words at least so long …
PASTED_LIKE = 88  # … and of 100 so alike, counts as pasted


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


_SSN = re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}([- .]?)(?!00)\d{2}\1(?!0000)\d{4}(?![\w-])")
_SSN_SAID = re.compile(r"\b(?:ssn|social(?: security)?(?: number| no\.?)?)\b\D{0,12}(\d[\d -]{2,12}\d)", re.IGNORECASE)
_DIGITS = re.compile(r"(?<!\w)\d(?:[ .-]?\d){12,}(?!\w)")
_CARD = re.compile(
    r"4\d{12}|4\d{15}|4\d{18}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|35\d{14}|6\d{15}|6\d{18}"
)
_SECRET = r"(?:pin|pass ?code|password|access code)"
_PIN = re.compile(rf"\b{_SECRET}\b(?:[^\w\n]|is|was|code|number|no){{0,12}}((?=\w*\d)\w{{4,}})", re.IGNORECASE)
_PIN_AFTER = re.compile(
    rf"\b(\d{{4,8}})\b[^\w.!?\n]{{0,3}}(?:is |was |as )?(?:the |his |her |their )?{_SECRET}\b", re.IGNORECASE
)
_DATE = re.compile(r"(?<![\d/.-])(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?![\d/.-]*\d)")
_WRITTEN = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
    r" (?:\d{1,2}(?:st|nd|rd|th)?,? )?(\d{4})\b",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:dob|birth ?date|date of birth|born|birthday)\b[^\d\n]{0,20}(\d[\d/.\- ]{3,}\d)", re.IGNORECASE
)
YOUNGEST = 13  # years: a date longer ago than this, standing in a remark, is taken for a birth date
WINDOW, STEP = 8, 3  # words that are compared at once, and how far the next ones begin


def objections(text: str, today: date, case_texts: Iterable[str] = ()) -> tuple[Objection, ...]:
    """What a remark must not hold, in the order in which it stands there. `case_texts`: what was written in the case.

    A stretch that is objected to for one reason is not named again for a weaker one.
    """
    if not text.strip():
        return (Objection(Worry.EMPTY, 0, len(text)),)
    found: list[Objection] = []
    plain = _plain(text)
    for worry, spans in (
        (Worry.CARD, _cards(plain)),
        (Worry.SSN, (*_groups(_SSN, plain, 0), *_groups(_SSN_SAID, plain))),
        (Worry.PIN, (*_groups(_PIN, plain), *_groups(_PIN_AFTER, plain))),
        (Worry.BIRTH_DATE, _birth_dates(plain, today)),
    ):
        for start, end in spans:
            if not any(one.start < end and start < one.end for one in found):
                found.append(Objection(worry, start, end))
    found += [Objection(Worry.PASTED, start, end) for start, end in _pasted(text, case_texts)]
    if len(text) > LIMIT:
        found.append(Objection(Worry.LONG, LIMIT, len(text)))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def unkeepable(text: str) -> str:
    """Why `text` may not be kept at all, in a note as little as in a remark; "" where it may.

    A payment card's whole number stands readable nowhere (PCI DSS, requirement 3), nor does a Social Security number
    that is written as one. What only looks like a PIN or a birth date is no reason: notes need figures.
    """
    plain = _plain(text)
    if next(_cards(plain), None):
        return f"{Worry.CARD} Its last four digits are enough."
    if any(match[1] for match in _SSN.finditer(plain)):
        return f"{Worry.SSN} Its last four digits are enough."
    return ""


def _plain(text: str) -> str:
    """`text`, letter for letter, with digits and hyphens of every script as ASCII has them."""
    return text if text.isascii() else "".join(map(_plain_letter, text))


def _plain_letter(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return "-" if unicodedata.category(char) == "Pd" else char


def _cards(text: str) -> Iterator[tuple[int, int]]:
    """The payment cards' numbers: of a length and beginning that there is, with the right check digit.

    A number may be written in groups; what stands around it in groups of its own does not hide it.
    """
    for run in _DIGITS.finditer(text):
        groups = [(run.start() + match.start(), run.start() + match.end()) for match in re.finditer(r"\d+", run[0])]
        for first, (start, _) in enumerate(groups):
            ends = (end for _, end in groups[first:] if _is_card(re.sub(r"\D", "", text[start:end])))
            if (end := next(ends, None)) is not None:
                yield start, end
                break


def _is_card(digits: str) -> bool:
    return _CARD.fullmatch(digits) is not None and luhn_holds(digits)


def _groups(pattern: re.Pattern[str], text: str, group: int = 1) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        yield match.span(group)


def _birth_dates(text: str, today: date) -> Iterator[tuple[int, int]]:
    """Dates that are too long ago to be of a case, and whatever is called a birth date."""
    yield from _groups(_BORN, text)
    for match in _DATE.finditer(text):
        if _long_ago(match[1] if len(match[1]) == 4 else match[4], today):
            yield match.span()
    for match in _WRITTEN.finditer(text):
        if _long_ago(match[1], today):
            yield match.span()


def _long_ago(year: str, today: date) -> bool:
    value = int(year)
    if len(year) == 2:
        value += 2000 if 2000 + value <= today.year else 1900
    return 1900 <= value <= today.year - YOUNGEST


def _pasted(text: str, case_texts: Iterable[str]) -> list[tuple[int, int]]:
    """The stretches of `text` that are, all but a few letters, part of what was written in the case."""
    written = [one for one in (" ".join(fold(one).split()) for one in case_texts) if len(one) >= PASTED_CHARACTERS]
    words = [match.span() for match in re.finditer(r"\S+", text)]
    spans: list[tuple[int, int]] = []
    for first in range(0, len(words), STEP) if written else ():
        start, end = words[first][0], words[min(first + WINDOW, len(words)) - 1][1]
        stretch = " ".join(fold(text[start:end]).split())
        if len(stretch) >= PASTED_CHARACTERS and any(
            fuzz.partial_ratio(stretch, one) >= PASTED_LIKE for one in written
        ):
            if spans and start <= spans[-1][1]:
                start = spans.pop()[0]
            spans.append((start, end))
    return spans
