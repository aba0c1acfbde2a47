"""Which words all customers have, and which stand beside which: gathered, sorted by SQLite, packed, and taken over.

Tables are first filled in order beside the index: a table that is then copied whole has every page of it full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

from data.search.sqlite.entries import Kept, pair_entries, vocabulary_of
from data.search.sqlite.tables import TABLES
from data.search.sqlite.vocabulary import keep_next_id, slip_rows

TABLES_OF_WORDS = ("search_pair", "search_word", "search_slip")


class Pairs:
    """Gathers in `schema` of `connection`: what a customer's words are, then the three tables that tell of words."""

    def __init__(self, connection: Any, schema: str = "temp") -> None:
        self.schema = schema
        self._connection = connection
        self._ids = _Ids()
        self._bearers: Counter[str] = Counter()
        make_heap(connection, "search_pair", "a, b, who", schema)

    def add(self, batch: list[Kept]) -> None:
        """Notes the words of some customers."""
        ids = self._ids
        entries = [pair_entries(kept) for kept in batch]
        self._bearers.update(chain.from_iterable(map(vocabulary_of, entries)))
        pairs = [(ids[a], b, who) for rows in entries for a, b, who in rows]
        self._connection.executemany(f"INSERT INTO {self.schema}.heap_search_pair VALUES (?, ?, ?)", pairs)

    def pack(self) -> int:
        """Fills the packed tables; returns how many words there are."""
        empty_heap(self._connection, "search_pair", "a, b, who", self.schema)
        self._fill("search_word", "?, ?, ?, ?", map(self._word, sorted(self._ids)))
        self._bearers.clear()
        self._fill("search_slip", "?, ?", slip_rows(self._ids))
        return len(self._ids)

    def close(self) -> None:
        """Nothing is left to let go of."""

    def _word(self, word: str) -> tuple[str, int, int, int]:
        bearers = self._bearers[word]
        return word, self._ids[word], bearers, bearers.bit_length()

    def _fill(self, table: str, marks: str, rows: Iterable[tuple[Any, ...]]) -> None:
        packed = make_packed(self._connection, table, self.schema)
        self._connection.executemany(f"INSERT INTO {packed} VALUES ({marks})", rows)


class _Ids(dict[str, int]):
    """The words met so far, each with an id."""

    def __missing__(self, word: str) -> int:
        id = self[word] = len(self) + 1
        return id


def make_heap(connection: Any, table: str, columns: str, schema: str = "temp") -> None:
    """Makes a table for the rows of `table` as they come."""
    connection.execute(f"DROP TABLE IF EXISTS {schema}.heap_{table}")
    connection.execute(f"CREATE TABLE {schema}.heap_{table} ({columns})")


def empty_heap(connection: Any, table: str, columns: str, schema: str = "temp") -> None:
    """Moves the rows of a heap into a packed table, in order."""
    packed, heap = make_packed(connection, table, schema), f"{schema}.heap_{table}"
    connection.execute(f"INSERT INTO {packed} SELECT * FROM {heap} ORDER BY {columns}")
    connection.execute(f"DROP TABLE {heap}")


def make_packed(connection: Any, table: str, schema: str) -> str:
    """Makes a copy of `table` to fill in order; returns its name."""
    packed = f"{schema}.packed_{table}"
    connection.execute(f"DROP TABLE IF EXISTS {packed}")
    connection.execute(f"CREATE TABLE {packed} {TABLES[table]}")
    return packed


def take_over(connection: Any, table: str, schema: str = "temp") -> None:
    """Makes `table` of its packed copy."""
    connection.execute(f"INSERT INTO main.{table} SELECT * FROM {schema}.packed_{table}")
    if schema == "temp":
        connection.execute(f"DROP TABLE {schema}.packed_{table}")


def take_over_words(connection: Any, pairs: Any) -> None:
    """Makes the tables of words of what was gathered."""
    words = pairs.pack()
    for table in TABLES_OF_WORDS:
        take_over(connection, table, pairs.schema)
    keep_next_id(connection, words + 1)
