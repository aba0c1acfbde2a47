"""Pictures of every workspace at both sizes: what changes on screen shows here before a person sees it.

Renew them after a change that is meant: `pytest tests/screens/test_pictures.py --snapshot-update`.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from console.app import CarelineApp
from console.settings import Settings
from data.demo import make_demo
from data.desk import Desk, open_desk
from data.store import open_store
from data.verification.queries import current_call
from screens.telephone import CallCame
from tests.builders import put_on_line
from tests.conftest import NOW
from tests.screens.conftest import LARGE, SMALL, Person

Compare = Callable[..., bool]
WITH_LIFELINE = "SV093001"

PICTURES = {
    "home": (),
    "finding": ("s", "m", "i", "t", "h"),
    "nobody": ("q", "q", "q", "q"),
    "account": ("@", "☎"),
    "masked": ("@",),
    "verify": ("@", "f3", "v", "enter"),
    "reveal": ("@", "V"),
    "services": ("@", "☎", "l"),
    "line": ("@", "☎", "l", "enter", "o"),
    "edit": ("@", "☎", "e"),
    "question": ("@", "☎", "e", "X", "escape"),
    "help": ("@", "question_mark"),
    "needs": ("tab", "down", "down", "enter"),
}


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo operator with 80 customers, the same in every run."""
    path = tmp_path_factory.mktemp("demo") / "demo.store"
    make_demo(path, customers=80, now=NOW).close()
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """agent07's desk at a demo of this test's own."""
    store = open_store(shutil.copy(demo_file, tmp_path / "demo.store"))
    yield open_desk(store, "agent07", clock=lambda: NOW, random=random.Random(7))
    store.close()


def pressing(keys: tuple[str, ...]) -> Callable[[Pilot[int]], object]:
    """Presses `keys`, waiting for rest after each; "@" opens an account, "☎" has its customer call, verified."""

    async def press(pilot: Pilot[int]) -> None:
        person = Person(pilot)
        await person.rest()
        for key in keys:
            if key == "@":
                await person.open_account(WITH_LIFELINE)
            elif key == "☎":
                put_on_line(person.app.desk, WITH_LIFELINE)
                person.app.post_message(CallCame(current_call(person.app.desk)))
                await person.rest()
            else:
                await person.press(key)
        for field in person.app.screen.query(Input):
            field.cursor_blink = False
            field._cursor_visible = True
        await person.rest()

    return press


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PICTURES)
def test_picture(snap_compare: Compare, demo: Desk, name: str, size: tuple[int, int]) -> None:
    app = CarelineApp(Settings(), desk=demo)
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=size, run_before=pressing(PICTURES[name]))


@pytest.mark.parametrize("theme", ["careline-light", "careline-contrast"])
def test_picture_of_each_look(snap_compare: Compare, demo: Desk, theme: str) -> None:
    app = CarelineApp(Settings(theme=theme), desk=demo)
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=LARGE, run_before=pressing(PICTURES["account"]))
