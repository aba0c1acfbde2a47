"""Somebody who presses everything, types and pastes hostile text everywhere, and looks at what is on the screen."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from benchmarks.fuzz.hostile import hostile
from console.app import CarelineApp
from console.settings import Settings
from data.desk import Desk
from screens.keys import working
from screens.workspace import Workspace

LONGEST_TYPED = 100_000  # characters pasted at once, now and then
EACH = 2  # inputs between two looks at the whole screen
SIZES = ((80, 24), (120, 40), (40, 12), (200, 50))
NEVER = {"app.quit", "quit", "app.command_palette", "command_palette"}
MOVES = (
    "tab",
    "shift+tab",
    "down",
    "up",
    "pagedown",
    "pageup",
    "home",
    "end",
    "left",
    "right",
    "enter",
    "enter",
    "escape",
)
COMMAND = re.compile(r"@click|app\.quit|screen\.dismiss")


@dataclass
class Findings:
    """What came of it. `inputs`: texts and keys given; `wrong`: what should not have been, in words."""

    inputs: int = 0
    looks: int = 0
    screens: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Findings) -> None:
        self.inputs += other.inputs
        self.looks += other.looks
        self.screens += other.screens
        self.wrong += other.wrong


async def roam(desk: Desk, rng: random.Random, inputs: int, *, demo: bool = True) -> Findings:
    """Sits at `desk` and gives the console so many inputs; a mistake of the console's own is raised."""
    found = Findings()
    app = CarelineApp(Settings(), desk=desk)
    app.animation_level = "none"
    async with app.run_test(size=rng.choice(SIZES)) as pilot:
        await _rest(pilot)
        for turn in range(inputs):
            await _one(pilot, rng, found)
            if turn % EACH == 0:
                look(app, found)
        await _rest(pilot)
        look(app, found)
        if not app.is_running:
            found.wrong.append("the console ended by itself")
    return found


async def _one(pilot: Pilot[int], rng: random.Random, found: Findings) -> None:
    """One input: a text where text is typed, or a key that works here."""
    app, screen = pilot.app, pilot.app.screen
    found.inputs += 1
    if rng.random() < 0.04 and isinstance(screen, Workspace) and app.desk is not None:
        screen.open_account(f"SV{93001 + rng.randrange(25):06d}")
        await _rest(pilot)
        return
    if isinstance(screen.focused, (Input, TextArea)) and rng.random() < 0.6:
        app.post_message(events.Paste(hostile(rng, longest=LONGEST_TYPED if rng.random() < 0.05 else 2_000)))
        await pilot.pause()
        return
    keys = list(_keys(screen))
    way = rng.random()
    if way < 0.45 and keys:
        await pilot.press(rng.choice(keys))
    elif way < 0.5:
        await pilot.press("slash", "escape") if rng.random() < 0.5 else await pilot.press("f2")
    else:
        await pilot.press(rng.choice(MOVES))
    if rng.random() < 0.3:
        await _rest(pilot)


def _keys(screen: Any) -> Iterator[str]:
    """The keys of everything that works here, as one presses them."""
    actions = {(one.action, one.node) for one in working(screen)}
    for key, active in screen.active_bindings.items():
        if (active.binding.action, active.node) in actions and active.binding.action.split("(")[0] not in NEVER:
            yield key


def look(app: Any, found: Findings) -> None:
    """Nothing on the screen or clipboard may command the terminal, turn its writing round, or act when clicked."""
    found.looks += 1
    screen = app.screen
    found.screens[type(screen).__name__] += 1
    if not app.clipboard.replace("\n", "").isprintable():
        found.wrong.append(f"{type(screen).__name__}: {app.clipboard!r} is on the clipboard")
    filters = [one for one in app.get_line_filters() if type(one).__name__ == "Harmless"]
    for strip in screen._compositor.render_strips():
        segments = list(strip)
        for one in filters:
            segments = one.apply(segments, screen.background_colors[1])
        for segment in segments:
            if not segment.text.isprintable():
                found.wrong.append(f"{type(screen).__name__}: {segment.text!r} would reach the terminal")
            meta = segment.style.meta if segment.style else {}
            if COMMAND.search(str(meta.get("@click", ""))):
                found.wrong.append(f"{type(screen).__name__}: a click on {segment.text!r} would do {meta['@click']}")


async def _rest(pilot: Pilot[int]) -> None:
    """Waits until the workers are done; those that never end, such as clocks, are not waited for."""
    await pilot.app.workers.wait_for_complete([one for one in pilot.app.workers if one.group != "clock"])
    await pilot.pause()
