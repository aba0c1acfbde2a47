"""The dashboard by keyboard: sorted, narrowed by kept filters, many rows at once, a lead's team, a file."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from data.cases.actions import add_task, change_status, open_case, tag
from data.cases.filters import CaseFilter, save_filter, saved_filters
from data.cases.queries import case
from data.cases.rules import Category, Priority, Status
from data.desk import Desk
from screens.bulk import BulkScreen
from screens.case import CaseScreen
from screens.pending import PendingScreen
from tests.conftest import NOW
from tests.screens.conftest import LARGE, Console, Person

FIRST, SECOND, THIRD = "01000001", "01000002", "01000003"


@pytest.fixture
def waiting(desk: Desk) -> None:
    """Three cases of agent07: one late, one that can't be closed for its task, one urgent."""
    open_case(desk, "was due", due_at=NOW - timedelta(hours=2), category=Category.BILLING)
    open_case(desk, "has a task")
    add_task(desk, SECOND, "call the store", due_at=NOW + timedelta(days=9))
    open_case(desk, "is urgent", priority=Priority.URGENT)
    tag(desk, THIRD, "vip")


@pytest.fixture
async def dashboard(console: Console, waiting: None) -> AsyncIterator[Person]:
    async with console(size=LARGE) as person:
        await person.open(PendingScreen())
        yield person


def fill(person: Person, **typed: str) -> None:
    for name, text in typed.items():
        person.app.screen.query_one(f"#form-{name}", Input).value = text


async def test_the_list_is_sorted_and_ages_show(dashboard: Person) -> None:
    dashboard.sees("1 overdue · 0 due today · 3 waiting on me", "new today")
    order = [dashboard.screen_text.index(text) for text in ("was due", "is urgent", "has a task")]
    assert order == sorted(order)
    await dashboard.press("s")
    dashboard.sees("The oldest first", "By customer")
    await dashboard.press("down", "down", "down", "down", "enter")
    dashboard.sees("by case number")
    order = [dashboard.screen_text.index(text) for text in ("was due", "has a task", "is urgent")]
    assert order == sorted(order)


async def test_a_filter_is_made_picked_and_let_go_of(dashboard: Person, desk: Desk) -> None:
    await dashboard.press("F")
    await dashboard.press("down", "enter")
    fill(dashboard, name="My bills", category="bill", due="overdue")
    await dashboard.press("ctrl+s")
    dashboard.sees("“My bills”", "was due")
    dashboard.does_not_see("is urgent")
    assert saved_filters(desk)["My bills"] == CaseFilter(category="Billing", due="overdue", under_way=True)
    await dashboard.press("F", "enter")
    dashboard.sees("is urgent")
    await dashboard.press("F", "down", "enter")
    dashboard.does_not_see("is urgent")
    await dashboard.press("F", "G", "enter", "enter")
    dashboard.sees("✓ Let go of the filter “My bills”.")
    assert saved_filters(desk) == {}


async def test_a_filter_of_the_command_line_is_picked_here(dashboard: Person, desk: Desk) -> None:
    save_filter(desk, "VIPs", CaseFilter(tag="vip", owner="me"))
    await dashboard.press("F", "down", "enter")
    dashboard.sees("is urgent", "“VIPs”")
    dashboard.does_not_see("was due")


async def test_a_filter_that_can_not_be_says_why(dashboard: Person, desk: Desk) -> None:
    await dashboard.press("F", "down", "enter")
    fill(dashboard, name="x", status="maybe", days="many")
    await dashboard.press("ctrl+s")
    dashboard.sees("“maybe” is none of new, open", "Older than how many days")
    assert saved_filters(desk) == {}


async def test_many_are_closed_after_a_look_at_what_will_not_be(dashboard: Person, desk: Desk) -> None:
    await dashboard.press("A")
    dashboard.sees("3 chosen")
    await dashboard.press("b", "enter")
    await dashboard.type("all done")
    await dashboard.press("ctrl+s")
    assert isinstance(dashboard.app.screen, BulkScreen)
    dashboard.sees("2 will be closed. 1 will not: see why below.", "The case has a task that is not done.")
    assert case(desk, FIRST).status is Status.NEW
    await dashboard.press("ctrl+s")
    dashboard.sees("✓ 2 closed.", "has a task")
    dashboard.does_not_see("was due", "3 chosen")
    assert [case(desk, number).status for number in (FIRST, SECOND)] == [Status.CLOSED, Status.NEW]


