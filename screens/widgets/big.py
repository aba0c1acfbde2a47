"""Text that reads from the back of a room: as large as its place allows."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from data.text import harmless
from screens.words import wrapped

FONT = "smblock"  # letters of 4 rows, of small and capital form
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", " ": " "})


class Big(Widget):
    """Shows `text` in large letters where they fit, else in bold with air between the lines, else in bold.

    Who sits before the screen alone reads a sentence sooner without `letters`.
    """

    text: reactive[str] = reactive("")

    def __init__(self, *, letters: bool = True, id: str | None = None) -> None:
        super().__init__(id=id)
        self.letters = letters

    def render(self) -> Content:
        width, height = self.size
        return Content.styled(enlarged(harmless(self.text), width, height, letters=self.letters), "bold")


@lru_cache(maxsize=64)
def enlarged(text: str, width: int, height: int, *, letters: bool = True) -> str:
    """`text` as large as `width` by `height` cells allow, in the middle of them; in letters of several rows or not."""
    for lines in (_letters(text, width) if letters else [], _airy(text, width), wrapped(text, width)):
        if lines and len(lines) <= height:
            above = (height - len(lines)) // 2
            indent = (width - max(map(cell_len, lines))) // 2
            return "\n" * above + "\n".join(f"{'':{indent}}{line}" for line in lines)
    return "\n".join(wrapped(text, width)[:height])


def _airy(text: str, width: int) -> list[str]:
    return [line for part in wrapped(text, width) for line in (part, "")][:-1]


def _letters(text: str, width: int) -> list[str]:
    """`text` in letters of several rows, words kept whole; nothing where a sign has no such letter or no room."""
    plain = text.translate(PLAIN)
    if width < 10 or not (plain.isascii() and plain.strip()):
        return []
    rows: list[str] = []
    line = ""
    for word in [*plain.split(), ""]:
        longer = f"{line} {word}".strip()
        if word and _wide(longer) <= width:
            line = longer
            continue
        if not line or _wide(line) > width:
            return []
        rows += _drawn(line)
        line = word
    return rows if not line else []


@cache
def _drawn(text: str) -> list[str]:
    return [row.rstrip() for row in str(_font().renderText(text)).split("\n")[:4]]


def _wide(text: str) -> int:
    return max(map(len, _drawn(text)), default=0)


@cache
def _font() -> Any:
    from pyfiglet import Figlet

    return Figlet(font=FONT, width=10_000)
