"""Where in an answer the key terms stand. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.quiz.key_terms import Term
from data.quiz.rules import Clue
from data.quiz.vocabulary import STOP
from data.quiz.words import Token, same, tokens

FIGURE_GAP, WORD_GAP = 1, 3  # words that may stand between those of one term
Span = tuple[int, int]  # the first and the last token


@dataclass(frozen=True)
class Known:
    """What the clue and its answers hold: the `stems` of words, the `figures` and which units each has.

    `answer`: the figures of the answer itself, in its order.
    """

    stems: frozenset[str]
    figures: dict[str, set[str]]
    answer: tuple[str, ...]


def known_of(clue: Clue) -> Known:
    """What an answer to `clue` is compared with."""
    terms = [phrase for term in clue.key_terms for phrase in term.split("|")]
    answers = [clue.answer, *clue.alternatives, *terms, *clue.figures]
    said = [token for text in answers for token in tokens(text)]
    figures: dict[str, set[str]] = defaultdict(set)
    for token in said:
        if token.figure:
            figures[token.figure].add(token.unit)
    for token in tokens(clue.text):
        if token.figure and token.text[0].isdigit():
            figures[token.figure].add("")
    stems = frozenset(token.stem for token in [*said, *tokens(clue.text)])
    return Known(stems, figures, tuple(token.figure for token in tokens(clue.answer) if token.figure))


def spans_of(term: Term, said: Sequence[Token], known: Known) -> list[Span]:
    """Where in an answer a term stands, in any of its words for it."""
    if term.loose:
        return sorted(span for phrase in term.phrases for span in _loose_spans(phrase, said))
    return sorted(span for phrase in term.phrases for span in _phrase_spans(phrase, said, known))


def _loose_spans(phrase: Sequence[Token], said: Sequence[Token]) -> Iterable[Span]:
    """Where all words of `phrase` stand in one part of an answer, in any order."""
    for part in {token.part for token in said}:
        here = [(at, token) for at, token in enumerate(said) if token.part == part]
        found = [next((at for at, token in here if same(token, meant)), None) for meant in phrase]
        places = [at for at in found if at is not None]
        if places and len(places) == len(phrase):
            yield min(places), max(places)


def _phrase_spans(phrase: Sequence[Token], said: Sequence[Token], known: Known) -> Iterable[Span]:
    for start in range(len(said)):
        end = _end(phrase, said, start, known)
        if end is not None:
            yield start, end


def _end(phrase: Sequence[Token], said: Sequence[Token], start: int, known: Known) -> int | None:
    """Where `phrase`, begun at `start`, ends; its words come in order, with nothing strange and no comma between."""
    place, part = start, said[start].part
    for number, meant in enumerate(phrase):
        gap = 0 if number == 0 else FIGURE_GAP if meant.figure else WORD_GAP
        for at in range(place, min(place + gap + 1, len(said))):
            if said[at].part != part:
                return None
            if length := _length(meant, said, at):
                place = at + length
                break
            if said[at].figure or not (said[at].text in STOP or said[at].stem in known.stems):
                return None
        else:
            return None
    return place - 1


def _length(meant: Token, said: Sequence[Token], at: int) -> int:
    """How many tokens from `at` on are `meant`: one, two written apart ("SHA 1"), or none."""
    if same(said[at], meant):
        return 1
    pair = said[at].text + said[at + 1].text if at + 1 < len(said) else ""
    return 2 if pair and pair == meant.text and not meant.figure else 0


def in_order(spans: Sequence[Sequence[Span]]) -> bool:
    """Whether the terms can be found one behind the other."""
    last = -1
    for found in spans:
        start = next((start for start, _ in found if start > last), None)
        if start is None:
            return False
        last = start
    return True
