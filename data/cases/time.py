"""How long a case was worked, reckoned from the signs of life of the screens that had it open. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

BEAT_SECONDS = 15  # how often a screen tells that the case is open
LONGEST_GAP = timedelta(seconds=45)  # three beats missed: the program was away, and nothing is counted
PRESENT_FOR = timedelta(seconds=60)  # how long after the last beat an agent still counts as there
IDLE_AFTER = timedelta(seconds=120)  # without a key for so long, a screen says that nobody works

Span = tuple[datetime, datetime]  # from, until


def prolonged(last: Span | None, seen_at: datetime, now: datetime, *, active: bool) -> tuple[Span | None, bool]:
    """What the visit's last span becomes on a sign of life at `now`, and whether that is a new span.

    `seen_at`: the sign before. Time counts from one sign to the next where the agent was active and the gap is no
    longer than LONGEST_GAP; so a pause, or a program that was away, ends the span. None: nothing to count.
    """
    if not active or now <= seen_at or now - seen_at > LONGEST_GAP:
        return None, False
    if last is not None and last[1] == seen_at:
        return (last[0], now), False
    return (seen_at, now), True


def worked_seconds(spans: Iterable[Span]) -> int:
    """Whole seconds that `spans` cover; what two of them share (two windows) counts once."""
    total, until = timedelta(), None
    for start, end in sorted(spans):
        begin = start if until is None or start > until else until
        if end > begin:
            total += end - begin
            until = end
    return round(total.total_seconds())


def clock_text(seconds: int) -> str:
    """Seconds as a person reads a duration: 45 → "0:45", 3725 → "1:02:05"."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
