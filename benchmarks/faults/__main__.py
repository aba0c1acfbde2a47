"""What is left when things go wrong.

    python -m benchmarks.faults                                   # all of it, the long form
    python -m benchmarks.faults kills --times 1000
    python -m benchmarks.faults crowd --writers 8 --seconds 60
    python -m benchmarks.faults troubles
    python -m benchmarks.faults damages --damages 200             # of a log that a crash left
    python -m benchmarks.faults costs                             # of the audit's chain, and of encryption

Times are ratios within one run; on a machine that others use, read nothing else from them.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.faults.judging import newest_event
from benchmarks.faults.killing import kill_often
from benchmarks.faults.work import make_store


def kills(folder: Path, options: argparse.Namespace) -> bool:
    done = kill_often(make_store(folder / "kills.store"), options.times)
    print(
        f"{done.times:,} kills: {done.acknowledged:,} actions acknowledged, {done.lost:,} of them lost; {done.unsaid:,}"
        f" more were kept before they could be acknowledged; {done.wrong:,} done by halves or not chained."
    )
    return not (done.lost or done.wrong)


def crowd(folder: Path, options: argparse.Namespace) -> bool:
    from benchmarks.faults.crowding import write_together

    path = make_store(folder / "crowd.store")
    since = newest_event(path)
    one = write_together(path, 1, options.seconds / 4, first=0, since=since)
    all_ = write_together(path, options.writers, options.seconds, first=100, since=since)
    for name, told in (("one writer", one), (f"{options.writers} writers", all_)):
        print(
            f"{name}: {len(told.seconds):,} writes, {len(told.errors)} errors, {len(told.judgement.lost)} lost,"
            f" {len(told.judgement.wrong)} by halves; p50 {told.percentile(50) * 1000:.1f} ms,"
            f" p99 {told.percentile(99) * 1000:.1f} ms, the longest {max(told.seconds) * 1000:.0f} ms"
        )
        print(*told.errors[:5], *told.judgement.wrong[:5], sep="\n", end="")
    print(f"p99 with {options.writers} writers: {all_.percentile(99) / one.percentile(99):.1f} times that of one")
    return not (all_.errors or one.errors) and all_.judgement.fine


def troubles(folder: Path, options: argparse.Namespace) -> bool:
    from benchmarks.faults.troubles import TROUBLES

    fine = True
    for name, meet in TROUBLES.items():
        own = folder / name.replace(" ", "-")
        own.mkdir()
        told = meet(own)
        fine = fine and told.fine
        print(f"{'✓' if told.fine else '!'} {name}: {told.said}  [{told.acknowledged} acknowledged, {told.lost} lost]")
    return fine


def damages(folder: Path, options: argparse.Namespace) -> bool:
    from benchmarks.faults.damaging import damage_often

    (own := folder / "damages").mkdir()
    done = damage_often(own, options.damages)
    print(
        f"{done.times:,} logs damaged: {done.told:,} told, {done.untold:,} taken for a power cut."
        f" {done.lost:,} acknowledged actions were lost to the stores, {done.still:,} of them for good:"
        f" beside {done.whole:,} stood all that was saved, beside {done.lacking:,} a part, beside {done.nothing:,}"
        f" nothing. {done.wrong:,} promised too much."
    )
    return not done.wrong


def costs(folder: Path, options: argparse.Namespace) -> bool:
    from benchmarks.faults.costs import measure

    for line in measure(folder, options.rounds):
        print(line)
    return True


PARTS = {"kills": kills, "crowd": crowd, "troubles": troubles, "damages": damages, "costs": costs}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=PARTS)
    parser.add_argument("--times", type=int, default=1_000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--damages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=400)
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}")
    fine = True
    with tempfile.TemporaryDirectory() as folder:
        for name, part in PARTS.items():
            if options.part in (None, name):
                fine = part(Path(folder), options) and fine
                sys.stdout.flush()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
