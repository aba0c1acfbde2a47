"""Statements that run at the driver itself: what they write and find is what SQLAlchemy would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, literal, select, union_all
from sqlmodel import col

from data.agents.tables import Agent
from data.cases.rules import EntryKind
from data.cases.tables import Case, CaseEntry
from data.columns import columns
from data.desk import Desk
from data.statements import Add, Find
from data.store_transactions import Transaction
from tests.conftest import NOW

k = columns(Case)
BY_NUMBER = Find(select(k.id, k.number, k.opened_at, k.closed_at, k.due_at).where(k.number == bindparam("number")))
CASE: dict[str, Any] = {
    "account_id": None,
    "line_id": None,
    "device": "",
    "contact": "",
    "category": "other",
    "subject": "No dial tone",
    "priority": "normal",
    "status": "New",
    "owner_id": None,
    "due_at": None,
    "resolution": "",
    "opened_at": NOW,
    "changed_at": NOW,
    "closed_at": None,
    "source_id": None,
    "merged_into_id": None,
    "version": 1,
}


@pytest.fixture
def opened(desk: Desk) -> Iterator[Transaction]:
    with desk.store.transaction() as opened:
        yield opened


def test_a_row_that_was_added_is_read_as_it_was_given(desk: Desk, opened: Transaction) -> None:
    elsewhere = datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=-5)))
    row = CASE | {"number": "00000007", "opened_by_id": desk.agent.id, "due_at": elsewhere}
    id = Add(Case).row(opened.driver, **row)
    found = BY_NUMBER.first(opened.driver, number="00000007")
    assert found == (id, "00000007", NOW, None, elsewhere)
    assert found.due_at.tzinfo is UTC
    entry = Add(CaseEntry).row(
        opened.driver, case_id=id, kind=EntryKind.NOTE, at=NOW, agent="a", text="Zoë", next_step="", detail=""
    )
    kept = opened.session.get_one(CaseEntry, entry)
    assert (kept.case_id, EntryKind(kept.kind), kept.at, kept.text) == (id, EntryKind.NOTE, NOW, "Zoë")
    assert opened.session.get_one(Case, id).due_at == elsewhere


def test_what_is_not_there_is_not_found(opened: Transaction) -> None:
    assert BY_NUMBER.first(opened.driver, number="99999999") is None
    assert BY_NUMBER.all(opened.driver, number="99999999") == []


def test_what_the_session_finds_the_statement_finds(opened: Transaction) -> None:
    a = columns(Agent)
    wanted = select(a.name, a.active, a.created_at).where(col(Agent.active)).order_by(a.id)
    there = [tuple(row) for row in opened.session.connection().execute(wanted)]
    assert Find(wanted).all(opened.driver) == there
    assert [type(value) for value in there[0]] == [type(value) for value in Find(wanted).first(opened.driver)]


def test_a_value_that_was_forgotten_is_a_programming_error(opened: Transaction) -> None:
    with pytest.raises(KeyError, match="number"):
        BY_NUMBER.first(opened.driver)
    with pytest.raises(KeyError, match="subject"):
        Add(Case).row(opened.driver, **{name: value for name, value in CASE.items() if name != "subject"}, number="1")


def test_a_naive_time_is_a_programming_error(desk: Desk, opened: Transaction) -> None:
    row = CASE | {"number": "00000008", "opened_by_id": desk.agent.id, "due_at": NOW.replace(tzinfo=None)}
    with pytest.raises(ValueError, match="naive"):
        Add(Case).row(opened.driver, **row)


def test_a_statement_may_have_values_of_its_own(desk: Desk, opened: Transaction) -> None:
    a = columns(Agent)
    both = union_all(
        *(select(literal(place).label("place"), a.name).where(a.name == bindparam("who")) for place in "ab")
    )
    found = Find(both.order_by("place").limit(1)).all(opened.driver, who=desk.agent.name)
    assert [(one.place, one.name) for one in found] == [("a", desk.agent.name)]
