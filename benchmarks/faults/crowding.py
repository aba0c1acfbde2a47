"""Many processes that write to one store at once: is anybody told of an error, is anything lost, how long is a wait?"""

from __future__ import annotations

import multiprocessing
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.faults.judging import Judgement, judge
from benchmarks.faults.work import desk_at, each_once, work


@dataclass
class Crowd:
    """`seconds`: how long each write took, of all writers; `errors`: what a person would have been told."""

    seconds: list[float]
    errors: list[str]
    judgement: Judgement

    def percentile(self, of: float) -> float:
        """The seconds within which `of` percent of the writes were done."""
        return statistics.quantiles(self.seconds, n=1000)[round(of * 10) - 1]


def write_together(path: Path, writers: int, seconds: float, *, first: int, since: int) -> Crowd:
    """Lets a number of processes write for a number of seconds; their marks begin with `first`, `first` + 1, …

    `since`: the newest event before any of this began.
    """
    spawning = multiprocessing.get_context("spawn")
    start = spawning.Barrier(writers, timeout=60)
    lines = [spawning.Pipe(duplex=False) for _ in range(writers)]
    crowd = [
        spawning.Process(target=_write, args=(path, first + number, seconds, start, far))
        for number, (_, far) in enumerate(lines)
    ]
    for process in crowd:
        process.start()
    for _, far in lines:
        far.close()  # so that a writer that ends without a word is noticed
    told: Sequence[tuple[list[str], list[float], list[str]]] = [near.recv() for near, _ in lines]
    for process in crowd:
        process.join()
    judgement = judge(path, [mark for marks, _, _ in told for mark in marks], since=since, wholly=True)
    return Crowd(
        [second for _, taken, _ in told for second in taken],
        [error for *_, errors in told for error in errors],
        judgement,
    )


def _write(path: Path, number: int, seconds: float, start: object, far: Connection) -> None:
    """One writer: acts until the time is up, then sends its marks, how long each took, and what went wrong."""
    desk, marks = desk_at(path), (f"m{number}n{place}" for place in count())
    done, taken, errors = each_once(desk, marks), [], []
    start.wait()  # type: ignore[attr-defined]
    end = time.monotonic() + seconds
    working = work(desk, marks, random.Random(number))
    while (began := time.monotonic()) < end:
        try:
            done.append(next(working))
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
            working = work(desk, marks, random.Random(len(errors)))
        else:
            taken.append(time.monotonic() - began)
    far.send((done, taken, errors))
