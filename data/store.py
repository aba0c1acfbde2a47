"""The store: one SQLite file, opened with care, read in snapshots and written in whole transactions.

WAL with synchronous=FULL loses no acknowledged write when the power goes; BEGIN IMMEDIATE with a busy wait
lets many desks write to one file. A file that can't be used is told in words and never touched.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite as SQLiteDialect
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import PoolProxiedConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from data.errors import StoreTrouble
from data.store_faults import SCHEMA_VERSION, check_usable, trouble, version_of
from data.store_keys import unlock
from data.store_log import keep_damaged_log

Progress = Callable[[str, int, int], None]  # what is being done, how much is done, how much there is
BUSY_SECONDS = 5
DIALECT = "sqlite.careline"
WRITES = "careline_writes"  # noted at a connection whose next transaction is to hold the write lock
PAUSE = (0.000_5, 0.004)  # seconds between two looks at whether it is our turn to write
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

_attached: dict[int, str] = {}  # by the driver's connection: the database that is open beside the store's


@dataclass(frozen=True)
class Store:
    """An open store. `path` is its file; `engine` is SQLAlchemy's; `identity` tells the file from any other.

    `warning`: what whoever opens it should be told; "" for nothing.
    """

    path: Path
    engine: Engine
    identity: tuple[int, int] | None = None
    warning: str = ""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one snapshot of the store; it writes nothing."""
        with trouble(self.path), Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction that holds the write lock; it commits at the end, or leaves no trace."""
        self._check_still_there()
        with (
            trouble(self.path),
            self.to_write() as connection,
            Session(connection, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
        self._check_still_there()

    @contextmanager
    def to_write(self) -> Iterator[Connection]:
        """A connection whose next transaction holds the write lock from its beginning."""
        with self.engine.connect() as connection:
            noted = connection.info
            noted[WRITES] = True
            try:
                yield connection
            finally:
                noted.pop(WRITES, None)

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """A bare driver connection for reading, where a search counts microseconds; it can be interrupted."""
        with trouble(self.path):
            connection = self.engine.raw_connection()
            try:
                yield connection.driver_connection
            finally:
                connection.close()

    @contextmanager
    def in_bulk(self) -> Iterator[Store]:
        """The same store for who writes rows by the thousand and knows that what they refer to is there."""
        engine = engine_at(self.path, SETTINGS | IN_BULK)
        try:
            yield replace(self, engine=engine)
        finally:
            engine.dispose()

    def _check_still_there(self) -> None:
        """Raises StoreTrouble where the file was removed or replaced: what is written then is nobody's."""
        if self.identity and _identity(self.path) != self.identity:
            raise StoreTrouble(
                f"The store at {self.path} was removed or replaced while it was open.",
                "Nothing of this was saved. Leave Careline, put the store back or restore a backup, and begin again.",
            )

    def close(self) -> None:
        """Lets go of the file."""
        self.engine.dispose()


def open_store(where: str | Path, progress: Progress | None = None) -> Store:
    """Opens the store at `where` (a path or a sqlite:/// URL), bringing an older one up to date.

    `progress` is told what is being done then, where it takes long, how much is done and how much there is.
    Raises StoreTrouble where there is none or it can't be used; the file is untouched then.
    """
    path = store_path(where)
    check_usable(path)
    with trouble(path):
        version = version_of(path)
        warning = keep_damaged_log(path)
        store = Store(path, engine_at(path), _identity(path), warning)
        if version != SCHEMA_VERSION:
            migrate(store, progress)
    return store


def is_there(where: str | Path) -> bool:
    """Whether there is a file at `where`. Raises StoreTrouble where the place can't be looked at."""
    path = store_path(where)
    try:
        return path.exists()
    except OSError as error:
        raise StoreTrouble(
            f"There can be no store at {path}: {error.strerror}.", "Name another with --store."
        ) from None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def store_path(where: str | Path) -> Path:
    """The file that a path or a sqlite:/// URL names. Raises StoreTrouble for any other kind of address."""
    if "://" not in str(where):
        return Path(os.path.expanduser(where)).absolute()  # noqa: PTH111 - a home nobody has is a plain name here
    try:
        url: URL = make_url(str(where))
    except ArgumentError:
        raise StoreTrouble(f"“{where}” is not a store's address.", "Give a path or sqlite:///PATH.") from None
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StoreTrouble(
            f"This version keeps its store in a SQLite file, not at {url.render_as_string()}.",
            "Give a path or sqlite:///PATH.",
        )
    return Path(url.database).absolute()


def connect(path: Path, settings: dict[str, Any] = SETTINGS) -> Any:
    """A driver connection to the file at `path`, with `settings`; transactions are begun by hand."""
    connection = sqlite.connect(f"{path.as_uri()}?mode=rw", uri=True, check_same_thread=False, isolation_level=None)
    secret = unlock(connection, path)
    for name, value in (settings | IN_SECRET if secret else settings).items():
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def engine_at(path: Path, settings: dict[str, Any] = SETTINGS) -> Engine:
    """SQLAlchemy's engine over such connections."""
    engine = create_engine(
        f"{DIALECT.replace('.', '+')}://", module=sqlite, creator=lambda: connect(path, settings), poolclass=QueuePool
    )
    event.listen(engine, "checkin", _let_go)
    return engine


def attach(driver: Any, path: Path, name: str) -> None:
    """Opens a plain database beside the store's, under `name`, until whoever has the connection gives it back.

    Before that it can't be let go of: what was read of it belongs to the open transaction.
    """
    driver.execute(f"ATTACH ? AS {name} KEY ''", (str(path),))
    _attached[id(driver)] = name


def _let_go(driver: Any, _: object) -> None:
    if name := _attached.pop(id(driver), ""):
        with suppress(sqlite.OperationalError):
            driver.execute(f"DETACH {name}")


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


def migrate(store: Store, progress: Progress | None = None) -> None:
    """Runs the migrations that are missing, all in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "data:migrations")
    config.set_main_option("path_separator", "os")
    with store.to_write() as connection, connection.begin():
        config.attributes["connection"] = connection
        config.attributes["progress"] = progress
        command.upgrade(config, "head")
