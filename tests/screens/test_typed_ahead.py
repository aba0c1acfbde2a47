"""What is typed while something is still being opened goes to it, and never acts on the screen that goes away."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.widgets import Input

import data.cases.case_file
import data.customers.account_file
import data.knowledge.queries
from data.cases.actions import open_case
from data.customers.actions import open_account
from data.desk import Desk
from data.errors import StoreTrouble
from data.verification.actions import end_call
from screens import patience
from screens.account import AccountScreen
from screens.article import ArticleScreen
from screens.case import CaseScreen
from screens.dialog import Question
from screens.edit import EditScreen
from screens.help import HelpScreen
from screens.home import HomeScreen
from screens.pending import PendingScreen
from screens.sign_in import SignInScreen
from screens.telephone import CallCame
from tests.builders import add_customer, put_on_line
from tests.screens.conftest import Console, Person
from tests.screens.gates import Gate, gated


@pytest.fixture
def people(desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", phones=["2125550143"])
    add_customer(desk, "SV000002", first_name="John", last_name="Smith")


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Holds back reading an account."""
    return gated(monkeypatch, data.customers.account_file, "account_file")


async def asked(person: Person, gate: Gate, *keys: str) -> None:
    """Presses keys until something is being read; the gate holds it."""
    gate.shut = True
    before = len(gate.calls)
    await person.pilot.press(*keys)
    while len(gate.calls) == before:
        await person.pilot.pause()


async def arrive(person: Person, gate: Gate, *keys: str) -> None:
    """Types on while it is being read, and then it comes."""
    await person.pilot.press(*keys)
    gate.let_go()
    await person.rest()


@pytest.mark.usefixtures("people")
async def test_keys_typed_while_a_hit_is_read_go_to_it(console: Console, reading: Gate) -> None:
    async with console() as person:
        await person.press(*"alvarez")
        await asked(person, reading, "enter")
        await arrive(person, reading, "e", "x")
        assert isinstance(person.app.screen, EditScreen)
        person.sees("Edit SV000001", "First name x")
        assert person.app.home.search.box.value == "alvarez"


@pytest.mark.usefixtures("people")
async def test_a_call_begun_while_an_account_is_read_has_it_on_it(console: Console, reading: Gate) -> None:
    async with console() as person:
        await person.press(*"alvarez")
        await asked(person, reading, "enter")
        await arrive(person, reading, "f3")
        assert person.app.call is not None
        assert person.app.call.account == "SV000001"


@pytest.mark.usefixtures("people")
async def test_esc_calls_the_opening_off_and_what_was_typed_for_it(console: Console, reading: Gate) -> None:
    async with console() as person:
        await person.press(*"alvarez")
        await asked(person, reading, "enter")
        await arrive(person, reading, "e", "escape")
        assert isinstance(person.app.screen, HomeScreen)
        assert person.app.screen.search.box.value == "alvarez"
        await person.press("enter")
        assert isinstance(person.app.screen, AccountScreen)


@pytest.mark.usefixtures("people")
async def test_what_was_typed_for_an_account_that_cannot_be_read_does_nothing(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise StoreTrouble("The store is busy.", "Try again in a moment.")

    case = open_case(desk, "Promised $400", account="SV000001").number
    async with console() as person:
        person.app.screen.open_case(case)
        await person.rest()
        monkeypatch.setattr(data.customers.account_file, "account_file", fail)
        reading = gated(monkeypatch, data.customers.account_file, "account_file")
        await asked(person, reading, "a")
        await arrive(person, reading, "n")
        assert isinstance(person.app.screen, CaseScreen)
        person.sees("The store is busy.")


@pytest.mark.usefixtures("people")
async def test_the_lock_waits_for_nothing_and_nothing_opens_over_it(console: Console, reading: Gate) -> None:
    async with console() as person:
        await person.press(*"alvarez")
        await asked(person, reading, "enter")
        await arrive(person, reading, "f12")
        assert isinstance(person.app.screen, SignInScreen)
        person.does_not_see("Alvarez")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("key", "name"), [("right_square_bracket", "Maria"), ("escape", "Maria")])
async def test_keys_on_the_way_to_another_account_go_to_that_one(
    console: Console, desk: Desk, reading: Gate, key: str, name: str
) -> None:
    for number in ("SV000001", "SV000002"):
        open_account(desk, number)
    async with console() as person:
        await person.open_account("SV000001")
        await person.open_account("SV000002")
        await asked(person, reading, key)
        await arrive(person, reading, "e")
        assert isinstance(person.app.screen, EditScreen)
        person.sees(name)


