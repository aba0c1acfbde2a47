"""Words gathered by a second process, in a file of its own, while this one does the rest.

What it reads are the customers as the index keeps them, so that it sees what is written but not committed yet; what it
leaves is a database that is attached and copied whole. It is asked only where that is worth its start.
"""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from data.search.sqlite.entries import Kept

WORTHWHILE = 50_000  # customers
LENGTH = 8  # bytes before each batch that say how long it is
SCHEMA = "beside"
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


class PairsBeside:
    """As Pairs, by a second process."""

    schema = SCHEMA

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._folder = TemporaryDirectory(prefix="careline-", ignore_cleanup_errors=True)
        self._file = Path(self._folder.name) / "words"
        self._process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(self._file), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def add(self, batch: list[Kept]) -> None:
        """Gives it some customers."""
        _send(self._process.stdin, [tuple(kept) for kept in batch])

    def pack(self) -> int:
        """Waits until it is done, and opens what it left; returns how many words there are."""
        _send(self._process.stdin, [])
        told, _ = self._process.communicate()
        if self._process.returncode or not told:
            raise BesideFailed
        from data.store import attach

        attach(self._connection, self._file, SCHEMA)
        return int(told)

    def close(self) -> None:
        """Ends it, where it has not ended; what it left is gone when nobody has it open."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()


def _send(pipe: IO[bytes] | None, batch: list[Any]) -> None:
    told = marshal.dumps(batch)
    try:
        pipe.write(len(told).to_bytes(LENGTH, "big") + told)  # type: ignore[union-attr]
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
    """Gathers what comes in, into the file that is named."""
    import gc

    import sqlcipher3.dbapi2 as sqlite

    from data.search.sqlite.pairs import Pairs

    gc.disable()
    connection = sqlite.connect(sys.argv[1], isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32000", "temp_store = FILE"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("BEGIN")
    pairs = Pairs(connection, "main")
    for batch in _batches(sys.stdin.buffer):
        pairs.add(list(map(Kept._make, batch)))
    words = pairs.pack()
    connection.execute("COMMIT")
    connection.close()
    sys.stdout.write(str(words))
