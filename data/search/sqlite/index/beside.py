"""Entries gathered by a second process, in files of its own, while this one does the rest.

What it reads are the customers as the index keeps them, so that it sees what is written but not committed yet; what it
leaves are databases that are attached and copied whole. It is asked only where that is worth its start.
"""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

WORTHWHILE = 50_000  # customers
PIPE = 512 * 1024  # bytes that may wait to be read: some batches, so that neither waits for the other's every step
LENGTH = 8  # bytes before each batch that say how long it is
BESIDE = "beside"
ENTRIES, WORDS = "entries", "words"  # the files that it leaves
RUN = f"import sys; sys.path[:] = sys.argv[2:]; from {__name__} import main; main()"


class BesideFailed(Exception):
    """The second process did not do it; whoever asked does it alone."""


def is_worthwhile(connection: Any, customers: int) -> bool:
    """Whether a second process helps, and may: what it writes lies in the clear, as an encrypted store must not."""
    encrypted = connection.execute("PRAGMA cipher_status").fetchone()
    return (
        customers >= WORTHWHILE
        and (os.cpu_count() or 1) > 1
        and not (encrypted and encrypted[0] == "1")
        and bool(sys.executable)
        and not getattr(sys, "frozen", False)
    )


class GatheringBeside:
    """As Gathering, by a second process."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._folder = TemporaryDirectory(prefix="careline-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [sys.executable, "-c", RUN, self._folder.name, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=PIPE,
        )

    def add(self, batch: list[tuple[Any, ...]]) -> None:
        """Gives it some customers."""
        _send(self._process.stdin, batch)

    def complete(self) -> None:
        """Tells it that these were all: it begins to sort them."""
        _send(self._process.stdin, [])

    def packed(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Waits for what it packs, and opens it: tells in which schema which packed tables are."""
        from data.store_connections import attach

        for told in self._process.stdout or ():
            file, *tables = told.decode().split()
            schema = f"{BESIDE}_{file}"
            attach(self._connection, Path(self._folder.name) / file, schema)
            yield schema, tuple(tables)
        if self._process.wait():
            raise BesideFailed

    def close(self) -> None:
        """Ends it, where it has not ended; what it left is gone when nobody has it open."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        self._folder.cleanup()


def _send(pipe: IO[bytes] | None, batch: list[Any]) -> None:
    told = marshal.dumps(batch)
    try:
        pipe.write(len(told).to_bytes(LENGTH, "big") + told)  # type: ignore[union-attr]
        pipe.flush()  # type: ignore[union-attr]
    except OSError as error:
        raise BesideFailed from error


def _batches(pipe: IO[bytes]) -> Any:
    while length := int.from_bytes(pipe.read(LENGTH), "big"):
        batch = marshal.loads(pipe.read(length))
        if not batch:
            return
        yield batch
    raise EOFError("whoever asked has gone")


def main() -> None:
    """Gathers what comes in; leaves entries and words each in a file in the folder that is named, and tells when.

    While SQLite sorts the entries, another thread makes the words.
    """
    import gc
    from concurrent.futures import ThreadPoolExecutor

    from data.search.sqlite.index.gathering import ENTRY_TABLES, WORD_TABLES, Gathering

    gc.disable()
    folder = Path(sys.argv[1])
    entries, words = _begun(folder / ENTRIES), _begun(folder / WORDS)
    gathering = Gathering(entries, "main")
    for batch in _batches(sys.stdin.buffer):
        gathering.add(batch)
    with ThreadPoolExecutor(1) as aside:
        making = aside.submit(gathering.pack_words, words, "main")
        gathering.pack_entries()
        _done(entries, ENTRIES, ENTRY_TABLES)
        making.result()
    _done(words, WORDS, WORD_TABLES)


def _begun(file: Path) -> Any:
    """A connection to a new file, in a transaction; should it fail, all is done otherwise."""
    import sqlcipher3.dbapi2 as sqlite

    connection = sqlite.connect(str(file), isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32000", "temp_store = FILE"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("BEGIN")
    return connection


def _done(connection: Any, file: str, tables: tuple[str, ...]) -> None:
    connection.execute("COMMIT")
    connection.close()
    sys.stdout.write(f"{' '.join((file, *tables))}\n")
    sys.stdout.flush()
