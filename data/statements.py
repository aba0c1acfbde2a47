"""Prepared statements for what nearly every action runs, because SQLAlchemy's part of a run far outlasts SQLite's.

They are written with SQLAlchemy, as any other is, and compiled when they first run; from then on a run is one call of
the driver. They see what the open transaction wrote, but not what a session has yet to flush.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import CompoundSelect, Insert, Select, insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite as SQLiteDialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from data.columns import Row, columns

DIALECT = SQLiteDialect()
Turn = Callable[[Any], Any] | None  # of a value of Python's into the store's, or back; None: it stays as it is
Given = list[tuple[str, Turn]]  # the values that a statement is given, in its order, and how each goes into the store


class Find:
    """A select whose values are given by name, none of them a list, and which finds named tuples of Python's values."""

    def __init__(self, written: Select[Any] | CompoundSelect[Any]) -> None:
        self._written = written

    def all(self, driver: Any, /, **values: Any) -> list[Any]:
        """Every row that it finds."""
        sql, given, constants, made, turns = self._ready
        rows = driver.execute(sql, _in_order(given, constants | values)).fetchall()
        return [made(*(turn(value) if turn else value for turn, value in zip(turns, row, strict=True))) for row in rows]

    def first(self, driver: Any, /, **values: Any) -> Any:
        """The first row that it finds; None where there is none."""
        return next(iter(self.all(driver, **values)), None)

    @cached_property
    def _ready(self) -> tuple[str, Given, dict[str, Any], Callable[..., Any], list[Turn]]:
        compiled = self._written.compile(dialect=DIALECT)
        constants = {name: value.effective_value for name, value in compiled.binds.items() if not value.required}
        found = self._written.selected_columns
        turns: list[Turn] = [_kept_as(column.type).result_processor(DIALECT, None) for column in found]
        made = namedtuple("Found", [column.name for column in found])  # type: ignore[misc]
        return str(compiled), _given(compiled), constants, made, turns


class Add:
    """An insert of one row into `table`, every column but its `id` given by name."""

    def __init__(self, table: type[Row]) -> None:
        self._written: Insert = insert(columns(table).id.table)

    def row(self, driver: Any, /, **values: Any) -> int:
        """Adds the row; its id."""
        sql, given = self._ready
        return int(driver.execute(sql, _in_order(given, values)).lastrowid)

    @cached_property
    def _ready(self) -> tuple[str, Given]:
        names = [column.name for column in self._written.table.columns if column.name != "id"]
        compiled = self._written.compile(dialect=DIALECT, column_keys=names)
        return str(compiled), _given(compiled)


def _given(compiled: SQLCompiler) -> Given:
    types = {name: _kept_as(value.type) for name, value in compiled.binds.items()}
    return [(name, types[name].bind_processor(DIALECT)) for name in compiled.positiontup or ()]


def _in_order(given: Given, values: Mapping[str, Any]) -> list[Any]:
    return [turn(values[name]) if turn else values[name] for name, turn in given]


def _kept_as(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type as SQLite has it."""
    return kind.dialect_impl(DIALECT)
