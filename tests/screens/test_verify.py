"""Verifying who is on the line, by keyboard: the prompts in their order, and nothing told of what the account holds."""

from __future__ import annotations

from data.desk import Desk
from data.operators.tables import Operator
from data.verification.queries import current_call
from data.verification.rules import DEMO_PIN, Level, Method
from screens.telephone import EndCall
from screens.verify import Verify
from tests.screens.conftest import Console, Person
from tests.verification.calling import Messages
from tests.verification.conftest import six_digits


async def test_the_prompts_are_walked_by_keyboard(
    console: Console, desk: Desk, caller: str, messages: Messages
) -> None:
    async with console() as person:
        await person.open_account(caller)
        await person.press("f3", "v")
        assert isinstance(person.app.screen, Verify)
        person.sees("temporary PIN", "Tell the caller that you send six digits")
        await person.press("enter")
        person.sees("sent, holds until 10:10", "Ask the caller to read the six digits")
        await person.type(six_digits(messages()[-1]))
        await person.press("enter")
        person.sees("The caller is verified by temporary PIN.", "Still masked: birth date,")
        await person.press("down", "enter")
        await person.type(DEMO_PIN)
        await person.press("enter")
        person.sees("The caller is verified by PIN. Everything is open")
        await person.press("end", "enter")
        person.sees("Which four digits")
        await person.type("1234")
        await person.press("enter")
        person.sees("Which four digits", "That PIN is too easy to guess")
        for typed in ("5820", "5821"):
            await person.type(typed)
            await person.press("enter")
        person.sees("The two were not the same; nothing was kept.")
        for typed in ("5820", "5820"):
            await person.type(typed)
            await person.press("enter")
        person.sees("✓ The new PIN holds from now on.")
        person.does_not_see("5820")
        await person.press("escape")
        person.sees("☎ 00:00 Maria Alvarez · verified by PIN")
        assert current_call(desk).level is Level.PROVEN
        await person.press("f3")
        assert isinstance(person.app.screen, EndCall)
        await person.press("escape")
        assert current_call(desk) is not None
        await person.press("f3", "f3")
        person.sees("no call")
    assert current_call(desk) is None


async def test_what_a_caller_cannot_answer_is_passed_over_and_no_prompt_tells_what_the_account_holds(
    console: Console, desk: Desk, caller: str
) -> None:
    def dialog(person: Person) -> str:
        told = " ".join(str(widget.render()) for widget in person.app.screen.query("#verify *"))
        for private in ("5550143", "555-0143", "5550199", "Elm", "Yonkers", "example.com", "4901542"):
            assert private not in told
        return told

    async with console() as person:
        await person.open_account(caller)
        await person.press("f3", "v")
        dialog(person)
        await person.press("end", "enter")
        assert "Ask for the customer's own PIN of four digits" in dialog(person)
        person.sees("– temporary PIN")
        await person.type("111")
        await person.press("enter")
        assert "This did not count as a try." in dialog(person)
        await person.type("1111")
        await person.press("enter")
        assert "Tries left: 2." in dialog(person)
        await person.press("tab", "enter")
        assert "ring the number of record" in dialog(person)
        await person.press("end", "enter")
        person.sees("→ PIN", "Back to the temporary PIN")
        await person.press("tab", "enter")
        assert "ring the number of record" in dialog(person)
        await person.press("down", "enter")
        assert "The caller is verified by call-back" in dialog(person)
    assert current_call(desk).method is Method.CALL_BACK


async def test_who_never_had_an_account_is_verified_by_rq(console: Console, desk: Desk) -> None:
    async with console() as person:
        await person.press("f3", "escape", "v")
        person.sees("RQ verification: the caller never had an account", "Question 3", "^s Verify")
        await person.press("tab", "f", "tab", "tab", "f", "tab", "tab", "f", "ctrl+s")
        person.sees("verified by RQ, no account")
    assert current_call(desk).method is Method.RQ


async def test_in_a_demo_one_plays_the_customer_too(console: Console, desk: Desk, caller: str) -> None:
    with desk.store.writing() as session:
        session.get_one(Operator, 1).demo = True
    async with console() as person:
        await person.open_account(caller)
        await person.press("f3", "v")
        person.sees("→ link")
        await person.press("enter")
        person.sees("In this demo: open it as the customer")
        await person.press("enter")
        person.sees("The caller is verified by link.")


async def test_what_is_sent_once_more_is_told(console: Console, demo_desk: Desk, caller: str) -> None:
    async with console(at=demo_desk) as person:
        await person.press("f3")
        await person.open_account(caller)
        await person.press("v", "enter")
        person.sees("… link sent, holds until")
        person.does_not_see("once more;")
        await person.press("down", "down", "enter")
        person.sees("✓ Sent once more; only what was sent last counts.")
        person.app.screen.look()
        await person.rest()
        person.sees("✓ Sent once more; only what was sent last counts.")
