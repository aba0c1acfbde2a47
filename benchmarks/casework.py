"""Casework in a large store: the pending dashboard, opening a case, cloning one.

    python -m benchmarks.casework [--customers 1000000] [--times 300]

The store is the one of benchmarks.account: the demo's rows copied, a case for about every four customers and about
nine timeline entries for each. What is open is shared out among agents until each has about 500 things that wait.
A clone is told as a multiple of one durable commit: a row written to an empty SQLite file of the same settings on
the same disk, in turn with the clones. Queries only; what a screen paints comes on top.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from benchmarks.account import NOW, WORK, big_store, told
from data.cases.actions import clone
from data.cases.dashboard import pending
from data.cases.queries import case, find_cases
from data.desk import Desk, open_desk
from data.store import SETTINGS, open_store

EACH = 500  # cases and tasks that wait for an agent


def share_out(path: Path) -> list[str]:
    """Gives what is open to so many agents that each has about EACH; returns their names. Done once for a store."""
    store = open_store(path)
    with store.writing() as session:
        connection = session.connection().connection.driver_connection
        names = [name for (name,) in connection.execute("SELECT name FROM agent WHERE name LIKE 'bench%' ORDER BY id")]
        if not names:
            names = _shared_out(connection)
    store.close()
    return names


def _shared_out(connection: Any) -> list[str]:
    waiting = "SELECT (SELECT count(*) FROM care_case WHERE closed_at IS NULL)"
    waiting += " + (SELECT count(*) FROM case_task WHERE done_at IS NULL)"
    agents = max(1, connection.execute(waiting).fetchone()[0] // EACH)
    names = [f"bench{number:04d}" for number in range(agents)]
    connection.executemany(
        "INSERT INTO agent (name, display_name, role, active, time_zone, created_at)"
        " VALUES (?, ?, 'agent', 1, 'America/New_York', '2026-01-01 00:00:00.000000')",
        [(name, name) for name in names],
    )
    first = connection.execute("SELECT id FROM agent WHERE name = 'bench0000'").fetchone()[0]
    for table, open_only in (("care_case", "closed_at IS NULL"), ("case_task", "done_at IS NULL")):
        connection.execute(f"UPDATE {table} SET owner_id = ? + id * 7919 % ? WHERE {open_only}", (first, agents))
    connection.execute("ANALYZE")
    return names


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
    desk = open_desk(path, clock=lambda: NOW)
    desks = [open_desk(desk.store, name, clock=lambda: NOW) for name in random.Random(7).choices(agents, k=times)]
    opened, closed = numbers(desk, "1", times), numbers(desk, "closed_at IS NOT NULL", times)
    commit = durable_commits(path.parent)
    results: dict[str, list[float]] = {name: [] for name in ("dashboard", "open case", "find", "clone", "commit")}
    for place in range(times):
        results["dashboard"].append(timed(pending, desks[place]))
        results["open case"].append(timed(case, desk, opened[place]))
        results["find"].append(timed(find_cases, desk, opened[place]))
        results["commit"].append(timed(commit))
        results["clone"].append(timed(clone, desk, closed[place], anyway=True))
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=300, help="of each way")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    path = big_store(options.customers)
    agents = share_out(path)
    desk = open_desk(path, agents[0], clock=lambda: NOW)
    with desk.store.raw() as connection:
        sizes = {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("care_case", "case_entry")}
    sizes["waiting for one agent"] = len(pending(desk))
    results = {name: told(times) for name, times in measure(path, agents, options.times).items()}
    ratio = results["clone"]["p50"] / results["commit"]["p50"]
    if options.json:
        print(
            json.dumps({"sizes": sizes, "milliseconds": results, "clone ÷ commit": ratio}, indent=2, ensure_ascii=False)
        )
        return
    print(", ".join(f"{count:,} {name}" for name, count in sizes.items()))
    for name, figures in results.items():
        print(f"{name:<12}" + "  ".join(f"{which} {value:7.2f} ms" for which, value in figures.items()))
    print(f"clone ÷ one durable commit, at the median: {ratio:.1f}")


if __name__ == "__main__":
    main()
