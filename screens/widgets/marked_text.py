"""A text to write in which parts are marked while one writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, cast

from rich.text import Text
from textual.widgets import TextArea
from textual.widgets.text_area import Document

Span = tuple[int, int]  # characters of the whole text, from and until


class MarkedText(TextArea):
    """A text area whose `mark`ed parts are underlined, in the color of an error."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"marked-text--mark"}

    def __init__(self, text: str, *, id: str) -> None:
        super().__init__(text, id=id, tab_behavior="focus")
        self._marks: tuple[Span, ...] = ()

    def mark(self, spans: Iterable[Span]) -> None:
        """Marks these parts, and no others any more."""
        marks = tuple(spans)
        if marks != self._marks:
            self._marks = marks
            self._line_cache.clear()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        begin = cast(Document, self.document).get_index_from_location((line_index, 0))
        style = self.get_component_rich_style("marked-text--mark", partial=True)
        for start, end in self._marks:
            if start < begin + len(line) and begin < end:
                line.stylize(style, max(0, start - begin), min(len(line), end - begin))
        return line
