"""Days as people type them: 1970-01-02, 1/2/70, 1 2 1970, Jan 2 1970, 2-Jan-70, 01021970, 010270. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from data.search.spelling import DIGITS, one_slip

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"  # how they begin
_MONTH = rf"({MONTHS})[a-z]*\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_THEN = r"(?:,?\s+|[-/])"
_YEAR = r"(\d{4}|(?<=[-/])\d\d)"
_LIVED = r"(19\d\d|20[0-4]\d)"  # a year that somebody may be born in
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_US = re.compile(r"(?<![\d\-])(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?![\d\-])")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}(?:\s+|[-/]){_DAY}{_THEN}{_YEAR}\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b{_DAY}(?:\s+|[-/]){_MONTH}{_THEN}{_YEAR}\b", re.IGNORECASE)
_SPACED = re.compile(rf"(?<!\d[ \-.)])\b(\d{{1,2}}) (\d{{1,2}}) {_LIVED}\b(?![ \-.]\d)")
_TOGETHER = re.compile(rf"\b(\d\d)(\d\d){_LIVED}\b")
_PATTERNS = ((_ISO, "ymd"), (_US, "mdy"), (_MONTH_FIRST, "mdy"), (_DAY_FIRST, "dmy"), (_SPACED, "mdy"))
_BEGUN = re.compile(
    rf"[\s,]+(?:{_LIVED}-(?:\d-?|\d\d-?0?)?|\d\d?/(?:\d\d?(?:/(?:19|20|\d{{3}}|\d)?)?)?)$"
)  # a date that is still being typed: 1970-0, 1/2/197; whoever calls was born neither in 1919 nor in 2020
_NAME = re.compile(r"[^\d@]*[^\W\d_]")
EARLIEST, LATEST = 1880, 2100
READINGS = 2  # days that a date may mean, at most; of one that no calendar has there are more, one slip away
LONG_DATE, SHORT_DATE = 8, 6  # digits of a number that may be a day


def take_dates(text: str, *, bare: bool) -> tuple[str, tuple[str, ...]]:
    """`text` without the first date in it, and the days (ISO) that it may mean.

    `bare`: all of the text may be one number; it stays what it is where the date has nothing but digits. Of a day that
    no calendar has it may mean those that are one slip away.
    """
    if not any(map(str.isdigit, text)):
        return text, ()
    for pattern, order in _PATTERNS:
        match = pattern.search(text)
        if match and (days := _read(dict(zip(order, match.groups(), strict=True)), spaced=pattern is _SPACED)):
            return text if bare and pattern is _SPACED else _without(text, match), days
    if bare:
        return text, bare_days(text.strip())
    match = _TOGETHER.search(text)
    if match and (days := _days(dict(zip("mdy", match.groups(), strict=True)))):
        return _without(text, match), days
    return text, ()


def without_begun(text: str) -> str:
    """A name without the date behind it that is still being typed; else all of `text`."""
    begun = _BEGUN.search(text) if "-" in text or "/" in text else None
    return text[: begun.start()] if begun and _NAME.fullmatch(text, 0, begun.start()) else text


def bare_days(digits: str) -> tuple[str, ...]:
    """The days that a number of eight digits may mean, the year last or first, or one of six, the year short."""
    if len(digits) not in (SHORT_DATE, LONG_DATE) or not (digits.isascii() and digits.isdigit()):
        return ()
    american = {"m": digits[:2], "d": digits[2:4], "y": digits[4:]}
    if len(digits) == SHORT_DATE:
        return _days(american) if digits[:2] <= "12" else ()
    return _days(american) or _days({"y": digits[:4], "m": digits[4:6], "d": digits[6:]})


def days_nearly(days: Iterable[str]) -> tuple[str, ...]:
    """The days that one slip makes of `days`: a digit wrong or two swapped, another month or day, or both exchanged."""
    found = {near for day in days for near in _near(day[5:7], day[8:], day[:4])}
    for day in days:
        year, month, number = map(int, day.split("-"))
        found.update(_day(year, other, number) or "" for other in range(1, 13))
        found.update(_day(year, month, other) or "" for other in range(1, 32))
    return tuple(sorted(found.difference(days, [""])))


def _near(month: str, day: str, year: str) -> set[str]:
    told = month + day + year
    near = (_day(int(one[4:]), int(one[:2]), int(one[2:4])) for one in one_slip(told, len(told), DIGITS))
    return {one for one in (*near, _day(int(year), int(day), int(month))) if one}


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " + text[match.end() :]


def _read(parts: dict[str, str], *, spaced: bool) -> tuple[str, ...]:
    """The days that a date may mean, or those that one slip makes of it; `spaced`: it may be no date at all."""
    days = _days(parts)
    if days or spaced or len(parts["y"]) < 4 or not parts["m"].isdigit():
        return days
    return tuple(sorted(_near(parts["m"].zfill(2), parts["d"].zfill(2), parts["y"])))


def _days(parts: dict[str, str]) -> tuple[str, ...]:
    """The days that year, month and day may mean: a short year is of either century, 13/2 is the other way round."""
    month = parts["m"].lower()[:3]
    first = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    second = int(parts["d"])
    years = [int(parts["y"])] if len(parts["y"]) == 4 else [1900 + int(parts["y"]), 2000 + int(parts["y"])]
    return tuple(day for year in years for day in (_day(year, first, second) or _day(year, second, first),) if day)


def _day(year: int, month: int, day: int) -> str | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
