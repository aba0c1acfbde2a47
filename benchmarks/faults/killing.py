"""Processes that are killed with SIGKILL at random moments while they work; after each, the store is judged."""

from __future__ import annotations

import gc
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.faults.judging import Judgement, judge, newest_event
from benchmarks.faults.work import desk_at, each_once, work

WHOLLY_EVERY = 50  # kills
MOST_ACTS = 20  # that a process acknowledges before it is killed
LONGEST = 0.02  # seconds after the last of them


@dataclass
class Killed:
    """`acknowledged` actions in all; `unsaid`: kept, though the process was killed before it could say so."""

    times: int = 0
    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    wrong: int = 0

    @property
    def unsaid(self) -> int:
        return self.kept - self.acknowledged


def kill_often(path: Path, times: int, seed: int = 1, tell: Callable[[str], None] = print) -> Killed:
    """Has processes work at the store `path` and kills each; tells whatever is not as it should be."""
    rng, done = random.Random(seed), Killed()
    since = newest_event(path)
    desk = desk_at(path)
    acknowledged = each_once(desk, (f"m{times}n{place}" for place in count()))
    desk.store.close()
    for number in range(times):
        acknowledged += _work_and_kill(path, number, rng)
        wholly = number % WHOLLY_EVERY == WHOLLY_EVERY - 1 or number == times - 1
        found: Judgement = judge(path, acknowledged, since=since, wholly=wholly)
        done.times, done.acknowledged, done.kept = number + 1, len(acknowledged), found.kept
        done.lost, done.wrong = len(found.lost), done.wrong + len(found.wrong)
        for sentence in (*found.lost, *found.wrong):
            tell(f"kill {number + 1}: {sentence}")
    return done


def _work_and_kill(path: Path, number: int, rng: random.Random) -> list[str]:
    """The marks that one process acknowledged before it was killed."""
    seed, acts, moment = rng.random(), rng.randrange(MOST_ACTS), rng.uniform(0, LONGEST)
    near, far = os.pipe()
    gc.collect()
    child = os.fork()  # everything is loaded already, so that a life begins in milliseconds
    if child == 0:
        os.close(near)
        _live(path, number, seed, far)
    os.close(far)
    told = b""
    with os.fdopen(near, "rb", buffering=0) as from_child:
        while told.count(b"\n") <= acts and (more := from_child.read(1 << 16)):
            told += more
        time.sleep(moment)  # into the middle of the next one
        os.kill(child, signal.SIGKILL)
        told += from_child.read()  # what it said before it died
    os.waitpid(child, 0)
    *lines, _ = told.decode().split("\n")
    if failed := [line for line in lines if line.startswith("failed")]:
        raise RuntimeError(failed[0])
    return [line for line in lines if line]


def _live(path: Path, number: int, seed: float, far: int) -> None:
    """The life of a child: it works until it is killed."""
    with suppress(KeyboardInterrupt):
        try:
            marks = (f"m{number}n{place}" for place in count())
            os.write(far, b"\n")
            for mark in work(desk_at(path), marks, random.Random(seed)):
                os.write(far, f"{mark}\n".encode())
        except BaseException as error:
            os.write(far, f"failed: {error!r}\n".encode())
    os._exit(1)
