"""Candidates by two words: words beside words, from what was typed exactly out to what it may stand for."""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import cached_property, partial
from math import inf

from data.search.scoring import NICKNAME, PLACE, SHORTEST_SLIP, TWO_SLIPS
from data.search.sqlite.names.groups import Groups
from data.search.sqlite.names.probe import Probe
from data.search.sqlite.texts.places import places_called
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.liberties import called_nearly, heard, short_for
from data.search.sqlite.words.meanings import Meaning

A_PAGE = 10  # hits that make it needless to look for what is less like the text
ENOUGH = 64  # customers that make it needless to look for what their names are short for, or what theirs begin
FARTHER = TWO_SLIPS + 1.0  # a cost above which two slips in one word are looked for too: nearly what they cost at least
UNLIKELY = 3.75  # where a name comes that is near but rare, or common but not so near: two slips may be meant as well
TELLING = 6  # letters of a word of which two may be wrong though it begins another with one slip
WORDS = 40  # bearers of a word that is hardly only the beginning of another
FAR = 13.5  # a cost above which a slip in a nickname is likelier
EACH = 20  # words that each of two is taken for when both are taken for others
BOTH = 120  # pairs of words looked for when both words are taken for others
BEGUN = 24  # words that the first is taken for the beginning of; where there are fewer, no name is left out
ENDED = 100  # the same for the second, where the first may begin more
COMMON = 100  # bearers of a word that is surely whole: nobody is still typing it
COMMON_AMONG = 10_000  # customers of whom one must bear it, too: a store of millions has a hundred of rare words
WHOLE = 2_000  # bearers of a word that is not looked for as the beginning of others where a page is full without
SHORT = 2  # letters of a second word that begins so many names that only the commonest are looked for

Way = Callable[[str], list[Meaning]]  # in which a typed word may be taken for another


