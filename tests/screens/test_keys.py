"""The keys: the document is what the bindings are, a person may change them, and none is bound twice in one place."""

from __future__ import annotations

import inspect
import pkgutil
from collections import Counter
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import screens
from console import keys
from console.app import CarelineApp
from console.settings import Settings
from data.cases.actions import add_task, open_case
from data.desk import Desk
from screens.edit import EditScreen
from screens.help import HelpScreen
from screens.keys import working
from screens.mail import MailScreen
from screens.widgets.choices import Choices
from tests.builders import add_customer, put_on_line
from tests.screens.conftest import LARGE, Console, Person

KEPT_BY_TERMINALS = {"ctrl+z", "ctrl+c", "ctrl+backslash", "f11"}


def test_the_document_is_what_the_bindings_are() -> None:
    kept = Path(__file__).parent.parent.parent / "docs" / "keys.md"
    assert kept.read_text(encoding="utf-8") == keys.document(), "run `python -m console.keys > docs/keys.md`"


def test_every_place_that_binds_keys_is_in_the_document() -> None:
    modules = (import_module(one.name) for one in pkgutil.walk_packages(screens.__path__, "screens."))
    classes = {cls for module in modules for _, cls in inspect.getmembers(module, inspect.isclass)}
    own = {cls for cls in classes if cls.__module__.startswith("screens.") and vars(cls).get("BINDINGS")}
    assert {cls for cls in own if issubclass(cls, DOMNode)} <= {widget for _, widget in keys.PLACES}


@pytest.mark.parametrize("widget", [widget for _, widget in keys.PLACES])
def test_no_key_means_two_things_in_one_place(widget: type) -> None:
    bindings = [binding for binding in widget.BINDINGS if isinstance(binding, Binding)]
    bound = Counter(key for binding in bindings for key in binding.key.split(","))
    twice = {key for key, count in bound.items() if count > 1}
    one_for_each_operator = {"l", "f6"}
    assert twice <= one_for_each_operator
    assert not bound.keys() & KEPT_BY_TERMINALS


async def test_a_person_may_change_a_key(desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    app = CarelineApp(Settings(keys={"account.edit": "w"}), desk=desk)
    async with app.run_test() as pilot:
        person = Person(pilot)
        await person.rest()
        await person.open_account("SV000001")
        await person.press("e")
        assert not isinstance(app.screen, EditScreen)
        await person.press("w")
        assert isinstance(app.screen, EditScreen)


async def test_help_lies_over_a_form_too_and_what_was_typed_stays(console: Console, desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    async with console() as person:
        await person.open_account("SV000001")
        await person.press("C")
        await person.type("Why?")
        await person.press("f1")
        assert isinstance(person.app.screen, HelpScreen)
        person.sees("Esc leaves; nothing is done then.", "Do it")
        await person.press("escape")
        person.sees("Why?")


async def test_the_mouse_presses_a_key_of_the_line(console: Console, desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    async with console() as person:
        await person.open_account("SV000001")
        line = person.screen_text.splitlines()[-1]
        await person.pilot.click("KeysLine", offset=(line.index("Edit"), 0))
        await person.rest()
        assert isinstance(person.app.screen, EditScreen)


async def test_the_line_never_overflows_and_help_is_always_there(console: Console) -> None:
    for width in (30, 50, 80, 200):
        async with console(size=(width, 24)) as person:
            line = person.screen_text.splitlines()[-1]
            assert len(line) <= width
            assert line.rstrip().endswith("Help")


def line_of_keys(person: Person) -> str:
    """The keys that stand on the last line."""
    return person.screen_text.splitlines()[-1].strip()


async def test_keys_stand_in_the_order_in_which_a_place_tells_them(console: Console, desk: Desk, lead: Desk) -> None:
    async with console(at=lead) as person:
        await person.open(MailScreen())
        named = [one.name for one in working(person.app.screen) if one.rank == 0]
        assert named == ["Send now", "Try again", "Arrived", "All"]  # v is no longer where Verify was


async def test_to_verify_who_is_on_the_line_comes_first(console: Console, desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", birth_date=date(1961, 3, 14))
    async with console() as person:
        await person.open_account("SV000001")
        assert "Verify" not in line_of_keys(person)  # nobody is on the line
        await person.press("f3")
        assert line_of_keys(person).startswith("v Verify")
        put_on_line(desk, "SV000001")
        person.app.telephone.look()
        await person.rest()
        assert "Verify" not in line_of_keys(person)


async def test_enter_is_named_by_what_it_does_and_only_where_it_does_something(console: Console, desk: Desk) -> None:
    case = open_case(desk, "Promised $400").number
    add_task(desk, case, "Call the store")
    async with console() as person:
        person.app.screen.open_case(case)
        await person.rest()
        person.app.screen.query_one("#tasks", Choices).focus()
        await person.rest()
        assert line_of_keys(person).startswith("⏎ Tick off")
        await person.press("t")
        assert "⏎" not in line_of_keys(person)


async def test_the_help_tells_what_belongs_to_the_place_before_how_a_list_is_walked(
    console: Console, desk: Desk
) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    async with console(size=LARGE) as person:
        await person.open_account("SV000001")
        await person.press("question_mark")
        told = [told for _, told in person.app.screen.here]
        assert told.index("Open a case on this account.") < told.index("Choose the next row")
