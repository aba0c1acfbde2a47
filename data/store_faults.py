"""What can be wrong with a store's file, in words: checked before it is opened, translated when the driver says so.

Nothing here writes; a file that can't be used is left as it was found.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy.exc import DBAPIError

from data.errors import Misused, StoreTrouble
from data.store_keys import MAGIC, VARIABLE, is_encrypted, is_unlocked, unlock

APPLICATION_ID = 0x43415245  # "CARE": tells a Careline store from any other SQLite file
SCHEMA_VERSION = "0015"  # the newest migration in data/migrations/versions
APPLICATION_ID_AT = slice(68, 72)  # of the file's header, big-endian (SQLite's file format, section 1.3)
HEADER_BYTES = 100

BUSY = ("is busy: another program holds it", "Nothing of this was saved; try again in a moment.")
REMEDIES = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_FULL": ("can't grow: the disk is full", "Nothing of this was saved; free some space and try again."),
    "SQLITE_READONLY": ("is read-only", "Nothing was changed; make the file and its folder writable."),
    "SQLITE_CANTOPEN": ("can't be opened", "Check that its folder exists and that you may write there."),
    "SQLITE_PERM": ("can't be opened", "Check that its folder exists and that you may write there."),
    "SQLITE_CORRUPT": ("is damaged", "Nothing was changed; run `careline doctor`, and restore a backup."),
    "SQLITE_NOTADB": ("is damaged", "Nothing was changed; restore a backup, or name another file with --store."),
    "SQLITE_IOERR": (
        "can't be read or written: the disk reports an error",
        "Nothing of this was saved; see that the disk has space and is sound, then try again.",
    ),
}
SAID = {  # where a whole file is copied, the driver gives no name
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "database is locked": "SQLITE_BUSY",
}


@contextmanager
def trouble(path: Path) -> Iterator[None]:
    """Turns a driver's error into StoreTrouble, or into Misused for what no store can keep, in words."""
    try:
        yield
    except (sqlite.Error, DBAPIError, UnicodeDecodeError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        name = "SQLITE_CORRUPT" if _no_text(cause) else _name_of(cause)
        for code, (what, remedy) in REMEDIES.items():
            if name.startswith(code):
                passing = code in ("SQLITE_BUSY", "SQLITE_LOCKED")
                raise StoreTrouble(f"The store at {path} {what}.", remedy, passing=passing) from error
        raise
    except UnicodeEncodeError:
        raise Misused("The text has signs that no file can keep.", "Type them anew, or leave them out.") from None
    except OverflowError as error:
        if "SQLite" not in str(error):
            raise
        raise Misused("A number is larger than any that is kept here.", "Check it, and type it anew.") from None


def _name_of(cause: BaseException | None) -> str:
    return str(getattr(cause, "sqlite_errorname", "")) or SAID.get(str(cause), "")


def _no_text(cause: BaseException | None) -> bool:
    """Whether the driver met text that is not UTF-8, which is how all of it went in."""
    return isinstance(cause, UnicodeDecodeError) or str(cause).startswith("Could not decode to UTF-8")


def check_usable(path: Path) -> None:
    """Raises StoreTrouble where there is no file at `path`, where it is no store or can't be written."""
    try:
        there = path.exists()
        if there and not path.is_file():
            raise StoreTrouble(f"{path} is not a file.", "Name another place with --store.")
        if there and not (os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK)):
            raise StoreTrouble(f"The store at {path} is read-only.", "Make the file and its folder writable.")
    except OSError as error:
        raise _unreadable(path, error) from None
    if not there:
        raise StoreTrouble(f"There is no store at {path}.", "Make one with `careline init` or `careline demo`.")
    check_is_store(path)


def check_is_store(path: Path, named_with: str = " with --store") -> None:
    """Raises StoreTrouble where the file at `path` is no store, or an encrypted one without its passphrase.

    `named_with`: how a person names another file, "" where it is simply named.
    """
    try:
        header = _decrypted_header(path) if is_encrypted(path) else _header(path)
    except OSError as error:
        raise _unreadable(path, error, named_with) from None
    application = int.from_bytes(header[APPLICATION_ID_AT], "big")
    if not header.startswith(MAGIC) or application != APPLICATION_ID:
        raise StoreTrouble(f"{path} is not a Careline store.", f"Nothing was changed; name another file{named_with}.")


def _unreadable(path: Path, error: OSError, named_with: str = " with --store") -> StoreTrouble:
    return StoreTrouble(f"The store at {path} can't be read: {error.strerror}.", f"Name another file{named_with}.")


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEADER_BYTES)


def _decrypted_header(path: Path) -> bytes:
    """What the header of an encrypted store would be. Raises StoreTrouble without its passphrase, or with another."""
    if not is_unlocked(path):
        raise StoreTrouble(
            f"{path} is encrypted, or it is not a Careline store.", f"Give its passphrase in {VARIABLE}."
        )
    try:
        with looking(path) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
            raise
        raise StoreTrouble(
            f"The passphrase does not open the store at {path}, or it is no store.",
            f"Nothing was changed; give the right one in {VARIABLE}.",
        ) from None
    return MAGIC.ljust(APPLICATION_ID_AT.start, b"\0") + int(application).to_bytes(4, "big")


@contextmanager
def looking(path: Path) -> Iterator[Any]:
    """A bare driver connection that changes nothing and leaves no file behind."""
    wal = path.with_name(f"{path.name}-wal")
    mode = "ro" if wal.exists() else "rw"  # a lone reader leaves the -wal that it made; a lone writer cleans up
    with closing(sqlite.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)) as connection:
        unlock(connection, path)
        yield connection


def version_of(path: Path, called: Path | None = None) -> str:
    """The migration that the store at `path` stands at, read without a trace; "" before the first.

    `called`: what a person knows the file by. Raises StoreTrouble where a newer Careline made it.
    """
    with looking(path) as peek:
        known = peek.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'").fetchone()[0]
        row = peek.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    version = str(row[0]) if row else ""
    if version > SCHEMA_VERSION:
        raise StoreTrouble(
            f"The store at {called or path} was made by a newer Careline (its version {version}, "
            f"ours {SCHEMA_VERSION}).",
            "Nothing was changed; update Careline, or name another store.",
        )
    return version
