"""The parts that a screen is made of: as tall as what they hold.

Textual arranges a screen a second time whenever a part's virtual size has changed, in case a scrollbar came or went.
None of these scrolls, so they spare the screen that second round, and with it the second painting.
"""

from __future__ import annotations

from textual.containers import Container, Vertical
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Static


class Panel(Vertical):
    """A part of a screen under a title of its own."""

    DEFAULT_CLASSES = "panel"
    virtual_size = Reactive(Size(0, 0), repaint=False)


class Columns(Container):
    """Panels beside one another where there is room, else below one another."""

    DEFAULT_CLASSES = "columns"
    virtual_size = Reactive(Size(0, 0), repaint=False)


class Facts(Static):
    """Lines of facts; what comes from people or files is never taken for markup."""

    virtual_size = Reactive(Size(0, 0), repaint=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__("", id=id, classes=classes, markup=False)
