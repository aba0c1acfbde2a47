"""How one event holds on to the one before. Pure.

An event's hash is the SHA-256 of the hash before it and of the event itself, written so that only one text stands for
one event: a JSON array of id, key, at, agent, action, account id and detail, as the store has them, ASCII without
spaces. The first event follows sixty-four zeros.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import NamedTuple

GENESIS = "0" * 64
"""What the first event follows."""


class Link(NamedTuple):
    """An event as the chain sees it; `at` as the store's text. Its columns are COLUMNS, in that order."""

    id: int
    key: str
    at: str
    agent: str
    action: str
    account_id: int | None
    detail: str


COLUMNS = ", ".join(Link._fields)


def hash_after(before: str, link: Link) -> str:
    """The hash of the event `link` that follows one with the hash `before`; 64 hexadecimal digits."""
    told = json.dumps(link, separators=(",", ":"))
    return sha256(f"{before}\n{told}".encode()).hexdigest()
