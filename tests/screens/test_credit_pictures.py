"""Pictures of credits and complaints at both sizes.

Renew them after a change that is meant: `pytest tests/screens/test_credit_pictures.py --snapshot-update`.
"""

from __future__ import annotations

import random

import pytest

from console.app import CarelineApp
from console.settings import Settings
from data.desk import Desk, open_desk
from tests.conftest import NOW
from tests.screens.conftest import LARGE, SMALL
from tests.screens.test_pictures import Compare, demo, demo_file, pressing

__all__ = ["demo", "demo_file"]

AGENT, LEAD = "agent07", "lead03"
PICTURES = {
    "credit-form": (AGENT, ("@", "r", "tab", "tab", "3", "0", "0")),
    "credit": (LEAD, ("ctrl+l", "enter")),
    "deciding": (LEAD, ("ctrl+l",)),
    "review": (LEAD, ("ctrl+g", "enter")),
    "preview": (LEAD, ("ctrl+g", "enter", "s")),
    "report": (LEAD, ("ctrl+g", "t")),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PICTURES)
def test_picture(snap_compare: Compare, demo: Desk, name: str, size: tuple[int, int]) -> None:
    who, keys = PICTURES[name]
    app = CarelineApp(Settings(), desk=open_desk(demo.store, who, clock=lambda: NOW, random=random.Random(7)))
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=size, run_before=pressing(keys))
