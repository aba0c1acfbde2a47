"""A demo store whose free text was overwritten by hand, past every check: what another program may have left."""

from __future__ import annotations

import random
import re
from enum import StrEnum
from pathlib import Path
from typing import Any

from benchmarks.fuzz.hostile import storable
from data.demo import make_demo
from data.search.engines import engine_for
from data.store import Store, open_store

KEPT_TABLES = re.compile(r"search_|sqlite_|alembic_|audit|operator$|market$|custom_rule")
KEPT_COLUMNS = re.compile(  # moments, words of the program's own, and what a desk is opened by
    r"(_at|_on|date|^at|since|until|_to|hash|digest|^key|detail|kind|status|state|role|permission|rights|time_zone|zone"
    r"|number|mdn|zip|ost|slug|_code|method|outcome|shape|builtin|content|filter|^field|page|version)$"
)
WRITTEN = re.compile(r"[\[{].*|\d{4}-\d\d-\d\d.*|[\d .:/+-]*", re.DOTALL)  # JSON, moments and figures mean something
KEPT = {("agent", "name"), ("invitation", "made_by")}


def spoil(path: Path, seed: int, *, customers: int = 25, longest: int = 100_000) -> tuple[Store, int]:
    """A demo at `path`, spoilt; with how many hostile values stand in it now."""
    make_demo(path, customers, seed=seed).close()
    store, rng, count = open_store(path), random.Random(seed), 0
    words = {value for kind in _enums(StrEnum) for value in kind}
    with store.writing() as session:
        connection = session.connection().connection.driver_connection
        assert connection is not None
        for table, column in free_text(connection, words):
            count += _overwrite(connection, table, column, rng, longest)
        engine = engine_for(store)
        engine.refresh(connection)
    return store, count


def free_text(connection: Any, words: set[str]) -> list[tuple[str, str]]:
    """The columns that hold what people write: text that is no word of the program's own, no figure, no moment."""
    found = []
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        if KEPT_TABLES.match(table):
            continue
        for _, column, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            if kind != "TEXT" or KEPT_COLUMNS.search(column) or (table, column) in KEPT:
                continue
            values = {value for (value,) in connection.execute(f'SELECT "{column}" FROM "{table}" LIMIT 500') if value}
            if not values or not (values <= words or all(WRITTEN.fullmatch(value) for value in values)):
                found.append((table, column))
    return found


def _overwrite(connection: Any, table: str, column: str, rng: random.Random, longest: int) -> int:
    if not _has_rowid(connection, table):
        return 0
    keys = connection.execute(f'SELECT rowid FROM "{table}" ORDER BY rowid').fetchall()
    changed, unique = 0, _is_unique(connection, table, column)
    for (key,) in keys:
        if rng.random() < 0.8:
            text = storable(rng, longest=longest if rng.random() < 0.02 else 4000)
            value = f"{text[:60]}{key}" if unique else text
            connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, key))
            changed += 1
    return changed


def _has_rowid(connection: Any, table: str) -> bool:
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    return "WITHOUT ROWID" not in sql.upper()


def _is_unique(connection: Any, table: str, column: str) -> bool:
    for _, name, unique, *_ in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
        if unique and column in [row[2] for row in connection.execute(f'PRAGMA index_info("{name}")').fetchall()]:
            return True
    return False


def _enums(kind: type[StrEnum]) -> list[type[StrEnum]]:
    return [deeper for one in kind.__subclasses__() for deeper in (one, *_enums(one))]
