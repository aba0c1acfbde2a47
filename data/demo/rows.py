"""Rows on their way into the store: gathered by table, written by the thousand."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from sqlalchemy import Table, insert
from sqlmodel import Session, SQLModel


class Rows:
    """Gathers rows and counts their ids, from 1 for each table; `write` sends them."""

    def __init__(self) -> None:
        self._waiting: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        self._last: dict[Table, int] = defaultdict(int)

    def add(self, model: type[SQLModel], /, **values: Any) -> int:
        """Adds a row and returns its id (0 where the table has none); what `values` leave out takes its default."""
        table: Table = SQLModel.metadata.tables[str(model.__tablename__)]
        row = _defaults(model) | values
        if "id" in row:
            self._last[table] += 1
            row["id"] = self._last[table]
        self._waiting[table].append(row)
        return int(row.get("id", 0))

    def skip(self, model: type[SQLModel]) -> None:
        """Leaves out the id of a row that was written otherwise."""
        self._last[SQLModel.metadata.tables[str(model.__tablename__)]] += 1

    def write(self, session: Session) -> None:
        """Writes what was gathered, each table after those it refers to."""
        for table in SQLModel.metadata.sorted_tables:
            if rows := self._waiting.pop(table, None):
                session.connection().execute(insert(table), rows)


@cache
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    return {name: field.get_default() for name, field in model.model_fields.items() if not field.is_required()}
