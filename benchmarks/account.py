"""Opening an account on a large store: the query, and the floor below it.

    python -m benchmarks.account [--customers 1000000] [--opens 2000]

The store is the demo operator's, copied row by row until it is large enough, without what search keeps (opening does
not touch it), and kept in benchmarks/.work/. The floor is what SQLite itself takes: the same statements, sent by hand
through the bare driver, their rows fetched and thrown away. Ways to open are measured in turn within one run, each on
accounts of its own, drawn at random.

To measure more than the query (what a screen paints, say), hand `measure` another `Way`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, event

from data.customers.actions import open_account
from data.customers.queries import account
from data.demo import make_demo
from data.desk import Desk, open_desk
from data.schema import METADATA
from data.search.sqlite.index.tables import drop_triggers
from data.store import open_store

Way = Callable[[str], object]  # opens the account of that number

WORK = Path(__file__).parent / ".work"
BASE = 2_000  # customers of the demo that is copied
STRIDE = 100_000  # between the ids of one copy and the next; no table of the demo has more rows
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
NOT_COPIED = {"operator", "agent", "audit_head", "custom_rule", "carrier", "plan", "feature", "market"}
NOT_COPIED |= {"recently_opened", "draft", "mail", "care_call", "invitation", "token", "promotion_revision"}
NOT_COPIED |= {"article", "article_version", "article_flag", "article_topic", "quiz_deck", "quiz_version", "quiz_clue"}
NOT_COPIED |= {"quiz_assignment", "quiz_answer", "quiz_game", "quiz_event"}
UNIQUE = {
    ("account", "number"): "printf('BM%010d', id + n.n * {stride})",
    ("audit_event", "key"): "key || '-' || n.n",
    ("care_case", "number"): "printf('%08d', 20000000 + id + n.n * {stride})",
    ("line", "mdn"): "CAST(2000000000 + (id + n.n * {stride}) * 7919 % 7999999999 AS TEXT)",
}


def big_store(customers: int) -> Path:
    """A store of `customers`, made once for each shape of the tables."""
    columns = [str(column) for table in METADATA.sorted_tables for column in table.columns]
    shape = hashlib.sha256(" ".join(columns).encode()).hexdigest()[:8]
    path = WORK / f"accounts-{customers}-{shape}.store"
    if path.exists():
        return path
    WORK.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    started = time.perf_counter()
    make_demo(draft, customers=min(BASE, customers), now=NOW).close()
    store = open_store(draft)
    with store.writing() as session:
        connection = session.connection().connection.driver_connection
        connection.execute("PRAGMA cache_size = -400000")
        drop_triggers(connection)
        for table in METADATA.sorted_tables:
            if table.name not in NOT_COPIED:
                connection.execute(copies(table), (customers // BASE - 1,))
    store.close()
    draft.rename(path)
    print(f"made {path.name}: {path.stat().st_size / 1e9:.1f} GB in {time.perf_counter() - started:.0f} s")
    return path


def copies(table: Table) -> str:
    """Inserts so many more copies of `table`'s rows, their own ids and those they point to moved along."""
    names = [column.name for column in table.columns]
    values = ", ".join(_value(table, name) for name in names)
    return (
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)"
        f" INSERT INTO {table.name} ({', '.join(names)})"
        f" SELECT {values} FROM n CROSS JOIN {table.name} WHERE n.n <= ?1 AND"
        f" {table.name}.{next(iter(table.primary_key.columns)).name} <= {STRIDE}"
    )


def _value(table: Table, name: str) -> str:
    if (table.name, name) in UNIQUE:
        return UNIQUE[table.name, name].format(stride=STRIDE)
    column = table.columns[name]
    targets = {key.column.table.name for key in column.foreign_keys}
    moves = (name == "id" and column.primary_key) or (targets and not targets & NOT_COPIED)
    return f"{name} + n.n * {STRIDE}" if moves else name


def account_numbers(desk: Desk, count: int, seed: int = 7) -> list[str]:
    """The numbers of `count` accounts drawn at random."""
    with desk.store.raw() as connection:
        numbers = [number for (number,) in connection.execute("SELECT number FROM account")]
    return random.Random(seed).sample(numbers, min(count, len(numbers)))


def measure(ways: dict[str, Way], numbers: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each way for each of its accounts; the ways take turns, account by account."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for place, number in enumerate(numbers):
        name = list(ways)[place % len(ways)]
        started = time.perf_counter()
        ways[name](number)
        times[name].append((time.perf_counter() - started) * 1000)
    return times


@contextmanager
def recorded(desk: Desk) -> Iterator[list[tuple[str, Any]]]:
    """Gathers every statement that the store is sent, with its values."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement != "BEGIN":
            sent.append((statement, values))

    event.listen(desk.store.engine, "before_cursor_execute", note)
    yield sent
    event.remove(desk.store.engine, "before_cursor_execute", note)


def floor(desk: Desk, numbers: list[str]) -> Way:
    """The statements of each account's query, sent by hand over a connection of their own."""
    scripts = {}
    for number in numbers:
        with recorded(desk) as sent:
            account(desk, number)
        scripts[number] = sent
    other = open_store(desk.store.path)
    held = other.engine.raw_connection()

    def replay(number: str) -> None:
        for statement, values in scripts[number]:
            held.driver_connection.execute(statement, values).fetchall()

    return replay


def told(times: list[float]) -> dict[str, float]:
    """Median and tail, in milliseconds."""
    hundredths = statistics.quantiles(times, n=100)
    return {"p50": hundredths[49], "p95": hundredths[94], "p99": hundredths[98], "worst": max(times)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--opens", type=int, default=2_000, help="accounts opened in each way")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    desk = open_desk(big_store(options.customers), clock=lambda: NOW)
    numbers = account_numbers(desk, options.opens * 3)
    replay = floor(desk, numbers[2::3])
    ways: dict[str, Way] = {
        "query": lambda number: account(desk, number),
        "open (write)": lambda number: open_account(desk, number),
        "floor": replay,
    }
    results = {name: told(times) for name, times in measure(ways, numbers).items()}
    if options.json:
        print(json.dumps(results, indent=2))
        return
    for name, figures in results.items():
        print(f"{name:<14}" + "  ".join(f"{which} {value:7.2f} ms" for which, value in figures.items()))
    print(f"query ÷ floor at the median: {results['query']['p50'] / results['floor']['p50']:.1f}")


if __name__ == "__main__":
    main()
