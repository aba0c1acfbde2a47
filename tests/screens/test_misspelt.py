"""An account comes up while its customer's name is still being typed, with a slip in it."""

from __future__ import annotations

import pytest

from console.app import CarelineApp
from console.settings import Settings
from data.desk import Desk
from screens.account import AccountScreen
from tests.builders import add_customer
from tests.screens.conftest import LARGE, SMALL, Console
from tests.screens.test_pictures import Compare, pressing

TYPED = "featehrst"  # nine keys; the eh is a slip
NAMES = (
    ("Bartholomew", "Featherstonehaugh", "2125550143"),
    ("Maria", "Alvarez", "3135550188"),
    ("Joan", "Feathers", "7135550177"),
    ("Ana", "Fetterman", "9145550199"),
)


@pytest.fixture
def people(desk: Desk) -> Desk:
    for number, (first, last, mdn) in enumerate(NAMES, 1):
        add_customer(desk, f"SV{number:06d}", first_name=first, last_name=last, mdns=[mdn])
    return desk


@pytest.mark.usefixtures("people")
async def test_nine_keys_of_a_misspelt_name_bring_the_account_up(console: Console) -> None:
    async with console() as person:
        for key in TYPED:
            await person.press(key)
        person.sees("Bartholomew Feath", "like featehrst")
        assert person.app.screen.search.hits.chosen.account == "SV000001"
        await person.press("enter")
        assert isinstance(person.app.screen, AccountScreen)
        person.sees("Bartholomew Featherstonehaugh", "SV000001")


@pytest.mark.usefixtures("people")
async def test_who_is_only_near_is_looked_at_before_they_are_opened_and_another_name_may_be_typed(
    console: Console,
) -> None:
    async with console() as person:
        await person.type("alvarez dora")
        await person.press("enter")
        person.sees("Nobody matches; these come nearest. Enter once more opens the chosen one:")
        for _ in "dora":
            await person.press("backspace")
        await person.type("dina")
        person.sees("alvarez dina", "Nobody matches; these come nearest:")
        await person.press("enter", "enter")
        assert isinstance(person.app.screen, AccountScreen)
        person.sees("SV000002")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_its_picture(people: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    app = CarelineApp(Settings(), desk=people)
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=size, run_before=pressing(tuple(TYPED)))
