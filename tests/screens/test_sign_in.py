"""The door and the lock: nothing of the work shows before somebody signed in, nor behind the lock."""

from __future__ import annotations

import random
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from textual.events import Key
from textual.widgets import Input

from console.app import CarelineApp
from console.settings import Settings
from data.agents import passphrases
from data.agents.access import request_access
from data.agents.invitations import invite
from data.agents.own import choose_passphrase
from data.agents.recovery import make_recovery_code, recover
from data.agents.rules import Permission
from data.agents.signing_in import sign_in
from data.agents.staff import Welcome, add_agent, agents, lock_agent
from data.desk import Desk, open_desk
from data.errors import Refused
from data.operators.actions import set_rule
from data.operators.rules import IDLE_RULE
from data.store import Store
from screens.agents import AgentsScreen
from screens.door import Door
from screens.home import HomeScreen
from screens.once import Once
from screens.sign_in import SignInScreen
from tests.builders import add_customer
from tests.conftest import NOW
from tests.screens.conftest import LARGE, SMALL, TYPED, Console, Person
from tests.screens.test_pictures import Compare, pressing

OURS, THEIRS = "seven quiet otters swim", "nine green lanterns hum"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def guarded(admin: Desk) -> Store:
    """A store where admin01 signs in with OURS, and Maria Alvarez is a customer."""
    add_customer(admin, "SV000001", first_name="Maria", last_name="Alvarez", mdns=["2125550143"])
    choose_passphrase(admin, OURS)
    return admin.store


@pytest.fixture
def kim(guarded: Store, admin: Desk) -> Welcome:
    """A new agent with a temporary passphrase."""
    return add_agent(admin, "kim")


@asynccontextmanager
async def at_the_door(where: Path, agent: str | None = None) -> AsyncIterator[Person]:
    app = CarelineApp(Settings(store=str(where), agent=agent))
    app.animation_level = "none"
    async with app.run_test(size=SMALL) as pilot:
        person = Person(pilot)
        while app.desk is None and not isinstance(app.screen, SignInScreen):
            await person.rest()
        yield person


async def give(person: Person, *texts: str) -> None:
    """Pastes into the fields one after the other, and goes on."""
    for text in texts:
        field = person.app.focused
        assert isinstance(field, Input)
        field.value = text
        await person.press("enter")


async def test_nobody_sees_anything_before_they_signed_in(guarded: Store) -> None:
    async with at_the_door(guarded.path) as person:
        person.sees("Sign in at Northline", "Name", "Passphrase")
        await person.press("slash", "ctrl+p", "f3", "f12", "ctrl+d", "escape")
        assert isinstance(person.app.screen, SignInScreen)
        person.does_not_see("Recently opened", "Find")
        await give(person, "admin01", "not the right words")
        person.sees("Name and passphrase do not fit")
        person.does_not_see("not the right words")
        assert person.app.desk is None
        await give(person, OURS)
        person.sees("Recently opened", "admin01 · administrator")


async def test_a_name_that_is_known_needs_the_passphrase_only(guarded: Store) -> None:
    async with at_the_door(guarded.path, "admin01") as person:
        await give(person, OURS)
        assert person.app.desk is not None


async def test_enter_waits_for_what_was_typed_before_it_however_fast(guarded: Store) -> None:
    async with at_the_door(guarded.path, "admin01") as person:
        for char in OURS:
            person.app.post_message(Key("space" if char == " " else char, char))
        person.app.post_message(Key("enter", "\r"))
        await person.rest()
        assert person.app.desk is not None


