"""Candidates for texts of three words and more: customers with two of them, compared with the whole text."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from data.search.sqlite.found import Found
from data.search.sqlite.names.groups import Groups
from data.search.sqlite.names.initials import add_with_initials
from data.search.sqlite.names.one_word import one_word
from data.search.sqlite.names.two_words import A_PAGE, Names
from data.search.sqlite.texts.comparing import COMPARED, Pool, compare
from data.search.sqlite.texts.fitting import Fitter
from data.search.sqlite.texts.places import MANY, at_places
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import Word
from data.search.words import told_words

SHORTEST_PART = 3  # letters of each of two words that were written in one
PARTED = 3  # places at which such a word is parted


def several_words(lexicon: Lexicon, words: list[str], comma: bool, found: Found) -> None:
    """Three words or more, as they were typed."""
    told = told_words(words)
    whole = _whole(told)
    initials = len(whole) < len(told)
    if initials and add_with_initials(lexicon, told, found) >= A_PAGE:
        return
    fitter = Fitter(lexicon, words, [])
    met = at_places(lexicon, words, fitter, found)
    if met >= A_PAGE and not initials:  # which fit nearly everybody at a place
        return
    if len(whole) == 1:  # initials and one word: those who have the word, by how well the initials fit
        own = Found()
        one_word(lexicon, whole[0], own, COMPARED)
        compare(lexicon, {customer: {} for customer in own.best}, fitter, found)
    else:
        least = 2 if met and len(whole) > 2 else 1
        compare(lexicon, _likeliest(plainly_all(lexicon, told, comma), least), fitter, found)


def several_words_nearly(lexicon: Lexicon, words: list[str], found: Found, *, comma: bool) -> None:
    """The same, with slips, sounds and nicknames."""
    told = told_words(words)
    if len(_whole(told)) != 1:
        compare(lexicon, _likeliest(nearly_all(lexicon, told, comma), 1), Fitter(lexicon, words, []), found)


def parted_among(lexicon: Lexicon, words: list[str], comma: bool, found: Found) -> None:
    """One of several words is two without the space between them: "browntravel & sons"."""
    for place, word in enumerate(words):
        parts = [(word[:at], word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
        known = lexicon.known({part for pair in parts for part in pair} | {word})
        both = [pair for pair in parts if known.keys() >= set(pair)] if word not in known else []
        for pair in sorted(both, key=lambda pair: abs(len(pair[0]) - len(pair[1])))[:PARTED]:
            several_words(lexicon, [*words[:place], *pair, *words[place + 1 :]], comma, found)


def _whole(words: list[str]) -> list[str]:
    """`words` without initials, which lead to everybody."""
    return [word for word in words if len(word) > 1]


def plainly_all(lexicon: Lexicon, words: list[str], comma: bool) -> Counter[int]:
    """Customers by how many pairs of `words` they have."""
    tally: Counter[int] = Counter()
    for first, second in _pairs(lexicon, words):
        groups = Groups(lexicon, comma)
        Names(groups, lexicon, first, second).plainly(1)
        for group in groups.by_pair.values():
            tally.update(group.members.keys())
    return tally


def nearly_all(lexicon: Lexicon, words: list[str], comma: bool) -> Counter[int]:
    """The same, with slips, sounds and nicknames."""
    tally: Counter[int] = Counter()
    for first, second in _pairs(lexicon, words)[:3]:
        groups = Groups(lexicon, comma)
        names = Names(groups, lexicon, first, second)
        names.nicknames()
        names.nearly()
        for group in groups.by_pair.values():
            tally.update(group.members.keys())
    return tally


def _pairs(lexicon: Lexicon, words: list[str]) -> list[tuple[str, str]]:
    """Pairs of `words`, those of rare words first: they leave fewest customers to compare."""
    whole = _whole(words)
    known = lexicon.known(words)
    return sorted(
        combinations(dict.fromkeys(whole if len(whole) > 1 else words), 2),
        key=lambda pair: _bearers(known, pair[0]) * _bearers(known, pair[1]),
    )[:4]


def _bearers(known: dict[str, Word], word: str) -> int:
    return known[word].bearers if word in known else MANY


def _likeliest(tally: Counter[int], least: int) -> Pool:
    """Those with the most pairs of words, `least` or more: where somebody is found already, one pair is too little."""
    return {customer: {} for customer, pairs in tally.most_common(COMPARED) if pairs >= least}
