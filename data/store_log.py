"""The log beside a store (SQLite's write-ahead log): whether a fault of the disk has cost something that was saved.

SQLite takes a log up to the first frame whose checksum is wrong, and leaves out the rest without a word: after a power
cut that is a transaction nobody was told of. Where a whole transaction stands behind that place, it was saved, and the
log was damaged since. (Formats: SQLite's "WAL-mode File Format", sections 4 to 6, and 2.1 of its index.)
"""

from __future__ import annotations

import filecmp
import shutil
import sys
import time
from contextlib import ExitStack
from io import FileIO
from itertools import count
from pathlib import Path

from data.store_faults import looking
from data.store_salvage import FRAME, HEADER, Salvaged, is_sound, salvage

LOOKS, PAUSE = 3, 0.03  # a writer that is between its last frame and saying so needs milliseconds


def keep_damaged_log(path: Path) -> str:
    """A sentence where the log of the store at `path` lost something that was saved; else "".

    A copy of it is kept then, and what can be read of it is put together in a store of its own. Not for a store that
    this program has open: where a file is closed, the system lets go of all locks that a program has on it, also
    SQLite's, and whoever leaves the store next takes the log away under it.
    """
    log = path.with_name(f"{path.name}-wal")
    if not (log.exists() and log.stat().st_size > HEADER + FRAME):
        return ""
    with ExitStack() as closed_last, looking(path) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # SQLite has taken what it takes
        try:
            index = closed_last.enter_context(path.with_name(f"{path.name}-shm").open("rb", buffering=0))
        except OSError:
            return ""
        if not _lost(index, log):
            return ""
        try:
            kept = _keep(log, path)
            salvaged = salvage(path, kept, kept.with_name(kept.name.replace(".damaged-log", ".salvaged")))
        except OSError as error:
            return f"{DAMAGED} It could not be kept ({error.strerror}): compare what you remember with the audit."
    return f"{DAMAGED} It is kept as {kept}. {_what_to_do(salvaged)} See to the disk."


DAMAGED = "The log beside the store was damaged: what was saved last before that may be missing."


def _what_to_do(salvaged: Salvaged | None) -> str:
    if salvaged is None:
        return "Nothing more can be read of it: compare what you remember with the audit."
    if salvaged.whole:
        return (
            f"All that was saved is in {salvaged.path}: before anybody goes on, close Careline, move the store away "
            "with its -wal and -shm, and `careline restore` that file to its place."
        )
    return (
        f"What can still be read is put together in {salvaged.path}: open it with --store to see what is missing here, "
        "and do that again here. Don't go on working in it."
    )


def _keep(log: Path, path: Path) -> Path:
    """A copy of `log` beside the store `path`, where there is none yet; as closed to others as that."""
    for number in count(1):
        kept = path.with_name(f"{path.name}.damaged-log{f'-{number}' if number > 1 else ''}")
        if not kept.exists():
            shutil.copy(log, kept)
            return kept
        if filecmp.cmp(log, kept, shallow=False):
            return kept
    raise AssertionError("unreachable")


def _lost(index: FileIO, log: Path) -> bool:
    """Whether SQLite, which has the store open, left out something of its log that was saved."""
    seen = set()
    for _ in range(LOOKS):
        taken = _taken(index)
        if not _has_more(log, *taken):
            return False
        seen.add(taken)
        time.sleep(PAUSE)
    return len(seen) == 1  # else somebody writes


def _taken(index: FileIO) -> tuple[int, bytes]:
    """How many frames SQLite took, and the salt of the log that they are of."""
    index.seek(0)
    head = index.read(48)
    return int.from_bytes(head[16:20], sys.byteorder), head[32:40]


def _has_more(log: Path, taken: int, salt: bytes) -> bool:
    """Whether a whole transaction stands in the log behind the frames that were taken."""
    with log.open("rb") as file:
        head = file.read(HEADER)
        size = log.stat().st_size
        if not is_sound(head):
            return True
        if head[16:24] != salt:
            return False  # a log that was begun anew: what stands in the file is in the store already
        whole = FRAME + int.from_bytes(head[8:12], "big")
        for number in range(taken, (size - HEADER) // whole):
            file.seek(HEADER + number * whole)
            frame = file.read(FRAME)
            ends_one = any(frame[4:8])  # the last frame of a transaction says how large the store is then
            if ends_one and frame[8:16] == salt:  # another salt: of a log before this one
                return True
    return False
