"""Pictures of casework at both sizes; renew them with `--snapshot-update` after a change that is meant."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from console.app import CarelineApp
from console.settings import Settings
from data.cases.actions import add_note, add_task, edit_case, log_icci, open_case
from data.cases.queries import case
from data.cases.rules import CaseEdit, Category, Priority
from data.desk import Desk, open_desk
from data.store import Store
from screens.case import CaseScreen
from tests.builders import add_customer
from tests.conftest import NOW
from tests.screens.conftest import LARGE, SMALL, Person

Compare = Callable[..., bool]
NUMBER = "01000001"


@pytest.fixture
def worked(desk: Desk, store: Store) -> Desk:
    """agent07's desk with a case that was worked, and a list that waits."""
    lead = open_desk(store, "lead03", clock=lambda: NOW)
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", mdns=["2125550143"])
    open_case(
        desk, "Promised $400, not applied", account="SV000001", category=Category.PROMOTION,
        due_at=NOW - timedelta(hours=2), priority=Priority.HIGH,
    )  # fmt: skip
    open_case(desk, "Asks for the $400 again", account="SV000001")
    add_note(lead, NUMBER, "@agent07 the store manager knows of it")
    add_task(desk, NUMBER, "Call the store", due_at=NOW + timedelta(hours=3))
    log_icci(desk, NUMBER, "The store looks for the quote.", "Lead calls back after 3 pm")
    open_case(desk, "Handset came broken", due_at=NOW + timedelta(days=2), category=Category.DEVICE)
    return desk


async def show_case(person: Person, desk: Desk) -> None:
    await person.open(CaseScreen(NUMBER))


async def case_itself(person: Person, desk: Desk) -> None:
    await show_case(person, desk)


async def editing(person: Person, desk: Desk) -> None:
    await show_case(person, desk)
    await person.press("e")


async def two_versions(person: Person, desk: Desk) -> None:
    await editing(person, desk)
    person.app.screen.query_one("#subject", Input).value = "Promised $400 for the trade-in"
    lead = open_desk(desk.store, "lead03", clock=lambda: NOW)
    edit_case(lead, NUMBER, case(lead, NUMBER).version, CaseEdit(subject="Promised $300, not applied"))
    await person.press("ctrl+s")


async def remark(person: Person, desk: Desk) -> None:
    await show_case(person, desk)
    await person.press("R")
    await person.type(" The PIN is 4821.")


async def merging(person: Person, desk: Desk) -> None:
    await show_case(person, desk)
    await person.press("M", "enter")


async def pending(person: Person, desk: Desk) -> None:
    await person.press("f9")
    await person.press("space")


async def bulk(person: Person, desk: Desk) -> None:
    await pending(person, desk)
    await person.press("A", "b", "enter", "o", "k", "ctrl+s")


async def filters(person: Person, desk: Desk) -> None:
    await pending(person, desk)
    await person.press("F", "down", "enter")


PICTURES = (case_itself, editing, two_versions, remark, merging, pending, bulk, filters)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("way", PICTURES, ids=[way.__name__ for way in PICTURES])
def test_picture(
    snap_compare: Compare, worked: Desk, way: Callable[[Person, Desk], Awaitable[None]], size: tuple[int, int]
) -> None:
    async def press(pilot: Pilot[int]) -> None:
        person = Person(pilot)
        await person.rest()
        await way(person, worked)
        for field in person.app.screen.query(Input):
            field.cursor_blink = False
            field._cursor_visible = True
        for text in person.app.screen.query("TextArea"):
            text.cursor_blink = False
            text._cursor_visible = True
        await person.rest()

    app = CarelineApp(Settings(), desk=worked)
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=size, run_before=press)
