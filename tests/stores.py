"""What tests of the store share: an action that writes, and a look at all that is there."""

from __future__ import annotations

from typing import Any

from sqlmodel import func, select

from data.agents.rules import Permission
from data.audit import AuditEvent
from data.customers.tables import Customer
from data.desk import Desk, action
from data.errors import Refused
from data.operators.tables import CustomRule
from data.store import Store


@action("test.note", needs=Permission.READ_ACCOUNTS)
def note(desk: Desk, name: str, value: str = "", *, fail: bool = False) -> None:
    """Writes a row into each of two tables; with `fail`, raises when they are written."""
    desk.session.add(CustomRule(name=name, value=value))
    desk.session.add(Customer(kind="person", first_name=name, created_at=desk.now()))
    desk.event.tell(name=name)
    if fail:
        desk.session.flush()
        raise Refused("No.", "Never.")


def count(desk: Desk, table: type = AuditEvent, *conditions: object) -> int:
    """How many rows of `table` meet `conditions`."""
    with desk.reading() as session:
        return session.exec(select(func.count()).select_from(table).where(*conditions)).one()


def everything(store: Store) -> dict[str, list[Any]]:
    """Every row of every table, to be compared with another time or another store."""
    with store.raw() as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {table: sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}


def rows(store: Store, query: str) -> list[Any]:
    """What `query`, in SQL, finds."""
    with store.raw() as connection:
        return connection.execute(query).fetchall()
