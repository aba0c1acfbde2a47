"""The store: one SQLite file, opened with care, read in snapshots and written in whole transactions.

WAL with synchronous=FULL loses no acknowledged write when the power goes; BEGIN IMMEDIATE with a busy wait
lets many desks write to one file. A file that can't be used is told in words and never touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from data.errors import Misused, NotFound, StoreTrouble

APPLICATION_ID = 0x43415245  # "CARE": tells a Careline store from any other SQLite file
SCHEMA_VERSION = "0001"  # the newest migration in data/migrations/versions
MAGIC = b"SQLite format 3\x00"
BUSY_SECONDS = 5
SETTINGS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": BUSY_SECONDS * 1000,
    "cache_size": -32_000,  # KiB a connection
}

REMEDIES = {
    "SQLITE_BUSY": ("is busy: another program holds it", "Nothing of this was saved; try again in a moment."),
    "SQLITE_LOCKED": (
        "is busy: another program holds it",
        "Nothing of this was saved; try again in a moment.",
    ),
    "SQLITE_FULL": (
        "can't grow: the disk is full",
        "Nothing of this was saved; free some space and try again.",
    ),
    "SQLITE_READONLY": ("is read-only", "Nothing was changed; make the file and its folder writable."),
    "SQLITE_CANTOPEN": ("can't be opened", "Check that its folder exists and that you may write there."),
    "SQLITE_CORRUPT": ("is damaged", "Nothing was changed; run `careline doctor`, and restore a backup."),
    "SQLITE_NOTADB": ("is not a Careline store", "Nothing was changed; name another file with --store."),
    "SQLITE_IOERR": (
        "can't be read or written: the disk reports an error",
        "Check the disk, then try again.",
    ),
}


@dataclass(frozen=True)
class Store:
    """An open store. `path` is its file; `engine` is SQLAlchemy's."""

    path: Path
    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one snapshot of the store; it writes nothing."""
        with trouble(self.path), Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction that holds the write lock; it commits at the end, or leaves no trace."""
        with trouble(self.path), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """A bare driver connection for reading, where a search counts microseconds; it can be interrupted."""
        with trouble(self.path):
            connection = self.engine.raw_connection()
            try:
                yield connection.driver_connection
            finally:
                connection.close()

    @cached_property
    def _writer(self) -> Engine:
        return self.engine.execution_options(careline_writes=True)

    def close(self) -> None:
        """Lets go of the file."""
        self.engine.dispose()


def open_store(where: str | Path) -> Store:
    """Opens the store at `where` (a path or a sqlite:/// URL), bringing an older one up to date.

    Raises NotFound where there is none, StoreTrouble where it can't be used; the file is untouched then.
    """
    path = store_path(where)
    if not path.exists():
        raise NotFound(f"There is no store at {path}.", "Make one with `careline init` or `careline demo`.")
    with trouble(path):
        _check_usable(path)
        version = _version_of(path)
        store = Store(path, _engine(path))
        if version != SCHEMA_VERSION:
            _migrate(store)
    return store


def create_store(where: str | Path) -> Store:
    """Makes an empty store at `where`. Raises StoreTrouble where a file is already there or none can be."""
    path = store_path(where)
    if path.exists():
        raise StoreTrouble(f"There is already a file at {path}.", "Name another place with --store.")
    with trouble(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            raise StoreTrouble(
                f"No store can be made at {path}: {error.strerror}.", "Name another place with --store."
            ) from None
        try:
            store = Store(path, _engine(path))
            with closing(_connect(path)) as connection:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(store)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return store


def store_path(where: str | Path) -> Path:
    """The file that a path or a sqlite:/// URL names. Raises Misused for any other kind of URL."""
    if "://" not in str(where):
        return Path(where).expanduser().absolute()
    try:
        url: URL = make_url(str(where))
    except ArgumentError:
        raise Misused(f"“{where}” is not a store's address.", "Give a path or sqlite:///PATH.") from None
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Misused(
            f"This version keeps its store in a SQLite file, not on {url.get_backend_name()}.",
            "Give a path or sqlite:///PATH.",
        )
    return Path(url.database).absolute()


@contextmanager
def trouble(path: Path) -> Iterator[None]:
    """Turns a driver's error into StoreTrouble, in words."""
    try:
        yield
    except (sqlite.Error, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        name = str(getattr(cause, "sqlite_errorname", ""))
        for code, (what, remedy) in REMEDIES.items():
            if name.startswith(code):
                passing = code in ("SQLITE_BUSY", "SQLITE_LOCKED")
                raise StoreTrouble(f"The store at {path} {what}.", remedy, passing=passing) from error
        raise


def _check_usable(path: Path) -> None:
    if not path.is_file():
        raise StoreTrouble(f"{path} is not a file.", "Name another place with --store.")
    if not os.access(path, os.R_OK | os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreTrouble(f"The store at {path} is read-only.", "Make the file and its folder writable.")
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise StoreTrouble(f"{path} is not a Careline store.", "Nothing was changed; name another file.")


def _version_of(path: Path) -> str | None:
    """The migration that the store at `path` stands at, read without writing; None before the first."""
    with closing(sqlite.connect(f"{path.as_uri()}?mode=ro", uri=True)) as peek:
        if peek.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreTrouble(f"{path} is not a Careline store.", "Nothing was changed; name another file.")
        tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'"
        if not peek.execute(tables).fetchone()[0]:
            return None
        row = peek.execute("SELECT version_num FROM alembic_version").fetchone()
    version = str(row[0]) if row else None
    if version and version > SCHEMA_VERSION:
        raise StoreTrouble(
            f"The store at {path} was made by a newer Careline (its version {version}, ours {SCHEMA_VERSION}).",
            "Nothing was changed; update Careline, or name another store.",
        )
    return version


def _connect(path: Path) -> Any:
    """A driver connection as every desk uses it; transactions are begun by hand."""
    connection = sqlite.connect(path.as_posix(), check_same_thread=False, isolation_level=None)
    for name, value in SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def _engine(path: Path) -> Engine:
    engine = create_engine("sqlite://", module=sqlite, creator=lambda: _connect(path), poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("careline_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(store: Store) -> None:
    """Runs the migrations that are missing, all in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "data:migrations")
    config.set_main_option("path_separator", "os")
    with store._writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
