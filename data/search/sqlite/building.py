"""The whole index made anew from the rows, in the open transaction: gathered, sorted by SQLite, written in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from data.search.engine import Progress
from data.search.sqlite.entries import PAIRS, Kept, number_entries, phone_entries
from data.search.sqlite.source import all_kept
from data.search.sqlite.tables import BUILT, TABLES, VERSION, fill_nicknames, make_indexes
from data.search.sqlite.vocabulary import CUTS, NEW_GENERATION, sounds, stems

AT_ONCE = 5_000  # customers gathered before they are written
_PLACES = ", ".join("?" * len(Kept._fields))


def rebuild(connection: Any, progress: Progress | None = None) -> None:
    """Makes the index anew; `progress` is told customers done and customers in all."""
    for name in BUILT:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
        connection.execute(f"CREATE TABLE {name} {TABLES[name]}")
    words = _gather(connection, progress)
    pairs = f"SELECT * FROM ({PAIRS.format(where='')} LIMIT -1)"  # the limit keeps them one, to be sorted in one piece
    connection.execute(f"INSERT INTO search_pair {pairs} ORDER BY a, b, who")
    _enter_words(connection, words)
    make_indexes(connection)
    fill_nicknames(connection)
    connection.execute("DELETE FROM search_dirty")
    connection.execute("DELETE FROM search_later")
    connection.execute(NEW_GENERATION)
    connection.execute("INSERT OR REPLACE INTO search_state VALUES ('version', ?)", (VERSION,))


def _gather(connection: Any, progress: Progress | None) -> Counter[str]:
    """Writes search_customer, search_phone and search_number; returns how many customers have each word."""
    words: Counter[str] = Counter()
    count = connection.execute("SELECT count(*) FROM customer").fetchone()[0]
    connection.execute("CREATE TEMP TABLE heap_phone (back, who, words)")
    connection.execute("CREATE TEMP TABLE heap_number (key, who)")
    done = 0
    for batch in _batches(all_kept(connection), AT_ONCE):
        connection.executemany(f"INSERT INTO search_customer VALUES ({_PLACES})", batch)
        connection.executemany(
            "INSERT INTO heap_phone VALUES (?, ?, ?)", [row for kept in batch for row in phone_entries(kept)]
        )
        connection.executemany(
            "INSERT INTO heap_number VALUES (?, ?)", [row for kept in batch for row in number_entries(kept)]
        )
        for kept in batch:
            words.update(kept.vocabulary)
        done += len(batch)
        if progress:
            progress(done, count)
    connection.execute("INSERT INTO search_phone SELECT * FROM heap_phone ORDER BY back, who")
    connection.execute("INSERT INTO search_number SELECT * FROM heap_number ORDER BY key, who")
    connection.execute("DROP TABLE heap_phone")
    connection.execute("DROP TABLE heap_number")
    return words


def _enter_words(connection: Any, words: Counter[str]) -> None:
    """Writes search_word, search_slip and search_sound."""
    connection.executemany(
        "INSERT INTO search_word VALUES (?, ?, ?)",
        ((word, count, count.bit_length()) for word, count in sorted(words.items())),
    )
    known: dict[str, int] = {}
    for word in words:
        for stem, most in stems(word):
            known[stem] = max(most, known.get(stem, 0))
    connection.execute("CREATE TEMP TABLE search_stem (stem TEXT, most INTEGER)")
    connection.executemany("INSERT INTO search_stem VALUES (?, ?)", known.items())
    connection.execute(f"INSERT INTO search_slip {CUTS} ORDER BY cut, stem")
    connection.execute("DROP TABLE search_stem")
    connection.executemany(
        "INSERT INTO search_sound VALUES (?, ?)", sorted((key, word) for word in words for key in sounds(word))
    )


def _batches(items: Iterator[Any], size: int) -> Iterable[list[Any]]:
    while batch := list(islice(items, size)):
        yield batch
