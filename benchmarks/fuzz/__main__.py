"""python -m benchmarks.fuzz [--inputs 10000] [--seed 7]: the long form; ends with 1 where it found something."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
import traceback
from contextlib import chdir
from pathlib import Path

from benchmarks.fuzz.monkey import Findings, roam
from benchmarks.fuzz.spoiling import spoil
from data.desk import open_desk

ROUND = 200  # inputs with one store
SEATS = ("admin01", "lead03", "agent07", "trainer05")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    began, total, crashes, values = time.monotonic(), Findings(), [], 0
    for turn in range(-(-options.inputs // ROUND)):
        seed = options.seed * 1000 + turn
        found, spoilt, crash = one_round(seed, min(ROUND, options.inputs - turn * ROUND))
        total.add(found)
        values += spoilt
        if crash:
            crashes.append(f"seed {seed}: {crash}")
            print(f"  {crashes[-1]}", flush=True)
        print(f"{total.inputs:>6,} inputs  {values:>8,} hostile values in stores  {len(crashes)} crashes  "
              f"{len(total.wrong)} wrong", flush=True)  # fmt: skip
    report(total, values, crashes, time.monotonic() - began)
    return 1 if crashes or total.wrong else 0


def one_round(seed: int, inputs: int) -> tuple[Findings, int, str]:
    """A store of its own, and somebody at each seat in turn; a crash comes back as where it happened."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):  # files that are exported lie there
        store, spoilt = spoil(Path(folder) / "spoilt.store", seed)
        desk = open_desk(store, SEATS[seed % len(SEATS)], random=random.Random(seed))
        try:
            return asyncio.run(roam(desk, rng, inputs)), spoilt, ""
        except Exception as error:
            last = [
                frame for frame in traceback.extract_tb(error.__traceback__) if "/site-packages/" not in frame.filename
            ]
            where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(last[-4:]))
            return Findings(inputs=inputs), spoilt, f"{type(error).__name__}: {str(error)[:120]!r} at {where}"
        finally:
            store.close()


def report(found: Findings, values: int, crashes: list[str], seconds: float) -> None:
    print(f"\n{found.inputs:,} inputs in {seconds:,.0f} s, {values:,} hostile values in stores, {found.looks:,} looks")
    print("screens: " + ", ".join(f"{name} {count:,}" for name, count in found.screens.most_common()))
    print(f"{len(crashes)} crashes, {len(found.wrong)} times something harmful on the screen")
    for line in [*crashes, *sorted(set(found.wrong))[:20]]:
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
