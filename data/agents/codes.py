"""Secrets that Careline makes: temporary passphrases, tokens, invitation codes. Shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import random

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that is taken for another when it is read out
TOKEN_MARK = "careline_"
GROUP = 4


def new_code(rng: random.Random, groups: int = 4) -> str:
    """A code to be read out and typed: "K7QM-2FXD-9TRA-W3HP", almost 5 bits a letter."""
    return "-".join("".join(rng.choices(LETTERS, k=GROUP)) for _ in range(groups))


def new_token(rng: random.Random) -> str:
    """A token for a script: "careline_" and 40 letters, 196 bits."""
    return TOKEN_MARK + "".join(rng.choices(LETTERS, k=40))


def kept(secret: str) -> str:
    """A code or token as the store keeps it. It is long and random, so a plain hash hides it well enough."""
    return hashlib.sha256(_plain(secret).encode()).hexdigest()


def _plain(secret: str) -> str:
    """The secret however it was typed: in any case, with or without its dashes."""
    return "".join(secret.upper().replace("-", "").split())
