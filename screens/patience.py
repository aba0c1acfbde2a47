"""A store that another program holds makes one wait for seconds: who waits is told that it goes on."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump

PATIENCE = 1.0  # seconds until one is told
STILL_AT_IT = "· Not done yet; Careline is still at it."


def tell_of_wait(pump: MessagePump, waits: Callable[[], bool], tell: Callable[[str], None]) -> None:
    """Has `tell` say so after a while, where it still `waits` then."""
    pump.set_timer(PATIENCE, lambda: tell(STILL_AT_IT) if waits() else None)
