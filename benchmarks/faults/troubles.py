"""One fault after the other, while somebody works: what they are told, and whether what was acknowledged is kept."""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import data.store as stores
from benchmarks.faults.confining import apart, become_nobody, is_root, mount_disk, resize_disk
from benchmarks.faults.judging import judge, newest_event
from benchmarks.faults.work import desk_at, make_store, work
from data.audit.verifying import look_over
from data.desk import Desk, system_clock
from data.errors import CarelineError, StoreTrouble
from data.store import connect

FIRST_PAGE = 32 + 24  # bytes of the log before it; each transaction begins with a page that the next one writes, too
MOST = 400  # actions, for a fault that never comes
Told = tuple[list[str], str]  # marks that were acknowledged, and the sentence that ended it ("" for none)


@dataclass(frozen=True)
class Met:
    """What came of a fault. `said`: the sentence that a person reads; `wrong`: what the store has by halves."""

    said: str
    acknowledged: int
    lost: int
    wrong: tuple[str, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether it was told in a sentence, and nothing was lost or left by halves."""
        return bool(self.said) and not (self.lost or self.wrong)


def full_disk(folder: Path) -> Met:
    """A disk that is full: a small one of its own where this machine lets one mount it, else as SQLite tells of it."""
    return (apart(lambda: _on_a_small_disk(folder)) if is_root() else None) or _as_if_full(folder)


def _on_a_small_disk(folder: Path) -> Met | None:
    made = make_store(folder / "made.store").read_bytes()
    (disk := folder / "disk").mkdir()
    if not mount_disk(disk, len(made) + 1_000_000):
        return None
    (disk / "some.store").write_bytes(made)
    met = _work_until_told(disk / "some.store")
    resize_disk(disk, 4 * len(made) + 50_000_000)
    return _and_then_goes_on(disk / "some.store", met)


def _as_if_full(folder: Path) -> Met:
    path = make_store(folder / "some.store")
    with closing(connect(path)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    stores.SETTINGS["max_page_count"] = pages + 6
    try:
        met = _work_until_told(path)
    finally:
        del stores.SETTINGS["max_page_count"]
    return _and_then_goes_on(path, met)


def file_size_limit(folder: Path) -> Met:
    """The system lets no file of this process grow beyond a size."""
    path = make_store(folder / "some.store")
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size // 3, hard))
    try:
        met = _work_until_told(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))
    return _and_then_goes_on(path, met)


def read_only(folder: Path) -> Met:
    """The file may only be read, as after a mistake with its rights, by a process without root's."""
    if not is_root():
        return _read_only_in(folder)
    with tempfile.TemporaryDirectory() as open_to_all:  # the folders around `folder` may be closed to others
        Path(open_to_all).chmod(0o755)
        return apart(lambda: _read_only_in(Path(open_to_all), become_nobody))


def _read_only_in(folder: Path, first: Callable[[], None] = lambda: None) -> Met:
    path = make_store(folder / "some.store")
    path.chmod(0o444)
    first()
    try:
        desk = desk_at(path)
    except StoreTrouble as error:
        return Met(str(error), 0, 0)
    return Met("", len(_work_for(desk, 1)[0]), 0, ("it was opened",))


def damaged_page(folder: Path) -> Met:
    """A page of the accounts is overwritten; the audit, which lies elsewhere, must still hold what was done."""
    path = make_store(folder / "some.store")
    since = newest_event(path)
    marks, _ = _work_for(desk_at(path), 12)
    with closing(connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'account'").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    content = bytearray(path.read_bytes())
    sound = bytes(content)
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    _, said = _work_for(desk_at(path), MOST)
    path.write_bytes(sound)  # what a restore would bring
    judged = judge(path, marks, since=since, wholly=True)
    return Met(said, len(marks), len(judged.lost), tuple(judged.wrong))


def removed_store(folder: Path) -> Met:
    """The file is taken away while it is open; it is put back to be judged."""
    path = make_store(folder / "some.store")
    since = newest_event(path)
    desk = desk_at(path)
    marks, _ = _work_for(desk, 12)
    aside = path.with_name("aside.store")
    for kind in ("", "-wal", "-shm"):
        path.with_name(path.name + kind).rename(f"{aside}{kind}")
    more, said = _work_for(desk, MOST, first=1)
    desk.store.close()
    for kind in ("", "-wal"):
        if (there := Path(f"{aside}{kind}")).exists():
            there.rename(path.with_name(path.name + kind))
    judged = judge(path, marks + more, since=since, wholly=True)
    return Met(said, len(marks + more), len(judged.lost), tuple(judged.wrong))


def clock_set_back(folder: Path) -> Met:
    """The clock goes back by days between any two actions; work goes on."""
    path = make_store(folder / "some.store")
    since, rng = newest_event(path), random.Random(3)
    desk = desk_at(path, clock=lambda: system_clock() - timedelta(days=rng.randrange(30)))
    marks, said = _work_for(desk, 60)
    desk.store.close()
    judged = judge(path, marks, since=since, wholly=True)
    return Met(said or "work went on", len(marks), len(judged.lost), tuple(judged.wrong))


def torn_log(folder: Path) -> Met:
    """The process dies, and the log's last transaction is only half on the disk: what came before it is kept."""
    path = make_store(folder / "some.store")
    since = newest_event(path)
    marks, ends = work_and_die(path)
    log = path.with_name(f"{path.name}-wal")
    os.truncate(log, ends[-1] - 2_000)
    judged = judge(path, marks[:-1], since=since, wholly=True)
    return Met("the half transaction is left out", len(marks) - 1, len(judged.lost), tuple(judged.wrong))


def damaged_log(folder: Path) -> Met:
    """The process dies, and the disk loses 64 bytes in the middle of the log: what that costs is told, not hidden.

    What is put together beside the store must hold every mark of which no page is lost for good: here all of them.
    """
    path = make_store(folder / "some.store")
    since = newest_event(path)
    marks, _ = work_and_die(path)
    with path.with_name(f"{path.name}-wal").open("rb+") as log:
        log.seek(FIRST_PAGE)
        log.write(b"\xa5" * 64)
    store = stores.open_store(path)
    said, wrong = store.warning, look_over_store(store)
    store.close()
    judged = judge(path.with_name(f"{path.name}.salvaged"), marks, since=since, wholly=True)
    return Met(said, len(marks), len(judged.lost), (*wrong, *judged.wrong))


TROUBLES: dict[str, Callable[[Path], Met]] = {
    "disk full": full_disk,
    "file-size limit": file_size_limit,
    "read-only": read_only,
    "damaged page": damaged_page,
    "half-written log": torn_log,
    "damaged log": damaged_log,
    "store removed": removed_store,
    "clock set back": clock_set_back,
}
if sys.platform == "win32":
    TROUBLES.pop("file-size limit")


def look_over_store(store: stores.Store) -> list[str]:
    """What is wrong with a store in which not everything that was acknowledged can be expected."""
    with store.raw() as connection:
        return look_over(connection).problems


def _work_for(desk: Desk, times: int, first: int = 0) -> Told:
    """Works `times` times, or until Careline says why it can't; any other error is a mistake, and is raised."""
    marks: Iterator[str] = (f"m{first}n{number}" for number in count())
    done: list[str] = []
    try:
        for mark in work(desk, marks, random.Random(first)):
            done.append(mark)
            if len(done) == times:
                break
    except CarelineError as error:
        return done, str(error)
    return done, ""


def _work_until_told(path: Path) -> Met:
    since = newest_event(path)
    desk = desk_at(path)
    marks, said = _work_for(desk, MOST)
    desk.store.close()
    judged = judge(path, marks, since=since)
    return Met(said, len(marks), len(judged.lost), tuple(judged.wrong))


def _and_then_goes_on(path: Path, met: Met) -> Met:
    """The same store once the fault is over: whole, and taking more."""
    since = newest_event(path)
    desk = desk_at(path)
    more, said = _work_for(desk, 6, first=2)
    desk.store.close()
    wrong = () if len(more) == 6 and newest_event(path) == since + 6 else (f"afterwards: {said}",)
    return Met(met.said, met.acknowledged, met.lost, met.wrong + wrong)


def work_and_die(path: Path) -> tuple[list[str], list[int]]:
    """Works in a process that is killed, so that the log stays; returns the marks, and the log's size after each."""
    near, far = os.pipe()
    if (child := os.fork()) == 0:
        desk = desk_at(path)
        log = path.with_name(f"{path.name}-wal")
        for mark in work(desk, (f"m0n{number}" for number in range(12)), random.Random(5)):
            os.write(far, f"{mark} {log.stat().st_size}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(far)
    os.waitpid(child, 0)
    with os.fdopen(near) as file:
        lines = [line.split() for line in file]
    return [mark for mark, _ in lines], [int(size) for _, size in lines]
