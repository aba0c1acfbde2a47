"""The whole index made anew from the rows, in the open transaction: gathered, sorted by SQLite, written in order."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any

from data.search.engine import Progress
from data.search.sqlite.entries import Kept, number_entries, pair_entries, phone_entries, vocabulary_of
from data.search.sqlite.source import all_kept
from data.search.sqlite.tables import BUILT, TABLES, VERSION, drop_indexes, fill_nicknames, make_indexes
from data.search.sqlite.vocabulary import NEW_ENTRIES, NEW_GENERATION, keep_next_id, slip_rows

AT_ONCE = 1_000  # customers gathered before they are written
HEAPS = {  # what is gathered unsorted: the table that it is for, its columns
    "search_pair": "a, b, who",
    "search_phone": "back, who",
    "search_number": "key, who",
}
KEPT_PLACES = ", ".join("?" * len(Kept._fields))


def rebuild(connection: Any, progress: Progress | None = None) -> None:
    """Makes the index anew; `progress` is told customers done and customers in all."""
    drop_indexes(connection)
    for name in BUILT:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        connection.execute(f"CREATE TABLE {name} {TABLES[name]}")
    with _uncollected():
        ids, bearers = _gather(connection, progress)
    with ThreadPoolExecutor(1) as beside:  # SQLite sorts outside the interpreter's lock
        slips = beside.submit(slip_rows, list(ids))
        _empty_heaps(connection)
        _enter_words(connection, ids, bearers, slips.result())
    make_indexes(connection)
    fill_nicknames(connection)
    connection.execute("DELETE FROM search_dirty")
    connection.execute("DELETE FROM search_later")
    connection.execute(NEW_ENTRIES)
    connection.execute(NEW_GENERATION)
    connection.execute("INSERT OR REPLACE INTO search_state VALUES ('version', ?)", (VERSION,))


class _Ids(dict[str, int]):
    """The words met so far, each with an id."""

    def __missing__(self, word: str) -> int:
        id = self[word] = len(self) + 1
        return id


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would look through millions of rows again and again and find nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _gather(connection: Any, progress: Progress | None) -> tuple[_Ids, Counter[int]]:
    """Fills the heaps and search_customer; returns the words, and how many customers have the word of each id."""
    ids, bearers = _Ids(), Counter[int]()
    count = connection.execute("SELECT count(*) FROM customer").fetchone()[0]
    for table, columns in HEAPS.items():
        connection.execute(f"CREATE TEMP TABLE heap_{table} ({columns})")
    done = 0
    for batch in _batches(all_kept(connection), AT_ONCE):
        connection.executemany(f"INSERT INTO search_customer VALUES ({KEPT_PLACES})", batch)
        entries = [pair_entries(kept) for kept in batch]
        bearers.update([ids[word] for rows in entries for word in vocabulary_of(rows)])
        pairs = [(ids[a], b, who) for rows in entries for a, b, who in rows]
        connection.executemany("INSERT INTO heap_search_pair VALUES (?, ?, ?)", pairs)
        phones = [row for kept in batch for row in phone_entries(kept)]
        connection.executemany("INSERT INTO heap_search_phone VALUES (?, ?)", phones)
        numbers = [row for kept in batch for row in number_entries(kept)]
        connection.executemany("INSERT INTO heap_search_number VALUES (?, ?)", numbers)
        done += len(batch)
        if progress:
            progress(done, count)
    return ids, bearers


def _empty_heaps(connection: Any) -> None:
    """Moves the heaps into their tables, in order."""
    for table, columns in HEAPS.items():
        with _packed(connection, table) as packed:
            connection.execute(f"INSERT INTO {packed} SELECT * FROM heap_{table} ORDER BY {columns}")
            connection.execute(f"DROP TABLE heap_{table}")


def _enter_words(connection: Any, ids: _Ids, bearers: Counter[int], slips: list[tuple[str, str]]) -> None:
    """Writes search_word and search_slip."""
    rows = [(word, id, bearers[id], bearers[id].bit_length()) for word, id in sorted(ids.items())]
    with _packed(connection, "search_word") as packed:
        connection.executemany(f"INSERT INTO {packed} VALUES (?, ?, ?, ?)", rows)
    with _packed(connection, "search_slip") as packed:
        connection.executemany(f"INSERT INTO {packed} VALUES (?, ?)", slips)
    keep_next_id(connection, len(ids) + 1)


@contextmanager
def _packed(connection: Any, table: str) -> Iterator[str]:
    """A copy of `table` to fill in order; the table is then made of it whole, with every page of it full."""
    packed = f"packed_{table}"
    connection.execute(f"CREATE TEMP TABLE {packed} {TABLES[table]}")
    yield packed
    connection.execute(f"INSERT INTO {table} SELECT * FROM {packed}")
    connection.execute(f"DROP TABLE {packed}")


def _batches(items: Iterator[Any], size: int) -> Iterable[list[Any]]:
    while batch := list(islice(items, size)):
        yield batch
