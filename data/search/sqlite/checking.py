"""Whether the index says what the rows say, for `careline doctor`."""

from __future__ import annotations

from typing import Any

from data.search.engine import Progress
from data.search.sqlite.entries import ID_SHIFT, Kept, pair_entries
from data.search.sqlite.source import AT_ONCE, all_kept
from data.search.sqlite.tables import VERSION


def differences(connection: Any, progress: Progress | None = None) -> int:
    """How many customers the index knows otherwise than the rows do; all of them where it is of another version."""
    count = int(connection.execute("SELECT count(*) FROM customer").fetchone()[0])
    version = connection.execute("SELECT value FROM search_state WHERE name = 'version'").fetchone()
    if not version or version[0] != VERSION:
        return max(count, 1)
    known = connection.execute("SELECT * FROM search_customer ORDER BY id")
    wrong: set[int] = set()
    pairs = 0
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
        pairs += len(pair_entries(kept))
        if progress and done % AT_ONCE == 0:
            progress(done, count)
    wrong.update(left[0] for left in ([row] if row else []))
    wrong.update(left[0] for left in known)
    if wrong or pairs == connection.execute("SELECT count(*) FROM search_pair").fetchone()[0]:
        return len(wrong)
    return len(_wrong_pairs(connection))


def _wrong_pairs(connection: Any) -> set[int]:
    """Which customers have other pairs of words than follow from their rows."""
    ids = dict(connection.execute("SELECT word, id FROM search_word"))
    connection.execute("CREATE TEMP TABLE right_pair (a, b, who)")
    for kept in all_kept(connection):
        rows = [(ids.get(a), b, who) for a, b, who in pair_entries(kept)]
        connection.executemany("INSERT INTO right_pair VALUES (?, ?, ?)", rows)
    entered, right = "SELECT a, b, who FROM search_pair", "SELECT a, b, who FROM right_pair"
    odd = f"SELECT * FROM ({right} EXCEPT {entered}) UNION ALL SELECT * FROM ({entered} EXCEPT {right})"
    found = {int(row[0]) for row in connection.execute(f"SELECT DISTINCT who >> {ID_SHIFT} FROM ({odd})")}
    connection.execute("DROP TABLE right_pair")
    return found
