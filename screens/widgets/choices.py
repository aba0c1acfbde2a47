"""A list to choose from, drawn line by line so that it costs a screen no more than the lines one sees.

It keeps its own place instead of scrolling: what has no virtual size never makes the screen arrange itself anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from screens.widgets.steady import steady

MARGIN = 1  # cells beside a row; the right one shows how far down one is
TITLE = 2  # lines that a list's title takes above it
NOBODY = ""
OPEN = ("Open", "Open the chosen row")


class Choices(Widget, can_focus=True):
    """Rows of Content under keys. It keeps its place when its rows are read anew; empty, it takes no focus."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--row", "choices--cursor", "choices--thumb"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", OPEN[0], tooltip=OPEN[1]),
        Binding("down,j", "move(1)", "Next", show=False, tooltip="Choose the next row"),
        Binding("up,k", "move(-1)", "Previous", show=False, tooltip="Choose the previous row"),
        Binding("home,g", "first", "First", show=False, tooltip="Choose the first row"),
        Binding("end,G", "last", "Last", show=False, tooltip="Choose the last row"),
        Binding("pagedown", "page(1)", show=False, tooltip="A page further"),
        Binding("pageup", "page(-1)", show=False, tooltip="A page back"),
    ]

    opens: bool
    """Whether Enter does anything here; where it does not, its key is not shown."""
    marks_always = False
    """Whether the chosen row is marked even where the focus is elsewhere."""

    virtual_size = steady()
    cursor: reactive[int] = reactive(0)
    """The place of the chosen row, from 0."""

    @dataclass
    class Selected(Message):
        """The person opened a row of `choices`. `key`: the row's; `index`: its place from 0."""

        choices: Choices
        key: str
        index: int

        @property
        def control(self) -> Choices:
            """The list, for `@on(Choices.Selected, "#its-id")`."""
            return self.choices

    def __init__(self, *, does: tuple[str, str] | None = OPEN, id: str | None = None) -> None:
        """`does`: what Enter does with the chosen row, as the keys line and the help say it; None for nothing."""
        super().__init__(id=id)
        self.opens = does is not None
        if does and does != OPEN:
            told = Binding("enter", "select", does[0], tooltip=does[1])
            self._bindings.key_to_bindings["enter"] = [told]
        self.keys: tuple[str, ...] = ()
        self._rows: Sequence[Content] = ()
        self._lines: list[tuple[int, int]] = []  # for each line: its row, and which of the row's lines it is
        self._starts: list[int] = []  # each row's first line
        self._width = 0
        self._top = 0
        self._drawn: dict[tuple[int, bool], list[Strip]] = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "select" or self.opens

    @property
    def chosen(self) -> str | None:
        """The key of the row under the cursor."""
        return self.keys[self.cursor] if self.cursor < len(self.keys) else None

    def show(self, rows: Iterable[tuple[str, Content]], *, empty: str = NOBODY) -> None:
        """Replaces the rows with (key, what is shown); `empty` is said where there are none."""
        shown = tuple(rows)
        self.show_rows(tuple(key for key, _ in shown), tuple(content for _, content in shown), empty=empty)

    def show_rows(self, keys: tuple[str, ...], rows: Sequence[Content], *, empty: str) -> None:
        """Replaces the rows; the choice stays on the same key, or goes to what stood next to it."""
        place, tall = self._next_to(keys), len(self._lines)
        self.keys, self._rows = keys, rows
        if self.has_focus and not self.keys:
            self.screen.focus_next()  # while it still has its place among those that take the focus
        self.can_focus = bool(self.keys)
        if not self.keys and empty:
            self._rows = (Content.styled(empty, "$muted"),)
        self._arrange(self._width)
        self.cursor = self.keys.index(place) if place in self.keys else 0
        self._keep_in_view()
        self.refresh(layout=len(self._lines) != tall)

    def _next_to(self, keys: tuple[str, ...]) -> str | None:
        """The chosen row's key; where it is not among `keys` and the person is here, the next one's that is."""
        if self.chosen in keys or not self.is_attached or self.screen.focused is not self:
            return self.chosen
        around = (*self.keys[self.cursor :], *reversed(self.keys[: self.cursor]))
        return next((key for key in around if key in keys), None)

    def _arrange(self, width: int) -> None:
        """Finds the lines of every row at `width` cells."""
        self._width, self._drawn, self._lines, self._starts = width, {}, [], []
        for index, row in enumerate(self._rows):
            self._starts.append(len(self._lines))
            self._lines += [(index, line) for line in range(self._height_of(row, width - 2 * MARGIN))]

    def _height_of(self, row: Content, room: int) -> int:
        longest = max(map(len, row.plain.split("\n")))
        if room < 1 or (longest <= room and row.plain.isascii()):
            return row.plain.count("\n") + 1
        return row.get_height({}, room)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return max((row.get_optimal_width({}, container.width) for row in self._rows), default=0) + 2 * MARGIN

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        if width != self._width:
            self._arrange(width)
        return len(self._lines)

    def on_resize(self, event: events.Resize) -> None:
        before = self._width, self._top
        if event.size.width != self._width:
            self._arrange(event.size.width)
        self._keep_in_view()
        if (self._width, self._top) != before:
            self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._drawn = {}

    def render_line(self, y: int) -> Strip:
        place = self._top + y
        if place >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        index, line = self._lines[place]
        strips = self._row(index, (self.has_focus or self.marks_always) and index == self.cursor and bool(self.keys))
        strip = strips[line] if line < len(strips) else Strip.blank(self._width, self.rich_style)
        return self._with_thumb(strip, y) if len(self._lines) > self.size.height else strip

    def _row(self, index: int, on: bool) -> list[Strip]:
        """The lines of a row, `on` where the cursor is; drawn once."""
        strips = self._drawn.get((index, on))
        if strips is None:
            style = self.get_visual_style("choices--row", *(("choices--cursor",) if on else ()))
            row = self._rows[index]
            inner = self._width - 2 * MARGIN
            drawn = Visual.to_strips(self, row, inner, None, style, apply_selection=False) if inner > 0 else []
            strips = [strip.crop_pad(inner, MARGIN, MARGIN, style.rich_style) for strip in drawn]
            self._drawn[index, on] = strips
        return strips

    def _with_thumb(self, strip: Strip, y: int) -> Strip:
        """`strip` with the mark at its end that shows which part of the rows one sees."""
        height, total = self.size.height, len(self._lines)
        tall = max(1, height * height // total)
        begin = round((height - tall) * self._top / (total - height))
        if not begin <= y < begin + tall:
            return strip
        thumb = Segment("▐", self.get_component_rich_style("choices--thumb"))
        return Strip([*strip.crop(0, self._width - 1), thumb], self._width)

    def _keep_in_view(self) -> None:
        """Moves what one sees as little as shows the chosen row whole."""
        height = self.size.height
        if height and self._starts:
            start = self._starts[min(self.cursor, len(self._starts) - 1)]
            end = next((begin for begin in self._starts[self.cursor + 1 : self.cursor + 2]), len(self._lines))
            self._top = min(max(self._top, end - height), start)
        self._top = max(0, min(self._top, len(self._lines) - height))

    def watch_cursor(self) -> None:
        self._keep_in_view()
        self.refresh()

    def choose(self, key: str | None) -> None:
        """Moves to the row of that key; where there is none, it stays where it is."""
        if key in self.keys:
            self.cursor = self.keys.index(key)

    def action_select(self) -> None:
        if self.chosen is not None:
            self.post_message(self.Selected(self, self.chosen, self.cursor))

    def move(self, step: int) -> bool:
        """Chooses the row `step` further, or the last one before it; whether there is one."""
        before = self.cursor
        self.cursor = max(0, min(before + step, len(self.keys) - 1))
        return self.cursor != before

    def action_move(self, step: int) -> None:
        """At the end of the list the key goes to what stands around it, which scrolls."""
        if not self.move(step):
            raise SkipAction
        self.show_place()

    def action_first(self) -> None:
        self.cursor = 0
        self.show_place()

    def action_last(self) -> None:
        self.move(len(self.keys))
        self.show_place()

    def show_place(self) -> None:
        """Scrolls what stands around the list as little as shows the chosen row; the first one with its title."""
        around = next((one for one in self.ancestors if isinstance(one, Widget) and one.max_scroll_y), None)
        if around is None or not self.keys:
            return
        top = self.region.y + self._starts[self.cursor] - self._top
        bottom = top + self._height_of(self._rows[self.cursor], self._width - 2 * MARGIN)
        room = around.scrollable_content_region
        above = top - (0 if self.cursor else TITLE) - room.y
        below = bottom - room.bottom
        if above < 0 or below > 0:
            around.scroll_relative(y=above if above < 0 else min(below, above), animate=False)

    def action_page(self, step: int) -> None:
        """Move a page down or up. Where all rows are in sight, the key scrolls the page around them instead."""
        if len(self._lines) <= self.size.height:
            raise SkipAction
        line = self._starts[self.cursor] + step * max(1, self.size.height - 1)
        row, _ = self._lines[max(0, min(line, len(self._lines) - 1))]
        self.action_move(row - self.cursor or step)

    def on_click(self, event: events.Click) -> None:
        place = self._top + event.y
        if self.keys and place < len(self._lines):
            self.cursor = self._lines[place][0]
            self.action_select()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._roll(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._roll(event, -1)

    def _roll(self, event: events.MouseEvent, step: int) -> None:
        """Rolls the list where it has more than one sees; else the place around it rolls."""
        furthest = len(self._lines) - self.size.height
        if furthest > 0:
            event.stop()
            self._top = max(0, min(self._top + step, furthest))
            self.refresh()


class Answers(Choices):
    """A list of answers to a question: Enter gives the one that is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Choose", tooltip="Give the chosen answer"),
    ]
