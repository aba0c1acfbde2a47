"""When the garbage collector makes its full rounds: while nobody presses a key, and not through what stays anyway.

A full round through all that Careline has loaded takes 150 ms, and would come in the middle of a call.
"""

from __future__ import annotations

import gc
from datetime import timedelta

IDLE = timedelta(seconds=2)  # without a key, after which nobody feels a round
SMALL_ROUNDS = 5  # after which a full one is worth its while
THRESHOLDS = (700, 10, 1000)  # Python's own, but for the last: a full round by itself only where none came for long


def settle() -> None:
    """What is loaded now stays until the end; no round walks through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def tidy(idle: timedelta) -> None:
    """Makes a full round where nobody has pressed a key for `idle`, and there is something to tidy up."""
    if idle >= IDLE and gc.get_count()[2] >= SMALL_ROUNDS:
        gc.collect()