class Names:
    """Two typed words, looked for beside each other; who has them is put into `groups`."""

    def __init__(self, groups: Groups, lexicon: Lexicon, first: str, second: str) -> None:
        self._groups, self._lexicon, self._first, self._second = groups, lexicon, first, second
        self._known = lexicon.themselves([first, second])

    @cached_property
    def _common(self) -> set[str]:
        many = max(COMMON, self._lexicon.customers() // COMMON_AMONG)
        return {word for word, meaning in self._known.items() if meaning.bearers >= many}

    @cached_property
    def _as_first(self) -> Meaning | None:
        """Whatever the first begins; None where nobody has such a word."""
        begins = self._first in self._known or self._lexicon.begins(self._first)
        return Meaning.beginning(self._first, ended=True) if begins else None

    @cached_property
    def _as_second(self) -> Meaning | None:
        begins = self._second in self._known or self._lexicon.begins(self._second)
        return Meaning.beginning(self._second) if begins else None

    def plainly(self, enough: int = ENOUGH) -> None:
        """Both words, or what they begin; where these are not `enough`, also what is called so otherwise."""
        groups, lexicon, known, first, second = self._groups, self._lexicon, self._known, self._first, self._second
        if first in known and self._as_second:
            groups.span(Probe(known[first], self._as_second, False))
        if second in known and self._as_first:
            groups.span(Probe(known[second], self._as_first, True))
        if groups.count >= enough or groups.more:
            return
        if groups.count >= A_PAGE and first in known and known[first].bearers >= WHOLE:
            groups.probe(self._called())
            return
        begun = [meaning for meaning in lexicon.plain(first, BEGUN, ended=True) if meaning.word != first]
        all_begun = len(begun) < BEGUN and lexicon.all_begun(first)
        if len(second) <= SHORT:
            if not all_begun:
                groups.probe(_both(begun, lexicon.plain(second, BEGUN)))
            if all_begun or groups.count < enough:
                groups.probe(self._firsts(lambda _: begun))
            if groups.count < enough and not groups.more:
                groups.probe(self._called())
            return
        ended: list[Meaning] = []
        if not all_begun and self._as_second:
            ended = [meaning for meaning in lexicon.plain(second, ENDED) if meaning.word != second]
            begun = begun if len(ended) >= ENDED else []
        groups.probe(self._firsts(lambda _: begun) + self._seconds(lambda _: ended) + self._called())

    def nicknames(self) -> None:
        """Either word taken for what its bearer may be called otherwise."""
        nicknames = self._lexicon.nicknames
        self._groups.probe(self._firsts(nicknames) + self._seconds(nicknames))

    def nearly(self) -> None:
        """With slips and sounds: in one word, or in the city; where that finds nobody, in both; at last, two in one."""
        groups, lexicon, common, first, second = self._groups, self._lexicon, self._common, self._first, self._second
        words = {first, second}
        if groups.best() <= PLACE:  # both words are somebody's, or one a city: neither is being typed still
            self._beside(words)
            return
        slipped = self._beside(words, longer=True)
        probes = self._begun_beside()
        if not (slipped and first in common):
            probes += self._firsts(lexicon.whole) + ([] if first in common else self._seconds(lexicon.like))
        if groups.count < A_PAGE:
            probes += self._at_city_nearly(first, second) + self._at_city_nearly(second, first)
        groups.probe(probes)
        if groups.count == 0:
            seconds = lexicon.like(second) + lexicon.nicknames(second)
            groups.probe(_both(lexicon.like(first) + lexicon.nicknames(first), seconds))
        elif not groups.surely((self._longest(first), self._longest(second))):
            groups.probe(_both(*heard(lexicon, first, second)))
        if groups.best() > NICKNAME and groups.likelier_than(TWO_SLIPS) < A_PAGE:
            self._short_for()
        varied = words - common
        few = groups.count < A_PAGE and groups.best() > NICKNAME and not slipped
        telling = {word for word in words if few and len(word) >= TELLING}
        if far := (varied if groups.best() > FARTHER else telling - common):
            self._farther(far)
        elif common and (groups.count < A_PAGE or groups.first() > UNLIKELY):
            self._beside(varied, 2, anchors=common)
        if groups.best() > FAR:
            called = partial(called_nearly, lexicon)
            groups.probe(self._firsts(called) + self._seconds(called))

    def _short_for(self) -> None:
        """A word taken for the name that it is short for, beside what is one slip from the other."""
        for anchor, typed, turned in self._ways():
            if typed not in self._common:
                for called in short_for(self._lexicon, anchor):
                    self._groups.beside(called, self._lexicon.near(typed), turned)

    def _longest(self, word: str) -> float:
        """How many letters a name has that was meant by `word`: what many are called is not the beginning of others."""
        whole = word in self._known and self._known[word].bearers >= WORDS
        return len(word) + 1 if whole else inf

    def said_alike(self) -> None:
        """One word as it was typed, and beside it what is said just as the other is."""
        for anchor, typed, turned in self._ways():
            if len(typed) >= SHORTEST_SLIP:
                self._groups.beside(anchor, self._lexicon.said_alike(typed), turned)

    def _ways(self) -> list[tuple[Meaning, str, bool]]:
        """Each word that somebody has, with the other one, and whether that came first."""
        known = self._known
        ways = ((self._first, self._second, False), (self._second, self._first, True))
        return [(known[anchor], typed, turned) for anchor, typed, turned in ways if anchor in known]

    def _firsts(self, *ways: Way) -> list[Probe]:
        """What the first word is taken for in these ways, beside what the second begins."""
        beside, typed = self._as_second, self._first
        if beside is None:
            return []
        return [Probe(one, beside, False) for way in ways for one in way(typed) if not one.open]

    def _seconds(self, *ways: Way) -> list[Probe]:
        """What the second word is taken for in these ways, beside what the first begins."""
        beside, typed = self._as_first, self._second
        if beside is None:
            return []
        return [Probe(one, beside, True) for way in ways for one in way(typed) if not one.open]

    def _called(self) -> list[Probe]:
        """What is called otherwise, or a place, beside the other word."""
        nicknames, places = self._lexicon.nicknames, partial(places_called, self._lexicon)
        begun = self._groups.count < A_PAGE
        return self._firsts(nicknames, partial(places, begun=False)) + self._seconds(
            nicknames, partial(places, begun=begun)
        )

    def _farther(self, far: set[str]) -> None:
        """With two slips in one word of `far`; where that finds nobody, and one in the other."""
        lexicon, first, second = self._lexicon, self._first, self._second
        if not self._beside(far, 2):
            whole = partial(lexicon.whole, most_slips=2)
            probes = self._firsts(whole) if first in far else []
            self._groups.probe(probes + (self._seconds(whole) if second in far else []))
        if self._groups.count == 0:
            firsts, seconds = (lexicon.whole(word, 2) if word in far else [] for word in (first, second))
            self._groups.probe(_both(firsts, lexicon.like(second)) + _both(lexicon.like(first), seconds))

    def _beside(
        self, varied: set[str], slips: int = 1, *, longer: bool = False, anchors: Container[str] | None = None
    ) -> bool:
        """One word as it was typed, and beside it all that is so many slips from the other, if that is `varied`.

        Returns whether anybody has such a whole word; `longer`: also words that begin with such a one; `anchors`: the
        words to be taken as they were typed.
        """
        found = False
        for anchor, typed, turned in self._ways():
            if typed in varied and (anchors is None or anchor.word in anchors):
                near = self._lexicon.near(typed, slips)
                found = self._groups.beside(anchor, near, turned, longer=longer) or found
        return found

    def _begun_beside(self) -> list[Probe]:
        """One word as it was typed, and beside it the beginnings that the other is one slip from."""
        return [
            Probe(anchor, meaning, turned)
            for anchor, typed, turned in self._ways()
            for meaning in self._lexicon.near(typed).beginnings()
        ]

    def _at_city_nearly(self, name: str, city: str) -> list[Probe]:
        """A name beside a city with a slip in it, a name with a slip beside a city; a common name is no such city."""
        lexicon = self._lexicon
        begins = self._as_first if name == self._first else self._as_second
        cities = lexicon.cities_like(city) if begins and city not in self._common else []
        probes = [Probe(meaning, Meaning.beginning(name), True) for meaning in cities if not meaning.open]
        places = lexicon.cities(city)
        like = lexicon.nicknames(name) + lexicon.like(name) if places else []
        return probes + [Probe(place, meaning, True) for place in places for meaning in like]


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
