"""The list of hits, drawn line by line so that a keystroke never waits for it.

It keeps its own place instead of scrolling: what has no virtual size never makes the screen arrange itself anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.hit_rows import Look, hit_line
from screens.widgets.steady import steady

if TYPE_CHECKING:
    from data.search import Hit


class HitList(Widget, can_focus=True):
    """Hits, one a line: name, phone, account, status, why it matched, city; the matched part is marked."""

    HELP: ClassVar[str] = "What was found, the likeliest first. The last column says why each one is here."
    COMPONENT_CLASSES: ClassVar[set[str]] = {"hits--cursor", "hits--mark", "hits--why"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="hit.open", tooltip="Open the chosen account"),
        Binding("down,j", "down", "Next", show=False, tooltip="Choose the next hit"),
        Binding("up,k", "up", "Previous", show=False, tooltip="Choose the previous hit"),
        Binding("home,g", "first", "First", show=False, tooltip="Choose the first hit"),
        Binding("end,G", "last", "Last", show=False, tooltip="Choose the last hit"),
        Binding("pagedown", "page_down", show=False, tooltip="A page further"),
        Binding("pageup", "page_up", show=False, tooltip="A page back"),
    ]

    virtual_size = steady()
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Opened(Message):
        """The person opened a hit. `account`: its number."""

        account: str

    @dataclass
    class Moved(Message):
        """Another hit is chosen. `account`: its number, "" for none."""

        account: str

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, HitList.Moved)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Hit, ...] = ()
        self._top = 0
        self._looks: dict[bool, Look] = {}

    @property
    def chosen(self) -> Hit | None:
        """The hit under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show(self, hits: Sequence[Hit]) -> None:
        """Replaces the rows; the cursor goes to the first."""
        self.rows = tuple(hits)
        self.cursor = self._top = 0
        self.refresh()
        self._tell_chosen()

    def render_lines(self, crop: Region) -> list[Strip]:
        mark, why = (self.get_component_rich_style(f"hits--{name}", partial=True) for name in ("mark", "why"))
        row, chosen = self.rich_style, self.get_component_rich_style("hits--cursor")
        self._looks = {on: Look(base, base + mark, base + why) for on, base in ((False, row), (True, chosen))}
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        index, width = self._top + y, self.size.width
        if index >= len(self.rows):
            return Strip.blank(width, self._looks[False].row)
        segments = hit_line(self.rows[index], width, self._looks[index == self.cursor])
        return Strip(segments).adjust_cell_length(width, self._looks[index == self.cursor].row)

    def _tell_chosen(self) -> None:
        self.post_message(self.Moved(self.chosen.account if self.chosen else ""))

    def watch_cursor(self) -> None:
        self.on_resize()
        self._tell_chosen()

    def on_resize(self) -> None:
        """Keeps the chosen hit in sight."""
        self._top = max(self.cursor - max(1, self.size.height) + 1, min(self._top, self.cursor))

    def _move(self, to: int) -> None:
        self.cursor = max(0, min(to, len(self.rows) - 1))

    def action_down(self) -> None:
        self._move(self.cursor + 1)

    def action_up(self) -> None:
        self._move(self.cursor - 1)

    def action_page_down(self) -> None:
        self._move(self.cursor + max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        self._move(self.cursor - max(1, self.size.height - 1))

    def action_first(self) -> None:
        self._move(0)

    def action_last(self) -> None:
        self._move(len(self.rows) - 1)

    def action_open(self) -> None:
        if self.chosen:
            self.post_message(self.Opened(self.chosen.account))

    def on_mouse_scroll_down(self) -> None:
        self.action_down()

    def on_mouse_scroll_up(self) -> None:
        self.action_up()

    def on_click(self, event: events.Click) -> None:
        index = self._top + event.y
        if index < len(self.rows):
            self._move(index)
            self.action_open()