@pytest.mark.usefixtures("people")
async def test_a_way_back_that_was_called_off_is_still_there(console: Console, reading: Gate) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        await person.open_account("SV000002")
        await asked(person, reading, "escape")
        await arrive(person, reading, "escape")
        person.sees("John Smith")
        await person.press("escape")
        person.sees("Maria Alvarez")


async def test_a_note_typed_on_the_way_back_is_for_the_case_that_one_comes_to(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (open_case(desk, subject).number for subject in ("Promised $400", "Bill too high"))
    async with console() as person:
        person.app.screen.open_case(first)
        await person.rest()
        person.app.screen.open_case(second)
        await person.rest()
        gate = gated(monkeypatch, data.cases.case_file, "case_file")
        await asked(person, gate, "escape")
        await arrive(person, gate, "n", "x")
        under = person.app.screen_stack[-2]
        assert isinstance(under, CaseScreen)
        assert under.number == first
        assert person.app.unsaved_work()


@pytest.mark.usefixtures("people")
async def test_keys_typed_before_the_dashboard_or_an_article_is_there_go_to_it(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        gate = gated(monkeypatch, PendingScreen, "gather")
        await asked(person, gate, "d")
        await arrive(person, gate, "question_mark")
        person.sees("Every case, task, mention")
        await person.press("escape")
        assert isinstance(person.app.screen, PendingScreen)
        await person.press("escape")
        gate = gated(monkeypatch, data.knowledge.queries, "article_about")
        await asked(person, gate, "h")
        await arrive(person, gate, "e")
        assert isinstance(person.app.screen, ArticleScreen | AccountScreen)


@pytest.mark.usefixtures("people")
async def test_who_waits_for_an_account_is_told_that_it_goes_on(
    console: Console, reading: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.001)
    async with console() as person:
        await person.press(*"alvarez")
        await asked(person, reading, "enter")
        while "Not done yet" not in person.screen_text:
            await person.pilot.pause()
        reading.let_go()
        await person.rest()
        person.sees("Maria Alvarez")
        await person.press("escape")
        person.does_not_see("Not done yet")


@pytest.mark.usefixtures("people")
async def test_an_account_read_while_the_caller_was_verified_is_masked_when_the_call_ended_meanwhile(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_line(desk, "SV000001")
    read = data.customers.account_file.account_file
    async with console() as person:

        def end_behind(*args: Any) -> Any:
            file = read(*args)
            monkeypatch.setattr(data.customers.account_file, "account_file", read)
            end_call(desk)
            person.app.call_from_thread(person.app.on_call_came, CallCame(None))
            return file

        monkeypatch.setattr(data.customers.account_file, "account_file", end_behind)
        await person.open_account("SV000001")
        person.sees("no call", "Maria Alvarez")
        person.does_not_see("212-555-0143")
        account = person.app.screen
        assert isinstance(account, AccountScreen)
        assert account.masked


@pytest.mark.usefixtures("people")
async def test_a_key_that_comes_before_the_place_has_its_parts_waits(console: Console) -> None:
    async with console() as person:
        going = person.app.set_out(person.app.screen)
        going.there = True
        person.app.push_screen(PendingScreen())
        await person.app.on_event(events.Key("question_mark", "?"))  # the screen has not even its box yet
        assert [one.key for one in going.typed] == ["question_mark"]
        person.app.end_going(going)
        await person.rest()
        assert isinstance(person.app.screen, HelpScreen)


@pytest.mark.usefixtures("people")
async def test_enter_while_a_form_is_saved_goes_nowhere(console: Console) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        await person.press("C", "x")
        form = person.app.screen
        form.query_one("#form").disabled = True  # as while it is saved
        form.post_message(Input.Submitted(form.query_one(Input), "x"))
        await person.rest()
        assert person.app.screen is form


@pytest.mark.usefixtures("people")
async def test_a_question_that_is_answered_twice_before_it_is_gone_was_answered_once(console: Console) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        answers: list[bool | None] = []
        person.app.push_screen(Question("Really?", safe="No", go_on="Yes"), answers.append)
        await person.rest()
        question = person.app.screen
        question.action_go_on()
        question.action_go_on()
        await person.rest()
        assert answers == [True]
        assert isinstance(person.app.screen, AccountScreen)


@pytest.mark.usefixtures("people")
async def test_an_answer_that_comes_behind_another_screen_does_not_close_that_one(console: Console) -> None:
    async with console() as person:
        await person.open_account("SV000001")
        answers: list[bool | None] = []
        question = Question("Really?", safe="No", go_on="Yes")
        person.app.push_screen(question, answers.append)
        await person.rest()
        await person.press("f12")
        question.action_go_on()
        await person.rest()
        assert isinstance(person.app.screen, SignInScreen)
        await person.press("enter")
        assert answers == [True]
        assert isinstance(person.app.screen, AccountScreen)
