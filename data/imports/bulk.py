"""Statements for many rows at once, on the driver's own connection."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


def insert(connection: Any, table: str, columns: Mapping[str, Iterable[Any]]) -> None:
    """Writes rows given as columns, as many as the shortest column is long."""
    places = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", zip(*columns.values(), strict=False)
    )


def rows_with(connection: Any, select: str, wanted: Iterable[int | str]) -> list[Any]:
    """The rows that `select` finds, which joins its tables to "FROM wanted JOIN", whose one column is `value`."""
    values = list(dict.fromkeys(wanted))
    if not values:
        return []
    statement = select.replace("FROM wanted JOIN", "FROM json_each(?) AS wanted CROSS JOIN")
    return list(connection.execute(statement, (json.dumps(values),)))


def next_id(connection: Any, table: str) -> int:
    """The id that the table's next row gets; an id is never used twice."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return int(row[0]) + 1 if row else 1
