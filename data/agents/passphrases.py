"""Passphrases: which will do, and how one is kept. Importing this loads Argon2; nothing but signing in does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12  # characters
LONGEST = 256
LOOKED_AT = 72  # characters that the estimate reads; what is longer is no weaker
STRONG_ENOUGH = 3  # of 4: more than 10^8 guesses, by zxcvbn
SHORTEST_NAME = 3  # letters of a part of a name that counts for nothing

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
"""Argon2id as RFC 9106 recommends it where 2 GiB for each guess are too many: 64 MiB, 3 passes, 4 lanes.

A person waits a fraction of a second once; whoever stole the store pays 64 MiB of memory for every guess.
"""


def wrong_passphrase(passphrase: str, about: Iterable[str] = ()) -> str | None:
    """Why `passphrase` will not do, or None where it will. `about`: names that it must not be made of.

    zxcvbn looks it up in the lists of common passwords and words that it carries, and counts what is left to guess;
    what is no name has to be enough by itself.
    """
    text = _same(passphrase)
    if len(text) < SHORTEST:
        return f"A passphrase has at least {SHORTEST} characters; several words are easy to keep in mind."
    if len(text) > LONGEST:
        return f"A passphrase has at most {LONGEST} characters."
    from zxcvbn import zxcvbn  # its lists take a while to load

    names = [name for name in (*about, "careline") if name]
    looked_at = {text[:LOOKED_AT], _without(text, names)[:LOOKED_AT]}
    if any(not one or zxcvbn(one, user_inputs=names)["score"] < STRONG_ENOUGH for one in looked_at):
        return "That passphrase is common or easily guessed. Take some words that do not belong together."
    return None


def _without(text: str, names: Iterable[str]) -> str:
    """`text` without the parts of `names`, in whatever case."""
    parts = {part for name in names for part in re.split(r"[\W_]+", _same(name)) if len(part) >= SHORTEST_NAME}
    longest_first = sorted(parts, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), "", text, flags=re.IGNORECASE) if parts else text


def hashed(passphrase: str) -> str:
    """`passphrase` as the store keeps it: one way, salted."""
    return HASHER.hash(_same(passphrase))


def fits(kept: str, passphrase: str) -> bool:
    """Whether `passphrase` is the one that was kept."""
    try:
        return HASHER.verify(kept, _same(passphrase))
    except (VerificationError, InvalidHashError):
        return False


def take_as_long(passphrase: str) -> None:
    """Spends the time of a check, so that a name that is not there answers no sooner than one that is."""
    hashed(passphrase)


def is_outdated(kept: str) -> bool:
    """Whether it was kept with older parameters than today's, and should be kept anew."""
    return HASHER.check_needs_rehash(kept)


def _same(passphrase: str) -> str:
    """One form for what several keyboards write differently (NIST SP 800-63B asks for NFKC)."""
    return unicodedata.normalize("NFKC", passphrase)
