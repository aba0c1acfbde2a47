"""The last guard before the terminal: what somebody's text would have it do is taken out of every line."""

from __future__ import annotations

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from data.text import harmless


class Harmless(LineFilter):
    """No text of anybody's reaches the terminal as a command, and each line stays as wide as it was drawn.

    It does so also where one sign becomes several, as a family of emoji does without what joins it.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [segment if segment.control or segment.text.isprintable() else _shown(segment) for segment in segments]


def _shown(segment: Segment) -> Segment:
    return Segment(set_cell_size(harmless(segment.text), segment.cell_length), segment.style)


HARMLESS = Harmless()  # one for all: a line is kept as it went through this
