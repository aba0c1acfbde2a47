"""A transaction that writes, from its beginning, when it holds the write lock, to its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlmodel import Session

from data.store_connections import LOG, WRITES, identity


class Transaction:
    """An open transaction. The session is made when it is first asked for: not every action has rows to look after."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver: Any = connection.connection.driver_connection

    @property
    def driver(self) -> Any:
        """The driver's own connection, for `data.statements`. Raises as `check` does."""
        self.check()
        return self._driver

    @cached_property
    def session(self) -> Session:
        """For rows as objects, and for statements of SQLAlchemy's."""
        return Session(self._connection, expire_on_commit=False)

    def check(self) -> None:
        """Raises RuntimeError where a row that couldn't be written has undone the transaction, and somebody went on.

        What is written at the driver from then on would stand by itself.
        """
        if not self._driver.in_transaction:
            raise RuntimeError("the transaction is undone: nothing more can be written in it")

    def has_its_log(self) -> bool:
        """Whether the log that the connection has had open since it was made is still the one beside the store."""
        path, known = self._connection.info[LOG]
        return known is None or identity(path) == known

    def flush(self) -> None:
        """Writes the rows that wait in the session."""
        if "session" in vars(self):
            self.session.flush()

    def close(self) -> None:
        """Lets go of the rows."""
        if "session" in vars(self):
            self.session.close()


def to_write(engine: Engine) -> Connection:
    """A connection whose next transaction, to be begun at once, holds the write lock from its beginning."""
    connection = engine.connect()
    connection.info[WRITES] = True
    return connection


@contextmanager
def transaction(engine: Engine) -> Iterator[Transaction]:
    """A transaction that commits at the end of the block, or leaves no trace where that raises."""
    with to_write(engine) as connection, connection.begin():
        opened = Transaction(connection)
        try:
            yield opened
            opened.flush()
            opened.check()
        finally:
            opened.close()


def driver_of(session: Session) -> Any:
    """The driver's own connection in the transaction that `session` has open."""
    return session.connection().connection.driver_connection
