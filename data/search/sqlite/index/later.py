"""Customers who come by the thousand: noted as ranges of ids when they are written, entered in the index afterwards.

A range is noted in the transaction that writes its customers, so a crash forgets none. Entering goes in portions,
each its own transaction, so that nobody else waits long; where many come to few, everything is made anew at once, and
until then the indexes over the rows are left out: a search is slower without them, and finds the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from data.search.engine import Progress
from data.search.sqlite.index.entries import number_entries, pair_entries, phone_entries, vocabulary_of
from data.search.sqlite.index.packing import insert
from data.search.sqlite.index.source import kept_between
from data.search.sqlite.index.tables import ROW_INDEXES, drop_indexes, drop_triggers, make_indexes, make_triggers
from data.search.sqlite.index.vocabulary import NEW_ENTRIES, count_words

PORTION = 2_000  # customers entered in one transaction
IN_PASSING = 25  # that any action enters besides its own, while some are left
REBUILD_SHARE = 4  # when more than one in four customers are to be entered, building everything anew is quicker


@contextmanager
def postponing(connection: Any, first: int, last: int) -> Iterator[None]:
    """While new customers with ids from `first` to `last` are written, and nothing else: they are noted as a range."""
    drop_triggers(connection)
    if _will_be_rebuilt(connection, behind(connection) + last - first + 1):
        drop_indexes(connection, ROW_INDEXES)
    yield
    make_triggers(connection)
    if first <= last:
        connection.execute("INSERT INTO search_later VALUES (?, ?)", (first, last))


def behind(connection: Any) -> int:
    """How many are yet to be entered."""
    return sum(last - first + 1 for first, last in _ranges(connection))


def enter_in_passing(connection: Any) -> None:
    """Enters a few of those that are left; quick where none are, or where they are so many that all is made anew."""
    if (ranges := _ranges(connection)) and not _will_be_rebuilt(connection, behind(connection)):
        _enter(connection, ranges, IN_PASSING)


def catch_up(connection: Any, progress: Progress | None = None) -> int:
    """Enters a portion of those that are left, or makes the index anew; returns how many are left then."""
    left = behind(connection)
    if _will_be_rebuilt(connection, left):
        from data.search.sqlite.index.building import rebuild

        rebuild(connection, progress)
        return 0
    make_indexes(connection)
    _enter(connection, _ranges(connection), PORTION)
    return max(left - PORTION, 0)


def _will_be_rebuilt(connection: Any, left: int) -> bool:
    """Whether `left` customers are so many to those who are known that the index is made anew.

    It is known by the highest id, not counted: this is asked with every batch.
    """
    if left <= PORTION:
        return False
    highest = connection.execute("SELECT max(id) FROM search_customer").fetchone()[0] or 0
    return bool(highest < left * REBUILD_SHARE)


def _ranges(connection: Any) -> list[tuple[int, int]]:
    return list(connection.execute("SELECT first_id, last_id FROM search_later ORDER BY first_id"))


def _enter(connection: Any, ranges: list[tuple[int, int]], most: int) -> None:
    for first, last in ranges:
        upto = min(last, first + most - 1)
        _enter_range(connection, first, upto)
        connection.execute("DELETE FROM search_later WHERE first_id = ?", (first,))
        if upto < last:
            connection.execute("INSERT INTO search_later VALUES (?, ?)", (upto + 1, last))
        most -= upto - first + 1
        if most <= 0:
            return


def _enter_range(connection: Any, first: int, last: int) -> None:
    """Enters those of a range who are not known yet; who was changed meanwhile was entered then."""
    known = {
        row[0] for row in connection.execute("SELECT id FROM search_customer WHERE id BETWEEN ? AND ?", (first, last))
    }
    fresh = [kept for kept in kept_between(connection, first, last) if kept.id not in known]
    insert(connection, "search_customer", fresh)
    pairs = [pair_entries(kept) for kept in fresh]
    words = Counter(word for rows in pairs for word in vocabulary_of(rows))
    ids, _ = count_words(connection, words)
    connection.executemany(
        "INSERT INTO search_pair VALUES (?, ?, ?)", sorted((ids[a], b, who) for rows in pairs for a, b, who in rows)
    )
    connection.execute(NEW_ENTRIES)
    connection.executemany(
        "INSERT OR IGNORE INTO search_phone VALUES (?, ?)",
        [row for kept in fresh for row in phone_entries(kept.keys, kept.who)],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO search_number VALUES (?, ?)",
        [row for kept in fresh for row in number_entries(kept.keys, kept.who)],
    )
