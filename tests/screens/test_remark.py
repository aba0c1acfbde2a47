"""The remarks composer: what does not belong in a remark is marked, and one is kept, copied or put into a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from data.cases.remarking import remarks_of
from data.desk import Desk
from screens.case import CaseScreen
from screens.dialog import Question
from screens.remark import RemarkScreen
from screens.widgets.marked_text import MarkedText
from tests.screens.conftest import Person


@pytest.fixture
async def composing(at_case: Person, desk: Desk, number: str) -> Person:
    await at_case.press("R")
    assert isinstance(at_case.app.screen, RemarkScreen)
    return at_case


def write(person: Person, text: str) -> None:
    person.app.screen.query_one(MarkedText).text = text


async def test_a_remark_begins_with_the_template_and_is_kept_and_copied(
    composing: Person, desk: Desk, number: str
) -> None:
    composing.sees("Customer asked about a promotion.", f"Ref. case {number}.", "of 500")
    await composing.press("f8", "down", "enter")
    composing.sees("Customer asked about the bill.")
    await composing.press("ctrl+s")
    assert isinstance(composing.app.screen, CaseScreen)
    composing.sees("✓ Kept with the case, and copied.")
    assert composing.app.clipboard.startswith("Customer asked about the bill.")
    [kept] = remarks_of(desk, number)
    assert kept.text == composing.app.clipboard


async def test_what_does_not_belong_is_marked_and_stays_only_with_a_reason(
    composing: Person, desk: Desk, number: str
) -> None:
    write(composing, "The PIN is 4821, of the locker.")
    await composing.rest()
    composing.sees("! This looks like a PIN or a passcode. “4821”", "Why it stays")
    marks = composing.app.screen.query_one(MarkedText).get_line(0).spans
    assert [(span.start, span.end) for span in marks] == [(11, 15)]
    await composing.press("ctrl+s")
    composing.sees("Mend the marked parts, or say why they stay.")
    assert remarks_of(desk, number) == ()
    await composing.press("tab")
    await composing.type("the locker's")
    await composing.press("ctrl+s")
    [kept] = remarks_of(desk, number)
    assert (kept.why, kept.overruled) == ("the locker's", ("pin",))
    await composing.press("R")
    composing.sees("Kept so far", "Kept although: the locker's")


async def test_a_remark_that_is_too_long_says_so_while_one_writes(composing: Person, desk: Desk, number: str) -> None:
    write(composing, "word " * 101)
    await composing.rest()
    composing.sees("! 505 of 500", "This is longer than a remark may be.")
    composing.does_not_see("Why it stays")
    await composing.press("ctrl+s")
    assert isinstance(composing.app.screen, RemarkScreen)
    assert remarks_of(desk, number) == ()


async def test_a_remark_goes_to_a_file_that_is_not_there_yet(
    composing: Person, desk: Desk, number: str, tmp_path: Path
) -> None:
    await composing.press("ctrl+o")
    path = tmp_path / "remark.txt"
    path.write_text("mine")
    composing.app.screen.query_one(Input).value = str(path)
    await composing.press("enter")
    composing.sees("There is already a file at")
    assert remarks_of(desk, number) == ()
    composing.app.screen.query_one(Input).value = str(tmp_path / "other.txt")
    await composing.press("enter")
    composing.sees("✓ Kept with the case, and written to")
    assert (tmp_path / "other.txt").read_text().startswith("Customer asked about a promotion.")


async def test_leaving_a_remark_that_was_begun_asks(composing: Person, desk: Desk, number: str) -> None:
    write(composing, "half a")
    await composing.rest()
    await composing.press("escape")
    assert isinstance(composing.app.screen, Question)
    await composing.press("enter")
    assert isinstance(composing.app.screen, RemarkScreen)
    await composing.press("escape", "right", "enter")
    composing.sees("Left the remark; nothing was kept.")
