"""What a deck and its clues are, and what looks wrong in one (docs/quiz.md). Pure."""

from __future__ import annotations

import re
from collections import Counter
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


QUESTION_FORM = re.compile(
    r"^\s*(?:what|who|where|when|which|how)(?:\s+(?:is|are|was|were|does|do|did|has|have)\b|['’]s\b|s\b)\s*:?\s*",
    re.IGNORECASE,
)
GLUED = re.compile(r"\?\s*(?=(?:what|who|where|when)\s+(?:is|are|was|were)\b)", re.IGNORECASE)
BLANK = re.compile(r"_{2,}|-{3,}|\.{4,}|\?{2,}|\bTBD\b|\bXX+\b|\[\s*\]|<\s*>")


def bare_answer(text: str) -> str:
    """An answer without its question form: "What is the RA?" → "the RA"; one without it stays as it is."""
    text = text.strip()
    while (rest := QUESTION_FORM.sub("", text, count=1)) != text and rest.strip(" ?"):
        text = rest.strip().removesuffix("?").strip()
    return text


def unglued(answer: str) -> tuple[str, str]:
    """An answer as it was found, as its own part and what of another answer hangs on it ("" for nothing)."""
    pieces = GLUED.split(answer, maxsplit=1)
    return (pieces[0] + "?", pieces[1].strip()) if len(pieces) == 2 else (answer, "")


def has_blank(answer: str) -> bool:
    """Whether somebody left a place open in an answer. A clue may have one on purpose."""
    return bool(BLANK.search(answer))


ORDER = re.compile(r"\b(?:(?:the|in|which|what|this|that|right|correct) order|sequence|in turn)\b", re.IGNORECASE)


def asks_for_order(clue: str) -> bool:
    """Whether a clue says that the order is what is asked for."""
    return bool(ORDER.search(clue))


GLUED_TOLD = "Another answer was glued to this one: “{}”."
BLANK_TOLD = "A blank was left in the answer: “{}”."


def read_answer(clue: Clue) -> Clue:
    """The clue with its answer in bare form, flagged for what looks wrong about it; no text is lost."""
    own, other = unglued(clue.answer)
    answer = bare_answer(own)
    told = list(clue.flags)
    if other:
        told.append(GLUED_TOLD.format(other))
    if not answer:
        told.append("There is no answer.")
    elif has_blank(answer):
        told.append(BLANK_TOLD.format(answer))
    if not clue.text.strip():
        told.append("There is no clue.")
    return replace(clue, answer=answer, flags=tuple(dict.fromkeys(told)))


def glued_to(clue: Clue) -> str:
    """The answer that was glued to this clue's when it was read; "" for none."""
    before, after = GLUED_TOLD.split("{}")
    found = (flag for flag in clue.flags if flag.startswith(before) and flag.endswith(after))
    return next((flag.removeprefix(before).removesuffix(after) for flag in found), "")


def clue_flags(clues: Iterable[Clue]) -> Iterator[Flag]:
    """The flags of clues, each with where it stands."""
    for clue in clues:
        for told in clue.flags:
            kind = next((kind for begins, kind in KINDS.items() if told.startswith(begins)), FlagKind.MISSING)
            yield Flag(kind, told, clue.category, clue.value)


KINDS = {GLUED_TOLD.partition("{}")[0]: FlagKind.GLUED, BLANK_TOLD.partition("{}")[0]: FlagKind.BLANK}


def read_answers(clues: Iterable[Clue]) -> tuple[tuple[Clue, ...], list[Flag]]:
    """`read_answer` for each of them, and all of their flags."""
    read = tuple(map(read_answer, clues))
    return read, list(clue_flags(read))


def grid_flags(clues: Sequence[Clue], answers: int | None = None) -> Iterator[Flag]:
    """Where the clues don't make a full board of one clue for each category and value.

    `answers`: how many were found; one too many or too few is told too.
    """
    categories = {clue.category for clue in clues}
    values = {clue.value for clue in clues}
    if len(clues) != len(categories) * len(values):
        grid = f"{len(categories)} categories of {len(values)}"
        yield Flag(FlagKind.COUNT, f"{len(clues)} clues don't fill a board of {grid}.")
    if answers is not None and answers != len(clues):
        yield Flag(FlagKind.COUNT, f"{answers} answers were found for {len(clues)} clues.")
    for (category, value), count in Counter((clue.category, clue.value) for clue in clues).items():
        if count > 1:
            yield Flag(FlagKind.TWICE, f"{count} clues stand at {category} for {value}.", category, value)


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
