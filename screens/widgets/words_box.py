"""A box for the words that narrow the list below it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class WordsBox(Input):
    """Down goes on to the list; the screen's `action_list` does that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.list", "To the list", tooltip="From the words to the list below"),
    ]
