"""Keeps Textual from arranging the screen a second time for a widget that never has a scrollbar.

Textual does so whenever a widget's virtual size has changed, in case a scrollbar came or went; and then it paints
the screen a second time, too.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive


def steady() -> Reactive[Size]:
    """The `virtual_size` of such a widget: a change of it is no reason to arrange the screen."""
    return Reactive(Size(0, 0), repaint=False)
