"""Stores that are encrypted: the passphrase of one, and the key that follows from it.

An encrypted store is a SQLCipher 4 file of usual make: any SQLCipher opens it with the passphrase. Its first bytes are
its salt; the key is derived from salt and passphrase once in a program's life, because that takes a third of a second.
Copies of a store have its salt, and so its key.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

VARIABLE = "CARELINE_STORE_KEY"
MAGIC = b"SQLite format 3\x00"
SALT_BYTES = 16
PAGE = 4096  # an encrypted store is whole pages
ROUNDS = 256_000  # of PBKDF2-HMAC-SHA512, as SQLCipher 4 has it
LEAST = 8  # characters of a passphrase

_keys: dict[bytes, str] = {}  # by salt: key and salt, as SQLCipher takes them


def is_encrypted(path: Path) -> bool:
    """Whether the file at `path` looks like an encrypted store: whole pages of what is no plain SQLite."""
    try:
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
            size = os.fstat(file.fileno()).st_size
    except OSError:
        return False
    return size > 0 and size % PAGE == 0 and not head.startswith(MAGIC) and not head.isascii()


def is_unlocked(path: Path) -> bool:
    """Whether a passphrase for the encrypted store at `path` was given; it need not be the right one."""
    return _key_of(path) is not None


def remember(path: Path, passphrase: str) -> None:
    """Takes `passphrase` for that of the encrypted store at `path`, for as long as the program runs."""
    salt = _salt(path)
    _keys[salt] = _derive(passphrase, salt)


def unlock(connection: Any, path: Path) -> bool:
    """Gives a fresh driver connection the key of the file at `path`; False where it is plain or the key not known."""
    if is_encrypted(path) and (key := _key_of(path)):
        give(connection, key)
        return True
    return False


def new_key(passphrase: str) -> str:
    """A key for a new encrypted file, with a salt of its own; `give` takes it."""
    salt = os.urandom(SALT_BYTES)
    while salt.isascii():  # so that it is told from text
        salt = os.urandom(SALT_BYTES)
    _keys[salt] = _derive(passphrase, salt)
    return _keys[salt]


def key_of(path: Path) -> str | None:
    """The key of the store at `path`; None for a plain one."""
    return _key_of(path) if is_encrypted(path) else None


def give(connection: Any, key: str) -> None:
    """Makes a fresh driver connection read and write with `key`; what goes wrong is raised, not printed."""
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key}'\"")


def _key_of(path: Path) -> str | None:
    salt = _salt(path)
    if salt not in _keys and (passphrase := os.environ.get(VARIABLE)):
        _keys[salt] = _derive(passphrase, salt)
    return _keys.get(salt)


def _salt(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SALT_BYTES)


def _derive(passphrase: str, salt: bytes) -> str:
    return (hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, ROUNDS, 32) + salt).hex()
