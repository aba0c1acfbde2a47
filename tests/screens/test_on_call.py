"""An agent asks and a lead decides, each at their own console: within a second, and in forty keystrokes at most."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Static

from console.app import CarelineApp
from data.cases.queries import find_cases
from data.cases.rules import Status
from data.credits import actions
from data.credits.queries import credit, waiting_for_me
from data.credits.rules import CreditState
from data.desk import Desk, open_desk
from data.errors import CarelineError
from data.store import Store
from screens import on_call
from screens.case import CaseScreen
from screens.deciding import DecidingScreen
from screens.widgets.choices import Choices
from tests.builders import add_customer
from tests.conftest import NOW
from tests.credits.conftest import ask
from tests.screens.conftest import Console
from tests.screens.counting import Counting


async def at_the_leads_console(console: Console, lead: Desk) -> int:
    """The lead sees the request, opens what waits, and approves it; how many keys that took."""
    async with console(at=lead) as person:
        await person.until("▲ 1 to decide")
        keys = Counting(person)
        await keys.press("ctrl+l")
        person.sees("$300.00", "On Call Resolution", "promised", "asked by agent07")
        await keys.press("a")
        await person.type("fair")
        await keys.press("enter")
        person.sees("is approved", "Nothing waits for your word")
        return keys.keys


async def test_a_promised_credit_takes_forty_keystrokes_at_most(
    console: Console, desk: Desk, later_lead: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", state="NY")
    async with console() as person:
        keys = Counting(person)
        await person.type("alvarez")
        await keys.press("enter")
        await keys.press("C")
        await person.type("promise")
        await keys.press("ctrl+s")
        await keys.press("r", "tab", "3", "0", "0")
        person.sees("On Call Resolution: a lead decides in the moment", "which Northeast allows")
        await keys.press("tab")
        await person.type("promised")
        await keys.press("ctrl+s")
        person.sees("it waits for a lead to decide")
        keys.keys += await asyncio.create_task(at_the_leads_console(console, later_lead))
        await person.until("is approved by lead03: fair", "✓ approved")
        await keys.press("dollar_sign", "enter")
        await keys.press("A", "enter", "enter")
        person.sees("Drawn up and saved as", "Version 1", "drawn up")
        await keys.press("A", "down", "enter", "enter")
        person.sees("Version 1 of the Release Agreement is signed.")
        await keys.press("i", "right", "enter")
        person.sees("✓ Issued.", "✓ issued")
        await keys.press("escape", "escape")
        await keys.press("i")
        await person.type("on the next bill")
        await keys.press("enter")
        await person.type("none")
        await keys.press("enter")
        await keys.press("m", "G", "enter")
        await person.type("issued")
        await keys.press("enter")
        person.sees("× Closed")
        await keys.press("slash")
        await person.type("alvarez")
        await keys.press("enter", "c", "enter", "K")
        person.sees("Cloned from", "New")
    assert (tmp_path / "release-agreement-1-1.pdf").read_bytes().startswith(b"%PDF")
    assert credit(desk, 1).credit.state is CreditState.ISSUED
    assert [row.status for row in find_cases(desk, "SV000001")] == [Status.NEW, Status.CLOSED]
    assert keys.keys <= 40, keys.keys


async def test_a_lead_sees_what_comes_within_a_second_and_the_agent_what_became_of_it(
    console: Console, desk: Desk, later_lead: Desk, case: str
) -> None:
    assert on_call.EVERY <= 1.0
    async with console(at=later_lead) as person:
        await person.press("ctrl+l")
        person.sees("Nothing waits for your word")
        first = ask(desk, case, "300.00")
        await person.until("agent07 asks for $300.00 as an On Call Resolution", "▲ 1 to decide", "Promised in store")
        second = ask(desk, case, "250.00")
        await person.until("▲ 2 to decide")
        await person.until(f"With credit {second.id} it comes to $550.00 within 30 days: $500.00 or more")
        await person.press("x")
        person.sees("Deny", "Leave")
        person.does_not_see("Save")
        await person.press("enter")
        person.sees("Say why it is denied.")
        await person.type("no ground")
        await person.press("enter")
        person.sees("is denied", "▲ 1 to decide")
        assert credit(desk, first.id).credit.state is CreditState.DENIED
        await person.press("u")
        await person.until("Undone: the last step of credit 1.", "▲ 2 to decide")
    async with console() as person:
        await person.open(CaseScreen(case))
        actions.approve(later_lead, second.id, "Fair")
        await person.until("Credit 2 of $250.00 for Maria Alvarez is approved by lead03: Fair.", "✓ approved")


async def test_looking_ends_with_the_desk_and_is_not_for_those_who_neither_ask_nor_decide(
    console: Console, desk: Desk, store: Store
) -> None:
    async with console() as person:
        looks = person.app.on_call
        assert looks is not None and looks._timer is not None
        person.app.desk = None
        assert person.app.on_call is None
        assert looks._timer._task is None or looks._timer._task.done()
    async with console(at=open_desk(store, "trainer05", clock=lambda: NOW)) as person:
        assert person.app.on_call is not None and person.app.on_call._timer is None


async def test_a_mistake_in_what_goes_on_behind_the_work_is_told_and_not_passed_over(
    console: Console, lead: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(desk: Desk) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(CarelineApp, "mistake", lambda app, error: CarelineError(f"Our own {type(error).__name__}."))
    monkeypatch.setattr(on_call, "EVERY", 0.001)
    monkeypatch.setattr("data.credits.queries.waiting_for_me", break_down)
    monkeypatch.setattr("data.mail.queue.deliver", break_down)
    async with console(at=lead) as person:
        await person.until("Our own ZeroDivisionError.")
        person.app.send_mail()
        await person.rest()
        assert person.toasts == [
            "Credits are looked for no more. Our own ZeroDivisionError.",
            "Our own ZeroDivisionError.",
        ]


async def test_what_waits_is_for_leads(console: Console, desk: Desk, lead: Desk, case: str) -> None:
    ask(desk, case)
    async with console() as person:
        await person.press("ctrl+l")
        assert not isinstance(person.app.screen, DecidingScreen)
        person.sees("An agent may not decide about credits.")
        assert "to decide" not in str(person.app.screen.query_one(Static).content)
    assert len(waiting_for_me(lead)) == 1


async def test_home_leads_to_what_waits_for_a_lead(console: Console, desk: Desk, lead: Desk, case: str) -> None:
    async with console(at=lead) as person:
        ask(desk, case, "300.00")
        await person.until("1 to decide", "1 Credits to decide, with 1 On Call Resolution")
        await person.press("tab", "enter")
        assert isinstance(person.app.screen, DecidingScreen)


async def test_who_decided_about_one_goes_on_with_the_next(console: Console, desk: Desk, lead: Desk, case: str) -> None:
    for amount in ("201.00", "202.00", "203.00", "204.00"):
        ask(desk, case, amount)
    async with console(at=lead) as person:
        await person.press("ctrl+l", "down")
        choices = person.app.screen.focused
        assert isinstance(choices, Choices)
        before = choices.keys
        for left, keys in ((3, ("a", "ctrl+s")), (2, ("end", "a", "ctrl+s"))):
            await person.press(*keys)
            while len(choices.keys) > left:
                await person.pilot.pause(0.05)
            assert choices.chosen == before[2]
