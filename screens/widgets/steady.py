"""What spares the screen to be arranged anew where nothing moves."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive


def steady() -> Reactive[Size]:
    """The `virtual_size` of a widget to which no scrollbar comes, whatever it says: no reason to arrange the screen."""
    return Reactive(Size(0, 0), repaint=False)
