"""The parts that a screen is made of: as tall as what they hold, so that none of them scrolls."""

from __future__ import annotations

from textual.containers import Container, Vertical
from textual.widgets import Static

from screens.widgets.steady import steady


class Panel(Vertical):
    """A part of a screen under a title of its own."""

    DEFAULT_CLASSES = "panel"
    virtual_size = steady()


class Columns(Container):
    """Panels beside one another where there is room, else below one another."""

    DEFAULT_CLASSES = "columns"
    virtual_size = steady()


class Facts(Static):
    """Lines of facts; what comes from people or files is never taken for markup."""

    virtual_size = steady()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__("", id=id, classes=classes, markup=False)
