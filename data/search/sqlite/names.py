"""Candidates by two words: words beside words, from what was typed exactly out to what it may stand for."""

from __future__ import annotations

from collections.abc import Iterable

from data.search.scoring import PLACE, SHORTEST_SLIP, SLIP, SLIP_START
from data.search.sqlite.groups import Groups, Probe
from data.search.sqlite.lexicon import Lexicon
from data.search.sqlite.meanings import Meaning

A_PAGE = 10  # hits that make it needless to look for what is less like the text
DOUBTFUL = SLIP + SLIP_START  # a cost above which two slips in one word are looked for too
SURE = 3  # customers with exactly the name typed that make it needless to look for what is like it
UNLIKELY = 3.75  # where a name comes that is near but rare, or common but not so near: two slips may be meant as well
TELLING = 6  # letters of a word of which two may be wrong though it begins another with one slip
EACH = 20  # words that each of two is taken for when both are taken for others
BOTH = 120  # pairs of words looked for when both words are taken for others
BEGUN = 24  # words that the first is taken for the beginning of; where there are fewer, no name is left out
ENDED = 100  # the same for the second, where the first may begin more
COMMON = 100  # bearers of a word that is surely whole: nobody is still typing it
COMMON_AMONG = 10_000  # customers of whom one must bear it, too: a store of millions has a hundred of rare words
WHOLE = 2_000  # bearers of a word that is not looked for as the beginning of others where a page is full without
SHORT = 2  # letters of a second word that begins so many names that only the commonest are looked for


def plainly(groups: Groups, lexicon: Lexicon, first: str, second: str, wanted: int) -> None:
    """Both words, or what they begin."""
    known = lexicon.themselves([first, second])
    if first in known:
        groups.span(Probe(known[first], Meaning.beginning(second), False))
    if second in known:
        groups.span(Probe(known[second], Meaning.beginning(first, ended=True), True))
    if groups.count >= wanted or groups.more:
        return
    if groups.count >= A_PAGE and first in known and known[first].bearers >= WHOLE:
        return
    begun = [meaning for meaning in lexicon.plain(first, BEGUN, ended=True) if meaning.word != first]
    all_begun = len(begun) < BEGUN and lexicon.all_begun(first)
    if len(second) <= SHORT and not all_begun:
        groups.probe(_both(begun, lexicon.plain(second, BEGUN)))
    if all_begun or (len(second) <= SHORT and groups.count < wanted):
        instead(groups, begun, [], first, second)
    elif len(second) > SHORT:
        ended = [meaning for meaning in lexicon.plain(second, ENDED) if meaning.word != second]
        instead(groups, begun if len(ended) >= ENDED else [], ended, first, second)


def instead(groups: Groups, firsts: Iterable[Meaning], seconds: Iterable[Meaning], first: str, second: str) -> None:
    """What either word is taken for, beside the other as it was typed."""
    as_first, as_second = Meaning.beginning(first, ended=True), Meaning.beginning(second)
    probes = [Probe(meaning, as_second, False) for meaning in firsts if not meaning.open]
    groups.probe(probes + [Probe(meaning, as_first, True) for meaning in seconds if not meaning.open])


