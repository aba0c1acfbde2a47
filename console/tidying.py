"""Python's full garbage collections: made while nobody presses a key, and without what stays loaded anyway.

A full collection over all that Careline has loaded takes 150 ms, and would come in the middle of a call.
"""

from __future__ import annotations

import gc
from datetime import timedelta

IDLE = timedelta(seconds=2)  # without a key, after which nobody feels a collection
PARTIAL = 5  # collections of the middle generation, after which a full one is worth its while
THRESHOLDS = (700, 10, 1000)  # Python's own, but for the last, so that it rarely makes a full collection by itself


def settle() -> None:
    """Takes what is loaded now out of every later collection: it stays until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def tidy(idle: timedelta) -> None:
    """Makes a full collection where nobody has pressed a key for long enough (`idle`) and enough has gathered."""
    if idle >= IDLE and gc.get_count()[2] >= PARTIAL:
        gc.collect()
