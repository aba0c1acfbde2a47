"""The terminal, byte by byte: anybody's text reaches it as text, and what is typed ahead of a screen is kept."""

from __future__ import annotations

import base64
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key
from textual.widgets import Input

from benchmarks.fuzz.hostile import ESCAPES, INVISIBLE, SORTS
from console.app import CarelineApp
from console.settings import Settings
from data.agents.own import choose_passphrase
from data.cases.actions import open_case
from data.desk import Desk
from data.verification.queries import current_call
from screens.sign_in import SignInScreen
from screens.telephone import CallCame
from tests.builders import add_customer, put_on_line
from tests.screens.conftest import Person

COMMANDS = "".join(f"{text}Z" for text in (*ESCAPES, *INVISIBLE, "\x1b]2;taken\x1b\\", "\x1b]52;c;dGFrZW4=\x07"))
OURS = re.compile(  # what Textual writes: colors, places, modes; the shape of the pointer; the clipboard
    r"\x1b\[[\d;]*[mH]|\x1b\[\?\d+[hl]|\x1b\[[<>]?\d*u|\x1b\[\?\d+\$p|\x1b\]22;[a-z-]*\x07|\x1b\]52;c;([\w+/=]*)\x07"
)
FIELDS = {
    "customer": ("first_name", "middle_name", "last_name", "street", "street2", "city"),
    "contact": ("value",),
    "care_case": ("subject",),
    "case_entry": ("text",),
    "agent": ("display_name",),
    "operator": ("name",),
}


class Terminal(HeadlessDriver):
    """Takes all that is written to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken: list[str] = []

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.taken.append(data)

    def flush(self) -> None: ...


def clipboards(terminal: Terminal) -> list[str]:
    """What was put on the clipboard, in turn."""
    found = re.findall(r"\x1b\]52;c;([\w+/=]*)\x07", "".join(terminal.taken))
    return [base64.b64decode(text).decode() for text in found]


def not_ours(terminal: Terminal) -> set[str]:
    """What was written and is neither a sequence of Textual's nor plain text."""
    left = OURS.sub("", "".join(terminal.taken))
    return {char for char in left if not char.isprintable() and char not in "\r\n"}


@pytest.fixture
def spoilt(desk: Desk) -> Desk:
    """A store in which another program wrote commands for the terminal, past every check."""
    add_customer(desk, "SV000001", first_name="Ana", last_name="Diaz", mdns=["2125550143"], emails=["a@b.example"])
    open_case(desk, "The bill is wrong", account="SV000001")
    with desk.store.writing() as session:
        for table, columns in FIELDS.items():
            for column in columns:
                session.connection().exec_driver_sql(f"UPDATE {table} SET {column} = ?", (f"Q{COMMANDS}{column}",))
    return desk


@pytest_asyncio.fixture
async def person(spoilt: Desk) -> AsyncIterator[Person]:
    """Somebody at a console that writes to a Terminal."""
    app = CarelineApp(Settings(), desk=spoilt, driver_class=Terminal)
    app.animation_level = "none"
    async with app.run_test(headless=False, size=(120, 40)) as pilot:
        person = Person(pilot)
        await person.rest()
        for field in app.screen.query(Input):
            field.cursor_blink = False
        yield person


async def verify(person: Person, desk: Desk) -> None:
    """Has the customer call, and be who they say, so that nothing of theirs is masked."""
    put_on_line(desk, "SV000001")
    person.app.post_message(CallCame(current_call(desk)))
    await person.rest()


def terminal_of(person: Person) -> Terminal:
    terminal = person.app._driver
    assert isinstance(terminal, Terminal)
    return terminal


async def test_no_text_of_anybodys_reaches_the_terminal_as_a_command(person: Person, spoilt: Desk) -> None:
    await verify(person, spoilt)
    await person.open_account("SV000001")
    await person.press("y")
    person.app.notify(COMMANDS, title=COMMANDS, markup=False)
    person.app.screen.say(COMMANDS)  # type: ignore[attr-defined]
    person.app.title = person.app.screen.sub_title = COMMANDS
    await person.rest()
    await person.press("c")
    await person.press("enter")
    terminal = terminal_of(person)
    assert type(person.app.screen).__name__ == "CaseScreen"
    assert "Q[2JZ" in "".join(terminal.taken)
    assert not_ours(terminal) == set()
    assert clipboards(terminal) == ["SV000001"]


async def test_what_is_copied_harms_no_shell_it_is_pasted_into(person: Person) -> None:
    texts = sorted({text for sort in SORTS for text in sort})
    for text in [*texts, COMMANDS]:
        person.app.copy_to_clipboard(text)
    taken = clipboards(terminal_of(person))
    assert len(taken) == len(texts) + 1
    assert [text for text in taken if not text.replace("\n", "").isprintable()] == []
    assert taken[texts.index("O'Brien")] == "O'Brien"
    person.app.copy_to_clipboard("one\r\ntwo\n")
    assert clipboards(terminal_of(person))[-1] == "one\ntwo\n"


async def test_what_is_copied_out_of_a_field_is_harmless_too(person: Person) -> None:
    box = person.app.screen.query_one("#search-box", Input)
    box.value = f"Q{COMMANDS}"
    box.focus()
    box.select_all()
    box.action_copy()
    await person.rest()
    (copied,) = clipboards(terminal_of(person))
    assert copied.startswith("Q")
    assert copied.replace("\n", "").isprintable()


async def test_the_bell_is_one_sign_and_nothing_else(person: Person) -> None:
    terminal = terminal_of(person)
    terminal.taken.clear()
    person.app.bell()
    assert terminal.taken == ["\x07"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
async def test_who_is_told_to_end_leaves_the_terminal_in_order(person: Person) -> None:
    assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    os.kill(os.getpid(), signal.SIGTERM)
    await person.pilot.pause()
    assert person.app.return_value == 128 + signal.SIGTERM


class Hasty(Terminal):
    """Somebody types "adm" before the first screen is there."""

    def start_application_mode(self) -> None:
        super().start_application_mode()
        for char in "adm":
            self.process_message(Key(char, char))


async def test_what_is_typed_before_the_first_screen_is_there_stands_in_the_search_box(desk: Desk) -> None:
    app = CarelineApp(Settings(), desk=desk, driver_class=Hasty)
    async with app.run_test(headless=False) as pilot:
        await Person(pilot).rest()
        assert app.screen.query_one("#search-box", Input).value == "adm"


async def test_what_is_typed_before_the_door_comes_is_meant_for_the_door(admin: Desk) -> None:
    choose_passphrase(admin, "seven quiet otters swim")
    app = CarelineApp(Settings(store=str(admin.store.path)), driver_class=Hasty)
    async with app.run_test(headless=False) as pilot:
        person = Person(pilot)
        while not isinstance(app.screen, SignInScreen):
            await person.rest()
        await person.type("in01")
        assert app.screen.query_one("#door-name", Input).value == "admin01"
        assert app.home.search.box.value == ""
