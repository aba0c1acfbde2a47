"""What must be in an answer: the key terms that a trainer gave, or those taken from the answer itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.quiz.rules import Clue
from data.quiz.vocabulary import OR_MORE, STOP
from data.quiz.words import Token, content, telling, tokens


@dataclass(frozen=True)
class Term:
    """One thing that must be there, in any of its `phrases`. `name`: how a person is told of it.

    `loose`: the words of a phrase may come in any order, as long as no comma parts them.
    """

    name: str
    phrases: tuple[tuple[Token, ...], ...]
    loose: bool = False


def terms_of(clue: Clue) -> list[Term]:
    """The terms that an answer to `clue` must have."""
    given = [_term(*text.split("|")) for text in clue.key_terms]
    return [term for term in given if term.phrases] or parsed_terms(clue.answer, clue.text)


def _term(*phrases: str) -> Term:
    found = tuple(words for phrase in phrases if (words := tokens(phrase)))
    return Term(phrases[0].strip(), found)


ACRONYM = re.compile(r"\(([A-Za-z]{2,6})\)")
ASIDE = re.compile(r"(\S+)\s*\(([^()]*)\)")
SEGMENT = re.compile(r"[,;\n•]|\bthen\b|\band then\b|\band\b(?!/)|&", re.IGNORECASE)
EITHER = re.compile(r"(\w+)/(\w+)")
AND_OR = re.compile(r"\s*\band/or\b\s*|\s+or\s+", re.IGNORECASE)


def parsed_terms(answer: str, clue: str) -> list[Term]:
    """The terms that an answer by itself asks for: its words, but for those that the clue gives away.

    "A/B" and "A or B" ask for one of the two, and so does what stands in brackets behind its other name. Of
    "$200 or more" the figure is asked for; whether it counts itself is compared apart.
    """
    answer = OR_MORE.sub("", answer)
    if "/" not in answer and AND_OR.search(answer) and not SEGMENT.search(answer):
        return [_term(*(_core(side) for side in AND_OR.split(answer)))]
    if re.search(r"\band/or\b", answer, re.IGNORECASE):
        return [_term(*(_core(side) for side in AND_OR.split(answer)))]
    given = {token.stem for token in content(tokens(clue))}
    segments = [segment for segment in SEGMENT.split(answer) if telling(segment)]
    if _told_apart(segments, given):
        return [_whole(segment) for segment in segments]
    terms = [term for segment in segments for term in _segment(segment, len(segments) == 1)]
    needed = [one for term in terms if (one := _without(term, given))]
    return needed or terms


def _told_apart(segments: list[str], given: set[str]) -> bool:
    """Whether words of the clue say which part is which: this is included, that is excluded."""
    words = [frozenset(token.stem for token in telling(segment)) & given for segment in segments]
    return len(set(filter(None, words))) > 1


def _whole(segment: str) -> Term:
    """A part of which every word is needed, one of the two at a slash or of a name and what stands in brackets."""
    sides = [EITHER.sub(rf"\{side}", ASIDE.sub(rf"\{name}", segment)) for side in (1, 2) for name in (1, 2)]
    phrases = dict.fromkeys(tuple(telling(side)) or tokens(side) for side in sides)
    return Term(" ".join(segment.split()), tuple(phrases), loose=True)


def _without(term: Term, given: set[str]) -> Term | None:
    """The term without what the clue gives away; None where nothing is left of it."""
    if len(term.phrases) > 1:
        return term
    kept = tuple(token for token in term.phrases[0] if token.stem not in given)
    return replace(term, phrases=(kept,)) if kept else None


def _segment(text: str, alone: bool) -> Iterator[Term]:
    """The terms of one part of an answer: each of its words where it is the only part, else the words together."""
    acronym = ACRONYM.search(text)
    if acronym and (full := _spelled_out(text[: acronym.start()], acronym[1])):
        yield _term(full, acronym[1])
        text = text[: acronym.start()].rstrip().removesuffix(full) + text[acronym.end() :]
    for aside in ASIDE.finditer(text):
        yield _term(aside[1], aside[2])
    text = ASIDE.sub("", text)
    if text.count("/") == 1:
        yield _term(*(_core(side) for side in text.split("/")))
        return
    words = telling(text)
    if alone:
        for token in words:
            yield Term(token.text, ((token,),))
    elif words:
        yield Term(" ".join(text.split()), (tuple(words),), loose=True)


def _spelled_out(text: str, acronym: str) -> str:
    """The words before an acronym that it is made of; "" where it is not."""
    words = text.split()[-len(acronym) :]
    initials = "".join(word[0] for word in words).lower()
    return " ".join(words) if initials == acronym.lower() else ""


def _core(text: str) -> str:
    """`text` without words that say nothing."""
    return " ".join(word for word in text.split() if word.lower().strip(".,") not in STOP) or text.strip()
