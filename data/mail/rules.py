"""How far a mail is, and when one that did not go is tried again."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class MailState(StrEnum):
    """WAITING: to be sent. GOING: being handed over now. DOUBTFUL: handed over, and nobody knows whether it arrived."""

    WAITING = "waiting"
    GOING = "going"
    SENT = "sent"
    FAILED = "failed"
    DOUBTFUL = "doubtful"


TRANSITIONS: dict[MailState, frozenset[MailState]] = {
    MailState.WAITING: frozenset({MailState.GOING}),
    MailState.GOING: frozenset(MailState) - {MailState.GOING},
    MailState.FAILED: frozenset({MailState.WAITING}),
    MailState.DOUBTFUL: frozenset({MailState.WAITING, MailState.SENT}),
    MailState.SENT: frozenset(),
}
"""Each state → what it may become. Only a person moves one that failed or is doubtful, so that none goes twice."""

HANDING_OVER = timedelta(minutes=10)  # longer than that, and whoever was at it is gone
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))


def pause(tries: int) -> timedelta | None:
    """How long to wait after that many failed tries; None: it is not tried again by itself."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
