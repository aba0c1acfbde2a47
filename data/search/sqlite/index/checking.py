"""Whether the index says what the rows say, for `careline doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data.search.engine import Progress
from data.search.sqlite.index.entries import ID_SHIFT, Kept, number_entries, pair_entries, phone_entries
from data.search.sqlite.index.source import AT_ONCE, all_kept
from data.search.sqlite.index.tables import VERSION

ENTERED = """
    SELECT one, other, who FROM (
        SELECT w.word AS one, p.b AS other, p.who FROM search_pair p LEFT JOIN search_word w ON w.id = p.a
        UNION ALL SELECT back, NULL, who FROM search_phone
        UNION ALL SELECT key, NULL, who FROM search_number)"""  # everything that leads to a customer


def differences(connection: Any, progress: Progress | None = None) -> int:
    """How many customers the index knows otherwise than the rows do; all of them where it is of another version."""
    count = int(connection.execute("SELECT count(*) FROM customer").fetchone()[0])
    version = connection.execute("SELECT value FROM search_state WHERE name = 'version'").fetchone()
    if not version or version[0] != VERSION:
        return max(count, 1)
    known = connection.execute("SELECT * FROM search_customer ORDER BY id")
    wrong: set[int] = set()
    entries = 0
    row = known.fetchone()
    for done, kept in enumerate(all_kept(connection), 1):
        while row and row[0] < kept.id:
            wrong.add(row[0])
            row = known.fetchone()
        if row and row[0] == kept.id:
            if Kept(*row) != kept:
                wrong.add(kept.id)
            row = known.fetchone()
        else:
            wrong.add(kept.id)
        entries += sum(1 for _ in _entries(kept))
        if progress and done % AT_ONCE == 0:
            progress(done, count)
    wrong.update(left[0] for left in ([row] if row else []))
    wrong.update(left[0] for left in known)
    if wrong or entries == connection.execute(f"SELECT count(*) FROM ({ENTERED})").fetchone()[0]:
        return len(wrong)
    return len(_wrong_entries(connection))


def _entries(kept: Kept) -> Iterator[tuple[str | int, str | None, int]]:
    """What leads to a customer: words beside each other, and numbers with nothing beside them."""
    yield from pair_entries(kept)
    numbers: list[tuple[str | int, int]] = [
        *phone_entries(kept.keys, kept.who),
        *number_entries(kept.keys, kept.who),
    ]
    for number, who in numbers:
        yield number, None, who


def _wrong_entries(connection: Any) -> set[int]:
    """Which customers have other entries than follow from their rows."""
    connection.execute("CREATE TEMP TABLE right_entry (one, other, who)")
    for kept in all_kept(connection):
        connection.executemany("INSERT INTO right_entry VALUES (?, ?, ?)", _entries(kept))
    right = "SELECT one, other, who FROM right_entry"
    odd = f"SELECT * FROM ({right} EXCEPT {ENTERED}) UNION ALL SELECT * FROM ({ENTERED} EXCEPT {right})"
    found = {int(row[0]) for row in connection.execute(f"SELECT DISTINCT who >> {ID_SHIFT} FROM ({odd})")}
    connection.execute("DROP TABLE right_entry")
    return found
