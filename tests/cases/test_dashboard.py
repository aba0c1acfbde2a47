"""The CSR Pending Dashboard: grouped, counted, filtered, aged; a lead's team."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.cases.actions import add_task, change_status, open_case, reassign
from data.cases.dashboard import pending, pending_count, team_load
from data.cases.pending import ItemKind, Order, Urgency, ordered
from data.cases.rules import Priority, Status
from data.cases.tables import Case
from data.desk import Desk, open_desk
from data.errors import NotFound, Refused
from data.store import Store
from tests.conftest import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def busy(desk: Desk, maria: str) -> dict[str, str]:
    """Cases of agent07's in every group, by what they are called."""
    due = {"late": -HOUR, "later": -HOUR * 2, "today": HOUR, "urgent": None, "plain": None, "carrier": None}
    numbers = {
        name: open_case(
            desk,
            name,
            account=maria if name == "late" else None,
            due_at=NOW + when if when else None,
            priority=Priority.URGENT if name == "urgent" else Priority.NORMAL,
        ).number
        for name, when in due.items()
    }
    change_status(desk, numbers["carrier"], Status.PENDING_CARRIER)
    with desk.store.writing() as session:
        session.get_one(Case, 5).opened_at = NOW - timedelta(days=9, hours=1)
    return numbers


def test_it_groups_by_urgency_and_sorts_by_due_time_and_priority(desk: Desk, busy: dict[str, str]) -> None:
    groups = {urgency: [item.text for item in items] for urgency, items in pending(desk).groups}
    assert groups == {
        Urgency.OVERDUE: ["later", "late"],
        Urgency.DUE_TODAY: ["today"],
        Urgency.ON_ME: ["urgent", "plain"],
        Urgency.ON_OTHERS: ["carrier"],
    }
    assert list(pending(desk).counts.values()) == [2, 1, 2, 1]
    assert pending_count(desk) == 6


def test_closed_cases_and_done_things_do_not_wait(desk: Desk, busy: dict[str, str]) -> None:
    change_status(desk, busy["plain"], Status.CLOSED, resolution="Done")
    assert "plain" not in [item.text for item in pending(desk).items]


def test_it_is_filtered_by_words_kind_urgency_and_age(desk: Desk, busy: dict[str, str]) -> None:
    add_task(desk, busy["late"], "Call the store")
    board = pending(desk)
    assert [item.text for item in board.filtered("alvarez CALL").items] == ["Call the store"]
    assert [item.text for item in board.filtered(kind=ItemKind.TASK).items] == ["Call the store"]
    assert [item.text for item in board.filtered("carrier", urgency=Urgency.ON_OTHERS).items] == ["carrier"]
    assert [(item.text, item.age_days) for item in board.filtered(older_than_days=8).items] == [("plain", 9)]
    assert len(board.filtered("nothing of the kind")) == 0


def test_whose_it_is_stands_beside_it(desk: Desk, busy: dict[str, str]) -> None:
    names = {item.text: (item.name, item.account) for item in pending(desk).items}
    assert names["late"] == ("Maria Alvarez", "SV000001")
    assert names["today"] == ("Orphan Account", None)


def test_a_lead_sees_the_teams_and_an_agents(desk: Desk, lead: Desk, busy: dict[str, str]) -> None:
    reassign(desk, busy["today"], "lead03")
    assert len(pending(lead)) == 1
    assert len(pending(lead, "agent07")) == 5
    team = pending(lead, team=True)
    assert len(team) == 6
    assert [item.text for item in team.filtered(owner="lead03").items] == ["today"]
    with pytest.raises(NotFound):
        pending(lead, "nobody")


def test_an_agent_sees_nobody_elses(desk: Desk) -> None:
    for ask in (lambda: pending(desk, "lead03"), lambda: pending(desk, team=True), lambda: team_load(desk)):
        with pytest.raises(Refused, match="may not see and share out"):
            ask()
    assert len(pending(desk, "agent07")) == 0


def test_a_lead_sees_each_agents_load(desk: Desk, lead: Desk, busy: dict[str, str]) -> None:
    add_task(desk, busy["late"], "Call the store", due_at=NOW + HOUR)
    add_task(desk, busy["late"], "Look", owner="lead03", due_at=NOW - HOUR)
    loads = {load.agent: (load.cases, load.tasks, load.overdue, load.due_today) for load in team_load(lead)}
    assert loads == {"agent07": (6, 1, 2, 2), "lead03": (0, 1, 1, 0), "admin01": (0, 0, 0, 0)}
    assert team_load(lead)[0].agent == "agent07"


@pytest.mark.parametrize(
    ("order", "numbers"),
    [(Order.URGENCY, "1 2 4"), (Order.PRIORITY, "2 1 4"), (Order.CASE, "1 2 4"), (Order.NEWEST, "4 1 2")],
)
def test_what_waits_is_sorted(desk: Desk, store: Store, maria: str, order: Order, numbers: str) -> None:
    later = open_desk(store, "agent07", clock=lambda: NOW + timedelta(minutes=5))
    open_case(desk, "late", account=maria, due_at=NOW - timedelta(hours=1))
    open_case(desk, "important", account=maria, priority=Priority.HIGH)
    open_case(desk, "another's", owner="lead03")
    open_case(later, "new", account=maria)
    items = pending(desk).items
    assert [item.case[-1] for item in ordered(items, order)] == numbers.split()
