"""What is true, and what may be done: Careline's data, for scripts and for the floors above.

    from data import open_desk
    from data.search import search

    desk = open_desk("customers.careline")
    for hit in search(desk, "jon smyth").hits: ...

docs/api.md shows all of it at work.
Importing this package loads nothing; a name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.connections import Connections
    from data.desk import Desk, open_desk
    from data.errors import (
        CarelineError,
        Invalid,
        Misused,
        NotFound,
        NotPermitted,
        Refused,
        SignInNeeded,
        StoreTrouble,
    )

HOMES = {
    "Connections": "data.connections",
    "Desk": "data.desk",
    "open_desk": "data.desk",
    "CarelineError": "data.errors",
    "Invalid": "data.errors",
    "Misused": "data.errors",
    "NotFound": "data.errors",
    "NotPermitted": "data.errors",
    "Refused": "data.errors",
    "SignInNeeded": "data.errors",
    "StoreTrouble": "data.errors",
}
__all__ = [
    "CarelineError",
    "Connections",
    "Desk",
    "Invalid",
    "Misused",
    "NotFound",
    "NotPermitted",
    "Refused",
    "SignInNeeded",
    "StoreTrouble",
    "open_desk",
]


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module 'data' has no attribute {name!r}")
    return getattr(import_module(HOMES[name]), name)
