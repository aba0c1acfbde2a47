"""What every room of numbers shares: how a customer found by a number is told, and ranges of an index."""

from __future__ import annotations

from typing import Any, NamedTuple

from data.search.results import COUNTED, Why

END = "\U0010ffff"  # after everything that begins with what stands before it
LAST_FOUR, LAST_SIX = 4, 6  # digits that people read out
MOST = COUNTED + 1


class Numbered(NamedTuple):
    """A customer found by a number. `account`: the account that the number is of, where that is known."""

    customer_id: int
    cost: float
    why: Why
    detail: str = ""
    account_id: int | None = None
    mdn: str | None = None


def in_range(connection: Any, table: str, columns: str, column: str, beginning: str) -> Any:
    return connection.execute(
        f"SELECT {columns} FROM {table} WHERE {column} >= ? AND {column} < ? LIMIT ?",
        (beginning, beginning + END, MOST),
    )
