"""Days as people type them: 1970-01-02, 1/2/70, Jan 2 1970, 01021970. Pure."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_US = re.compile(r"(?<![\d\-])(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?![\d\-])")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE)
_BARE = re.compile(r"\s*(\d{8})\s*")
EARLIEST, LATEST = 1880, 2100


def take_dates(text: str, *, bare: bool) -> tuple[str, tuple[str, ...]]:
    """`text` without the first date in it, and the days (ISO) that it may mean; `bare`: eight digits may be one."""
    if not any(map(str.isdigit, text)):
        return text, ()
    for pattern, order in ((_ISO, "ymd"), (_US, "mdy"), (_MONTH_FIRST, "mdy"), (_DAY_FIRST, "dmy")):
        match = pattern.search(text)
        if match and (days := _days(dict(zip(order, match.groups(), strict=True)))):
            return text[: match.start()] + " " + text[match.end() :], days
    match = _BARE.fullmatch(text) if bare else None
    if match:
        digits = match[1]
        american = {"m": digits[:2], "d": digits[2:4], "y": digits[4:]}
        return text, _days(american) or _days({"y": digits[:4], "m": digits[4:6], "d": digits[6:]})
    return text, ()


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
