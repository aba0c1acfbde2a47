"""A slow store never stops anyone: what is typed shows at once, and the newest text wins."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from data.desk import Desk
from data.errors import StoreTrouble
from data.search import Search as OneSearch
from data.search.results import Results
from screens import patience
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


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], threading.Event]]:
    """`held(name)`: that action waits as for a store that another program holds, until the event; then it fails."""
    monkeypatch.setattr(patience, "PATIENCE", 0.001)
    opened = threading.Event()

    def fail(*_: object, **__: object) -> None:
        opened.wait(30)
        raise StoreTrouble("The store is busy.", "Try again in a moment.")

    def hold(name: str) -> threading.Event:
        monkeypatch.setattr(name, fail)
        return opened

    yield hold
    opened.set()


@pytest.mark.parametrize(
    ("action", "keys", "kept"),
    [
        ("data.cases.actions.open_case", ("C", *"No", "ctrl+s"), "No"),
        ("data.customers.actions.edit_customer", ("e", *"Mary", "f10"), "Mary"),
        ("data.verification.verifying.pass_over", ("f3", "v", "end", "enter"), "Tell the caller that you send six"),
    ],
)
async def test_who_waits_while_the_store_is_held_is_told_that_it_goes_on(
    console: Console, desk: Desk, held: Callable[[str], threading.Event], action: str, keys: tuple[str, ...], kept: str
) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", mdns=["2125550143"])
    opened = held(action)
    async with console() as person:
        await person.open_account("SV000001")
        await person.press(*keys[:-1])
        await person.pilot.press(keys[-1])
        while "Not done yet" not in person.screen_text:
            await person.pilot.pause()
        person.sees("Not done yet; Careline is still at it.", kept)
        opened.set()
        await person.rest()
        person.does_not_see("Not done yet")
        person.sees("The store is busy.", kept)
