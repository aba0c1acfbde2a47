"""Editing an account by keyboard: saved, turned down, left, and saved by two at once."""

from __future__ import annotations

import pytest

from data.customers.actions import edit_customer
from data.customers.queries import account
from data.customers.rules import CustomerEdit
from data.desk import Desk
from screens.account import AccountScreen
from screens.dialog import Question
from screens.edit import EditScreen
from screens.versions import Versions
from tests.builders import add_customer, put_on_line
from tests.screens.conftest import Console, Person


@pytest.fixture
def maria(desk: Desk) -> str:
    """Maria Alvarez's account; she is on the line."""
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", city="Yonkers", state="NY", zip="10701")
    put_on_line(desk, "SV000001")
    return "SV000001"


async def test_an_edit_is_saved_and_told(console: Console, desk: Desk, maria: str) -> None:
    async with console() as person:
        await person.open_account(maria)
        await person.press("e", "down", "down")
        await person.type("Alvarez-Ruiz")
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, AccountScreen)
        person.sees("✓ Saved: last name.", "Maria Alvarez-Ruiz", "Customer edited: last name")
    assert account(desk, maria).customer.last_name == "Alvarez-Ruiz"


async def test_a_field_that_cannot_be_says_why_and_nothing_is_lost(console: Console, desk: Desk, maria: str) -> None:
    async with console() as person:
        await person.open_account(maria)
        await person.press("e")
        person.app.screen.query_one("#zip").focus()
        await person.type("1070")
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, EditScreen)
        person.sees("Nothing is saved yet", "is not a ZIP")
        assert person.app.focused.id == "zip"
    assert account(desk, maria).customer.address.zip == "10701"


async def test_a_reason_alone_changes_nothing(console: Console, desk: Desk) -> None:
    add_customer(desk, "SV000002", first_name="Ben", last_name="Cho")
    async with console() as person:
        await person.open_account("SV000002")
        await person.press("e")
        person.app.screen.query_one("#why").focus()
        await person.type("by letter")
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, AccountScreen)
        person.sees("Nothing was changed.")
        person.does_not_see("Customer edited")


async def test_leaving_with_changes_asks_and_the_safe_answer_keeps_editing(
    console: Console, desk: Desk, maria: str
) -> None:
    async with console() as person:
        await person.open_account(maria)
        await person.press("e")
        await person.type("Mary")
        await person.press("escape")
        assert isinstance(person.app.screen, Question)
        person.sees("You changed first name and have not saved.")
        await person.press("enter")
        assert isinstance(person.app.screen, EditScreen)
        await person.press("escape", "n")
        assert isinstance(person.app.screen, EditScreen)
        await person.press("escape", "right", "enter")
        assert isinstance(person.app.screen, AccountScreen)
        person.sees("nothing was changed")
        await person.press("e")
        await person.type("Mary")
        await person.press("escape", "y")
        assert isinstance(person.app.screen, AccountScreen)
    assert account(desk, maria).customer.first_name == "Maria"


async def test_a_save_of_other_fields_meanwhile_stands_beside_mine(
    console: Console, desk: Desk, admin: Desk, maria: str
) -> None:
    async with console() as person:
        await person.open_account(maria)
        await person.press("e")
        await person.type("Mary")
        edit_customer(admin, maria, 1, CustomerEdit(city="White Plains"), why="by letter")
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, AccountScreen)
        person.sees("✓ Saved: first name. admin01 changed city of this customer while you were editing.")
    customer = account(desk, maria).customer
    assert (customer.first_name, customer.address.city) == ("Mary", "White Plains")


async def open_both_versions(person: Person, admin: Desk, maria: str) -> None:
    """agent07 typed another first name and city; the administrator saved another city first."""
    await person.open_account(maria)
    await person.press("e")
    await person.type("Mary")
    person.app.screen.query_one("#city").value = "Albany"
    edit_customer(admin, maria, 1, CustomerEdit(city="White Plains"), why="by letter")
    await person.press("ctrl+s")
    assert isinstance(person.app.screen, Versions)
    person.sees("admin01 changed city", "○ theirs White Plains", "○ mine Albany")


@pytest.mark.parametrize(("key", "city"), [("m", "Albany"), ("t", "White Plains")])
async def test_of_two_versions_of_a_field_the_person_chooses(
    console: Console, desk: Desk, admin: Desk, maria: str, key: str, city: str
) -> None:
    async with console() as person:
        await open_both_versions(person, admin, maria)
        await person.press("ctrl+s")
        person.sees("Choose first which city stays.")
        await person.press(key, "ctrl+s")
        assert isinstance(person.app.screen, AccountScreen)
        person.sees("✓ Saved: first name")
    customer = account(desk, maria).customer
    assert (customer.first_name, customer.address.city) == ("Mary", city)


async def test_leaving_the_two_versions_keeps_both(console: Console, desk: Desk, admin: Desk, maria: str) -> None:
    async with console() as person:
        await open_both_versions(person, admin, maria)
        await person.press("escape")
        person.sees("Nothing of yours is saved yet", "Mary", "Albany")
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, Versions)
    assert account(desk, maria).customer.address.city == "White Plains"
