"""What the quiz's forms do when they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.files import named
from data.text import counted
from screens.days import must_read_day
from screens.form import Values

if TYPE_CHECKING:
    from data.desk import Desk
    from data.quiz.games import ClassGame


def begin(deck: str, desk: Desk, values: Values) -> ClassGame:
    """Begins a class game of `deck` between the teams named, with commas between them."""
    from data.quiz.games import begin_class

    return begin_class(desk, deck, values["teams"].split(","))


def assign(deck: str, desk: Desk, values: Values) -> str:
    """Gives `deck` to the agents named to play by a day. Raises Invalid where that is none."""
    from data.quiz.actions import assign as give

    by = must_read_day(values, "by")
    given = give(desk, deck, values["agents"].replace(",", " ").split(), by)
    return f"✓ {counted(len(given), 'agent')} to play {deck} by {by:%m-%d-%Y}."


def bring_in(desk: Desk, values: Values) -> str:
    """Keeps the deck of a file, or Careline's own decks where none is named; says what was kept."""
    from data.quiz.actions import keep_builtin, keep_deck
    from data.quiz.importing import deck_in

    if not values["file"].strip():
        return f"✓ {len(keep_builtin(desk))} decks are here."
    read = deck_in(named(values["file"]), values["name"].strip())
    kept = keep_deck(desk, read, "imported")
    flags = f" {len(read.flags)} to look at: e opens the deck." if read.flags else ""
    clues, categories = counted(len(kept.clues), "clue"), counted(len(kept.categories), "category", "categories")
    return f"✓ {kept.name}: {clues} in {categories}.{flags}"
