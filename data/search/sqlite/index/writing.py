"""Customers that changed: in the transaction that changed them, the entries that differ are exchanged."""

from __future__ import annotations

from collections import Counter
from typing import Any

from data.search.sqlite.index.entries import (
    Kept,
    PairRow,
    number_entries,
    pair_entries,
    phone_entries,
    vocabulary_of,
)
from data.search.sqlite.index.later import enter_in_passing
from data.search.sqlite.index.source import kept_now
from data.search.sqlite.index.vocabulary import NEW_ENTRIES, count_words, forget_words

REBUILD_SHARE = 4  # when more than one in four customers changed, building everything anew is quicker
REBUILD_LEAST = 2_000  # customers
AT_ONCE = 500  # customers exchanged together
KEEP = f"INSERT OR REPLACE INTO search_customer VALUES ({', '.join('?' * len(Kept._fields))})"


def refresh(connection: Any) -> None:
    """Brings the index up to date with what the open transaction changed, and enters a few who were put off."""
    _refresh(connection)
    enter_in_passing(connection)


def _refresh(connection: Any) -> None:
    dirty = [row[0] for row in connection.execute("SELECT customer_id FROM search_dirty ORDER BY customer_id")]
    if not dirty:
        return
    if len(dirty) > REBUILD_LEAST and len(dirty) > _kept_count(connection) // REBUILD_SHARE:
        from data.search.sqlite.index.building import rebuild

        rebuild(connection)
        return
    for start in range(0, len(dirty), AT_ONCE):
        _exchange(connection, dirty[start : start + AT_ONCE])
    connection.execute("DELETE FROM search_dirty")


def kept_before(connection: Any, customer_id: int) -> Kept | None:
    """What the index was made from for one customer; None where it knows none."""
    row = connection.execute("SELECT * FROM search_customer WHERE id = ?", (customer_id,)).fetchone()
    return Kept(*row) if row else None


def _kept_count(connection: Any) -> int:
    return int(connection.execute("SELECT count(*) FROM search_customer").fetchone()[0])


def _exchange(connection: Any, customers: list[int]) -> None:
    """Brings the entries of `customers` up to date, and the words that they have."""
    both = ((kept_before(connection, id), kept_now(connection, id)) for id in customers)
    changed = [(before, after) for before, after in both if before != after]
    if not changed:
        return
    gone, come = ([kept for kept in side if kept] for side in zip(*changed, strict=True))
    old, new = _pairs(gone), _pairs(come)
    words = Counter(word for rows in new.values() for word in vocabulary_of(rows))
    words.subtract(word for rows in old.values() for word in vocabulary_of(rows))
    ids, emptied = count_words(connection, words)
    _exchange_kept(connection, gone, come)
    _exchange_rows(connection, "search_pair", ("a", "b", "who"), _with_ids(old, ids), _with_ids(new, ids))
    for table, columns, made in (
        ("search_phone", ("back", "who"), phone_entries),
        ("search_number", ("key", "who"), number_entries),
    ):
        rows = ({row for kept in side for row in made(kept.keys, kept.who)} for side in (gone, come))
        _exchange_rows(connection, table, columns, *rows)
    connection.execute(NEW_ENTRIES)
    forget_words(connection, emptied)


def _exchange_kept(connection: Any, gone: list[Kept], come: list[Kept]) -> None:
    """Keeps in search_customer those of `come` instead of those of `gone`."""
    if left := {kept.id for kept in gone}.difference(kept.id for kept in come):
        connection.executemany("DELETE FROM search_customer WHERE id = ?", [(id,) for id in left])
    connection.executemany(KEEP, come)


def _pairs(side: list[Kept]) -> dict[int, list[PairRow]]:
    return {kept.id: pair_entries(kept) for kept in side}


def _with_ids(pairs: dict[int, list[PairRow]], ids: dict[str, int]) -> set[tuple[int, str, int]]:
    return {(ids[a], b, who) for rows in pairs.values() for a, b, who in rows}


def _exchange_rows(connection: Any, table: str, columns: tuple[str, ...], old: set[Any], new: set[Any]) -> None:
    """Takes out the rows of `old` that `new` lacks, and puts in those that `old` lacks."""
    if gone := old - new:
        where = " AND ".join(f"{column} = ?" for column in columns)
        connection.executemany(f"DELETE FROM {table} WHERE {where}", sorted(gone))
    if come := new - old:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", sorted(come))
