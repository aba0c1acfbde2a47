"""Finding an account by keyboard: type, choose, open, go back."""

from __future__ import annotations

import pytest

from data.cases.actions import log_icci, open_case
from data.desk import Desk
from screens.account import AccountScreen
from screens.home import HomeScreen
from screens.search import SearchInput
from screens.widgets import hit_icci
from tests.builders import add_customer
from tests.screens.conftest import LARGE, SMALL, Console


@pytest.fixture
def people(desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", mdns=["2125550143"])
    add_customer(desk, "SV000002", first_name="John", last_name="Smith", mdns=["3135550188", "3135550189"])
    add_customer(desk, "SV000003", first_name="Joan", last_name="Smith", mdns=["3135550177"])


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_name_brings_the_account_up(console: Console, size: tuple[int, int]) -> None:
    async with console(size=size) as person:
        await person.type("alvarez")
        person.sees("name", "1 match", "Maria Alvarez", "212-555-0143", "SV000001")
        await person.press("enter")
        assert isinstance(person.app.screen, AccountScreen)
        person.sees("Maria Alvarez", "SV000001", "✓ active", "212-555-0143")


@pytest.mark.usefixtures("people")
async def test_arrows_choose_while_one_goes_on_typing(console: Console) -> None:
    async with console() as person:
        await person.type("smith")
        first, second = [hit.account for hit in person.app.screen.search.hits.rows]
        await person.press("down")
        assert isinstance(person.app.focused, SearchInput)
        assert person.app.screen.search.hits.chosen.account == second != first
        await person.press("enter")
        person.sees(second)


@pytest.mark.usefixtures("people")
async def test_escape_brings_back_what_was_there(console: Console) -> None:
    async with console() as person:
        await person.type("smith")
        await person.press("enter", "f2")
        await person.type("alva")
        person.sees("Maria Alvarez")
        await person.press("escape")
        person.does_not_see("Maria Alvarez")
        person.sees("Smith")
        assert isinstance(person.app.screen, AccountScreen)
        await person.press("escape")
        assert isinstance(person.app.screen, HomeScreen)
        await person.press("escape", "escape")
        assert isinstance(person.app.screen, HomeScreen)


@pytest.mark.usefixtures("people")
async def test_hits_leave_no_gap_behind(console: Console) -> None:
    async with console() as person:
        before = person.screen_text
        await person.type("smith")
        await person.press("escape")
        assert person.screen_text == before


@pytest.mark.usefixtures("people")
async def test_the_next_name_is_typed_where_the_last_one_was_taken_back(console: Console) -> None:
    async with console() as person:
        await person.type("smith")
        await person.press("escape")
        await person.type("alvarez")
        person.sees("1 match", "Maria Alvarez")
        await person.press("escape", "escape")
        assert not isinstance(person.app.focused, SearchInput)


@pytest.mark.usefixtures("people")
async def test_a_name_that_is_typed_in_a_list_at_home_is_looked_for_and_no_letter_is_a_key(console: Console) -> None:
    async with console() as person:
        await person.type("0188")
        await person.press("enter", "escape", "escape", "escape")
        assert person.app.focused is person.app.screen.recent
        person.sees("^n New case", "/ Find")
        for text in ("dujzv smith", "0143"):
            await person.type(text)
            assert isinstance(person.app.screen, HomeScreen)
            assert person.app.screen.search.box.value == text
            await person.press("escape", "escape")
        await person.press("slash")
        assert isinstance(person.app.focused, SearchInput)


@pytest.mark.usefixtures("people")
async def test_what_hits_stood_before_has_the_focus_again(console: Console) -> None:
    async with console() as person:
        await person.type("alvarez")
        await person.press("enter")
        before = person.app.focused
        await person.press("f2")
        await person.type("smith")
        await person.press("escape")
        assert person.app.focused is before


@pytest.mark.usefixtures("people")
async def test_what_was_opened_stands_on_home(console: Console) -> None:
    async with console() as person:
        person.sees("Accounts you open will stand here")
        await person.type("0188")
        await person.press("enter")
        await person.press("escape")
        person.sees("0188", "1 match")
        await person.press("escape")
        person.sees("Recently opened", "SV000002", "John Smith")
        person.does_not_see("Accounts you open will stand here")


@pytest.mark.usefixtures("people")
async def test_nothing_found_says_so(console: Console) -> None:
    async with console() as person:
        await person.type("qqqqqqqq")
        person.sees("Nobody matches. Try a part of the name, or the last four digits of the phone.")


async def test_text_from_people_is_never_markup(console: Console, desk: Desk) -> None:
    add_customer(
        desk, first_name="Jane", last_name="[/] Doe [@click=app.quit]x[/]", city="[bold]Ltd", mdns=["2125550101"]
    )
    async with console(size=LARGE) as person:
        await person.type("doe")
        person.sees("Jane [/] Doe [@click=app.quit]x[/]")
        await person.press("enter")
        person.sees("Jane [/] Doe [@click=app.quit]x[/]", "[bold]Ltd")


async def test_what_to_say_to_the_chosen_hit_shows_once_the_typing_rests(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hit_icci, "REST", 0.001)
    for number, first in (("SV000001", "Maria"), ("SV000002", "Mario")):
        add_customer(desk, number, first_name=first, last_name="Alvarez")
    case = open_case(desk, "expected $400", account="SV000002").number
    log_icci(desk, case, "Lead calls back", "read the offer")
    async with console() as person:
        await person.type("mario alvarez")
        person.sees(f"ICCI {case}: Lead calls back → read the offer")
        await person.press("down")
        person.does_not_see("Lead calls back")
        await person.press("escape")
        person.does_not_see("Lead calls back")
