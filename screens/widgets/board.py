"""The board of a class game: categories above, values below, what was played is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from screens.words import wrapped

if TYPE_CHECKING:
    from data.quiz.views import ClueView

HEAD = 3  # lines of a category's name at most
Place = tuple[int, int]  # column and row


class Board(Widget, can_focus=True):
    """Arrows choose a clue, Enter opens it."""

    HELP: ClassVar[str] = "Arrows choose a clue, Enter opens it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "Pick", id="board.pick", tooltip="Open the chosen clue"),
        Binding("left,h", "move(-1, 0)", show=False, tooltip="The category to the left"),
        Binding("right,l", "move(1, 0)", show=False, tooltip="The category to the right"),
        Binding("up,k", "move(0, -1)", show=False, tooltip="A cheaper clue"),
        Binding("down,j", "move(0, 1)", show=False, tooltip="A dearer clue"),
    ]

    at: reactive[Place] = reactive((0, 0))

    @dataclass
    class Picked(Message):
        """A clue that nobody played was opened."""

        clue: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.categories: tuple[str, ...] = ()
        self.rows: tuple[int, ...] = ()
        self.left: dict[Place, int] = {}

    def show(self, clues: Mapping[int, ClueView], left: tuple[int, ...]) -> None:
        """Shows the board of `clues`, of which `left` are still to be played."""
        self.categories = tuple(dict.fromkeys(view.clue.category for view in clues.values()))
        self.rows = tuple(sorted({view.clue.value for view in clues.values()}))
        self.left = {}
        for clue in reversed(left):
            one = clues[clue].clue
            self.left[self.categories.index(one.category), self.rows.index(one.value)] = clue
        if self.left and self.at not in self.left:
            column, row = self.at
            self.at = self._near(column, row) or min(self.left, key=lambda place: (abs(place[0] - column), place[1]))
        self.refresh()

    @property
    def column(self) -> int:
        """Cells of a column."""
        return max(4, self.size.width // max(1, len(self.categories)))

    @property
    def tall(self) -> int:
        """Lines of a row."""
        return max(1, min(5, (self.size.height - HEAD - 1) // max(1, len(self.rows))))

    @property
    def seen(self) -> range:
        """The rows that there is room for: those around the chosen one."""
        room = max(1, (self.size.height - HEAD) // self.tall)
        top = max(0, min(self.at[1] - room // 2, len(self.rows) - room))
        return range(top, min(top + room, len(self.rows)))

    def render(self) -> Content:
        if not self.categories:
            return Content("")
        names = [wrapped(name, self.column - 2)[:HEAD] or [""] for name in self.categories]
        lines: list[Content] = []
        for line in range(HEAD):
            cells = [_centered(name[line] if line < len(name) else "", self.column) for name in names]
            lines.append(Content.styled("".join(cells), "bold $primary"))
        for row in self.seen:
            for line in range(self.tall):
                middle = line == self.tall // 2
                lines.append(Content.assemble(*(self._cell((place, row), middle) for place in range(len(names)))))
        return Content("\n").join(lines)

    def _cell(self, place: Place, middle: bool) -> Content:
        there = place in self.left
        value = f"{self.rows[place[1]]:,}" if there else "·"
        if place == self.at and there and middle:
            value = f"▸ {value} ◂"
        text = (value if middle else "").center(self.column - 1)
        style = "bold" if there else "$muted"
        if place == self.at and there and self.has_focus:
            style = "bold $background on $primary"
        elif there:
            style = "bold $accent on $panel"
        return Content.assemble((text, style), " ")

    def action_move(self, across: int, down: int) -> None:
        """The next clue in that direction that is left; past the last one, from the other side."""
        column, row = self.at
        for _ in range(max(len(self.categories), len(self.rows))):
            column = (column + across) % max(1, len(self.categories))
            row = (row + down) % max(1, len(self.rows))
            if (column, row) in self.left:
                self.at = column, row
                return
            if across and (near := self._near(column, row)) is not None:
                self.at = near
                return

    def _near(self, column: int, row: int) -> Place | None:
        """The clue of a column that is nearest to a row."""
        return min(
            (place for place in self.left if place[0] == column), key=lambda place: abs(place[1] - row), default=None
        )

    def action_pick(self) -> None:
        if self.at in self.left:
            self.post_message(self.Picked(self.left[self.at]))

    def on_click(self, event: events.Click) -> None:
        place = event.x // self.column, self.seen.start + (event.y - HEAD) // self.tall
        if place in self.left:
            self.at = place
            self.action_pick()


def _centered(text: str, width: int) -> str:
    """`text` in the middle of `width` cells."""
    return text.center(width - cell_len(text) + len(text))
