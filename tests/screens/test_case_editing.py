"""Editing a case on screen: one form, the store's own rules, and two desks in it at once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.widgets import Input

from data.cases.actions import edit_case, open_case, tag
from data.cases.queries import case
from data.cases.rules import CaseEdit, Priority
from data.desk import Desk
from screens.case import CaseScreen
from screens.edit_case import EditCaseScreen
from screens.versions import Versions
from tests.screens.conftest import Console, Person


@pytest.fixture
def number(desk: Desk) -> str:
    return open_case(desk, "expected $400", contact="Maria Alvarez, 212-555-0143").number


@pytest.fixture
async def editing(console: Console, number: str) -> AsyncIterator[Person]:
    """The form of the case, just opened."""
    async with console() as person:
        await person.open(CaseScreen(number))
        await person.press("e")
        assert isinstance(person.app.screen, EditCaseScreen)
        yield person


def fill(person: Person, **typed: str) -> None:
    for name, text in typed.items():
        person.app.screen.query_one(f"#{name}", Input).value = text


async def test_all_of_it_is_edited_in_one_form(editing: Person, desk: Desk, lead: Desk, number: str) -> None:
    other = open_case(lead, "belongs to it").number
    await editing.type("Promised $400")
    fill(editing, category="prom", priority="h", due_at="tomorrow 15:00", owner="LEAD03", tags="Promo, call back")
    fill(editing, links=f"Case #{other}")
    await editing.press("ctrl+s")
    assert isinstance(editing.app.screen, CaseScreen)
    editing.sees("✓ Saved: subject, category, priority, due time, owner, tags and linked cases.")
    editing.sees("Promised $400", "Promotion, high priority", "11-23-2026 15:00", "lead03", "call-back, promo", other)
    saved = case(desk, number)
    assert [link.number for link in saved.links] == [other]


async def test_every_field_that_can_not_be_says_why_and_nothing_is_saved(
    editing: Person, desk: Desk, number: str
) -> None:
    before = case(desk, number)
    fill(editing, subject="x", category="d", priority="sometimes", due_at="soon", owner=" ", links="12")
    await editing.press("ctrl+s")
    editing.sees("“d” is none of", "“sometimes” is none of low, normal, high, urgent.", "“soon” is no due time.")
    editing.sees("A case is somebody's", "“12” is no case number", "5 fields are marked")
    assert case(desk, number) == before


async def test_what_somebody_else_saved_meanwhile_is_chosen_by_field(
    editing: Person, desk: Desk, lead: Desk, number: str
) -> None:
    fill(editing, subject="My words", contact="call after 5", tags="mine")
    version = case(lead, number).version
    edit_case(lead, number, version, CaseEdit(subject="Lead's words", contact="e-mail only", priority=Priority.HIGH))
    tag(lead, number, "theirs")
    await editing.press("ctrl+s")
    assert isinstance(editing.app.screen, Versions)
    editing.sees("lead03 changed subject and contact", "theirs Lead's words", "mine My words", "mine call after 5")
    await editing.press("m", "t", "ctrl+s")
    saved = case(desk, number)
    assert (saved.subject, saved.contact, saved.priority) == ("My words", "e-mail only", Priority.HIGH)
    assert saved.tags == ("mine", "theirs")


async def test_choosing_theirs_for_all_saves_nothing_of_mine(
    editing: Person, desk: Desk, lead: Desk, number: str
) -> None:
    fill(editing, subject="My words")
    edit_case(lead, number, case(lead, number).version, CaseEdit(subject="Lead's words"))
    await editing.press("ctrl+s", "t", "ctrl+s")
    assert isinstance(editing.app.screen, CaseScreen)
    editing.sees("Lead's words", "lead03 changed subject")
    editing.does_not_see("Saved")
    assert case(desk, number).version == 2
