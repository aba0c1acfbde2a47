"""Faults of the disk at random places of a log: what they cost the store, and what is put together beside it."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.judging import judge, newest_event
from benchmarks.faults.troubles import work_and_die
from benchmarks.faults.work import make_store
from data.store import open_store


@dataclass
class Damages:
    """`told`: faults that cost something and were told; `untold`: in the last transaction, as a power cut has it.

    Of those that were told: `whole` beside the store as promised, `lacking` a part, `nothing` that holds together.
    `lost`: acknowledged actions that the store lost, `still`: those that are not beside it either. `wrong`: a store
    that was called whole and is not.
    """

    times: int = 0
    told: int = 0
    untold: int = 0
    whole: int = 0
    lacking: int = 0
    nothing: int = 0
    lost: int = 0
    still: int = 0
    wrong: int = 0


def damage_often(folder: Path, times: int, seed: int = 3) -> Damages:
    """Has a process work and die, and damages copies of what it left, one after the other."""
    path, rng, done = make_store(folder / "some.store"), random.Random(seed), Damages()
    since = newest_event(path)
    marks, ends = work_and_die(path)
    for number in range(times):
        (place := folder / f"{number}").mkdir()
        copy = place / path.name
        for kind in ("", "-wal"):
            shutil.copy(f"{path}{kind}", f"{copy}{kind}")
        _damage(copy.with_name(f"{copy.name}-wal"), ends[-1], rng)
        _count(done, copy, marks, since)
        shutil.rmtree(place)
    return done


def _damage(log: Path, size: int, rng: random.Random) -> None:
    """One fault: a bit, 64 bytes, a sector or a page of the disk."""
    at = rng.randrange(32, size)
    fault: Callable[[bytes], bytes]
    at, length, fault = rng.choice(
        [
            (at, 1, lambda old: bytes([old[0] ^ 1 << rng.randrange(8)])),
            (at, 64, lambda old: b"\xa5" * len(old)),
            (at // 512 * 512, 512, lambda old: bytes(len(old))),
            (at // 4096 * 4096, 4096, lambda old: bytes(len(old))),
        ]
    )
    with log.open("rb+") as file:
        file.seek(at)
        old = file.read(min(length, size - at))
        file.seek(at)
        file.write(fault(old))
        os.fsync(file.fileno())


def _count(done: Damages, path: Path, marks: Iterable[str], since: int) -> None:
    store = open_store(path)
    store.close()
    lost = len(judge(path, marks, since=since).lost)
    beside = path.with_name(f"{path.name}.salvaged")
    judged = judge(beside, marks, since=since, wholly=True) if beside.exists() else None
    done.times += 1
    done.lost += lost
    done.still += len(judged.lost) if judged else lost
    if not store.warning:
        done.untold += bool(lost)
        return
    done.told += 1
    if judged is None:
        done.nothing += 1
    else:
        done.whole += judged.fine
        done.lacking += not judged.fine
        done.wrong += "All that was saved" in store.warning and not judged.fine
