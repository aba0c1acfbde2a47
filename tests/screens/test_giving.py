"""Giving a task away, from its case and from the dashboard, and taking back what was done with many."""

from __future__ import annotations

import pytest

from data.cases.actions import add_task, clone, open_case, tag
from data.cases.queries import case
from data.cases.rules import Status
from data.desk import Desk
from screens.case import CaseScreen
from screens.form import Form
from screens.menu import Menu
from screens.widgets.choices import Choices
from tests.screens.conftest import LARGE, Console, Person

FIRST, SECOND = "01000001", "01000002"


@pytest.fixture
def waiting(desk: Desk) -> None:
    """Two cases of agent07's, the second with a task, the first with a tag."""
    open_case(desk, "the first")
    open_case(desk, "the second")
    add_task(desk, SECOND, "call the store")
    tag(desk, FIRST, "vip")


def owners(desk: Desk) -> list[str]:
    return [task.owner for task in case(desk, SECOND).tasks]


@pytest.mark.usefixtures("waiting")
async def test_an_agent_gives_the_chosen_task_away_and_takes_it_back(console: Console, desk: Desk) -> None:
    add_task(desk, SECOND, "read the bill")
    async with console() as person:
        await person.open(CaseScreen(SECOND))
        await person.press("down", "o")
        assert isinstance(person.app.screen, Form)
        person.sees("Give away: read the bill")
        await person.type("nobody9")
        await person.press("enter")
        person.sees("There is no active agent called nobody9 here.")
        await person.press(*["backspace"] * 7)
        await person.type("lead03")
        await person.press("enter")
        person.sees("✓ The task is lead03's now. u gives it back.", "□ read the bill lead03")
        assert owners(desk) == ["agent07", "lead03"]
        await person.press("u")
        person.sees("✓ The task is agent07's again.")
        assert owners(desk) == ["agent07", "agent07"]


@pytest.mark.usefixtures("waiting")
async def test_a_lead_picks_who_takes_a_task_over_on_the_dashboard(console: Console, desk: Desk, lead: Desk) -> None:
    async with console(at=lead, size=LARGE) as person:
        await person.press("f9", "w", "f", *"call", "enter")
        await person.press("o")
        assert isinstance(person.app.screen, Menu)
        person.sees("Give away: call the store", "agent07")
        await pick(person, "lead03")
        person.sees("✓ The task is lead03's now. u gives it back.")
        assert owners(desk) == ["lead03"]
        await person.press("u")
        assert owners(desk) == ["agent07"]


async def pick(person: Person, agent: str) -> None:
    """Picks an agent from the list of everybody's load."""
    choices = person.app.screen.query_one(Choices)
    await person.press(*["down"] * choices.keys.index(agent), "enter")


@pytest.mark.usefixtures("waiting")
async def test_many_that_were_closed_or_tagged_are_taken_back(console: Console, desk: Desk) -> None:
    async with console(size=LARGE) as person:
        await person.press("f9", "f", *"the", "enter", "A", "b", "down", "down", "enter")
        await person.type("vip")
        await person.press("enter")
        person.sees("so already")
        await person.press("ctrl+s")
        person.sees("✓ 2 tagged vip. u takes the tag off again.")
        await person.press("u")
        person.sees("✓ 1 without the tag again.")
        assert [case(desk, number).tags for number in (FIRST, SECOND)] == [("vip",), ()]
        await person.press("b", "enter")
        await person.type("a slip")
        await person.press("enter", "ctrl+s")
        person.sees("✓ 1 closed. u opens them again, within the hour.")
        await person.press("u")
        person.sees("✓ 1 no longer closed.")
        assert case(desk, FIRST).status is Status.NEW


@pytest.mark.usefixtures("waiting")
async def test_a_closing_that_can_not_be_taken_back_says_so(console: Console, desk: Desk, admin: Desk) -> None:
    async with console(size=LARGE) as person:
        await person.press("f9", "g", "b", "enter")
        await person.type("a slip")
        await person.press("enter", "ctrl+s")
        clone(admin, FIRST)
        await person.press("u")
        person.sees("! Nothing was undone. 1 not: The case was cloned since it was closed.")
        assert case(desk, FIRST).status is Status.CLOSED
