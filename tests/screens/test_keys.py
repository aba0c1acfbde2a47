"""The keys: the document is what the bindings are, a person may change them, and none is bound twice in one place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from textual.binding import Binding

from console import keys
from console.app import CarelineApp
from console.settings import Settings
from data.desk import Desk
from screens.edit import EditScreen
from screens.help import HelpScreen
from tests.builders import add_customer
from tests.screens.conftest import Console, Person

KEPT_BY_TERMINALS = {"ctrl+z", "ctrl+c", "ctrl+backslash", "f11"}


def test_the_document_is_what_the_bindings_are() -> None:
    kept = Path(__file__).parent.parent.parent / "docs" / "keys.md"
    assert kept.read_text(encoding="utf-8") == keys.document(), "run `python -m console.keys > docs/keys.md`"


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
