"""A case by keyboard: opened, worked, closed, cloned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.cases.actions import change_status, clone, open_case
from data.cases.queries import case, find_cases
from data.cases.rules import Status
from data.cases.visits import start_visit
from data.desk import Desk
from screens.case import CaseScreen
from screens.dialog import Question
from screens.form import Form
from screens.pending import PendingScreen
from tests.conftest import NOW
from tests.screens.conftest import LARGE, SMALL, Console


@pytest.fixture
def closed(desk: Desk, maria: str) -> str:
    number = open_case(desk, "promised $400, not applied", account=maria).number
    change_status(desk, number, Status.CLOSED, resolution="credit issued")
    return number


async def test_a_case_is_opened_from_a_line(console: Console, desk: Desk, maria: str) -> None:
    async with console() as person:
        await person.open_account(maria)
        await person.press("enter", "C")
        person.sees("New case on SV000001", "212-555-0143")
        await person.type("no service")
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, CaseScreen)
        person.sees("no service", "Line           212-555-0143")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_call_that_ends_in_a_promise(console: Console, desk: Desk, maria: str, size: tuple[int, int]) -> None:
    async with console(size=size) as person:
        await person.open_account(maria)
        person.sees("No case. C opens one.")
        await person.press("C", "tab", "ctrl+s")
        person.sees("! Subject", "! A case needs a subject.")
        assert person.app.focused is person.app.screen.query_one("#form-subject")
        await person.type("expected $400")
        person.does_not_see("! Subject", "! A case needs a subject.")
        await person.press("tab", "t", "ctrl+s")
        assert isinstance(person.app.screen, CaseScreen)
        person.sees("New", "expected $400", "Maria Alvarez SV000001", "Trade-in", "Owner", "agent07")
        await person.press("i")
        await person.type("Lead calls back")
        await person.press("enter")
        await person.type("read the offer")
        await person.press("enter")
        person.sees("Lead calls back", "→ read the offer", "✓ Logged.")
        await person.press("n")
        await person.type("ask @lead03")
        await person.press("ctrl+s")
        person.sees("Note: ask @lead03")
        await person.press("T")
        await person.type("call the store")
        await person.press("ctrl+s")
        person.sees("□ call the store")
        await person.press("escape")
        person.sees("ICCI: Lead calls back →")
    [row] = find_cases(desk, maria)
    assert case(desk, row.number).notes[0].text == "ask @lead03"


async def test_only_what_may_be_next_is_offered_and_closing_asks_how_it_ended(
    console: Console, desk: Desk, maria: str
) -> None:
    number = open_case(desk, "expected $400", account=maria).number
    change_status(desk, number, Status.RESOLVED)
    async with console() as person:
        await person.open(CaseScreen(number))
        await person.press("m")
        person.sees("Closed", "Reopened", "⏎ Choose  esc Leave")
        person.does_not_see("Pending carrier")
        await person.press("enter")
        assert isinstance(person.app.screen, Form)
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, Form)
        await person.type("credit issued")
        await person.press("enter")
        person.sees("× Closed", "credit issued", "✓ Closed. u takes it back")
        await person.press("u")
        person.sees("Resolved", f"✓ {number} is not closed any more; it is as it stood.")


async def test_a_closed_case_is_cloned_on_one_key(console: Console, desk: Desk, closed: str) -> None:
    async with console() as person:
        await person.open(CaseScreen(closed))
        person.sees("K Clone")  # on the narrowest line of keys, too
        await person.press("m")
        person.sees("A closed case stays closed")
        await person.press("K")
        clones = [row for row in find_cases(desk, "SV000001") if row.number != closed]
        person.sees(clones[0].number, "New", "Cloned from", closed)


async def test_a_second_clone_asks_and_the_safe_answer_makes_none(
    console: Console, desk: Desk, admin: Desk, closed: str
) -> None:
    first = clone(admin, closed).number
    async with console() as person:
        await person.open(CaseScreen(closed))
        await person.press("K")
        assert isinstance(person.app.screen, Question)
        person.sees(first, "admin01")
        await person.press("enter")
        assert len(find_cases(desk, "SV000001")) == 2
        await person.press("K")
        await person.press("right", "enter")
        assert len(find_cases(desk, "SV000001")) == 3


async def test_an_open_case_says_why_it_is_not_cloned(console: Console, desk: Desk, maria: str) -> None:
    number = open_case(desk, "expected $400", account=maria).number
    async with console() as person:
        await person.open(CaseScreen(number))
        await person.press("K")
        person.sees("Only a closed case can be cloned, and this one is New.")


async def test_who_else_is_in_the_case_shows(console: Console, desk: Desk, admin: Desk, maria: str) -> None:
    number = open_case(desk, "expected $400", account=maria).number
    start_visit(admin, number)
    async with console() as person:
        await person.open(CaseScreen(number))
        person.sees("admin01 has this case open too", "Time worked")


async def test_what_waits_for_me_stands_by_urgency_and_opens(console: Console, desk: Desk, maria: str) -> None:
    late = open_case(desk, "was due", account=maria, due_at=NOW - timedelta(hours=2)).number
    open_case(desk, "has time", account=maria)
    async with console() as person:
        person.sees("2  Waiting for you")
        await person.press("f9")
        person.sees("1 overdue · 0 due today · 1 waiting on me · 0 waiting on others")
        assert person.screen_text.index("was due") < person.screen_text.index("has time")
        await person.press("f")
        await person.type("time")
        person.does_not_see("was due")
        await person.press("escape")
        person.sees("was due")
        await person.press("g", "enter")
        person.sees(late, "was due")


async def test_the_team_is_for_leads(console: Console, desk: Desk, lead: Desk, maria: str) -> None:
    open_case(desk, "agent07 has this", account=maria)
    async with console(at=lead) as person:
        await person.open(PendingScreen())
        person.sees("Nothing waits.")
        await person.press("w")
        person.sees("agent07 · Maria Alvarez SV000001")
    async with console() as person:
        await person.open(PendingScreen())
        await person.press("w")
        person.sees("An agent may not see and share out the team's work.")


async def test_a_case_number_in_the_box_opens_the_case(console: Console, desk: Desk, maria: str) -> None:
    number = open_case(desk, "expected $400", account=maria).number
    async with console() as person:
        await person.type(number)
        person.sees(f"Enter opens case {number}, New: expected $400")
        await person.press("enter")
        assert isinstance(person.app.screen, CaseScreen)
        person.sees(number, "expected $400")
