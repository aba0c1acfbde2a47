"""The keys line: those that matter here, as many as fit; it follows the focus and never overflows."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from screens.keys import Working, working

GAP = "  "


class KeysLine(Widget):
    """One line of key and name, from what works now; help is always the last."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[Any]) -> None:
        self.refresh()

    def render(self) -> Content:
        return fit([one for one in working(self.screen) if one.shown], self.size.width)


def fit(keys: list[Working], width: int) -> Content:
    """As many of `keys` as `width` columns hold, whole; the last one (help) always. What is off is dim."""
    if not keys:
        return Content("")
    *others, last = [
        Content.assemble((one.keys[0], "dim" if one.off else "$keys-key"), (f" {one.name}", "dim" if one.off else ""))
        for one in keys
    ]
    room = width - last.cell_length
    kept: list[Content] = []
    for part in others:
        room -= part.cell_length + len(GAP)
        if room < 0:
            break
        kept.append(part)
    return Content(GAP).join([*kept, last])
