"""The lock: nothing of the work shows behind it, by key, by time, or because somebody may not sit here any more."""

from __future__ import annotations

from datetime import timedelta

from textual.widgets import Input

from data.agents.own import choose_passphrase
from data.agents.staff import Welcome, lock_agent
from data.desk import Desk, open_desk
from data.operators.actions import set_rule
from data.operators.rules import IDLE_RULE
from data.store import Store
from screens.home import HomeScreen
from screens.sign_in import SignInScreen
from tests.agents.conftest import OURS
from tests.conftest import NOW
from tests.screens.conftest import LARGE, Console
from tests.screens.door import THEIRS, at_the_door, give


async def test_the_lock_hides_all_of_it_and_keeps_what_was_typed(guarded: Store) -> None:
    async with at_the_door(guarded.path, "admin01") as person:
        await give(person, OURS)
        await person.open_account("SV000001")
        await person.press("e", "X", "f12")
        person.does_not_see("Alvarez", "SV000001", "212", "Edit", "Last name")
        await person.press("escape", "f2", "ctrl+p", "ctrl+d", "f1", "ctrl+s")
        assert isinstance(person.app.screen, SignInScreen)
        await give(person, "not the right words")
        assert isinstance(person.app.screen, SignInScreen)
        await give(person, OURS)
        person.sees("Edit SV000001", "Last name")
        assert any("X" in field.value for field in person.app.screen.query(Input))


async def test_somebody_else_at_the_lock_begins_anew(kim: Welcome, guarded: Store, admin: Desk) -> None:
    kims = open_desk(guarded, "kim", clock=lambda: NOW)
    choose_passphrase(kims, THEIRS, kim.temporary_passphrase)
    async with at_the_door(guarded.path, "admin01") as person:
        await give(person, OURS)
        await person.type("alv")
        await person.press("enter", "f12")
        person.app.screen.query_one("#door-name", Input).value = "kim"
        await give(person, THEIRS)
        assert isinstance(person.app.screen, HomeScreen)
        assert len(person.app.screen_stack) == 1
        person.sees("kim · agent")
        person.does_not_see("alv", "Maria")


async def test_the_console_locks_itself_when_nobody_presses_a_key(
    console: Console, guarded: Store, admin: Desk
) -> None:
    set_rule(admin, IDLE_RULE, "5")
    now = [NOW]
    async with console(open_desk(guarded, "admin01", clock=lambda: now[0])) as person:
        await person.press("tab")
        for minutes, locked in ((4.9, False), (5, True)):
            now[0] = NOW + timedelta(minutes=minutes)
            person.app.look_at_clock()
            await person.rest()
            assert isinstance(person.app.screen, SignInScreen) is locked


async def test_a_clock_that_is_set_back_locks_nobody_out_and_nothing_open_for_ever(
    console: Console, guarded: Store
) -> None:
    now = [NOW]
    async with console(open_desk(guarded, "admin01", clock=lambda: now[0])) as person:
        await person.press("tab")
        now[0] = NOW - timedelta(hours=3)
        person.app.look_at_clock()
        await person.rest()
        assert not isinstance(person.app.screen, SignInScreen)
        now[0] += timedelta(minutes=15)
        person.app.look_at_clock()
        await person.rest()
        assert isinstance(person.app.screen, SignInScreen)


async def test_who_is_locked_out_meanwhile_stands_before_the_lock(console: Console, desk: Desk, admin: Desk) -> None:
    async with console(desk) as person:
        lock_agent(admin, "agent07")
        person.app.check_seat()
        await person.rest()
        assert isinstance(person.app.screen, SignInScreen)
        await person.press("enter")
        assert isinstance(person.app.screen, SignInScreen)


async def test_a_store_without_passphrases_opens_and_says_so(console: Console, desk: Desk) -> None:
    async with console(desk, LARGE) as person:
        person.sees("Nobody signs in here", "careline agent passphrase")
        await person.press("f12")
        person.sees("Locked. agent07 sits here")
        await person.press("enter")
        person.sees("Recently opened")
        await person.press("ctrl+d")
        person.does_not_see("Sit down as")
