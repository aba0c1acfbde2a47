"""Aiken: a question on one line, its choices "A. …", then "ANSWER: A".

Aiken has no place for category and value; Careline writes them before the question, as "[Category: 200]".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_uppercase

from data.quiz.reading import asks_for_order, grid_flags, read_answers
from data.quiz.rules import STEP, Clue, DeckText

NAME, SUFFIX = "aiken", ".txt"
CHOICE = re.compile(r"\s*([A-Za-z])[.)]\s+(.*\S)")
ANSWER = re.compile(r"\s*ANSWER\s*:\s*([A-Za-z])\b.*", re.IGNORECASE)
PLACE = re.compile(r"\s*\[(.+?): (\d{1,6})\]\s*(.*)")
MOST_CHOICES = 8


def looks_like(text: str) -> bool:
    lines = text.split("\n")
    return any(ANSWER.fullmatch(line) for line in lines) and any(CHOICE.match(line) for line in lines)


def carries(deck: DeckText) -> DeckText:
    return DeckText("", tuple(_carried(clue, deck) for clue in deck.clues))


def _carried(clue: Clue, deck: DeckText) -> Clue:
    return Clue(
        category=_line(clue.category),
        value=clue.value,
        text=_line(clue.text),
        answer=_line(clue.answer),
        choices=_choices(clue, deck),
        ordered=asks_for_order(clue.text),
    )


def _choices(clue: Clue, deck: DeckText) -> tuple[str, ...]:
    """Wrong answers: the clue's own, or those of its neighbors, since Aiken has no question without."""
    own = [_line(choice) for choice in clue.choices]
    others = [_line(other.answer) for other in deck.clues if other.category == clue.category]
    usable = dict.fromkeys(one for one in own or others if one and one != _line(clue.answer))
    return tuple(usable)[: MOST_CHOICES - 1]


def _line(text: str) -> str:
    return " ".join(text.split())


def write(deck: DeckText) -> str:
    return "\n".join(_lines(deck))


def _lines(deck: DeckText) -> Iterator[str]:
    for clue, plain in zip(carries(deck).clues, deck.clues, strict=True):
        yield f"[{clue.category}: {clue.value}] {clue.text}"
        place = len(plain.text) % (len(clue.choices) + 1)  # anywhere, and the same each time
        options = [*clue.choices[:place], clue.answer, *clue.choices[place:]]
        yield from (f"{letter}. {option}" for letter, option in zip(ascii_uppercase, options, strict=False))
        yield from (f"ANSWER: {ascii_uppercase[place]}", "")


def read(text: str) -> DeckText:
    clues, flags = read_answers(_clues(text))
    return DeckText("", clues, flags=(*flags, *grid_flags(clues)))


def _clues(text: str) -> list[Clue]:
    made: list[Clue] = []
    met: Counter[str] = Counter()
    question, options = list[str](), dict[str, str]()
    for line in text.split("\n"):
        answer, choice = ANSWER.fullmatch(line), CHOICE.match(line)
        if answer and (question or options):
            made.append(_clue(question, options, answer[1].upper(), met))
            question, options = [], {}
        elif choice and question:
            options[choice[1].upper()] = choice[2]
        elif line.strip() and options:
            last = list(options)[-1]
            options[last] = f"{options[last]} {line.strip()}"
        elif line.strip():
            question.append(line.strip())
    if question or options:
        made.append(_clue(question, options, "", met))
    return made


def _clue(question: list[str], options: dict[str, str], right: str, met: Counter[str]) -> Clue:
    """A clue from its lines. `met`: how many clues each category has, which it adds to."""
    found = PLACE.fullmatch(" ".join(question))
    category, value, text = (found[1], int(found[2]), found[3]) if found else ("", 0, " ".join(question))
    clue = Clue(category=category, value=value, text=text, answer=options.get(right, ""), ordered=asks_for_order(text))
    met[category] += 1
    if not found:
        clue = replace(clue, value=STEP * met[category])
    return replace(clue, choices=tuple(said for letter, said in options.items() if letter != right))
