"""Paints what changed, and of that only what can be seen, so that a key costs a line and not a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class Painter(Compositor):
    """Asks each widget for those of its lines only that are to be painted, where nothing stands before them."""

    def __init__(self) -> None:
        super().__init__()
        self._open: set[int] = set()
        """The lines of the screen that are to be painted and not filled yet from side to side."""

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        self._open = set(filter(is_rendered_line, crop.line_range))
        return super()._render_chops(crop, is_rendered_line)

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Front to back: where a widget stands on the screen, the part of it that is drawn, and that part's lines."""
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen:
                for first, count in runs([y for y in seen.line_range if y in self._open]):
                    part = Region(seen.x, first, seen.width, count)
                    yield region, part, widget.render_lines(part.translate(-region.offset))
                if seen.width == self.size.width:
                    self._open.difference_update(seen.line_range)


def runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in rising order as runs without a gap: the first of each, and how many they are."""
    first = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at] != lines[at - 1] + 1:
            yield lines[first], at - first
            first = at
