"""Clues as they are found in files: answers in bare form, and what looks wrong in them (docs/quiz.md). Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from data.quiz.rules import Clue, Flag, FlagKind

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