def nearly(groups: Groups, lexicon: Lexicon, first: str, second: str) -> None:
    """With slips and sounds: in one word, or in the city; where that finds nobody, in both; at last, two in one."""
    known = lexicon.themselves([first, second])
    many = max(COMMON, lexicon.customers() // COMMON_AMONG)
    common = {word for word, meaning in known.items() if meaning.bearers >= many}
    if groups.best() <= PLACE:  # both words are somebody's, or one a city: neither is being typed still
        _beside(groups, lexicon, known, first, second, {first, second}, longer=False)
        return
    slipped = _beside(groups, lexicon, known, first, second, {first, second})
    if not (slipped and first in common):
        instead(groups, lexicon.whole(first), [] if first in common else lexicon.like(second), first, second)
    if groups.count < A_PAGE:
        _nearly_at_city(groups, lexicon, first, second, common)
        _nearly_at_city(groups, lexicon, second, first, common)
    if groups.count == 0:
        seconds = lexicon.like(second) + lexicon.nicknames(second)
        groups.probe(_both(lexicon.like(first) + lexicon.nicknames(first), seconds))
    doubtful = groups.best() > DOUBTFUL
    varied = {first, second} - common
    telling = {word for word in (first, second) if len(word) >= TELLING and not slipped and groups.count < A_PAGE}
    if far := (varied if doubtful else telling - common):
        _farther(groups, lexicon, first, second, far)
    elif common and (groups.count < A_PAGE or groups.first() > UNLIKELY):
        _beside(groups, lexicon, {word: known[word] for word in common}, first, second, varied, 2)


def said_alike(groups: Groups, lexicon: Lexicon, first: str, second: str) -> None:
    """One word as it was typed, and beside it what is said just as the other is."""
    known = lexicon.themselves([first, second])
    for anchor, typed, turned in ((first, second, False), (second, first, True)):
        if anchor in known and len(typed) >= SHORTEST_SLIP:
            groups.beside(known[anchor], lexicon.said_alike(typed), turned)


def _farther(groups: Groups, lexicon: Lexicon, first: str, second: str, far: set[str]) -> None:
    """With two slips in one word of `far`; where that finds nobody, and one in the other."""
    known = lexicon.themselves([first, second])
    _beside(groups, lexicon, known, first, second, far, slips=2)
    firsts, seconds = (lexicon.whole(word, 2) if word in far else [] for word in (first, second))
    instead(groups, firsts, seconds, first, second)
    if groups.count == 0:
        groups.probe(_both(firsts, lexicon.like(second)) + _both(lexicon.like(first), seconds))


def _beside(
    groups: Groups,
    lexicon: Lexicon,
    known: dict[str, Meaning],
    first: str,
    second: str,
    varied: set[str],
    slips: int = 1,
    *,
    longer: bool = True,
) -> bool:
    """One word as it was typed, and beside it all that is so many slips from the other, if that is to be `varied`.

    Returns whether anybody has such a whole word; `longer`: also words that begin with such a one.
    """
    found = False
    for anchor, typed, turned in ((first, second, False), (second, first, True)):
        if anchor in known and typed in varied:
            near = lexicon.near(typed, slips)
            found = groups.beside(known[anchor], near, turned, longer=longer) or found
            if longer:
                groups.probe([Probe(known[anchor], meaning, turned) for meaning in near.beginnings()])
    return found


def _nearly_at_city(groups: Groups, lexicon: Lexicon, name: str, city: str, common: set[str]) -> None:
    """A name beside a city with a slip in it, a name with a slip beside a city; a `common` name is no such city."""
    cities = [] if city in common else lexicon.cities_like(city)
    as_name = Meaning.beginning(name)
    probes = [Probe(meaning, as_name, True) for meaning in cities if not meaning.open]
    places = lexicon.cities(city)
    like = lexicon.nicknames(name) + lexicon.like(name) if places else []
    groups.probe(probes + [Probe(place, meaning, True) for place in places for meaning in like])


def _both(firsts: list[Meaning], seconds: list[Meaning]) -> list[Probe]:
    """The likeliest pairs of two lists of meanings; one of a pair may be a beginning."""
    ordered = [[(meaning.order, place) for place, meaning in enumerate(one[:EACH])] for one in (firsts, seconds)]
    pairs = sorted(
        (order + other_order, index, other)
        for order, index in ordered[0]
        for other_order, other in ordered[1]
        if not (firsts[index].open and seconds[other].open)
    )
    return [
        Probe(seconds[other], firsts[index], True)
        if firsts[index].open
        else Probe(firsts[index], seconds[other], False)
        for _, index, other in pairs[:BOTH]
    ]
