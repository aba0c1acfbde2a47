"""Customers that changed: in the transaction that changed them, the entries that differ are exchanged."""

from __future__ import annotations

from collections import Counter
from typing import Any

from data.search.sqlite.entries import PAIRS, Kept, number_entries, phone_entries
from data.search.sqlite.later import enter_in_passing
from data.search.sqlite.source import kept_now
from data.search.sqlite.vocabulary import count_words

REBUILD_SHARE = 4  # when more than one in four customers changed, building everything anew is quicker
REBUILD_LEAST = 2_000  # customers
_PAIRS_OF = PAIRS.format(where="AND c.id = :id")
_PLACES = ", ".join("?" * len(Kept._fields))


def refresh(connection: Any) -> None:
    """Brings the index up to date with what the open transaction changed, and enters a few who were put off."""
    _refresh(connection)
    enter_in_passing(connection)


def _refresh(connection: Any) -> None:
    dirty = [row[0] for row in connection.execute("SELECT customer_id FROM search_dirty ORDER BY customer_id")]
    if not dirty:
        return
    if len(dirty) > REBUILD_LEAST and len(dirty) > _kept_count(connection) // REBUILD_SHARE:
        from data.search.sqlite.building import rebuild

        rebuild(connection)
        return
    words: Counter[str] = Counter()
    for customer_id in dirty:
        _exchange(connection, customer_id, words)
    count_words(connection, words)
    connection.execute("DELETE FROM search_dirty")


def kept_before(connection: Any, customer_id: int) -> Kept | None:
    """What the index was made from for one customer; None where it knows none."""
    row = connection.execute("SELECT * FROM search_customer WHERE id = ?", (customer_id,)).fetchone()
    return Kept(*row) if row else None


def _kept_count(connection: Any) -> int:
    return int(connection.execute("SELECT count(*) FROM search_customer").fetchone()[0])


def _exchange(connection: Any, customer_id: int, words: Counter[str]) -> None:
    before, after = kept_before(connection, customer_id), kept_now(connection, customer_id)
    if before == after:
        return
    old_pairs = _pairs(connection, customer_id)
    if after:
        connection.execute(f"INSERT OR REPLACE INTO search_customer VALUES ({_PLACES})", after)
    else:
        connection.execute("DELETE FROM search_customer WHERE id = ?", (customer_id,))
    _exchange_rows(connection, "search_pair", ("a", "b", "who"), old_pairs, _pairs(connection, customer_id))
    for table, columns, made in (
        ("search_phone", ("back", "who", "words"), phone_entries),
        ("search_number", ("key", "who"), number_entries),
    ):
        old, new = (set(made(kept)) if kept else set() for kept in (before, after))
        _exchange_rows(connection, table, columns, old, new)
    words.update(after.vocabulary if after else [])
    words.subtract(before.vocabulary if before else [])


def _pairs(connection: Any, customer_id: int) -> set[tuple[str, str, int]]:
    return set(connection.execute(_PAIRS_OF, {"id": customer_id}))


def _exchange_rows(connection: Any, table: str, columns: tuple[str, ...], old: set[Any], new: set[Any]) -> None:
    """Takes out the rows of `old` that `new` lacks, and puts in those that `old` lacks."""
    if gone := old - new:
        where = " AND ".join(f"{column} = ?" for column in columns)
        connection.executemany(f"DELETE FROM {table} WHERE {where}", gone)
    if come := new - old:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", come)
