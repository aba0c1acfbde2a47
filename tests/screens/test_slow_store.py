"""A slow store never stops anyone: what is typed shows at once, and the newest text wins."""

from __future__ import annotations

import threading

import pytest

from data.desk import Desk
from data.errors import StoreTrouble
from data.search import Search as OneSearch
from data.search.results import Results
from screens import form
from screens.search import SearchInput
from tests.builders import add_customer
from tests.screens.conftest import Console


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Searches wait until it opens, as at a store that does not answer."""
    opened = threading.Event()
    run = OneSearch.run

    def waiting(self: OneSearch) -> Results:
        opened.wait(30)
        return run(self)

    monkeypatch.setattr(OneSearch, "run", waiting)
    return opened


async def test_typing_echoes_while_the_store_is_stuck(console: Console, desk: Desk, gate: threading.Event) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    add_customer(desk, "SV000002", first_name="John", last_name="Smith")
    async with console() as person:
        await person.pilot.press(*"smith")
        await person.pilot.pause()
        box = person.app.screen.query_one(SearchInput)
        assert box.value == "smith"
        person.sees("smith", "name")
        person.does_not_see("John Smith")
        for _ in "smith":
            await person.pilot.press("backspace")
        await person.pilot.press(*"alvarez")
        gate.set()
        await person.rest()
        person.sees("Maria Alvarez")
        person.does_not_see("John Smith")


async def test_enter_waits_for_the_hits_of_what_was_typed(console: Console, desk: Desk, gate: threading.Event) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    async with console() as person:
        await person.pilot.press(*"alvarez", "enter")
        gate.set()
        while not person.app.screen.query("#who"):
            await person.rest()
        person.sees("SV000001")


async def test_who_saves_while_the_store_is_held_is_told_that_it_goes_on(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = threading.Event()
    monkeypatch.setattr(form, "PATIENCE", 0.001)

    def held(*_: object, **__: object) -> None:
        opened.wait(30)
        raise StoreTrouble("The store is busy.", "Try again in a moment.")

    monkeypatch.setattr("data.cases.actions.open_case", held)
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    async with console() as person:
        await person.open_account("SV000001")
        await person.press("C")
        await person.type("No bill")
        await person.pilot.press("ctrl+s")
        while not person.app.screen.query_one("#form-wrong").display:
            await person.pilot.pause()
        person.sees("Not done yet; Careline is still at it.", "No bill")
        opened.set()
        await person.rest()
        person.does_not_see("Not done yet")
        person.sees("The store is busy.", "No bill")
