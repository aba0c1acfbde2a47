"""Which daily backups are kept: the newest of each of the last days, weeks and months that have one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept(days: Iterable[date]) -> frozenset[date]:
    """Of the days that have a backup, those whose backup stays; a week begins on its Monday."""
    newest_first = sorted(set(days), reverse=True)
    return frozenset(
        [
            *newest_first[:DAYS],
            *_newest_of_each(newest_first, lambda day: day.isocalendar()[:2])[:WEEKS],
            *_newest_of_each(newest_first, lambda day: (day.year, day.month))[:MONTHS],
        ]
    )


def _newest_of_each(newest_first: list[date], period: Callable[[date], Hashable]) -> list[date]:
    found: dict[Hashable, date] = {}
    for day in newest_first:
        found.setdefault(period(day), day)
    return list(found.values())