async def test_the_row_under_the_cursor_is_meant_where_none_is_chosen(dashboard: Person, desk: Desk) -> None:
    await dashboard.press("b", "down", "down", "enter")
    dashboard.sees(f"Tag: case {FIRST}")
    await dashboard.type("late ones")
    await dashboard.press("ctrl+s", "ctrl+s")
    dashboard.sees("✓ 1 tagged late ones.")
    assert case(desk, FIRST).tags == ("late-ones",)


async def test_leaving_the_preview_does_nothing(dashboard: Person, desk: Desk) -> None:
    await dashboard.press("space", "x", "b", "down", "enter")
    await dashboard.type("lead03")
    await dashboard.press("ctrl+s")
    dashboard.sees("2 will be given to lead03.")
    await dashboard.press("escape")
    dashboard.sees("2 chosen")
    await dashboard.press("escape")
    dashboard.does_not_see("2 chosen")
    assert isinstance(dashboard.app.screen, PendingScreen)
    assert {case(desk, number).owner for number in (FIRST, SECOND, THIRD)} == {"agent07"}


@pytest.mark.usefixtures("waiting")
async def test_a_lead_shares_out_the_teams_work_and_takes_it_back(console: Console, desk: Desk, lead: Desk) -> None:
    async with console(at=lead, size=LARGE) as person:
        await person.open(PendingScreen())
        await person.press("w")
        person.sees("The whole team's", "agent07 · Orphan Account")
        await person.press("A", "b", "down", "enter")
        person.sees("Give 3 cases to", "agent07", "3 cases 1 tasks 1 overdue")
        await person.press("G", "g")
        while person.app.screen.choices.chosen != "lead03":
            await person.press("down")
        await person.press("enter", "ctrl+s")
        person.sees("✓ 3 given to lead03. u gives them back.")
        assert case(desk, FIRST).owner == "lead03"
        await person.press("u")
        person.sees("✓ 3 given back.")
    assert {case(desk, number).owner for number in (FIRST, SECOND, THIRD)} == {"agent07"}


@pytest.mark.usefixtures("waiting")
async def test_a_lead_sees_each_agents_load_and_what_waits_for_one(console: Console, lead: Desk) -> None:
    async with console(at=lead, size=LARGE) as person:
        await person.open(PendingScreen())
        await person.press("L")
        person.sees("Each agent's load", "agent07")
        await person.press("enter")
        person.sees("agent07's · 1 overdue", "was due")


async def test_an_agent_is_told_that_loads_are_for_leads(dashboard: Person) -> None:
    await dashboard.press("L")
    dashboard.sees("An agent may not see and share out the team's work.")


async def test_the_list_as_shown_goes_to_a_file(dashboard: Person, tmp_path: Path) -> None:
    await dashboard.press("f", *"was", "enter", "E")
    fill(dashboard, path=str(tmp_path / "mine.csv"))
    await dashboard.press("enter")
    dashboard.sees("✓ Wrote 1 rows to")
    [row] = csv.DictReader((tmp_path / "mine.csv").read_text().splitlines())
    assert (row["case"], row["urgency"], row["text"]) == (FIRST, "Overdue", "was due")
    await dashboard.press("escape", "E")
    fill(dashboard, path=str(tmp_path / "all.json"))
    await dashboard.press("enter")
    rows = json.loads((tmp_path / "all.json").read_text())
    assert {row["kind"] for row in rows} == {"case", "task"}
    assert len(rows) == 4


async def test_what_is_chosen_stays_while_it_is_shown(dashboard: Person, desk: Desk) -> None:
    await dashboard.press("space")
    dashboard.sees("1 chosen", "● ! due")
    change_status(desk, FIRST, Status.CLOSED, resolution="Done elsewhere.")
    await dashboard.press("f5")
    dashboard.does_not_see("1 chosen")
    await dashboard.press("enter")
    assert isinstance(dashboard.app.screen, CaseScreen)


@pytest.mark.usefixtures("waiting")
async def test_the_dashboard_is_as_one_left_it(console: Console) -> None:
    async with console(size=LARGE) as person:
        await person.press("f9", "s", "down", "down", "down", "down", "enter", "down", "escape", "f9")
        person.sees("by case number")
        assert person.app.screen.items.cursor == 1
