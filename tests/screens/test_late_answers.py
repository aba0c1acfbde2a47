"""A slow store answers late: nothing of one account shows under another, nothing is done twice, nothing is lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import data.customers.account_file
import data.customers.actions
import data.lifeline.actions
from data.customers.queries import account
from data.desk import Desk
from screens.account import AccountScreen
from screens.dialog import Question
from screens.edit import EditScreen
from screens.form import Form
from tests.builders import add_customer, put_on_line
from tests.screens.conftest import Console
from tests.screens.gates import gated


@pytest.fixture
def people(desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    add_customer(desk, "SV000002", first_name="John", last_name="Smith")


@pytest.mark.usefixtures("people")
async def test_an_account_read_late_does_not_replace_the_one_on_screen(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        gate = gated(monkeypatch, data.customers.account_file, "account_file")
        gate.shut = True
        await person.pilot.press("f5")
        while not gate.calls:
            await person.pilot.pause()
        person.app.screen.open_account("SV000002")
        while len(gate.calls) < 2 or "John Smith" not in person.screen_text:
            await person.pilot.pause()
        gate.let_go()
        await person.rest()
        person.sees("John Smith", "SV000002")
        person.does_not_see("Maria Alvarez")


@pytest.mark.usefixtures("people")
async def test_submitting_twice_submits_once(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        gate = gated(monkeypatch, data.lifeline.actions, "submit")
        gate.shut = True
        await person.pilot.press("s", "s", "s")
        gate.let_go()
        await person.rest()
        assert gate.calls == [("SV000001",)]
        person.sees("no Lifeline")
        await person.open_account("SV000002")
        person.does_not_see("no Lifeline")


@pytest.mark.usefixtures("people")
async def test_a_form_that_saves_is_saved_once_and_then_left(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_line(desk, "SV000001")
    async with console() as person:
        await person.open_account("SV000001")
        await person.press("e")
        await person.type("Mary")
        gate = gated(monkeypatch, data.customers.actions, "edit_customer")
        gate.shut = True
        await person.pilot.press("ctrl+s", "ctrl+s", "escape", "x", "f1")
        gate.let_go()
        await person.rest()
        assert len(gate.calls) == 1
        await person.press("escape")
        assert isinstance(person.app.screen, AccountScreen)
        person.sees("✓ Saved: first name.", "Mary Alvarez")
    assert account(desk, "SV000001").customer.first_name == "Mary"


@pytest.mark.usefixtures("people")
async def test_leaving_the_console_asks_about_what_is_not_saved(console: Console) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        await person.press("e")
        await person.type("Mary")
        await person.press("ctrl+q")
        assert isinstance(person.app.screen, Question)
        person.sees("Not saved yet: first name.")
        await person.press("enter")
        assert isinstance(person.app.screen, EditScreen)


@pytest.mark.usefixtures("people")
async def test_leaving_the_console_from_a_form_over_the_screen_asks_once(console: Console) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        await person.press("C", "x", "ctrl+q", "ctrl+q")
        person.sees("Not saved yet: New case on SV000001.")
        await person.press("enter")
        assert isinstance(person.app.screen, Form)


@pytest.mark.usefixtures("people")
async def test_reads_that_overlap_as_a_call_ends_come_to_an_end(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[threading.Event] = []
    read = data.customers.account_file.account_file

    def held(*args: Any) -> Any:
        begun.append(threading.Event())
        if len(begun) < 4:
            begun[-1].wait(30)
        return read(*args)

    async with console() as person:
        await person.open_account("SV000001")
        monkeypatch.setattr(data.customers.account_file, "account_file", held)
        for reads in (1, 2):  # the call begins, and ends before what it had read anew is there
            await person.pilot.press("f3")
            while len(begun) < reads:
                await person.pilot.pause()
        begun[0].set()
        while len(begun) < 3:  # it came late, so that all is read once more
            await person.pilot.pause()
        begun[1].set()
        begun[2].set()
        await person.rest()
        assert len(begun) == 3
