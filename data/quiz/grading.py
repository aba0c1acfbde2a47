"""Grading a typed answer: spelling is forgiven; key terms, order where it is the answer, and figures are not. Pure.

What counts is whether each key term is there and nothing else is; a ratio of alike letters is never asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.quiz.key_terms import Term, parsed_terms, terms_of
from data.quiz.matching import in_order, known_of, spans_of
from data.quiz.objections import beside, bounded, compared, denied, foreign, wrong_figure
from data.quiz.reading import bare_answer
from data.quiz.rules import Clue, by_letter
from data.quiz.words import Token, content, same, tokens


class Verdict(StrEnum):
    """How an answer is judged."""

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "wrong"


@dataclass(frozen=True)
class Judgement:
    """A verdict and what it rests on. `missing`: the terms that are not there; `told`: in a sentence."""

    verdict: Verdict
    told: str
    missing: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return self.verdict is Verdict.RIGHT


def grade(clue: Clue, typed: str) -> Judgement:
    """Judges `typed` as an answer to `clue`; where there are options, their letters count too."""
    typed = by_letter(clue, typed)
    judged = _grade(clue, bare_answer(typed))
    return judged if judged.right else max(judged, _grade(clue, typed), key=lambda one: one.right)


def _grade(clue: Clue, typed: str) -> Judgement:
    said = tokens(typed)
    if not content(said) and not any(same_text(said, tokens(one)) for one in (clue.answer, *clue.alternatives)):
        return Judgement(Verdict.WRONG, "That says nothing by itself." if said else "Nothing was said.")
    if any(same_text(said, tokens(one)) for one in (clue.answer, *clue.alternatives)):
        return RIGHT
    judged = _judge(clue, typed, said, terms_of(clue))
    if judged.right:
        return judged
    others = (_judge(clue, typed, said, parsed_terms(one, clue.text)) for one in clue.alternatives)
    return next((one for one in others if one.right), judged)


RIGHT = Judgement(Verdict.RIGHT, "Right.")


def same_text(said: Sequence[Token], meant: Sequence[Token]) -> bool:
    """Whether both have the same content, word by word."""
    one, other = content(tuple(said)), content(tuple(meant))
    return bool(one) and len(one) == len(other) and all(map(same, one, other))


def _judge(clue: Clue, typed: str, said: tuple[Token, ...], terms: Sequence[Term]) -> Judgement:
    known = known_of(clue)
    spans = [spans_of(term, said, known) for term in terms]
    missing = tuple(term.name for term, found in zip(terms, spans, strict=True) if not found)
    checks = (
        wrong_figure(clue, said, known),
        denied(typed, said, spans, terms),
        compared(clue, said, known),
        bounded(clue, typed),
    )
    if wrong := next(filter(None, checks), ""):
        return Judgement(Verdict.WRONG, wrong)
    if missing:
        verdict = Verdict.PARTLY if len(missing) < len(terms) else Verdict.WRONG
        return Judgement(verdict, f"Missing: {', '.join(missing)}.", missing)
    if clue.ordered and not in_order(spans):
        return Judgement(Verdict.WRONG, "All of it is there, in another order.")
    if strange := foreign(said, terms, known) or beside(said, spans, terms, known):
        return Judgement(Verdict.PARTLY, f"This does not belong to it: {strange}.")
    return RIGHT
