"""The whole index made anew from the rows, in the open transaction: gathered, sorted by SQLite, written in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from data.cycles import no_search_for_cycles
from data.search.engine import Progress
from data.search.sqlite.beside import BesideFailed, PairsBeside, is_worthwhile
from data.search.sqlite.entries import Kept, number_entries, phone_entries
from data.search.sqlite.pairs import Pairs, empty_heap, make_heap, take_over, take_over_words
from data.search.sqlite.source import all_kept
from data.search.sqlite.tables import (
    BUILT,
    ROW_INDEXES,
    TABLES,
    VERSION,
    WORD_INDEXES,
    drop_indexes,
    fill_nicknames,
    make_indexes,
)
from data.search.sqlite.vocabulary import NEW_ENTRIES, NEW_GENERATION

AT_ONCE = 1_000  # customers gathered before they are written
HEAPS = {"search_phone": "back, who", "search_number": "key, who"}  # gathered as they come: their columns
KEPT_PLACES = ", ".join("?" * len(Kept._fields))


def rebuild(connection: Any, progress: Progress | None = None) -> None:
    """Makes the index anew; `progress` is told customers done and customers in all."""
    count = connection.execute("SELECT count(*) FROM customer").fetchone()[0]
    try:
        pairs = PairsBeside(connection) if is_worthwhile(connection, count) else Pairs(connection)
        _build(connection, pairs, count, progress)
    except (BesideFailed, OSError):
        _build(connection, Pairs(connection), count, progress)
    fill_nicknames(connection)
    connection.execute("DELETE FROM search_dirty")
    connection.execute("DELETE FROM search_later")
    connection.execute(NEW_ENTRIES)
    connection.execute(NEW_GENERATION)
    connection.execute("INSERT OR REPLACE INTO search_state VALUES ('version', ?)", (VERSION,))


def _build(connection: Any, pairs: Pairs | PairsBeside, count: int, progress: Progress | None) -> None:
    with closing(pairs):
        drop_indexes(connection)
        for name in BUILT:
            connection.execute(f"DROP TABLE IF EXISTS {name}")
            connection.execute(f"CREATE TABLE {name} {TABLES[name]}")
        with no_search_for_cycles():
            _gather(connection, pairs, count, progress)
        for table, columns in HEAPS.items():
            empty_heap(connection, table, columns)
            take_over(connection, table)
        make_indexes(connection, ROW_INDEXES)
        take_over_words(connection, pairs)
    make_indexes(connection, WORD_INDEXES)


def _gather(connection: Any, pairs: Pairs | PairsBeside, count: int, progress: Progress | None) -> None:
    """Fills search_customer and the heaps."""
    for table, columns in HEAPS.items():
        make_heap(connection, table, columns)
    done = 0
    for batch in _batches(all_kept(connection), AT_ONCE):
        pairs.add(batch)
        connection.executemany(f"INSERT INTO search_customer VALUES ({KEPT_PLACES})", batch)
        phones = [row for kept in batch for row in phone_entries(kept)]
        connection.executemany("INSERT INTO heap_search_phone VALUES (?, ?)", phones)
        numbers = [row for kept in batch for row in number_entries(kept)]
        connection.executemany("INSERT INTO heap_search_number VALUES (?, ?)", numbers)
        done += len(batch)
        if progress:
            progress(done, count)


def _batches(items: Iterator[Any], size: int) -> Iterable[list[Any]]:
    while batch := list(islice(items, size)):
        yield batch
