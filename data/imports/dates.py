"""Dates as other people's files write them. The order of day and month is decided for a whole column. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

_TIME = r"(?:[T ]+\d{1,2}:\d\d.*)?"
_ISO = re.compile(rf"(\d{{4}})[-/. ](\d{{1,2}})[-/. ](\d{{1,2}}){_TIME}")
_TRIPLE = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d\d){_TIME}")
_COMPACT = re.compile(r"(19|20)(\d\d)(\d\d)(\d\d)")
_DAY_NAME = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{{3,9}})[-/., ]*(\d{{4}}|\d\d){_TIME}")
_NAME_DAY = re.compile(rf"([A-Za-z]{{3,9}})[-/. ]*(\d{{1,2}})(?:st|nd|rd|th)?[-/., ]+(\d{{4}}|\d\d){_TIME}")
_SERIAL = re.compile(r"([1-6]\d{4})(?:\.\d+)?")
_MONTH_NAMES = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTHS = {_MONTH_NAMES[at : at + 3]: at // 3 + 1 for at in range(0, 36, 3)}
_SPREADSHEET_EPOCH = date(1899, 12, 30)
CENTURY = 100


class Order(StrEnum):
    """Which of day and month comes first in a column's 01/02/2003. UNSURE reads the month first, and is told."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    UNSURE = "month first (nothing in the column says so)"


def order_of(values: Iterable[str]) -> Order | None:
    """The order of a column's dates, judged by the days above 12; None where it makes no difference.

    Where some say this and some that, the greater number is believed.
    """
    month_first = day_first = either = 0
    for value in values:
        match = _TRIPLE.fullmatch(value.strip())
        if not match:
            continue
        one, two = int(match[1]), int(match[2])
        day_first += one > 12 >= two
        month_first += two > 12 >= one
        either += one <= 12 and two <= 12 and one != two
    if day_first > month_first:
        return Order.DAY_FIRST
    if month_first:
        return Order.MONTH_FIRST
    return Order.UNSURE if either else None


def is_ambiguous(text: str) -> bool:
    """Whether `text` could be read as another day with day and month exchanged."""
    match = _TRIPLE.fullmatch(text.strip())
    return match is not None and int(match[1]) != int(match[2]) and int(match[1]) <= 12 and int(match[2]) <= 12


def read_date(text: str, order: Order | None, latest: int) -> date | None:
    """The day that `text` names, or None. A year of two digits is the last such one up to the year `latest`.

    A day above 12 is a day wherever it stands, whatever the column's order.
    """
    text = text.strip()
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _TRIPLE.fullmatch(text):
            return _from_triple(int(match[1]), int(match[2]), _year(match[3], latest), order)
        if match := _COMPACT.fullmatch(text):
            return date(int(match[1] + match[2]), int(match[3]), int(match[4]))
        if match := _DAY_NAME.fullmatch(text):
            return date(_year(match[3], latest), _MONTHS[match[2][:3].lower()], int(match[1]))
        if match := _NAME_DAY.fullmatch(text):
            return date(_year(match[3], latest), _MONTHS[match[1][:3].lower()], int(match[2]))
    except (ValueError, KeyError):
        return None
    if match := _SERIAL.fullmatch(text):  # the days that a spreadsheet counts
        return _SPREADSHEET_EPOCH + timedelta(days=int(match[1]))
    return None


def looks_like_date(text: str) -> bool:
    """Whether `text` is a date in any of the forms that `read_date` knows."""
    return read_date(text, None, 2100) is not None


def _from_triple(one: int, two: int, year: int, order: Order | None) -> date:
    day_first = one > 12 or (order is Order.DAY_FIRST and two <= 12)
    return date(year, two, one) if day_first else date(year, one, two)


def _year(digits: str, latest: int) -> int:
    if len(digits) == 4:
        return int(digits)
    year = latest - latest % CENTURY + int(digits)
    return year if year <= latest else year - CENTURY
