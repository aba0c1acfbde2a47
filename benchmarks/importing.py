"""Importing a file of customers, against the floor: the file through csv.reader and executemany into a bare table.

    python -m benchmarks.importing [--rows 100000] [--rounds 5]
    python -m benchmarks.importing --rows 1000000 --memory

Each round takes the ways in turn: the floor, an import in one process, and one whose file a second process reads, as
the command does it. An import is timed twice: until all rows are in the store (validated, in every table with its
indexes, audited, safe on the disk), and until search finds them too. Ratios are to the floor of the same round. The
processor's time is told as well, because on a machine that others use the clock's says little.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import sqlcipher3.dbapi2 as sqlite

from data.demo.lists import lists
from data.desk import open_desk
from data.identifiers import is_plain_nanp
from data.imports.proposing import propose
from data.imports.reading import open_table
from data.imports.running import FINDABLE, import_customers
from data.operators.actions import Founding, found_store
from data.store import SETTINGS
from data.text import fold

WORK = Path(__file__).parent / ".work"
HEADER = [
    *("first_name", "last_name", "company_name", "address", "city", "county", "state", "zip"),
    *("phone1", "phone2", "email", "web"),
]
OFTEN = 0.05  # seconds between looks at the memory


class Taken(NamedTuple):
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float


def customers_file(rows: int) -> Path:
    """A file of so many customers, as other systems export them; always the same for the same number."""
    path = WORK / f"customers-{rows}.csv"
    if path.exists():
        return path
    WORK.mkdir(parents=True, exist_ok=True)
    rng, known = random.Random(7), lists()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            first, last = known.first_names.draw(rng), known.last_names.draw(rng)
            place = rng.choice(known.places)
            company = f"{last} {known.company_second.draw(rng)}, Inc" if rng.random() < 0.3 else ""
            street = f"{rng.randrange(1, 9900)} {known.street_names.draw(rng)} {known.street_kinds.draw(rng)}"
            address = [street, place.city, place.county, place.state, rng.choice(place.zips)]
            mail = f"{fold(first)}.{fold(last)}{number}@example.com".replace(" ", "")
            reach = [_telephone(rng), _telephone(rng), mail, f"https://www.c{number % 997}.example"]
            writer.writerow([first, last, company, *address, *reach])
    return path


def _telephone(rng: random.Random) -> str:
    while not is_plain_nanp(digits := str(rng.randrange(2_012_000_000, 9_899_999_999))):
        pass
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def floor(path: Path, folder: Path) -> None:
    """The file through csv.reader and executemany into one bare table."""
    connection = sqlite.connect(str(folder / "floor.db"), isolation_level=None)
    for name, value in SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        header = next(reader)
        connection.execute(f"CREATE TABLE bare ({', '.join(header)})")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(header))})", reader)
        connection.execute("COMMIT")
    connection.close()


def importing(path: Path, folder: Path, *, share: bool) -> Taken:
    """The file into an empty store; returns what was taken until all rows were in it."""
    started = now()
    done = started

    def note(what: str, made: int, _total: int) -> None:
        nonlocal done
        done = now() if what == FINDABLE and not made else done

    table = open_table(path)
    desk = open_desk(folder / "benchmark.store")
    plan = propose(table.header, table.sample, named=table.named)
    report = import_customers(desk, table, plan, progress=note, share=share)
    desk.store.close()
    assert (report.rejected, report.read) == (0, report.added), report
    return Taken(done.clock - started.clock, done.processor - started.processor)


def now() -> Taken:
    """The clock, and the processor's time of this process and of those that have ended."""
    times = os.times()
    return Taken(time.perf_counter(), times.user + times.system + times.children_user + times.children_system)


def measure(path: Path, rounds: int) -> dict[str, list[Taken]]:
    """What each way took, round by round; the ways take turns."""
    found: dict[str, list[Taken]] = {}

    def take(name: str, way: Callable[[Path], Taken | None], until: str = "") -> None:
        with tempfile.TemporaryDirectory(dir=WORK) as name_of_folder:
            folder = Path(name_of_folder)
            found_store(folder / "benchmark.store", Founding()).close()
            started = now()
            inside = way(folder)
            ended = now()
        found.setdefault(name, []).append(Taken(ended.clock - started.clock, ended.processor - started.processor))
        if inside:
            found.setdefault(until, []).append(inside)

    for _ in range(rounds):
        take("floor", lambda folder: floor(path, folder))
        take("one process, found", lambda folder: importing(path, folder, share=False), "one process, in the store")
        take("two processes, found", lambda folder: importing(path, folder, share=True), "two processes, in the store")
    return found


def tell(found: dict[str, list[Taken]], rows: int) -> None:
    """Medians with their spread, and the ratios to the floor of the same round."""
    for name in sorted(found, key=lambda name: statistics.median(taken.clock for taken in found[name])):
        clocks = [taken.clock for taken in found[name]]
        ratios = [base.clock / taken.clock for base, taken in zip(found["floor"], found[name], strict=True)]
        spent = [base.processor / taken.processor for base, taken in zip(found["floor"], found[name], strict=True)]
        print(
            f"{name:<28} {statistics.median(clocks):7.2f} s ({min(clocks):.2f} to {max(clocks):.2f})"
            f"  {rows / statistics.median(clocks):>9,.0f} rows/s  {statistics.median(ratios):.3f} of the floor"
            f" ({min(ratios):.3f} to {max(ratios):.3f}), {statistics.median(spent):.3f} by processor time"
        )


def peak_memory(rows: int) -> None:
    """Runs one import in a process of its own and tells the most memory that it and its helper held."""
    import psutil

    with subprocess.Popen([sys.executable, "-m", "benchmarks.importing", "--rows", str(rows), "--once"]) as process:
        watched, most = psutil.Process(process.pid), 0
        while process.poll() is None:
            with suppress(psutil.Error):
                most = max(most, sum(one.memory_info().rss for one in [watched, *watched.children(recursive=True)]))
            time.sleep(OFTEN)
    print(f"{rows:,} rows: at most {most / 1e6:,.0f} MB in all its processes")


def once(path: Path) -> None:
    """One import, for a look at it from outside."""
    WORK.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        found_store(Path(folder) / "benchmark.store", Founding()).close()
        started = now()
        stored = importing(path, Path(folder), share=True)
        print(f"in the store after {stored.clock:.1f} s, found after {now().clock - started.clock:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", action="store_true", help="one import; tell the most memory that it held")
    parser.add_argument("--once", action="store_true", help="one import")
    options = parser.parse_args()
    path = customers_file(options.rows)
    if options.memory:
        peak_memory(options.rows)
    elif options.once:
        once(path)
    else:
        tell(measure(path, options.rounds), options.rows)


if __name__ == "__main__":
    main()
