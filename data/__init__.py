"""What is true, and what may be done: Careline's data, for scripts and for the floors above.

    from data import open_desk
    from data.search import search

    desk = open_desk("customers.careline")
    for hit in search(desk, "jon smyth").hits: ...

Importing this package loads nothing; a name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.desk import Desk, open_desk
    from data.errors import CarelineError, Invalid, Misused, NotFound, Refused, StoreTrouble

__all__ = ["CarelineError", "Desk", "Invalid", "Misused", "NotFound", "Refused", "StoreTrouble", "open_desk"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'data' has no attribute {name!r}")
    return getattr(import_module("data.desk" if name in ("Desk", "open_desk") else "data.errors"), name)
