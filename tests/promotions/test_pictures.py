"""Pictures of promotions, bills and eligibility at both sizes: what changes on screen shows here.

Renew them after a change that is meant: `pytest tests/promotions/test_pictures.py --snapshot-update`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from console.app import CarelineApp
from console.settings import Settings
from data.desk import Desk
from data.promotions.queries import line_id
from data.verification.actions import end_call
from data.verification.queries import current_call
from screens.bill import BillScreen
from screens.eligibility import EligibilityScreen
from screens.promotion import PromotionScreen
from screens.promotions import PromotionsScreen
from screens.workspace import Workspace
from tests.promotions.conftest import JOHN
from tests.screens.conftest import LARGE, SMALL, Person

Compare = Callable[..., bool]

PICTURES: dict[str, tuple[Callable[[Desk], Workspace], tuple[str, ...]]] = {
    "promotions": (lambda desk: PromotionsScreen(JOHN, text="expected $400"), ("enter",)),
    "promotion": (lambda desk: PromotionScreen("5020", JOHN, line_id(desk, JOHN, "5185550187")), ()),
    "bill": (lambda desk: BillScreen(JOHN), ("1", "2", "7", "full_stop", "4", "8", "enter")),
    "eligibility": (lambda desk: EligibilityScreen(JOHN), ()),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PICTURES)
def test_picture(snap_compare: Compare, demo: Desk, name: str, size: tuple[int, int]) -> None:
    make, keys = PICTURES[name]
    screen, call = make(demo), current_call(demo)
    assert call
    end_call(demo)
    app = CarelineApp(Settings(), desk=demo)
    app.animation_level = "none"

    async def press(pilot: Pilot[int]) -> None:
        person = Person(pilot)
        await person.rest()
        await person.take_call(demo, call)
        await person.open(screen)
        await person.press(*keys)
        for field in app.screen.query(Input):
            field.cursor_blink = False
            field._cursor_visible = True
        await person.rest()

    assert snap_compare(app, terminal_size=size, run_before=press)
