"""The stores that the benchmark searches: built once, kept in benchmarks/.work/."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.search.people import people, write_rows

WORK = Path(__file__).parent.parent / ".work"
SEED = 7


def careline_store(count: int) -> tuple[Path, dict[str, Any]]:
    """A Careline store of `count` customers, and what building its index took."""
    path = WORK / f"search-{count}.store"
    facts = path.with_suffix(".json")
    if facts.exists():
        return path, json.loads(facts.read_text())
    return path, _build(path, facts, count)


def _build(path: Path, facts: Path, count: int) -> dict[str, Any]:
    import psutil

    from data.desk import open_desk
    from data.operators.actions import Founding, found_store

    WORK.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    found_store(path, Founding(name="Benchmark", admin="bench"), now=datetime(2026, 1, 1, tzinfo=UTC)).close()
    desk = open_desk(path)
    engine = desk.search_engine
    with desk.store.writing() as session:
        connection = session.connection().connection.driver_connection
        connection.execute("PRAGMA cache_size = -200000")
        with _nothing_noted(connection):
            started = time.perf_counter()
            write_rows(connection, people(count, SEED))
            loaded = time.perf_counter() - started
    with desk.store.raw() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    rows_bytes = path.stat().st_size
    started = time.perf_counter()
    with desk.store.writing() as session:
        engine.rebuild(session.connection().connection.driver_connection)
    built = time.perf_counter() - started
    with desk.store.raw() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    desk.store.close()
    known = {
        "customers": count,
        "loaded_s": round(loaded, 1),
        "index_s": round(built, 1),
        "peak_mb": round(psutil.Process().memory_info().rss / 1e6),
        "rows_mb": round(rows_bytes / 1e6),
        "index_mb": round((path.stat().st_size - rows_bytes) / 1e6),
    }
    facts.write_text(json.dumps(known))
    return known


@contextmanager
def _nothing_noted(connection: Any) -> Iterator[None]:
    """Rows are written without the index, so that building it can be measured alone."""
    from data.search.sqlite.index.tables import ROW_INDEXES, drop_indexes, drop_triggers, make_triggers

    drop_triggers(connection)
    drop_indexes(connection, ROW_INDEXES)
    yield
    make_triggers(connection)
