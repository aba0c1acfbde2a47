"""Who works here, at the console: what those who lead are told of signing in, and what an administrator does."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from data.agents.access import request_access
from data.agents.recovery import make_recovery_code, recover
from data.agents.rules import Permission
from data.agents.signing_in import sign_in
from data.agents.staff import agents
from data.desk import Desk, open_desk
from data.errors import Refused
from data.store import Store
from screens.agents import AgentsScreen
from screens.once import Once
from tests.conftest import NOW
from tests.screens.conftest import LARGE, Console
from tests.screens.door import THEIRS


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


async def test_an_administrator_adds_locks_and_decides_by_keyboard(
    console: Console, guarded: Store, admin: Desk
) -> None:
    request_access(open_desk(guarded, "agent07", clock=lambda: NOW), Permission.SEND_MAIL, "for the flyers")
    async with console(admin) as person:
        person.sees("1 Access requests to decide")
        await person.press("ctrl+b", "a")
        assert isinstance(person.app.screen_stack[-2], AgentsScreen)
        person.put("lee")
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
