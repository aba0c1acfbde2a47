"""What the search box says over the hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from data.text import harmless

if TYPE_CHECKING:
    from data.search import Results

NEAREST = "Nobody matches; these come nearest:"
LOOK_FIRST = "Nobody matches; these come nearest. Enter once more opens the chosen one:"


def summary(results: Results) -> Content:
    """One line over the hits: the case of that number, how many hits there are, or that there are near ones only."""
    if results.cases:
        case = results.cases[0]
        return Content(harmless(f"Enter opens case {case.number}, {case.status}: {case.subject}"))
    if results.near:
        return Content(NEAREST)
    if not results.total:
        return Content("Nobody matches. Try a part of the name, or the last four digits of the phone.")
    shown = len(results.hits)
    total = "more than 1,000" if results.more else f"{results.total:,}"
    matches = "1 match" if total == "1" else f"{total} matches"
    return Content(matches if shown == results.total else f"{matches}, the first {shown} shown")
