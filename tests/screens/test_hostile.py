"""Hostile stores and hostile typing, the short form: nothing crashes, nothing on the screen commands the terminal.

The long form is `python -m benchmarks.fuzz`.
"""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from sqlmodel import select
from textual.color import Color

from benchmarks.fuzz.hostile import FORMULAS, storable
from benchmarks.fuzz.monkey import Findings, look, roam
from benchmarks.fuzz.spoiling import spoil
from console.app import CarelineApp
from console.command_line import run
from console.harmless import HARMLESS
from console.settings import Settings
from data.cases.exporting import as_csv
from data.cases.filters import CaseFilter, list_cases
from data.cases.tables import Case
from data.customers.queries import account
from data.customers.tables import Customer
from data.desk import Desk, open_desk
from data.store import Store
from data.text import MARKS_IN_A_ROW
from data.verification.actions import end_call
from data.verification.queries import current_call
from screens.dialog import Question
from screens.edit import EditScreen
from screens.form import Field, Form
from screens.menu import Menu
from screens.widgets.big import enlarged
from screens.widgets.board import Board
from screens.words import fact, fillable, hang
from tests.builders import add_customer, put_on_line
from tests.conftest import NOW
from tests.screens.conftest import LARGE, Console, Person


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A demo whose free text means harm, and whose first customer is the worst of them."""
    store, values = spoil(tmp_path_factory.mktemp("spoilt") / "spoilt.store", 5, customers=6, longest=20_000)
    assert values > 300
    return store


async def test_somebody_presses_everything_and_nothing_breaks(spoilt: Store) -> None:
    desk = open_desk(spoilt, "admin01", clock=lambda: NOW, random=random.Random(7))
    found = await roam(desk, random.Random(7), 60)
    assert found.wrong == []
    assert (found.inputs, len(found.screens) > 2) == (60, True)


async def test_an_account_and_its_cases_show_hostile_text_as_it_is(spoilt: Store) -> None:
    desk = open_desk(spoilt, "admin01", clock=lambda: NOW)
    if current_call(desk):  # whoever pressed everything before may have begun one
        end_call(desk)
    app = CarelineApp(Settings(), desk=desk)
    async with app.run_test(size=LARGE) as pilot:
        person, found = Person(pilot), Findings()
        await person.rest()
        await person.open_account("SV093001")
        look(app, found)
        assert found.wrong == []


@pytest.mark.parametrize(
    "words", ["account SV093001", "search a", "case list", "mail list", "audit show", "promo list"]
)
def test_no_command_prints_what_a_terminal_would_obey(
    spoilt: Store, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["--store", str(spoilt.path), "--agent", "admin01", *words.split()])
    printed = capsys.readouterr()
    assert printed.out
    assert all(line.isprintable() for line in (printed.out + printed.err).splitlines())


def test_no_list_for_a_spreadsheet_holds_a_formula(spoilt: Store, tmp_path: Path) -> None:

    with spoilt.writing() as session:
        for place, case in enumerate(session.exec(select(Case))):
            case.subject = FORMULAS[place % len(FORMULAS)]
            session.add(case)
    desk = open_desk(spoilt, "admin01", clock=lambda: NOW)
    rows = list(csv.reader(io.StringIO(as_csv(list_cases(desk, CaseFilter())))))
    cells = [cell.lstrip() for row in rows for cell in row]
    assert len(rows) > 3
    assert not [cell for cell in cells if cell.startswith(("=", "@", "＝", "+1-", "-2+"))]


@pytest.mark.parametrize("words", [["search", "\udcff"], ["account", "\udcff\x00"], ["case", "show", "\ud800"]])
def test_bytes_that_are_no_text_end_in_a_sentence(
    spoilt: Store, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--store", str(spoilt.path), *words]) in (1, 2)
    told = capsys.readouterr()
    assert "Careline made a mistake" not in told.err


def test_the_harm_repeats_for_a_seed() -> None:
    assert [storable(random.Random(3)) for _ in range(2)] == [storable(random.Random(3))] * 2


@pytest.mark.parametrize("width", [-5, 0, 1, 3])
def test_a_sentence_is_wrapped_however_narrow_the_terminal_is_drawn(width: int) -> None:
    assert hang("264 days left.", width).replace("\n", "").replace(" ", "") == "264daysleft."


@pytest.mark.parametrize(
    "text", ["日本 東京 " * 30, "漢字" * 60, "👩 says 漢字の名前漢字の名前 was promised"], ids=ascii
)
def test_signs_that_take_two_cells_are_wrapped_by_cells(text: str) -> None:
    hung = hang(text, 30, "Note: ", "      ").split("\n")
    told = fact("Reason", text, 10, 30).plain.split("\n")
    large = enlarged(text, 30, 90, letters=False).split("\n")
    assert max(map(cell_len, (*hung, *told, *large))) <= 30
    assert {line[:6] for line in hung[1:]} == {" " * 6}
    assert "".join("".join(hung[:1])[6:].split() + "".join(hung[1:]).split()) == "".join(text.split())


def test_a_board_keeps_its_columns_below_names_that_take_two_cells_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Board, "column", 20)
    board = Board()
    board.categories, board.rows, board.left = ("漢字の名前", "Plans"), (200,), {(0, 0): 1, (1, 0): 2}
    assert {cell_len(line) for line in board.render().plain.split("\n")} == {40}


@pytest.mark.parametrize(
    "text", ["👩\u200d👩\u200d👧\u200d👦 says", "a\x00b\nc\x0bd", "\u202edesrever\u2069", "e" + "\u0301" * 60 + "\x1b"]
)
def test_what_is_left_out_at_the_last_guard_leaves_the_line_as_wide_as_it_was(text: str) -> None:
    (shown,) = HARMLESS.apply([Segment(text)], Color(0, 0, 0))
    assert shown.text.isprintable()
    assert cell_len(shown.text) == cell_len(text)


def test_a_field_begins_with_one_line_that_could_have_been_typed() -> None:
    assert fillable({"name": " tab\there\r\nand\x00\u200b there "}) == {"name": "tab here  and there"}


async def test_what_another_program_wrote_is_no_change_of_ones_own(console: Console, desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    with desk.store.writing() as session:
        session.exec(select(Customer)).one().first_name = "Ma\nria \x00\t"
    put_on_line(desk, "SV000001")
    async with console() as person:
        await person.open(EditScreen(account(desk, "SV000001")))
        assert {cell_len(strip.text) for strip in person.app.screen._compositor.render_strips()} == {80}
        await person.press("escape")
        assert not isinstance(person.app.screen, (EditScreen, Question))


async def test_however_long_a_text_is_the_keys_are_in_sight(console: Console) -> None:
    async with console() as person:
        person.app.screen.say("W" * 5_000)
        await person.rest()
        person.sees("f1 Help")
        await person.open(Menu("W" * 5_000, [("a", "this one")]))
        person.sees("this one", "esc Leave")


async def test_no_sign_carries_more_marks_than_any_script_stacks(console: Console) -> None:
    piled = "Z" + "\u0301" * 60
    async with console() as person:
        person.app.screen.say(piled)
        for over in (
            Question(piled, safe="No", go_on="Yes"),
            Menu(piled, [("a", piled)]),
            Form(piled, [Field("a", "What", piled)], lambda desk, values: None),
        ):
            await person.open(over)
            assert "Z\u0301" in person.screen_text
            assert "\u0301" * (MARKS_IN_A_ROW + 1) not in person.screen_text
            person.app.pop_screen()
