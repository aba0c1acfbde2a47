"""The store that casework is measured in: made once, in bulk, and kept in benchmarks/.work/casework.store.

    nice python -m benchmarks.casework_store

1,000,000 customers, 300,000 cases and 3,000,000 entries of timelines: the demo operator's rows copied, then cases and
entries added until there are so many. What is open is shared out among agents, each of whom has about 500 cases and
tasks that wait. A case's entries stand all over the table, as those of a case that was worked for weeks do. What
search keeps is left out: casework does not touch it. A store of an earlier version is brought up to date when it is
opened, as any other is. Bills, balances and all else that neither a case nor the dashboard reads is left out, too.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks.account import BASE, NOW, STRIDE, WORK, copies
from data.demo import make_demo
from data.schema import METADATA
from data.search.sqlite.index.tables import drop_triggers
from data.store import connect, open_store

CUSTOMERS, CASES, ENTRIES = 1_000_000, 300_000, 3_000_000
EACH = 500  # cases and tasks that wait for an agent
STORE = WORK / "casework.store"
COPIED = {"customer", "account", "contact", "line", "device", "audit_event", "complaint", "complaint_step"}
COPIED |= {"care_case", "case_entry", "case_link", "case_mention", "case_span", "case_tag", "case_task", "case_visit"}
COPIED |= {"credit", "credit_step", "release_agreement"}
HASTE = {"journal_mode": "OFF", "synchronous": "OFF", "cache_size": -400_000, "temp_store": "MEMORY"}


def casework_store(path: Path = STORE) -> Path:
    """The store, made where it is not there yet."""
    if path.exists():
        open_store(path).close()
        return path
    WORK.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    started = time.perf_counter()
    make_demo(draft, customers=BASE, now=NOW).close()
    fill(draft)
    draft.rename(path)
    print(f"made {path.name}: {path.stat().st_size / 1e9:.1f} GB in {time.perf_counter() - started:.0f} s")
    return path


def fill(path: Path) -> None:
    """Makes the demo at `path` as large as it is to be; its indexes are made anew at the end, which is quicker."""
    connection = connect(path, HASTE)
    connection.execute("BEGIN")
    drop_triggers(connection)
    indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''").fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    for table in METADATA.sorted_tables:
        if table.name in COPIED:
            connection.execute(copies(table), (CUSTOMERS // BASE - 1,))
    add_cases(connection)
    add_entries(connection)
    share_out(connection)
    for _, made in indexes:
        connection.execute(made)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def add_cases(connection: Any) -> None:
    """Copies of cases, each with a number of its own, on the same accounts."""
    missing = CASES - _count(connection, "care_case")
    own = {"id": "NULL", "number": "printf('%08d', 80000000 + id)", "source_id": "NULL", "merged_into_id": "NULL"}
    names = [column.name for column in METADATA.tables["care_case"].columns]
    values = ", ".join(own.get(name, name) for name in names)
    source = f"SELECT {values} FROM care_case WHERE id % {STRIDE} > 0 ORDER BY id LIMIT ?"
    connection.execute(f"INSERT INTO care_case ({', '.join(names)}) {source}", (missing,))


def add_entries(connection: Any) -> None:
    """Entries like the demo's, in turn for every case, until there are enough."""
    connection.execute(
        "CREATE TEMP TABLE said AS SELECT row_number() OVER () - 1 AS place, kind, agent, text, next_step"
        " FROM case_entry WHERE id <= ? AND kind IN ('note', 'icci', 'opened', 'status')",
        (STRIDE,),
    )
    connection.execute("CREATE UNIQUE INDEX temp.said_place ON said (place)")
    said, missing = _count(connection, "said"), ENTRIES - _count(connection, "case_entry")
    connection.execute(
        "WITH RECURSIVE round(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM round WHERE n < ?1)"
        " INSERT INTO case_entry (case_id, kind, at, agent, text, next_step, detail)"
        " SELECT k.id, said.kind, k.changed_at, said.agent, said.text, said.next_step, ''"
        " FROM round CROSS JOIN care_case k CROSS JOIN said ON said.place = (k.id * 31 + round.n * 7) % ?2 LIMIT ?3",
        (missing // _count(connection, "care_case") + 1, said, missing),
    )


def share_out(connection: Any) -> None:
    """Gives what is open to so many agents that each has about EACH."""
    waiting = "SELECT (SELECT count(*) FROM care_case WHERE closed_at IS NULL)"
    waiting += " + (SELECT count(*) FROM case_task WHERE done_at IS NULL)"
    agents = max(1, connection.execute(waiting).fetchone()[0] // EACH)
    connection.executemany(
        "INSERT INTO agent (name, display_name, role, active, time_zone, created_at)"
        " VALUES (?, ?, 'agent', 1, 'America/New_York', '2026-01-01 00:00:00.000000')",
        [(name, name) for name in (f"bench{number:04d}" for number in range(agents))],
    )
    first = connection.execute("SELECT id FROM agent WHERE name = 'bench0000'").fetchone()[0]
    for table, under_way in (("care_case", "closed_at IS NULL"), ("case_task", "done_at IS NULL")):
        connection.execute(f"UPDATE {table} SET owner_id = ? + id * 7919 % ? WHERE {under_way}", (first, agents))


def agents_of(path: Path, least: int = 0) -> list[str]:
    """The names of the agents among whom the work was shared out, and for whom `least` things or more wait."""
    store = open_store(path)
    with store.raw() as connection:
        found = connection.execute(
            "SELECT name, (SELECT count(*) FROM care_case WHERE owner_id = agent.id AND closed_at IS NULL)"
            " + (SELECT count(*) FROM case_task WHERE owner_id = agent.id AND done_at IS NULL) AS waiting"
            " FROM agent WHERE name LIKE 'bench%' AND waiting >= ? ORDER BY id",
            (least,),
        ).fetchall()
    store.close()
    return [name for name, _ in found]


def _count(connection: Any, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


if __name__ == "__main__":
    casework_store()
