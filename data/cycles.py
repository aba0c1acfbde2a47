"""When Python is not to look for garbage that refers to itself, so that what makes none is not kept waiting by it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """While this is entered, none is looked for; what is made meanwhile and let go of was never in the way."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()
