"""The whole index made anew from the rows, in the open transaction: gathered, sorted by SQLite, written in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from data.search.engine import Progress
from data.search.sqlite.entries import Kept, entries
from data.search.sqlite.source import all_kept
from data.search.sqlite.tables import BUILT, TABLES, VERSION, fill_nicknames, make_indexes
from data.search.sqlite.vocabulary import slip_rows, sounds

AT_ONCE = 5_000  # customers, or words, gathered before they are written
_PLACES = ", ".join("?" * len(Kept._fields))


def rebuild(connection: Any, progress: Progress | None = None) -> None:
    """Makes the index anew; `progress` is told customers done and customers in all."""
    for name in BUILT:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        connection.execute(f"CREATE TABLE {name} {TABLES[name]}")
    _make_heaps(connection)
    words = _gather(connection, progress)
    _pour(connection, "search_pair", "a, b, who")
    _pour(connection, "search_phone", "back, who, words")
    _pour(connection, "search_number", "key, who")
    _enter_words(connection, words)
    _pour(connection, "search_slip", "cut, stem", distinct=True)
    _pour(connection, "search_sound", "key, word")
    make_indexes(connection)
    fill_nicknames(connection)
    connection.execute("DELETE FROM search_dirty")
    connection.execute("INSERT OR REPLACE INTO search_state VALUES ('version', ?)", (VERSION,))


def _make_heaps(connection: Any) -> None:
    for name, columns in (
        ("search_pair", "a, b, who"),
        ("search_phone", "back, who, words"),
        ("search_number", "key, who"),
        ("search_slip", "cut, stem"),
        ("search_sound", "key, word"),
    ):
        connection.execute(f"CREATE TEMP TABLE heap_{name} ({columns})")


def _gather(connection: Any, progress: Progress | None) -> Counter[str]:
    """Writes what each customer has into the heaps; returns how many have each word."""
    words: Counter[str] = Counter()
    count = connection.execute("SELECT count(*) FROM customer").fetchone()[0]
    done = 0
    for batch in _batches(all_kept(connection), AT_ONCE):
        made = [entries(kept) for kept in batch]
        connection.executemany(f"INSERT INTO search_customer VALUES ({_PLACES})", batch)
        connection.executemany(
            "INSERT INTO heap_search_pair VALUES (?, ?, ?)", [row for one in made for row in one.pairs]
        )
        connection.executemany(
            "INSERT INTO heap_search_phone VALUES (?, ?, ?)", [row for one in made for row in one.phones]
        )
        connection.executemany(
            "INSERT INTO heap_search_number VALUES (?, ?)", [row for one in made for row in one.numbers]
        )
        for one in made:
            words.update(one.words)
        done += len(batch)
        if progress:
            progress(done, count)
    return words


def _enter_words(connection: Any, words: Counter[str]) -> None:
    connection.executemany(
        "INSERT INTO search_word VALUES (?, ?, ?)",
        ((word, count, count.bit_length()) for word, count in sorted(words.items())),
    )
    for batch in _batches(iter(words), AT_ONCE):
        connection.executemany(
            "INSERT INTO heap_search_slip VALUES (?, ?)", {row for word in batch for row in slip_rows(word)}
        )
        connection.executemany(
            "INSERT INTO heap_search_sound VALUES (?, ?)", [(key, word) for word in batch for key in sounds(word)]
        )


def _pour(connection: Any, table: str, order: str, *, distinct: bool = False) -> None:
    chosen = "DISTINCT *" if distinct else "*"
    connection.execute(f"INSERT INTO {table} SELECT {chosen} FROM heap_{table} ORDER BY {order}")
    connection.execute(f"DROP TABLE heap_{table}")


def _batches(items: Iterator[Any], size: int) -> Iterable[list[Any]]:
    while batch := list(islice(items, size)):
        yield batch
