"""Decks, games and assignments as screens and commands get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data.quiz.rules import Clue


@dataclass(frozen=True)
class ClueView:
    """A clue of a store's deck. `deck`: the deck's name."""

    id: int
    deck: str
    clue: Clue


@dataclass(frozen=True)
class DeckRow:
    """A deck in a list. `flags`: how many of its clues are to be mended."""

    id: int
    name: str
    about: str
    version: int
    categories: int
    clues: int
    flags: int
    builtin: bool
    archived: bool


@dataclass(frozen=True)
class VersionView:
    """A deck as it once was: who made that version, when and why."""

    number: int
    made_by: str
    made_at: datetime
    why: str


@dataclass(frozen=True)
class DeckView:
    """A deck, whole. `versions`: the newest first."""

    id: int
    name: str
    about: str
    version: int
    archived: bool
    clues: tuple[ClueView, ...]
    versions: tuple[VersionView, ...]

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories, in the order of the board."""
        return tuple(dict.fromkeys(view.clue.category for view in self.clues))


@dataclass(frozen=True)
class AssignmentView:
    """A deck that an agent is to play. `agent`, `assigned_by`: sign-in names; `done_at`: when it was."""

    id: int
    deck: str
    agent: str
    assigned_by: str
    assigned_at: datetime
    due_on: date
    done_at: datetime | None
