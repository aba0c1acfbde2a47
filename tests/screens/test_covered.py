"""While hits stand where the work was, its keys do nothing to what one does not see."""

from __future__ import annotations

from data.cases.actions import change_status
from data.cases.queries import case, cases_of
from data.cases.rules import Status
from data.customers.queries import account
from data.desk import Desk
from screens.form import Form
from screens.menu import Menu
from screens.pending import PendingScreen
from screens.widgets.hit_list import HitList
from tests.screens.conftest import Console, Person


async def cover(person: Person) -> None:
    """Hits stand over the work, and the focus has left the box."""
    await person.press("slash")
    await person.type("alvarez")
    await person.press("tab")
    assert isinstance(person.app.focused, HitList)


async def test_no_key_of_a_case_works_under_hits(console: Console, desk: Desk, number: str) -> None:
    change_status(desk, number, Status.CLOSED, resolution="credit issued")
    async with console() as person:
        person.app.screen.open_case(number)
        await person.rest()
        there = person.app.screen
        await cover(person)
        person.does_not_see("Clone", "Note", "expected $400")
        before = case(desk, number)
        for key in ("n", "i", "m", "K", "e", "R", "M", "T", "u", "f7", "f4"):
            await person.press(key)
            assert person.app.screen is there, key
        assert case(desk, number).timeline == before.timeline
        await person.press("slash", "escape", "n")
        assert isinstance(person.app.screen, Form)


async def test_no_key_of_an_account_works_under_hits(console: Console, desk: Desk, number: str) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        there = person.app.screen
        await cover(person)
        for key in ("C", "e", "r", "s", "v", "V", "p"):
            await person.press(key)
            assert person.app.screen is there, key
        assert len(cases_of(desk, account(desk, "SV000001").id)) == 1
        await person.press("f3")
        assert person.app.call is not None
        assert person.app.call.account is None


async def test_no_key_of_the_dashboard_works_under_hits_and_every_other_place_is_open(
    console: Console, number: str
) -> None:
    async with console() as person:
        await person.press("f9")
        there = person.app.screen
        await cover(person)
        await person.press("b", "s", "E")
        assert person.app.screen is there
        await person.press("slash", "escape", "s")
        assert isinstance(person.app.screen, Menu)
    async with console() as person:
        await cover(person)
        await person.press("d")
        assert isinstance(person.app.screen, PendingScreen)
