"""Column types that mean the same on SQLite and on PostgreSQL.

SQLite drops the time zone of a datetime and takes text into integer columns; here a time is aware UTC on both,
and every table is STRICT, which knows only INTEGER, REAL, TEXT and BLOB.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, Date, DateTime, Dialect, Float, LargeBinary, String, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlmodel import SQLModel

STRICT_NAMES = {
    String: "TEXT",
    DateTime: "TEXT",
    Date: "TEXT",
    Boolean: "INTEGER",
    Float: "REAL",
    LargeBinary: "BLOB",
}


def _name_as(name: str) -> Any:
    return lambda element, compiler, **kw: name


for _type, _name in STRICT_NAMES.items():
    compiles(_type, "sqlite")(_name_as(_name))


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept and handed back in UTC; a naive one is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r}: the store keeps aware UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Row(SQLModel):
    """The base of every table: STRICT, and an id is never used twice."""

    __table_args__: ClassVar[Any] = {"sqlite_strict": True, "sqlite_autoincrement": True}


def columns(table: type[Row]) -> Any:
    """The columns of `table` by name, for statements that read columns instead of whole rows."""
    return vars(table)["__table__"].c


def utc_text(moment: datetime) -> str:
    """`moment` (aware) as the SQLite store keeps it, for raw statements: 'YYYY-MM-DD HH:MM:SS.ffffff' in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
