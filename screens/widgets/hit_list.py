"""The list of hits, drawn line by line so that a keystroke never waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from data.text import harmless

if TYPE_CHECKING:
    from data.search import Hit

MDN_WIDTH = 12  # 212-555-0143: a number is shown whole or not at all
ACCOUNT_WIDTH = 12
STATUS_WIDTH = 11


class HitList(ScrollView, can_focus=True):
    """Hits, one a line: name, phone, account, status, why it matched; the matched part is marked."""

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

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Opened(Message):
        """The person opened a hit. `account`: its number."""

        account: str

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Hit, ...] = ()

    @property
    def chosen(self) -> Hit | None:
        """The hit under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show(self, hits: Sequence[Hit]) -> None:
        """Replaces the rows; the cursor goes to the first."""
        self.rows = tuple(hits)
        self.cursor = 0
        self.virtual_size = Size(self.size.width, len(self.rows))
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        width = self.size.width
        style = self.rich_style
        if index >= len(self.rows):
            return Strip.blank(width, style)
        if index == self.cursor:
            style = self.get_component_rich_style("hits--cursor")
        mark = self.get_component_rich_style("hits--mark", partial=True)
        why = self.get_component_rich_style("hits--why", partial=True)
        line = hit_line(self.rows[index], width, mark, why)
        segments = line.render(self.app.console)
        return Strip(Segment.apply_style(segments, style)).adjust_cell_length(width, style)

    def watch_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)
        self.refresh()

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

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < len(self.rows):
            self._move(index)
            self.action_open()


def hit_line(hit: Hit, width: int, mark: Style, why: Style) -> Text:
    """One hit as a line of `width` cells. The name gives way first; a number is never cut."""
    from data.identifiers import show_mdn

    wide = width >= 100
    reason_width = 34 if wide else 20
    fixed = MDN_WIDTH + ACCOUNT_WIDTH + STATUS_WIDTH + reason_width + 5
    name = _cell(hit.name, max(12, width - fixed))
    for part in hit.marks:
        if part.field == "name":
            name.stylize(mark, part.start, part.end)
    phone = Text(show_mdn(hit.mdn) if hit.mdn else "")
    reason = hit.matched if not hit.detail else f"{hit.matched}: {hit.detail}"
    return Text(" ").join(
        [
            Text(""),
            name,
            _pad(phone, MDN_WIDTH),
            _pad(Text(harmless(hit.account)), ACCOUNT_WIDTH),
            _pad(Text(hit.status), STATUS_WIDTH),
            _restyled(_cell(reason, reason_width), why),
        ]
    )


def _cell(text: str, width: int) -> Text:
    cell = Text(harmless(text), no_wrap=True)
    cell.truncate(width, overflow="ellipsis")
    return _pad(cell, width)


def _pad(text: Text, width: int) -> Text:
    text.pad_right(max(0, width - cell_len(text.plain)))
    return text


def _restyled(text: Text, style: Style) -> Text:
    text.stylize(style)
    return text
