"""A store put together again from a log that a fault of the disk has damaged.

SQLite leaves out all that stands behind the damage, because a transaction may need what is lost. Each frame of the log
is a whole page, though, with a checksum that goes on from that of the frame before: so what is sound is known, and a
page that was lost and written again later is no loss. (Formats: SQLite's "WAL-mode File Format", section 4.)
"""

from __future__ import annotations

import shutil
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import sqlcipher3.dbapi2 as sqlite

from data.store_faults import looking
from data.store_keys import PAGE

HEADER, FRAME = 32, 24  # bytes of the log's header, and of a frame's, before its page
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # and the order of bytes that checksums are made in
ROOM = 2  # times the store's size must be free, as for a backup
Sums = tuple[int, int]


@dataclass(frozen=True)
class Salvaged:
    """A store that was put together. `whole`: every page of it is as it was saved last; else some are older."""

    path: Path
    whole: bool


class Frame(NamedTuple):
    """A page in the log.

    `size`: how many pages the store has, where a transaction ends here, else 0; `at`: where the page begins; `ours`:
    the frame says that it is of this log.
    """

    page: int
    size: int
    at: int
    ours: bool
    sound: bool


def salvage(path: Path, log: Path, to: Path) -> Salvaged | None:
    """The store `path` with every sound page of its damaged `log`, written to `to` where it is not there yet.

    None where nothing comes of it, or there is no room.
    """
    if shutil.disk_usage(path.parent).free < ROOM * path.stat().st_size:
        return None
    with log.open("rb") as file:
        page_size, frames = _frames(file)
        ends = [number for number, frame in enumerate(frames) if frame.sound and frame.size]
        if not ends:
            return None
        saved = frames[: ends[-1] + 1]
        if not to.exists() and not _put_together(path, file, saved, page_size, to):
            return None
    cut_off = any(frame.ours and frame.size for frame in frames[ends[-1] + 1 :])
    return Salvaged(to, whole=not cut_off and _is_whole(saved))


def _put_together(path: Path, log: BinaryIO, saved: list[Frame], page_size: int, to: Path) -> bool:
    """Writes `to`; where it does not hold together, it is gone again."""
    shutil.copy(path, to)
    with to.open("rb+") as store:
        for page, at in {frame.page: frame.at for frame in saved if frame.sound}.items():
            log.seek(at)
            store.seek((page - 1) * page_size)
            store.write(log.read(page_size))
        store.truncate(saved[-1].size * page_size)
    if holds := _holds_together(to):
        return holds
    to.unlink()
    return False


def is_sound(head: bytes) -> bool:
    """Whether a log's header is as SQLite wrote it."""
    order = MAGIC.get(int.from_bytes(head[:4], "big"))
    return order is not None and checksum(head[:24], order) == struct.unpack(">2I", head[24:HEADER])


def checksum(content: bytes, order: str, before: Sums = (0, 0)) -> Sums:
    """SQLite's checksum of `content`, going on from `before`."""
    one, two = before
    for first, second in struct.iter_unpack(f"{order}2I", content):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two


def _frames(log: BinaryIO) -> tuple[int, list[Frame]]:
    """How large a page is, and all that stands in the log; a damaged header is made up for by the first frame."""
    head = log.read(HEADER)
    if is_sound(head):
        order, page_size, salt = MAGIC[int.from_bytes(head[:4], "big")], int.from_bytes(head[8:12], "big"), head[16:24]
    else:
        order, page_size, salt = "<" if sys.byteorder == "little" else ">", PAGE, log.read(FRAME)[8:16]
        log.seek(HEADER)
    return page_size, list(_each(log, page_size, order, salt, _sums(head[24:HEADER])))


def _each(log: BinaryIO, page_size: int, order: str, salt: bytes, before: Sums) -> Iterator[Frame]:
    at = HEADER + FRAME
    while len(head := log.read(FRAME)) == FRAME and len(content := log.read(page_size)) == page_size:
        page, size = struct.unpack(">2I", head[:8])
        ours, told = head[8:16] == salt, _sums(head[16:])
        yield Frame(page, size, at, ours, ours and checksum(head[:8] + content, order, before) == told)
        before, at = told, at + FRAME + page_size


def _sums(stored: bytes) -> Sums:
    first, second = struct.unpack(">2I", stored)
    return first, second


def _is_whole(saved: list[Frame]) -> bool:
    """Whether every page that was lost is known, and was written again later.

    Which page it was is believed of a damaged frame between two sound ones: the one before shows that the damage does
    not come from there, the one after, which goes on from its checksum, that its heading was spared.
    """
    lost = set()
    for number, frame in enumerate(saved):
        if frame.sound:
            lost.discard(frame.page)
        elif frame.ours and (not number or saved[number - 1].sound) and saved[number + 1].sound:
            lost.add(frame.page)
        else:
            return False
    return not lost


def _holds_together(path: Path) -> bool:
    try:
        with looking(path) as connection:
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            return connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and broken is None
    except sqlite.DatabaseError:
        return False
