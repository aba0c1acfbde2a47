"""Days and the time that is left, in the words of Important Information."""

from __future__ import annotations

from datetime import date

from data.lifeline.rules import Unit


def time_left(left: int, unit: Unit = Unit.DAYS) -> str:
    """`left` ≥ 0 in words: "today is the last day", "1 day left", "9 business days left"."""
    if left == 0:
        return "today is the last day"
    return f"{left} {unit}{'s' if left > 1 else ''} left"


def late(left: int) -> str:
    """`left` < 0 in words: "1 day ago", "12 days ago"."""
    return f"{-left} day{'s' if left < -1 else ''} ago"


def day_text(day: date) -> str:
    """MM-DD-YYYY, as Important Information writes every day."""
    return f"{day:%m-%d-%Y}"
