"""The passphrase of an encrypted store: from CARELINE_STORE_KEY, or asked for on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path


def unlock(where: str | Path) -> None:
    """Asks for the passphrase of the store at `where`, if it is encrypted, none is known and somebody can answer.

    It loads little, because it runs before the first paint.
    """
    from data.store_keys import is_encrypted, is_unlocked, remember

    path = Path(str(where).removeprefix("sqlite:///")).expanduser()
    if is_encrypted(path) and not is_unlocked(path) and sys.stdin.isatty() and sys.stderr.isatty():
        from console.passphrases import ask_passphrase

        remember(path, ask_passphrase(f"Passphrase of the store {path.name}: "))
