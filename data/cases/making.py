"""Making a case: its number, its row, and what the maker gets back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from data.cases.rules import FIRST_NUMBER, LAST_NUMBER, Priority, Status, case_number
from data.cases.statements import k
from data.cases.tables import Case
from data.desk import Desk
from data.errors import Refused
from data.statements import Add, Find

LAST = Find(select(func.max(k.number).label("number")))
ADD = Add(Case)
BLANK: dict[str, Any] = {
    "priority": Priority.NORMAL,
    "status": Status.NEW,
    "due_at": None,
    "resolution": "",
    "closed_at": None,
    "source_id": None,
    "merged_into_id": None,
    "version": 1,
}
"""What a new case has where nothing else is said."""


@dataclass(frozen=True)
class NewCase:
    """A case that was just made. To see all of it, read it by its number."""

    id: int
    number: str
    account_id: int | None


def make_case(desk: Desk, **fields: Any) -> NewCase:
    """Adds a case to the open transaction: New and this desk's agent's, unless `fields` of its row say otherwise."""
    now = desk.now()
    by = {"owner_id": desk.agent.id, "opened_by_id": desk.agent.id, "opened_at": now, "changed_at": now}
    row = {**BLANK, **by, **fields, "number": next_number(desk.driver)}
    return NewCase(ADD.row(desk.driver, **row), row["number"], row["account_id"])


def next_number(driver: Any) -> str:
    """The number of the next case; the open transaction holds the write lock, so that nobody else gets it.

    Raises Refused where none is left.
    """
    last = LAST.first(driver).number
    value = int(last) + 1 if last else FIRST_NUMBER
    if value > LAST_NUMBER:
        raise Refused("Every case number of eight digits is used up.", "Ask the people who make Careline.")
    return case_number(value)
