"""Temporary PINs, link tokens and customers' own PINs: made at random, and kept as hashes only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache
from typing import TYPE_CHECKING

from data.verification.rules import TEMPORARY_DIGITS

if TYPE_CHECKING:
    from argon2 import PasswordHasher

TOKEN_BYTES = 16


def temporary_pin() -> str:
    """Six digits that nobody can foretell."""
    return f"{secrets.randbelow(10**TEMPORARY_DIGITS):0{TEMPORARY_DIGITS}d}"


def link_token() -> str:
    """What makes a link the customer's own: 128 random bits, to be written into an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(secret: str, *, of: str = "") -> str:
    """The hash of something that holds for minutes. `of`: whose it is, so that equal ones differ."""
    return hashlib.sha256(f"{of}:{secret}".encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two hashes are equal, found out in the same time wherever they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def pin_hash(pin: str, salt: bytes | None = None) -> str:
    """A customer's own PIN as the store keeps it: argon2id. `salt`: only where runs must repeat, as in a demo."""
    return _hasher().hash(pin, salt=salt)


def pin_fits(kept: str, typed: str) -> bool:
    """Whether `typed` is the PIN that `kept` was made from."""
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(kept, typed)
    except VerificationError:
        return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()
