"""Plans and carriers that rows name: the operator's own, or added by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from data.imports.reasons import Oddity
from data.text import fold

MOST_NEW = 200  # of one table in one run: a column with more names than that holds something else
ADDITIONS = {
    "plan": ("INSERT INTO plan (name, monthly_cents, lifeline) VALUES (?, 0, 0)", Oddity.PLAN_NEW),
    "carrier": ("INSERT INTO carrier (name, ocs_enabled) VALUES (?, 0)", Oddity.CARRIER_NEW),
}


def ids_of(
    connection: Any, table: str, names: Iterable[str], added_before: int, odd: Counter[str]
) -> tuple[dict[str, int], int]:
    """Each name → the id of the plan or carrier called so (its case does not matter), and how many were added."""
    wanted = sorted({name for name in names if name})
    if not wanted:
        return {}, 0
    known = {fold(name): row_id for name, row_id in connection.execute(f"SELECT name, id FROM {table}")}
    statement, warning = ADDITIONS[table]
    added = 0
    for name in wanted:
        if fold(name) in known:
            continue
        if added_before + added >= MOST_NEW:
            odd[Oddity.NAMES_TOO_MANY] += 1
            continue
        known[fold(name)] = connection.execute(statement, (name,)).lastrowid
        added += 1
        odd[warning] += 1
    return {name: known[fold(name)] for name in wanted if fold(name) in known}, added