async def test_what_is_typed_while_a_passphrase_is_looked_at_is_the_next_try(
    guarded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = threading.Event()
    enter = Door.enter

    def slowly(*args: Any) -> Desk:
        looked_at.wait(30)
        return enter(*args)

    monkeypatch.setattr(Door, "enter", slowly)
    async with at_the_door(guarded.path, "admin01") as person:
        person.app.screen.query_one("#door-passphrase", Input).value = "not the right words"
        await person.pilot.press("enter", *(TYPED.get(char, char) for char in OURS))
        looked_at.set()
        await person.rest()
        person.sees("Name and passphrase do not fit")
        await person.press("enter")
        assert person.app.desk is not None


async def test_a_temporary_passphrase_is_changed_at_the_door(kim: Welcome, guarded: Store) -> None:
    async with at_the_door(guarded.path, "kim") as person:
        await give(person, kim.temporary_passphrase)
        person.sees("Your passphrase is a temporary one")
        await give(person, THEIRS, "something else")
        person.sees("not the same")
        await give(person, THEIRS, THEIRS)
        person.sees("kim · agent")


async def test_somebody_joins_with_a_code_at_the_door(guarded: Store, admin: Desk) -> None:
    code = invite(admin).code
    async with at_the_door(guarded.path) as person:
        await person.press("f2")
        person.sees("Join Northline")
        await give(person, code.lower(), "lee", THEIRS, THEIRS)
        person.sees("lee · agent")


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


async def test_a_lead_is_told_who_was_shut_out(console: Console, guarded: Store) -> None:
    now = [NOW]
    async with console(open_desk(guarded, "lead03", clock=lambda: now[0])) as person:
        now[0] = NOW + timedelta(minutes=1)
        for _ in range(5):
            with pytest.raises(Refused):
                sign_in(guarded, "admin01", "not the right words", now=now[0])
        person.app.check_seat()
        await person.rest()
        assert person.toasts == ["admin01: the way in is shut after 5 wrong passphrases."]
        await person.press("f5")
        person.sees("1 Agents shut out by wrong passphrases since yesterday")


async def test_who_leads_is_told_that_the_recovery_code_was_used(console: Console, guarded: Store, admin: Desk) -> None:
    code, yesterday = make_recovery_code(admin), NOW - timedelta(days=1)
    recover(guarded, code, None, THEIRS, now=yesterday, rng=random.Random(1))
    async with console(open_desk(guarded, "lead03", clock=lambda: NOW)) as person:
        (told,) = person.toasts
        assert told.startswith("admin01 got in by it (11-21) and chose a new passphrase.")
        person.sees("1 An administrator got in by the recovery code this week")
        person.app.check_seat()
        await person.rest()
        assert len(person.toasts) == 1


async def test_an_administrator_is_reminded_of_the_recovery_code_and_makes_it(
    console: Console, guarded: Store, admin: Desk
) -> None:
    async with console(admin, LARGE) as person:
        person.sees("1 Recovery code to make, for when the last administrator forgets")
        await person.press("ctrl+b")
        await person.press("c")
        await person.press("y")
        person.sees("Recovery code, for an administrator who forgot", "careline agent recover")
        await person.press("enter")
        await person.press("escape")
        person.does_not_see("Recovery code to make")


async def test_a_store_without_passphrases_opens_and_says_so(console: Console, desk: Desk) -> None:
    async with console(desk, LARGE) as person:
        person.sees("Nobody signs in here", "careline agent passphrase")
        await person.press("f12")
        person.sees("Locked. agent07 sits here")
        await person.press("enter")
        person.sees("Recently opened")
        await person.press("ctrl+d")
        person.does_not_see("Sit down as")


async def test_an_administrator_adds_locks_and_decides_by_keyboard(
    console: Console, guarded: Store, admin: Desk
) -> None:
    request_access(open_desk(guarded, "agent07", clock=lambda: NOW), Permission.SEND_MAIL, "for the flyers")
    async with console(admin) as person:
        person.sees("1 Access requests to decide")
        await person.press("ctrl+b", "a")
        assert isinstance(person.app.screen_stack[-2], AgentsScreen)
        person.app.focused.value = "lee"
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, Once)
        secret = person.app.screen.secret
        person.sees("Temporary passphrase of lee", secret)
        await person.press("enter")
        person.does_not_see(secret)
        await person.press("home", "down", "x")
        person.sees("agent07 is locked out.")
        await person.press("x")
        person.sees("agent07 may sign in again.")
        person.app.screen.requests.focus()
        await person.press("enter", "enter")
        person.sees("agent07 may send mail from now on.", "Nobody asks for anything.")
    assert [one.granted for one in agents(admin) if one.name == "agent07"] == [(Permission.SEND_MAIL,)]


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", ["lock", "agents"])
def test_picture(snap_compare: Compare, demo_desk: Desk, name: str, size: tuple[int, int]) -> None:
    keys = {"lock": ("f12",), "agents": ("ctrl+b",)}[name]
    app = CarelineApp(Settings(), desk=open_desk(demo_desk.store, "admin01", clock=lambda: NOW))
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=size, run_before=pressing(keys))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_picture_of_the_door(snap_compare: Compare, guarded: Store, size: tuple[int, int]) -> None:
    app = CarelineApp(Settings(store=str(guarded.path)))
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=size, run_before=pressing(()))
