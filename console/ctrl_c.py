"""Ctrl-C while a command works through much: what is in hand is kept first."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130  # the exit code of a command that Ctrl-C ended, as shells have it


class CtrlC:
    """Whether Ctrl-C was pressed. The first one waits for the rows in hand to be kept, the second one does not.

    `waits`: whether there are any; where there are none, the first one doesn't wait either.
    """

    def __init__(self) -> None:
        self.waits = True
        self._pressed = False

    def __call__(self) -> bool:
        """Whether to come to an end."""
        return self._pressed

    def press(self, _number: int, _frame: object) -> None:
        """Notes it. Raises KeyboardInterrupt where nothing is to be waited for."""
        if self._pressed or not self.waits:
            raise KeyboardInterrupt
        self._pressed = True


@contextmanager
def ctrl_c() -> Iterator[CtrlC]:
    """What to ask, from time to time, whether Ctrl-C was pressed since the block began."""
    pressed = CtrlC()
    before = signal.signal(signal.SIGINT, pressed.press)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)
