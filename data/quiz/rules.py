"""What a deck and its clues are, as they are kept, and what may be chosen as an answer (docs/quiz.md). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from string import ascii_uppercase
from typing import Any

from data.text import clean, clean_lines

NAME_LIMIT, TEXT_LIMIT, SHORT_LIMIT = 80, 2_000, 300  # characters
MOST_CLUES = 2_000
HIGHEST_VALUE = 100_000
STEP = 100  # points between two rows of a board where nobody gave values
NO_CATEGORY = "No category"


class GameKind(StrEnum):
    """How an answer came to be given."""

    CLASS = "class"
    SOLO = "solo"
    PRACTICE = "practice"


class FlagKind(StrEnum):
    """What may look wrong in a deck that was imported."""

    GLUED = "glued"
    BLANK = "blank"
    MISSING = "missing"
    COUNT = "count"
    TWICE = "twice"
    CUT = "cut"


@dataclass(frozen=True)
class Flag:
    """Something for the trainer to look at. `category` and `value` say at which clue; "" and 0: the whole deck."""

    kind: FlagKind
    told: str
    category: str = ""
    value: int = 0


@dataclass(frozen=True, kw_only=True)
class Clue:
    """What is asked, and what counts as its answer.

    `key_terms`: what must be in an answer, each with other words for it after a "|"; none: taken from the answer.
    `ordered`: they must come in that order. `figures`: numbers that must match; none: those of the answer.
    `choices`: wrong answers to choose from; `article`: the slug of the article that explains it; `flags`: what to mend.
    """

    category: str
    value: int
    text: str
    answer: str
    alternatives: tuple[str, ...] = ()
    key_terms: tuple[str, ...] = ()
    ordered: bool = False
    figures: tuple[str, ...] = ()
    explanation: str = ""
    article: str = ""
    choices: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


LISTS = ("alternatives", "key_terms", "figures", "choices", "flags")
LONG = ("text", "answer", "explanation")


@dataclass(frozen=True)
class DeckText:
    """A deck as files hold it."""

    name: str
    clues: tuple[Clue, ...]
    about: str = ""
    flags: tuple[Flag, ...] = ()

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories, in the order in which they are met."""
        return tuple(dict.fromkeys(clue.category for clue in self.clues))

    @property
    def values(self) -> tuple[int, ...]:
        """The values of the board's rows, the lowest first."""
        return tuple(sorted({clue.value for clue in self.clues}))


def tidy(deck: DeckText) -> DeckText:
    """The deck as the store keeps it: every text cleaned and within its limit, at most MOST_CLUES clues.

    What is cut is flagged.
    """
    clues = tuple(tidy_clue(clue) for clue in deck.clues[:MOST_CLUES])
    return replace(
        deck,
        name=clean(deck.name, NAME_LIMIT),
        about=clean(deck.about, SHORT_LIMIT),
        clues=clues,
        flags=(*deck.flags, *_cut(deck.clues)),
    )


def _cut(clues: Sequence[Clue]) -> Iterator[Flag]:
    if len(clues) > MOST_CLUES:
        yield Flag(
            FlagKind.CUT, f"A deck holds {MOST_CLUES:,} clues: the first {MOST_CLUES:,} of {len(clues):,} are kept."
        )
    for clue in clues[:MOST_CLUES]:
        for name in LONG:
            if (size := len(getattr(clue, name))) > TEXT_LIMIT:
                told = f"Its {name} has {size:,} characters; {TEXT_LIMIT:,} are kept."
                yield Flag(FlagKind.CUT, told, clean(clue.category, NAME_LIMIT) or NO_CATEGORY, clue.value)


def tidy_clue(clue: Clue) -> Clue:
    """The clue as the store keeps it."""
    lists: dict[str, Any] = {name: _each_once(getattr(clue, name)) for name in LISTS}
    long: dict[str, Any] = {name: clean_lines(getattr(clue, name), TEXT_LIMIT) for name in LONG}
    category = clean(clue.category, NAME_LIMIT) or NO_CATEGORY
    value = max(0, min(clue.value, HIGHEST_VALUE))
    return replace(clue, category=category, value=value, article=clean(clue.article, NAME_LIMIT), **long, **lists)


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (clean(text, SHORT_LIMIT) for text in texts))))


def options(clue: Clue) -> tuple[str, ...]:
    """What there is to choose from, in the order of the alphabet; nothing where a clue has no wrong choices."""
    return tuple(sorted({clue.answer, *clue.choices}, key=str.casefold)) if clue.choices else ()


def lettered(clue: Clue) -> str:
    """The options as a person reads them: "A port · B starboard"; "" where there are none."""
    return " · ".join(f"{letter} {said}" for letter, said in zip(ascii_uppercase, options(clue), strict=False))


def by_letter(clue: Clue, typed: str) -> str:
    """What was typed, a letter alone taken for the option that it stands for."""
    letter = typed.strip(" .)").upper()
    chosen = dict(zip(ascii_uppercase, options(clue), strict=False))
    return chosen.get(letter, typed) if len(letter) == 1 else typed


def wrong_deck(deck: DeckText) -> dict[str, str]:
    """What of a deck can't be kept: field → one sentence."""
    wrong: dict[str, str] = {}
    if not deck.name:
        wrong["name"] = "Give the deck a name."
    if not deck.clues:
        wrong["clues"] = "A deck needs a clue."
    return wrong
