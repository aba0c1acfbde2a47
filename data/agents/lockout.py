"""How long a way in stays shut after wrong tries: pure figures."""

from __future__ import annotations

from datetime import timedelta

from data.text import counted

FREE_TRIES = 5  # slips of the finger
FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=12)


def lock_after(failures: int) -> timedelta:
    """How long the `failures`-th wrong try in a row shuts the way in.

    Not at all before the fifth, then twice as long each time, 12 hours at most.
    """
    over = failures - FREE_TRIES
    if over < 0:
        return timedelta()
    return min(FIRST * (1 << min(over, 16)), LONGEST)


def in_words(left: timedelta) -> str:
    """How long it is still shut: "2 minutes", "1 hour"."""
    seconds = max(1, int(left.total_seconds()))
    for size, name in ((3600, "hour"), (60, "minute")):
        if seconds >= size:
            return counted(-(-seconds // size), name)
    return counted(seconds, "second")
