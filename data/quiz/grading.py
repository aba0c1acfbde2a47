"""Grading a typed answer: spelling is forgiven; key terms, order where it is the answer, and figures are not. Pure.

What counts is whether each key term is there and nothing else is; a ratio of alike letters is never asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.quiz.key_terms import Term, parsed_terms, terms_of
from data.quiz.rules import Clue, bare_answer
from data.quiz.words import BUT, COMPARISONS, NEGATIONS, OPENERS, STOP, Token, content, same, tokens
from data.text import fold

FIGURE_GAP, WORD_GAP = 1, 3  # words that may stand between those of one term
SHORT_PART = 2  # content words of a part that is one more item of a list
FOREIGN, FOREIGN_EACH = 3, 2  # words that may come from elsewhere: in all, and for each term that is there


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
    """Judges `typed` as an answer to `clue`."""
    judged = _grade(clue, bare_answer(typed))
    return judged if judged.right else max(judged, _grade(clue, typed), key=lambda one: one.right)


def _grade(clue: Clue, typed: str) -> Judgement:
    said = tokens(typed)
    if not content(said) and not any(same_text(said, tokens(one)) for one in (clue.answer, *clue.alternatives)):
        return Judgement(Verdict.WRONG, "Nothing was said.")
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
    known = _known(clue)
    spans = [_spans(term, said, known) for term in terms]
    missing = tuple(term.name for term, found in zip(terms, spans, strict=True) if not found)
    checks = (_wrong_figure(clue, said, known), _denied(typed, said, spans), _compared(clue, said, known))
    if wrong := next(filter(None, checks), ""):
        return Judgement(Verdict.WRONG, wrong)
    if missing:
        verdict = Verdict.PARTLY if len(missing) < len(terms) else Verdict.WRONG
        return Judgement(verdict, f"Missing: {', '.join(missing)}.", missing)
    if clue.ordered and not _in_order(spans):
        return Judgement(Verdict.WRONG, "All of it is there, in another order.")
    if foreign := _foreign(said, terms, known):
        return Judgement(Verdict.PARTLY, f"This does not belong to it: {foreign}.")
    return RIGHT


Span = tuple[int, int]  # the first and the last token


def _spans(term: Term, said: Sequence[Token], known: Known) -> list[Span]:
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


def _in_order(spans: Sequence[Sequence[Span]]) -> bool:
    """Whether the terms can be found one behind the other."""
    last = -1
    for found in spans:
        start = next((start for start, _ in found if start > last), None)
        if start is None:
            return False
        last = start
    return True


@dataclass(frozen=True)
class Known:
    """What the clue and its answers hold: `stems` of words, `figures` with their units, as given and in the answer."""

    stems: frozenset[str]
    figures: dict[str, set[str]]
    answer: tuple[str, ...]


def _known(clue: Clue) -> Known:
    terms = [phrase for term in clue.key_terms for phrase in term.split("|")]
    answers = [clue.answer, *clue.alternatives, *terms, *clue.figures]
    said = [token for text in answers for token in tokens(text)]
    figures: dict[str, set[str]] = defaultdict(set)
    for token in said:
        if token.figure:
            figures[token.figure].add(token.unit)
    for token in tokens(clue.text):
        if token.figure:
            figures[token.figure].add("")
    stems = frozenset(token.stem for token in [*said, *tokens(clue.text)])
    return Known(stems, figures, tuple(token.figure for token in tokens(clue.answer) if token.figure))


def _wrong_figure(clue: Clue, said: Sequence[Token], known: Known) -> str:
    """What is wrong with the figures of an answer; "" where nothing is."""
    for token in said:
        if not token.figure or (token.soft and token.figure not in known.figures):
            continue
        units = known.figures.get(token.figure)
        if units is None:
            return f"{token.text} is another figure."
        named = units - {""}
        if token.unit and named and token.unit not in named:
            return f"{token.figure}, but not {token.unit}s."
    needed = [token.figure for text in clue.figures for token in tokens(text) if token.figure]
    typed = [token.figure for token in said if token.figure in known.answer]
    if any(figure not in typed for figure in needed):
        return f"The figure must be {', '.join(clue.figures)}."
    if clue.ordered and not _within(typed, known.answer):
        return "The figures are in another order."
    return ""


def _within(some: Sequence[str], all_of_it: Sequence[str]) -> bool:
    """Whether `some` stand in `all_of_it` in that order."""
    rest = iter(all_of_it)
    return all(one in rest for one in some)


def _denied(typed: str, said: Sequence[Token], spans: Sequence[Sequence[Span]]) -> str:
    """Whether the answer says that it is not so, where the right one does not.

    A "not" belongs to the answer within a term that has one; "…, not the other" only explains.
    """
    if BUT.search(fold(typed)):
        return NOT_SO
    meant = {at for found in spans for start, end in found if end > start for at in range(start, end + 1)}
    named = {said[at].part for found in spans for start, end in found for at in (start, end)}
    first = {token.part: at for at, token in reversed(list(enumerate(said)))}
    for at, token in enumerate(said):
        explains = token.part > 0 and first[token.part] == at and token.part not in named
        if token.text in NEGATIONS and at not in meant and not explains:
            return NOT_SO
    return ""


NOT_SO = "It says what it is not."


def _compared(clue: Clue, said: Sequence[Token], known: Known) -> str:
    """Whether a figure or a moment is compared where the right answer does not, or order is told backwards."""
    for place, token in enumerate(said):
        alike = next((words for words in COMPARISONS if token.text in words), None)
        if alike is None:
            continue
        if not any(tokens(word)[0].stem in known.stems for word in alike):
            return f"Not “{token.text}”."
        inside = place > 0 and said[place - 1].part == token.part
        if clue.ordered and token.text in ("before", "after") and inside:
            return "Say it in order, without “before” or “after”."
    return ""


def _foreign(said: Sequence[Token], terms: Sequence[Term], known: Known) -> str:
    """What an answer adds that is no part of it: one more item of a list, or too much of anything; "" for nothing."""
    parts: dict[int, list[Token]] = defaultdict(list)
    for token in said:
        parts[token.part].append(token)
    wanted = [meant for term in terms for phrase in term.phrases for meant in phrase]
    strange: list[Token] = []
    for part in parts.values():
        words = content(tuple(part))
        other = [one for one in words if not _is_known(one, wanted, known)]
        opener = next((one.text for one in part if one.text not in ("and", "or", "then", "plus")), "")
        if len(parts) > 1 and words and len(other) == len(words) <= SHORT_PART and opener not in OPENERS:
            return " ".join(one.text for one in other)
        if opener not in OPENERS:
            strange += other
    most = FOREIGN + FOREIGN_EACH * len(terms)
    return " ".join(one.text for one in strange[:3]) if len(strange) > most else ""


def _is_known(token: Token, wanted: Sequence[Token], known: Known) -> bool:
    return bool(token.figure) or token.stem in known.stems or any(same(token, meant) for meant in wanted)
