"""A list to choose from, with the keys of every list: arrows, j k g G, Enter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Choices(OptionList):
    """Rows of Content under ids. It keeps its place when its rows are read anew; alone it takes no focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", tooltip="Open the chosen row"),
        Binding("j", "cursor_down", "Next", show=False, tooltip="Choose the next row"),
        Binding("k", "cursor_up", "Previous", show=False, tooltip="Choose the previous row"),
        Binding("g", "first", "First", show=False, tooltip="Choose the first row"),
        Binding("G", "last", "Last", show=False, tooltip="Choose the last row"),
    ]

    def show(self, rows: Iterable[tuple[str, Content]], *, empty: str = "") -> None:
        """Replaces the rows with (id, what is shown); `empty` is said where there are none."""
        place = self.chosen
        self.set_options([Option(content, id=key) for key, content in rows])
        self.can_focus = self.option_count > 0
        if not self.can_focus and empty:
            self.add_option(Option(Content.styled(empty, "$muted"), disabled=True))
        ids = [option.id for option in self.options]
        if place in ids:
            self.highlighted = ids.index(place)
        elif self.can_focus:
            self.highlighted = 0
        if self.has_focus and not self.can_focus:
            self.screen.focus_next()

    @property
    def chosen(self) -> str | None:
        """The id of the row under the cursor."""
        return self.highlighted_option.id if self.highlighted_option else None
