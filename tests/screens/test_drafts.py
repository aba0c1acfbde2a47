"""Forms that a crash closed: what was typed is offered again, until it is saved or left on purpose."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.widgets import Input

from data.desk import Desk
from screens import drafts
from screens.edit import EditScreen
from screens.form import Form
from tests.builders import add_customer
from tests.screens.conftest import Console


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is kept without a pause, so that no test waits for one."""
    monkeypatch.setattr(drafts, "PAUSE", 0.001)


async def test_what_was_typed_before_a_crash_comes_back_in_the_editor(console: Console, admin: Desk) -> None:
    add_customer(admin, "SV000001", first_name="Ana", last_name="Ng", city="Albany", state="NY", zip="12201")
    async with console(admin) as person:  # leaving this block is the crash: nobody saves or leaves the form
        await person.type("SV000001")
        await person.press("enter", "e")
        assert isinstance(person.app.screen, EditScreen)
        person.app.screen.query_one("#city", Input).value = "Troy"
        for _ in range(3):
            await person.rest()
    async with console(admin) as person:
        await person.type("SV000001")
        await person.press("enter", "e")
        person.sees("was not saved. Alt+D brings it back.")
        await person.press("alt+d")
        assert person.app.screen.query_one("#city", Input).value == "Troy"
        await person.press("escape")
        await person.press("tab", "enter")
        await person.rest()
    async with console(admin) as person:
        await person.type("SV000001")
        await person.press("enter", "e")
        person.does_not_see("brings it back")


async def test_a_short_form_offers_it_too_until_it_is_saved(console: Console, admin: Desk) -> None:
    add_customer(admin, "SV000001", first_name="Ana", last_name="Ng")
    async with console(admin) as person:
        await person.type("SV000001")
        await person.press("enter", "C")
        assert isinstance(person.app.screen, Form)
        await person.type("bill")
        for _ in range(3):
            await person.rest()
    async with console(admin) as person:
        await person.type("SV000001")
        await person.press("enter", "C")
        person.sees("Alt+D brings it back.")
        person.app.post_message(Key("alt+d", "d"))  # as a terminal sends it, with a letter that is not to be typed
        await person.rest()
        await person.press("ctrl+s")
        person.sees("bill")
        await person.rest()
    with admin.store.raw() as connection:
        assert connection.execute("SELECT count(*) FROM draft").fetchone() == (0,)
        assert connection.execute("SELECT subject FROM care_case").fetchall() == [("bill",)]
