"""Dates, amounts and plain words in what a caller says: found, named, and where they stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from data.money import to_cents
from data.promotions.phrases import compiled

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>20\d\d|'\d\d))?"


@dataclass(frozen=True)
class Said:
    """Something that was recognised: the fact's name, its value, and where in the text it was said."""

    fact: str
    value: Any
    start: int
    end: int


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


DATES = (
    _pattern(r"(?<!\d)(?P<year>20\d\d)[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    _pattern(r"(?<![\d$.])(?P<number>\d{1,2})[-/.](?P<day>\d{1,2})[-/.](?P<year>20\d\d|\d\d)(?!\d)"),
    _pattern(rf"\b{_MONTH}\s*(?P<day>\d{{1,2}}){_ORDINAL}{_YEAR}(?!\d)"),
    _pattern(rf"\b(?P<day>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?{_MONTH}{_YEAR}\b"),
    _pattern(r"(?<![\d$./-])(?P<number>\d{1,2})/(?P<day>\d{1,2})(?![\d/])"),
)
LOOSE = (
    _pattern(rf"\b(?P<part>in|during|back\s+in|around|mid|early|late|last)[\s-]+{_MONTH}{_YEAR}(?!\s*\d)\b"),
    _pattern(rf"\b(?P<part>){_MONTH}\s+(?P<year>20\d\d)\b"),
)
DAYS_AGO = {"today": 0, "yesterday": 1}
PARTS = {"early": 5, "mid": 15, "late": 25}  # the day that a part of a month is taken for
LATE, WHOLE = 6, 16  # days that such a day may be off


def said_date(text: str, today: date) -> Iterator[Said]:
    """The first day that `text` names; one without a year is the last such day up to `today`."""
    for pattern in DATES:
        for match in pattern.finditer(text):
            if day := _day(match, today):
                yield Said("on", day, *match.span())
                return
    for word, ago in DAYS_AGO.items():
        if named := re.search(rf"\b{word}\b", text, re.IGNORECASE):
            yield Said("on", today - timedelta(ago), *named.span())
            return
    if loose := next(filter(None, (pattern.search(text) for pattern in LOOSE)), None):
        part = loose["part"].lower()
        month = MONTHS.index(loose["month"][:3].lower()) + 1
        if day := _of(loose["year"], month, PARTS.get(part, 15), today):
            yield Said("on", day, *loose.span())
            yield Said("slack", LATE if part in PARTS else WHOLE, loose.end(), loose.end())


def _day(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    month = MONTHS.index(parts["month"][:3].lower()) + 1 if parts.get("month") else int(parts["number"])
    return _of(parts.get("year"), month, int(parts["day"]), today)


def _of(year: str | None, month: int, day: int, today: date) -> date | None:
    try:
        if year:
            number = int(year.strip("' "))
            return date(number + 2000 if number < 100 else number, month, day)
    except ValueError:
        return None
    return next((that for that in _yearly(month, day, today.year) if that <= today), None)


def _yearly(month: int, day: int, latest: int) -> Iterator[date]:
    """That day of each year, the latest first; 29 February has none in most years."""
    for year in range(latest, latest - 9, -1):
        with suppress(ValueError):
            yield date(year, month, day)


_AMOUNT = r"(?P<amount>\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d+(?:\.\d{1,2})?)"
_EACH = r"(?P<each>\s*(?:/|\bper\b|\ba\b|\beach\b|\bevery\b)\s*(?:mo(?:nth)?s?\b\.?)|\s*monthly\b)"
MONEY = (
    _pattern(rf"\$\s*{_AMOUNT}(?P<thousand>\s*k\b)?{_EACH}?"),
    _pattern(rf"\b{_AMOUNT}(?P<thousand>k\b)?\s*(?:dollars|bucks|usd|off\b)(?:\s+credit)?{_EACH}?"),
    _pattern(rf"\b{_AMOUNT}(?P<thousand>\b)?{_EACH}"),
    _pattern(r"(?<![\w.,/-])(?P<amount>\d(?:\.\d)?)(?P<thousand>k)\b(?P<each>$^)?"),
    _pattern(r"(?<![\w$.,/#-])(?P<amount>[1-9]\d{2,3}(?:\.\d\d)?|\d,\d{3})(?P<thousand>$^)?(?P<each>$^)?(?![\w%/-])"),
)
MONTHS_LONG = _pattern(r"\b(?P<months>\d{1,2})\s*(?:x\b|mo(?:nth)?s?\b\.?)|\bx\s*(?P<times>\d{1,2})\b")
PERCENT = _pattern(r"\b(?P<percent>\d{1,3})\s*(?:%|percent\b|pct\b)")
IN_USE = _pattern(
    r"\b(?:had|used?|owned|in\s+use)(?:\s+(?:it|for|since|over|about|the\s+phone))*\s+"
    r"(?P<count>\d{1,4})\s*(?P<unit>days?|weeks?|months?|years?)\b"
)
DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365}
OST = _pattern(r"\bost\s*[-\#:]?\s*(?P<ost>\d[A-Z0-9-]{1,11})\b")


def said_money(text: str) -> Iterator[Said]:
    """The first amount that `text` names, in cents: `monthly` where it is by the month, else `amount`."""
    for pattern in MONEY:
        if match := pattern.search(text):
            thousand = 1000 if (match["thousand"] or "").strip().lower() == "k" else 1
            cents = to_cents(Decimal(match["amount"].replace(",", "")) * thousand)
            yield Said("monthly" if match["each"] else "amount", cents, *match.span())
            return


def said_numbers(text: str) -> Iterator[Said]:
    """How long the old phone was in use, how many months, which percentage, which OST number."""
    if match := IN_USE.search(text):
        yield Said("tenure_days", int(match["count"]) * DAYS_IN[match["unit"].rstrip("s")], *match.span())
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    for fact, pattern in (("ost", OST), ("months", MONTHS_LONG), ("percent", PERCENT)):
        if match := pattern.search(text):
            value = next(filter(None, match.groups()))
            yield Said(fact, value.upper() if fact == "ost" else int(value), *match.span())


_PHRASES = compiled()


def said_phrases(text: str) -> Iterator[Said]:
    """Loyalty, trade-in, what was done, condition: for each the first phrase that says it."""
    told: dict[str, Said] = {}
    for fact, value, pattern in _PHRASES:
        if fact not in told and (match := pattern.search(text)):
            told[fact] = Said(fact, value, *match.span())
    yield from told.values()


READERS: tuple[Callable[[str], Iterator[Said]], ...] = (said_numbers, said_phrases, said_money)
"""What is read after the date, each from what the ones before left."""
