"""The door: nothing of the work shows before somebody signed in, chose a passphrase of their own, or joined."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Input

from console.app import CarelineApp
from console.settings import Settings
from data.agents.invitations import invite
from data.agents.staff import Welcome
from data.desk import Desk, open_desk
from data.store import Store
from screens.door import Door
from screens.sign_in import SignInScreen
from tests.agents.conftest import OURS
from tests.conftest import NOW
from tests.screens.conftest import LARGE, SMALL, keys_of
from tests.screens.door import THEIRS, at_the_door, give
from tests.screens.test_pictures import Compare, pressing


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
        await person.pilot.press("enter", *keys_of(OURS))
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
