"""The log beside a store (SQLite's write-ahead log): whether a fault of the disk has cost something that was saved.

SQLite takes a log up to the first frame whose checksum is wrong, and leaves out the rest without a word: after a power
cut that is a transaction nobody was told of. Where a whole transaction stands behind that place, it was saved, and the
log was damaged since. (Formats: SQLite's "WAL-mode File Format", sections 4 to 6, and 2.1 of its index.)
"""

from __future__ import annotations

import shutil
import struct
import sys
import time
from pathlib import Path

from data.store_faults import looking

HEADER, FRAME = 32, 24  # bytes of the log's header, and of a frame's, before its page
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # and the order of bytes that checksums are made in
LOOKS, PAUSE = 3, 0.03  # a writer that is between its last frame and saying so needs milliseconds


def keep_damaged_log(path: Path) -> str:
    """A sentence where the log of the store at `path` lost something that was saved; a copy of it is kept. Else ""."""
    log = path.with_name(f"{path.name}-wal")
    kept = path.with_name(f"{path.name}.damaged-log")
    if not (log.exists() and log.stat().st_size > HEADER + FRAME and _lost(path, log)):
        return ""
    if not kept.exists():
        shutil.copyfile(log, kept)
    return (
        f"The log beside the store was damaged: what was saved last before that may be missing. It is kept as {kept}; "
        "compare what you remember with the audit, and see to the disk."
    )


def _lost(path: Path, log: Path) -> bool:
    with looking(path) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # SQLite has taken what it takes
        seen = set()
        for _ in range(LOOKS):
            taken = _taken(path)
            if taken is None or not _has_more(log, *taken):
                return False
            seen.add(taken)
            time.sleep(PAUSE)
    return len(seen) == 1  # else somebody writes


def _taken(path: Path) -> tuple[int, bytes] | None:
    """How many frames SQLite took, and the salt of the log that they are of."""
    try:
        with path.with_name(f"{path.name}-shm").open("rb") as file:
            head = file.read(48)
    except OSError:
        return None
    return int.from_bytes(head[16:20], sys.byteorder), head[32:40]


def _has_more(log: Path, taken: int, salt: bytes) -> bool:
    """Whether a whole transaction stands in the log behind the frames that were taken."""
    with log.open("rb") as file:
        head = file.read(HEADER)
        size = log.stat().st_size
        if not _is_sound(head):
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


def _is_sound(head: bytes) -> bool:
    order = MAGIC.get(int.from_bytes(head[:4], "big"))
    if order is None:
        return False
    one = two = 0
    words = struct.unpack(f"{order}6I", head[:24])
    for at in range(0, 6, 2):
        one = (one + words[at] + two) & 0xFFFFFFFF
        two = (two + words[at + 1] + one) & 0xFFFFFFFF
    return (one, two) == struct.unpack(">2I", head[24:32])
