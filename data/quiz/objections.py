"""Why an answer with every key term may still be wrong: a figure, a denial, a comparison, words too many. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from data.quiz.key_terms import Term
from data.quiz.matching import Known, Span
from data.quiz.rules import Clue
from data.quiz.vocabulary import BOUNDS, BUT, COMPARISONS, HEDGED, NEGATIONS, OPENERS, STOP
from data.quiz.words import Token, content, plain_stems, same, tokens
from data.text import fold

SHORT_PART = 2  # content words of a part that is one more item of a list
FOREIGN, FOREIGN_EACH = 3, 2  # words that may come from elsewhere: in all, and for each term that is there
NOT_SO = "It says what it is not."


def wrong_figure(clue: Clue, said: Sequence[Token], known: Known) -> str:
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


def denied(typed: str, said: Sequence[Token], spans: Sequence[Sequence[Span]], terms: Sequence[Term]) -> str:
    """Whether the answer says that it is not so, where the right one does not.

    A "not" belongs to the answer within a term that has one; "…, not the other" only explains.
    """
    if BUT.search(fold(typed)) or HEDGED.search(fold(typed)):
        return NOT_SO
    meant = {
        at
        for term, found in zip(terms, spans, strict=True)
        for start, end in found
        for at in range(start, end + 1)
        if end > start and (not term.loose or _is_of(term, said[at]))
    }
    named = {said[at].part for found in spans for start, end in found for at in (start, end)}
    first = {token.part: at for at, token in reversed(list(enumerate(said)))}
    for at, token in enumerate(said):
        explains = token.part > 0 and first[token.part] == at and token.part not in named
        if token.text in NEGATIONS and at not in meant and not explains:
            return NOT_SO
    return ""


def _is_of(term: Term, token: Token) -> bool:
    """Whether a typed word is one of a term's own."""
    return any(same(token, meant) for phrase in term.phrases for meant in phrase)


def compared(clue: Clue, said: Sequence[Token], known: Known) -> str:
    """What is wrong with the comparisons of an answer ("higher", "before"); "" where nothing is."""
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


def bounded(clue: Clue, typed: str) -> str:
    """What is wrong with how a limit is worded: "more than $200" where "$200 or more" is right; "" for nothing."""
    meant = {bound for text in (clue.answer, *clue.alternatives, *clue.key_terms) for bound in _bounds(text)}
    told = next((words for bound, words in _bounds(typed).items() if bound not in meant), "")
    return f"Not “{told}”." if len(meant) == 1 and told else ""


def _bounds(text: str) -> dict[str, str]:
    """The kinds of limit a text names ("at least", "less than" and so on), each with the words that name it."""
    plain = fold(text)
    return {bound: found[0] for bound, pattern in BOUNDS.items() if (found := pattern.search(plain))}


def foreign(said: Sequence[Token], terms: Sequence[Term], known: Known) -> str:
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


def beside(said: Sequence[Token], spans: Sequence[Sequence[Span]], terms: Sequence[Term], known: Known) -> str:
    """A strange word right beside a term that is there in one place only, and so makes another thing of it."""
    wanted = [meant for term in terms for phrase in term.phrases for meant in phrase]
    for found in spans:
        for start, end in found if len(found) == 1 else ():
            for at, inner in ((start - 1, start), (end + 1, end)):
                if not 0 <= at < len(said) or said[at].part != said[inner].part or said[at].figure:
                    continue
                token = said[at]
                if token.text in STOP or token.stem in plain_stems() or _is_known(token, wanted, known):
                    continue
                if token.text not in NEGATIONS:
                    return token.text
    return ""


def _is_known(token: Token, wanted: Sequence[Token], known: Known) -> bool:
    return bool(token.figure) or token.stem in known.stems or any(same(token, meant) for meant in wanted)
