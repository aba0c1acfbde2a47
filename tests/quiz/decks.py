"""Decks for tests: a printed page that looks like those of a quiz site, and decks by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from data.quiz.reading import bare_answer, has_blank, unglued
from data.quiz.rules import Clue, DeckText, tidy

PAGE = """\
Ships
Harbors
Winds

1

The side that is on the left when one looks forward.

What is port?

1
A wall that keeps the sea out of a harbor.

What is a breakwater?


1

  The order in which a ship leaves: three steps.

What is cast off, back out, then set the sails?What is an anchor?

2

The rope that lifts a sail.

What is a halyard?
2

This is what a ship pays in a harbor.\xa0

Who is the harbor master, and it is paid by the day?
2

The force of wind at which a _____ warning is given.

What is gale ----?
"""
"""Two rows of three: one answer glued to another's, one blank left in, so one answer too many."""

words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=24)
PIECES = (
    "anchor",
    "60 knots",
    "Bow",
    "$5",
    "rope & sail",
    "the lee",
    "tide",
    "a fee",
    "stern",
    "Gale",
    "no. 9",
    "mast",
)
safe = st.tuples(st.sampled_from(PIECES), st.sampled_from(PIECES)).map(lambda pieces: f"One {' '.join(pieces)}")


def plain(text: str) -> bool:
    """Whether nothing about an answer would be read otherwise: no question form, nothing glued, no blank."""
    return bare_answer(text) == text and unglued(text)[1] == "" and not has_blank(text)


@st.composite
def clues(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Clue:
    """A clue of `text`, with all that a clue may have."""
    lists = st.lists(text, max_size=3).map(tuple)
    return Clue(
        category=draw(text),
        value=draw(st.integers(1, 500)),
        text=draw(text),
        answer=draw(text.filter(plain)),
        alternatives=draw(lists),
        key_terms=draw(lists),
        ordered=draw(st.booleans()),
        figures=draw(lists),
        explanation=draw(st.one_of(st.just(""), text)),
        article=draw(st.one_of(st.just(""), text)),
        choices=draw(lists),
        flags=draw(lists),
    )


@st.composite
def decks(draw: st.DrawFn, text: st.SearchStrategy[str] = words) -> DeckText:
    """A deck as the store keeps it."""
    found = tidy(DeckText(draw(text), tuple(draw(st.lists(clues(text), min_size=1, max_size=4))), draw(text)))
    kept = tuple(clue for clue in found.clues if clue.text and clue.answer and plain(clue.answer))
    return DeckText(found.name, kept, found.about)


@st.composite
def boards(draw: st.DrawFn) -> DeckText:
    """A full board of plain words."""
    categories = draw(st.lists(safe, min_size=1, max_size=3, unique=True))
    values = draw(st.sampled_from([(1, 2), (1, 2, 3), (100, 200)]))
    made = tuple(
        Clue(category=category, value=value, text=draw(safe), answer=draw(safe))
        for value in values
        for category in categories
    )
    return DeckText("", made)
