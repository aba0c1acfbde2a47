"""A line of text that costs no more than it must where it changes with every key."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from screens.widgets.steady import steady


class Told(Static):
    """A line that keeps its size, and is painted only where it says something else."""

    virtual_size = steady()

    def tell(self, sentence: str | Content) -> None:
        if sentence != self.content:
            self.update(sentence, layout=False)
