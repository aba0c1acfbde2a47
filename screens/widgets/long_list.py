"""A list of many rows, all as tall as each other: a row is made when one sees it, so that thousands cost no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from textual.content import Content
from textual.geometry import Size

from screens.widgets.choices import NOBODY, Choices


class Made(Sequence[Content]):
    """So many rows, each made by `make` from its place when it is asked for."""

    def __init__(self, rows: int, make: Callable[[int], Content]) -> None:
        self.rows, self.make = rows, make

    def __len__(self) -> int:
        return self.rows

    @overload
    def __getitem__(self, place: int) -> Content: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Content]: ...
    def __getitem__(self, place: int | slice) -> Content | Sequence[Content]:
        if isinstance(place, slice):
            return [self.make(one) for one in range(*place.indices(self.rows))]
        return self.make(place)


class LongList(Choices):
    """Rows of `tall` lines each."""

    tall = 1

    def show_many(self, keys: Sequence[str], make: Callable[[int], Content], *, tall: int, empty: str = NOBODY) -> None:
        """Replaces the rows: `make` gives the content of a place, in `tall` lines."""
        self.tall = tall if keys else 1
        self.show_rows(tuple(keys), Made(len(keys), make), empty=empty)

    def draw_anew(self) -> None:
        """Draws the rows anew where they say something else than before."""
        self._drawn = {}
        self.refresh()

    def _arrange(self, width: int) -> None:
        count = len(self._rows)
        self._width, self._drawn = width, {}
        self._lines = [(row, line) for row in range(count) for line in range(self.tall)]
        self._starts = list(range(0, count * self.tall, self.tall))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width
