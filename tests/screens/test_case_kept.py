"""One case after another on the same screen: what is shown, heard and counted belongs to the one that is there."""

from __future__ import annotations

import pytest

import data.cases.case_file
from data.cases.actions import add_note, add_task, link, open_case
from data.cases.merging import merge
from data.cases.queries import case
from data.desk import Desk
from data.store import Store
from screens.case import CaseScreen
from screens.home import HomeScreen
from screens.widgets.choices import Choices
from tests.screens.conftest import LARGE, Console, Person
from tests.screens.test_late_answers import gated


@pytest.fixture
def pair(desk: Desk) -> tuple[str, str]:
    first, second = open_case(desk, "the first").number, open_case(desk, "the second").number
    link(desk, first, second)
    for text in ("one", "two", "three"):
        add_note(desk, first, text)
    return first, second


async def show(person: Person, number: str) -> CaseScreen:
    person.app.screen.open_case(number)
    await person.rest()
    assert isinstance(person.app.screen, CaseScreen)
    return person.app.screen


def here_now(store: Store, number: str) -> int:
    """How many visits of that case go on."""
    with store.raw() as connection:
        query = "SELECT count(*) FROM case_visit v JOIN care_case k ON k.id = v.case_id WHERE ended_at IS NULL"
        return int(connection.execute(f"{query} AND k.number = ?", (number,)).fetchone()[0])


async def test_back_comes_back_to_the_case_before_as_it_stood(console: Console, pair: tuple[str, str]) -> None:
    first, _ = pair
    async with console(size=LARGE) as person:
        screen = await show(person, first)
        await person.press("f", "down", "down", "enter", "down", "down")
        person.sees("Timeline: Note only")
        chosen = screen.entries.chosen
        await person.press("shift+tab", "enter")
        person.sees("the second", f"Linked {first}", "Case opened")
        assert person.app.screen is screen
        await person.press("escape")
        person.sees("Linked 01000002", "Timeline: Note only")
        assert isinstance(person.app.focused, Choices)
        assert (screen.number, person.app.focused.id, screen.entries.chosen) == (first, "links", chosen)
        await person.press("escape")
        assert isinstance(person.app.screen, HomeScreen)


async def test_a_visit_lasts_as_long_as_its_case_is_on_the_screen(
    console: Console, store: Store, pair: tuple[str, str]
) -> None:
    first, second = pair
    async with console() as person:
        screen = await show(person, first)
        assert (here_now(store, first), here_now(store, second)) == (1, 0)
        await show(person, second)
        assert (here_now(store, first), here_now(store, second)) == (0, 1)
        await person.press("escape")
        assert (here_now(store, first), here_now(store, second)) == (1, 0)
        await person.press("escape")
        assert (here_now(store, first), here_now(store, second)) == (0, 0)
        assert await show(person, second) is screen
        assert (here_now(store, first), here_now(store, second)) == (0, 1)


async def test_a_screen_filled_anew_begins_at_its_top(console: Console, pair: tuple[str, str]) -> None:
    first, _ = pair
    async with console() as person:
        screen = await show(person, first)
        await person.press("f", "down", "down", "enter", "down", "n")
        await person.type("said")
        await person.press("ctrl+s")
        person.sees("✓ Noted.")
        await person.press("escape")
        assert await show(person, first) is screen
        person.does_not_see("Noted.", "Note only")
        assert screen.entries.cursor == 0


async def test_a_case_read_late_does_not_replace_the_one_on_screen(
    console: Console, monkeypatch: pytest.MonkeyPatch, pair: tuple[str, str]
) -> None:
    first, second = pair
    async with console() as person:
        await show(person, first)
        gate = gated(monkeypatch, data.cases.case_file, "case_file")
        gate.shut = True
        await person.pilot.press("f5")
        while not gate.calls:
            await person.pilot.pause()
        person.app.screen.open_case(second)
        while len(gate.calls) < 2 or "the second" not in person.screen_text.partition("Cases that belong")[0]:
            await person.pilot.pause()
        gate.let_go()
        await person.rest()
        person.sees(f"{second} · New the second")


async def test_a_task_of_a_case_that_was_taken_in_is_ticked_off_where_it_shows(
    console: Console, desk: Desk, pair: tuple[str, str]
) -> None:
    first, second = pair
    add_task(desk, second, "call the store")
    merge(desk, second, first)
    async with console() as person:
        screen = await show(person, first)
        screen.tasks.focus()
        await person.press("enter")
        person.sees(f"{first} · New the first", "✓ call the store", "✓ Done.")
    assert case(desk, second).tasks[0].done_at is not None
