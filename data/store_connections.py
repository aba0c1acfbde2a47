"""Connections to a store's file: how each is set, and how a transaction that writes begins when it is its turn."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite as SQLiteDialect
from sqlalchemy.engine.interfaces import PoolProxiedConnection
from sqlalchemy.pool import QueuePool

from data.store_keys import unlock

BUSY_SECONDS = 5
PREPARED = 512  # statements that a connection keeps: the search alone has some 200, and to prepare one may take 0.4 ms
DIALECT = "sqlite.careline"
WRITES = "careline_writes"  # noted at a connection whose next transaction is to hold the write lock
PAUSE = (0.000_5, 0.004)  # seconds between two looks at whether it is our turn to write
LOG = "careline_log"  # noted at a connection: the file of its log (SQLite's -wal), and what tells it from any other
IMPATIENCE = 20  # times as often for each second that one has waited
SETTINGS: dict[str, Any] = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": BUSY_SECONDS * 1000,
    "cache_size": -32_000,  # KiB a connection
    "temp_store": "FILE",  # what a large sort needs stays out of memory
}
IN_BULK = {"foreign_keys": "OFF", "wal_autocheckpoint": 8_000}  # pages, after which the log is emptied
IN_SECRET = {"temp_store": "MEMORY"}  # of an encrypted store: what a sort puts beside it would be plain

_attached: dict[int, list[str]] = {}  # by the driver's connection: the databases open beside the store's


def connect(path: Path, settings: dict[str, Any] = SETTINGS) -> Any:
    """A driver connection to the file at `path`, with `settings`; transactions are begun by hand."""
    connection = sqlite.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        check_same_thread=False,
        isolation_level=None,
        cached_statements=PREPARED,
    )
    secret = unlock(connection, path)
    for name, value in (settings | IN_SECRET if secret else settings).items():
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def engine_at(path: Path, settings: dict[str, Any] = SETTINGS) -> Engine:
    """SQLAlchemy's engine over such connections."""
    engine = create_engine(
        f"{DIALECT.replace('.', '+')}://",
        module=sqlite,
        creator=lambda: connect(path, settings),
        poolclass=QueuePool,
        pool_use_lifo=True,  # the connection that was used last has what was read last at hand
    )
    log = path.with_name(f"{path.name}-wal")
    event.listen(engine, "connect", lambda _, record: record.info.update({LOG: (log, identity(log))}))
    event.listen(engine, "checkin", _let_go)
    return engine


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file at `path` from any other; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def attach(driver: Any, path: Path, name: str) -> None:
    """Opens a plain database beside the store's, under `name`, until whoever has the connection gives it back.

    Before that it can't be let go of: what was read of it belongs to the open transaction.
    """
    driver.execute(f"ATTACH ? AS {name} KEY ''", (str(path),))
    _attached.setdefault(id(driver), []).append(name)


def _let_go(driver: Any, _: object) -> None:
    for name in _attached.pop(id(driver), ()):
        with suppress(sqlite.OperationalError):
            driver.execute(f"DETACH {name}")


class AtHand:
    """Connections kept from one search to the next: to be handed one by the pool takes as long as a look-up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: list[PoolProxiedConnection] = []

    @contextmanager
    def one(self) -> Iterator[Any]:
        """A driver connection; one with which something failed goes back to the pool."""
        try:
            connection = self._kept.pop()
        except IndexError:
            connection = self._engine.raw_connection()
        try:
            yield connection.driver_connection
        except BaseException:
            connection.close()
            raise
        self._kept.append(connection)

    def close(self) -> None:
        """Gives all of them back."""
        while self._kept:
            self._kept.pop().close()


class Dialect(SQLiteDialect):
    """SQLAlchemy's SQLite, whose transactions begin as they are meant: a listener would make every statement dearer."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        if dbapi_connection.info.pop(WRITES, False):
            _begin_in_turn(dbapi_connection.driver_connection)
        else:
            dbapi_connection.driver_connection.execute("BEGIN")  # type: ignore[union-attr]


registry.register(DIALECT, __name__, Dialect.__name__)


def _begin_in_turn(driver: Any) -> None:
    """Begins to write, after a wait of at most `busy_timeout` until nobody else does.

    It asks again every few milliseconds, the sooner the longer it has waited. SQLite's own wait grows to a tenth of a
    second between two looks, in which whoever writes much is quicker each time, and others wait for seconds.
    """
    began = time.monotonic()
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite.OperationalError as error:
                waited = time.monotonic() - began
                busy = str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
                if not busy or waited * 1000 > SETTINGS["busy_timeout"]:
                    raise
                time.sleep(random.uniform(*PAUSE) / (1 + IMPATIENCE * waited))
            else:
                return
    finally:
        driver.execute(f"PRAGMA busy_timeout = {SETTINGS['busy_timeout']}")
