"""Finds card numbers, Social Security numbers, PINs and birth dates in a text, each as (start, end). Pure.

Pass a text through `plain_digits` first: the patterns know ASCII digits only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from data.identifiers import luhn_holds

_SSN = re.compile(
    r"(?<![\w-])(?!000|666|9\d\d)\d{3}(?P<separator>[- .]?)(?!00)\d{2}(?P=separator)(?!0000)\d{4}(?![\w-])"
)
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
YOUNGEST = 13  # years: a date longer ago than this is taken for a birth date


def plain_digits(text: str) -> str:
    """`text`, letter for letter, with every digit and hyphen, of whatever script, as its ASCII form."""
    return text if text.isascii() else "".join(map(_ascii_letter, text))


def _ascii_letter(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return "-" if unicodedata.category(char) == "Pd" else char


def card_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Payment card numbers: a length and first digits that card networks use, and the right check digit.

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


def social_security_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Nine digits that may be a Social Security number, and whatever is called one."""
    yield from _spans(_SSN, text)
    yield from _spans(_SSN_SAID, text, group=1)


def is_social_security_number_in(text: str) -> bool:
    """Whether one stands there in its usual groups, 3-2-4: nine digits in a row may be any other number."""
    return any(match["separator"] for match in _SSN.finditer(text))


def pins(text: str) -> Iterator[tuple[int, int]]:
    """Figures that are called a PIN, a passcode or a password, before or after them."""
    yield from _spans(_PIN, text, group=1)
    yield from _spans(_PIN_AFTER, text, group=1)


def birth_dates(text: str, today: date) -> Iterator[tuple[int, int]]:
    """Whatever is called a birth date, and dates too long ago to belong to a case."""
    yield from _spans(_BORN, text, group=1)
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


def _spans(pattern: re.Pattern[str], text: str, group: int = 0) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        yield match.span(group)
