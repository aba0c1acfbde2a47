"""Tables of the index filled in order beside it, and taken over: one that is copied whole has every page of it full."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.search.sqlite.index.tables import TABLES


def make_heap(connection: Any, name: str, columns: str, schema: str) -> str:
    """Makes a table for rows as they come; returns its name."""
    heap = f"{schema}.heap_{name}"
    connection.execute(f"DROP TABLE IF EXISTS {heap}")
    connection.execute(f"CREATE TABLE {heap} ({columns})")
    return heap


def pack(connection: Any, table: str, schema: str, rows: str | Iterable[tuple[Any, ...]]) -> None:
    """Makes a copy of `table` of `rows` that are in order: a statement that selects them, or themselves."""
    packed = f"{schema}.packed_{table}"
    connection.execute(f"DROP TABLE IF EXISTS {packed}")
    connection.execute(f"CREATE TABLE {packed} {TABLES[table]}")
    if isinstance(rows, str):
        connection.execute(f"INSERT INTO {packed} {rows}")
    else:
        insert(connection, packed, rows)


def insert(connection: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Puts rows with all columns into `table`."""
    columns = connection.execute(f"SELECT * FROM {table} LIMIT 0").description
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)


def take_over(connection: Any, table: str, schema: str) -> None:
    """Makes `table` of its packed copy."""
    connection.execute(f"INSERT INTO main.{table} SELECT * FROM {schema}.packed_{table}")
    if schema == "temp":
        connection.execute(f"DROP TABLE {schema}.packed_{table}")
