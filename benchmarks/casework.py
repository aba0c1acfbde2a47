"""Casework in a large store: the pending dashboard, opening a case, cloning one; by query, and painted.

    python -m benchmarks.casework [--times 300] [--json]

The store is the one of benchmarks.casework_store: 1,000,000 customers, 300,000 cases, 3,000,000 entries, and 500 things
and more that wait for each agent whose dashboard is read. A clone is told as a multiple of one durable commit: a row
written to an empty SQLite file of the same settings on the same disk, in turn with the clones. The case was opened just
before it is cloned, as at the console, which clones what is on screen. First the queries, then
benchmarks.casework_painting: from the key to the last paint.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from benchmarks.account import NOW, told
from benchmarks.casework_store import EACH, agents_of, casework_store
from data.cases.actions import clone
from data.cases.case_file import case_file
from data.cases.dashboard import pending
from data.cases.queries import find_cases
from data.desk import Desk, open_desk
from data.store import SETTINGS


def numbers(desk: Desk, where: str, count: int) -> list[str]:
    """The numbers of `count` cases drawn at random."""
    with desk.store.raw() as connection:
        found = [number for (number,) in connection.execute(f"SELECT number FROM care_case WHERE {where}")]
    return random.Random(7).sample(found, min(count, len(found)))


def durable_commits(folder: Path) -> Callable[[], None]:
    """Writes one row and waits until it is on the disk, each time."""
    path = folder / "commit.db"
    path.unlink(missing_ok=True)
    connection = sqlite.connect(path.as_posix(), isolation_level=None)
    for name, value in SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO row (text) VALUES ('one durable commit')")
        connection.execute("COMMIT")

    return commit


def timed(work: Callable[..., object], *given: Any, **named: Any) -> float:
    """Milliseconds that it took."""
    started = time.perf_counter()
    work(*given, **named)
    return (time.perf_counter() - started) * 1000


def measure(path: Path, agents: list[str], times: int) -> dict[str, list[float]]:
    """Milliseconds of each way, measured in turn."""
    desk = open_desk(path, "agent07", clock=lambda: NOW)  # whose own dashboard is not among those that are read
    desks = [open_desk(desk.store, name, clock=lambda: NOW) for name in random.Random(7).choices(agents, k=times)]
    opened, closed = numbers(desk, "1", times), numbers(desk, "closed_at IS NOT NULL", times)
    commit = durable_commits(path.parent)
    results: dict[str, list[float]] = {name: [] for name in ("dashboard", "open case", "find", "clone", "commit")}
    for place in range(times):
        results["dashboard"].append(timed(pending, desks[place]))
        results["open case"].append(timed(case_file, desk, opened[place]))
        results["find"].append(timed(find_cases, desk, opened[place]))
        case_file(desk, closed[place])
        results["commit"].append(timed(commit))
        results["clone"].append(timed(clone, desk, closed[place], anyway=True))
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=300, help="of each way")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    path = casework_store()
    agents = agents_of(path, EACH)
    desk = open_desk(path, agents[0], clock=lambda: NOW)
    with desk.store.raw() as connection:
        tables = ("customer", "care_case", "case_entry")
        sizes = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    sizes["waiting for one agent"] = len(pending(desk))
    results = {name: told(times) for name, times in measure(path, agents, options.times).items()}
    ratio = results["clone"]["p50"] / results["commit"]["p50"]
    if options.json:
        found = {"sizes": sizes, "milliseconds": results, "clone ÷ commit": ratio}
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        print(", ".join(f"{count:,} {name}" for name, count in sizes.items()))
        for name, figures in results.items():
            print(f"{name:<12}" + "  ".join(f"{which} {value:7.2f} ms" for which, value in figures.items()))
        print(f"clone ÷ one durable commit, at the median: {ratio:.1f}", flush=True)
    subprocess.run([sys.executable, "-m", "benchmarks.casework_painting"], check=True)


if __name__ == "__main__":
    main()
