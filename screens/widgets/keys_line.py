"""The keys line: those that matter here, as many as fit; it follows the focus and never overflows."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from screens.keys import Working, working

GAP = "  "
ALWAYS = 2  # the last keys, which are never left out


class KeysLine(Widget):
    """One line of key and name, from what works now; help is always the last."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[Any]) -> None:
        if self.app.screen is self.screen:  # a screen that nobody sees costs nothing
            self.refresh()

    def render(self) -> Content:
        return Content(GAP).join([part for _, part in self._parts()])

    def _parts(self) -> list[tuple[Working, Content]]:
        return fit([one for one in working(self.screen) if one.shown], self.size.width)

    async def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        left = 0
        for one, part in self._parts():
            if at and left <= at.x < left + part.cell_length:
                await self.app.run_action(one.action, one.node)
                return
            left += part.cell_length + len(GAP)


def fit(keys: list[Working], width: int) -> list[tuple[Working, Content]]:
    """As many of `keys` as `width` columns hold, whole; the way back and help always. What is off is dim.

    Where not all of this place fit, what is off gives way to what can be done.
    """
    parts = [
        Content.assemble((one.keys[0], "dim" if one.off else "$keys-key"), (f" {one.name}", "dim" if one.off else ""))
        for one in keys
    ]
    room = width + len(GAP)
    kept: set[int] = set()
    always = range(len(keys))[-ALWAYS:]
    others = sorted(range(len(keys))[:-ALWAYS], key=lambda place: (keys[place].rank > 0, keys[place].off, place))
    for place in (*always, *others):
        room -= parts[place].cell_length + len(GAP)
        if room < 0 and place not in always:
            break
        kept.add(place)
    return [(keys[place], parts[place]) for place in sorted(kept)]
