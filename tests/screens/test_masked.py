"""Planted values never stand on a screen or in the clipboard while they are masked, and go the moment a call ends."""

from __future__ import annotations

from data.customers.queries import account
from data.desk import Desk
from data.verification.queries import current_call
from data.verification.rules import Level
from screens.account import AccountScreen
from screens.case import CaseScreen
from screens.edit import EditScreen
from screens.line import LineScreen
from screens.pending import PendingScreen
from screens.services import ServicesScreen
from screens.telephone import CallCame
from tests.builders import line_of, put_on_line
from tests.screens.conftest import LARGE, Console, Person
from tests.verification.planted import MDN, METHODS, NUMBER, PLANTED, hidden, on_line, planted_file, store

__all__ = ["planted_file", "store"]  # fixtures


def shown(person: Person) -> str:
    """All that is on the screen, in its fields and in the clipboard."""
    fields = "".join(field.value for field in person.app.screen.query("Input"))
    return f"{person.screen_text}{fields}{person.app.clipboard}"


async def test_no_screen_tells_what_is_masked(console: Console, desk: Desk) -> None:
    """Every screen at every level, in one sitting."""
    async with console(size=LARGE) as person:
        line = line_of(desk, MDN)
        await person.open_account(NUMBER)
        screens = (
            lambda: None,
            lambda: LineScreen(NUMBER, line),
            lambda: ServicesScreen(NUMBER),
            lambda: EditScreen(account(desk, NUMBER)),
            lambda: CaseScreen("01000001"),
            lambda: PendingScreen(),
        )
        seen = ""
        for method in METHODS:
            level = on_line(desk, method)
            person.app.post_message(CallCame(current_call(desk)))
            await person.rest()
            for make in screens:
                if (screen := make()) is not None:
                    await person.open(screen)
                    await person.press("y") if isinstance(screen, (LineScreen, CaseScreen)) else None
                told = shown(person)
                for text in hidden(level):
                    assert text not in told, (type(person.app.screen).__name__, level, text)
                seen += told
                if screen is not None:
                    person.app.pop_screen()
                    await person.rest()
        for field, texts in PLANTED.items():
            assert any(text in seen for text in texts), field


async def test_the_end_of_the_call_masks_what_is_on_the_screen_that_moment(console: Console, desk: Desk) -> None:
    async with console(size=LARGE) as person:
        await person.open_account(NUMBER)
        for keys in ((), ("l", "enter"), ("e",), ("c", "enter"), ("c", "enter", "e")):
            put_on_line(desk, NUMBER)
            person.app.post_message(CallCame(current_call(desk)))
            await person.rest()
            await person.press(*keys)
            assert any(text in shown(person) for text in hidden(Level.NONE)), keys
            await person.press("f3", "f3")
            assert not any(text in shown(person) for text in hidden(Level.NONE)), keys
            while not isinstance(person.app.screen, AccountScreen):
                await person.press("escape")
