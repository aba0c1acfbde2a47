"""The store: one SQLite file, opened with care, read in snapshots and written in whole transactions.

WAL with synchronous=FULL loses no acknowledged write when the power goes; BEGIN IMMEDIATE with a busy wait
lets many desks write to one file. A file that can't be used is told in words and never touched.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from data.errors import StoreTrouble
from data.store_connections import IN_BULK, SETTINGS, AtHand, attach, connect, engine_at, identity
from data.store_faults import SCHEMA_VERSION, check_usable, trouble, version_of
from data.store_log import keep_damaged_log
from data.store_transactions import Transaction, driver_of, to_write, transaction

Progress = Callable[[str, int, int], None]  # what is being done, how much is done, how much there is

__all__ = [
    "SETTINGS",
    "Store",
    "attach",
    "close_all",
    "connect",
    "driver_of",
    "engine_at",
    "is_there",
    "migrate",
    "open_store",
    "store_path",
]


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
        with self.transaction() as opened:
            yield opened.session

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """`writing` without a session, for statements at the driver."""
        self._check_still_there()
        with trouble(self.path), transaction(self.engine) as opened:
            self._check_still_logged(opened)
            self._check_still_ours(opened.driver)
            yield opened
        self._check_still_there()

    @contextmanager
    def searching(self) -> Iterator[Any]:
        """A bare driver connection for a search, which counts microseconds; it can be interrupted."""
        with trouble(self.path), self._at_hand.one() as connection:
            yield connection

    @cached_property
    def _at_hand(self) -> AtHand:
        return AtHand(self.engine)

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """A bare driver connection for reading."""
        with trouble(self.path):
            connection = self.engine.raw_connection()
            try:
                yield connection.driver_connection
            finally:
                connection.close()

    @contextmanager
    def in_bulk(self) -> Iterator[Store]:
        """The same store for writing rows by the thousand; that what they refer to is there is not checked."""
        engine = engine_at(self.path, SETTINGS | IN_BULK)
        try:
            yield replace(self, engine=engine)
        finally:
            engine.dispose()

    def _check_still_there(self) -> None:
        """Raises StoreTrouble where the file was removed or replaced: what is written then is nobody's."""
        if self.identity and identity(self.path) != self.identity:
            raise StoreTrouble(
                f"The store at {self.path} was removed or replaced while it was open.",
                "Nothing of this was saved. Leave Careline, put the store back or restore a backup, and begin again.",
            )

    def _check_still_logged(self, opened: Transaction) -> None:
        """Raises StoreTrouble where the log was removed or replaced: what is written then, a crash would lose."""
        if not opened.has_its_log():
            raise StoreTrouble(
                f"The log beside the store at {self.path} (its -wal file) was removed while it was open.",
                "Nothing of this was saved. Leave Careline at every desk, which writes into the store what was saved "
                "before, and begin again.",
            )

    def _check_still_ours(self, driver: Any) -> None:
        """Raises StoreTrouble where a newer Careline has brought the store up to date: we don't know its rules."""
        row = driver.execute("SELECT version_num FROM alembic_version").fetchone()
        if row and row[0] > SCHEMA_VERSION:
            raise StoreTrouble(
                f"A newer Careline brought the store at {self.path} up to date while it was open (its version "
                f"{row[0]}, ours {SCHEMA_VERSION}).",
                "Nothing of this was saved. Leave Careline, update it on this machine, and begin again.",
            )

    def close(self) -> None:
        """Lets go of the file."""
        _opened.discard(self)
        self._at_hand.close()
        self.engine.dispose()


_opened: WeakSet[Store] = WeakSet()  # by this program, and not closed


def open_store(where: str | Path, progress: Progress | None = None) -> Store:
    """Opens the store at `where` (a path or a sqlite:/// URL), bringing an older one up to date.

    `progress` is told what is being done then, where it takes long, how much is done and how much there is.
    Raises StoreTrouble where there is none or it can't be used; the file is untouched then.
    """
    path = store_path(where)
    check_usable(path)
    with trouble(path):
        version = version_of(path)
        known = identity(path)
        open_already = any(store.identity == known for store in tuple(_opened))
        warning = "" if open_already else keep_damaged_log(path)
        store = Store(path, engine_at(path), known, warning)
        if version != SCHEMA_VERSION:
            migrate(store, progress)
    _opened.add(store)
    return store


def close_all() -> None:
    """Lets go of every store that this program has open: who leaves one last has SQLite write its log into it."""
    for store in tuple(_opened):
        store.close()


def is_there(where: str | Path) -> bool:
    """Whether there is a file at `where`. Raises StoreTrouble where the place can't be looked at."""
    path = store_path(where)
    try:
        return path.exists()
    except OSError as error:
        raise StoreTrouble(
            f"There can be no store at {path}: {error.strerror}.", "Name another with --store."
        ) from None


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


def migrate(store: Store, progress: Progress | None = None) -> None:
    """Runs the migrations that are missing, all in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "data:migrations")
    config.set_main_option("path_separator", "os")
    with to_write(store.engine) as connection, connection.begin():
        config.attributes["connection"] = connection
        config.attributes["progress"] = progress
        command.upgrade(config, "head")
