"""The whole index made anew from the rows, in the open transaction: gathered, sorted by SQLite, written in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from data.cycles import no_search_for_cycles
from data.search.engine import Progress
from data.search.sqlite.index.beside import BesideFailed, GatheringBeside, is_worthwhile
from data.search.sqlite.index.gathering import Gathering
from data.search.sqlite.index.packing import insert, take_over
from data.search.sqlite.index.source import all_rows
from data.search.sqlite.index.tables import (
    BUILT,
    ROW_INDEXES,
    TABLES,
    VERSION,
    WORD_INDEXES,
    drop_indexes,
    fill_nicknames,
    make_indexes,
)
from data.search.sqlite.index.vocabulary import NEW_ENTRIES, NEW_GENERATION, keep_next_id

AT_ONCE = 1_000  # customers gathered before they are written


def rebuild(connection: Any, progress: Progress | None = None) -> None:
    """Makes the index anew; `progress` is told customers done and customers in all."""
    count = connection.execute("SELECT count(*) FROM customer").fetchone()[0]
    try:
        beside = is_worthwhile(connection, count)
        _build(connection, GatheringBeside(connection) if beside else Gathering(connection), count, progress)
    except (BesideFailed, OSError):
        _build(connection, Gathering(connection), count, progress)
    fill_nicknames(connection)
    connection.execute("DELETE FROM search_dirty")
    connection.execute("DELETE FROM search_later")
    connection.execute(NEW_ENTRIES)
    connection.execute(NEW_GENERATION)
    connection.execute("INSERT OR REPLACE INTO search_state VALUES ('version', ?)", (VERSION,))


def _build(connection: Any, gathering: Gathering | GatheringBeside, count: int, progress: Progress | None) -> None:
    with closing(gathering):
        drop_indexes(connection)
        for name in BUILT:
            connection.execute(f"DROP TABLE IF EXISTS {name}")
            connection.execute(f"CREATE TABLE {name} {TABLES[name]}")
        with no_search_for_cycles():
            _gather(connection, gathering, count, progress)
            make_indexes(connection, ROW_INDEXES)
            for schema, tables in gathering.packed():
                for table in tables:
                    take_over(connection, table, schema)
    keep_next_id(connection, connection.execute("SELECT count(*) FROM search_word").fetchone()[0] + 1)
    make_indexes(connection, WORD_INDEXES)


def _gather(connection: Any, gathering: Gathering | GatheringBeside, count: int, progress: Progress | None) -> None:
    """Fills search_customer, and gathers what follows from it."""
    done = 0
    for batch in _batches(all_rows(connection), AT_ONCE):
        gathering.add(batch)
        insert(connection, "search_customer", batch)
        done += len(batch)
        if progress:
            progress(done, count)
    gathering.complete()


def _batches(items: Iterator[Any], size: int) -> Iterable[list[Any]]:
    while batch := list(islice(items, size)):
        yield batch
