"""Candidates by two words: words beside words, from what was typed exactly out to what it may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf, log2
from typing import NamedTuple

from data.search.results import COUNTED, Why
from data.search.scoring import BY_MIDDLE, COMMONNESS, EXACT, INACTIVE, SLIP, SLIP_START, SWAPPED, UNTYPED, in_order
from data.search.sqlite.entries import FIRST, ID_SHIFT, LAST, LONG_SHIFT, OTHER, OTHER_SHIFT, ROLE_SHIFT
from data.search.sqlite.found import Candidate, Found
from data.search.sqlite.lexicon import Lexicon
from data.search.sqlite.lists import tabled
from data.search.sqlite.meanings import Meaning

MOST = COUNTED + COUNTED // 5  # rows looked at: more than are counted, as a customer may be met twice
_RANGE = "SELECT 0, b, who FROM search_pair WHERE a = ? AND b >= ? AND b < ? LIMIT ?"
PROBES = """
    WITH probe(key, a, low, high) AS (VALUES {marks})
    SELECT probe.key, p.b, p.who FROM probe CROSS JOIN search_pair p
    ON p.a = probe.a AND p.b >= probe.low AND p.b < probe.high LIMIT ?"""
ROLES = 3
CLOSED, MIDDLE, TURNED, LONG = 8, 4, 2, 1
LOW_BITS = (1 << ID_SHIFT) - 1
EXTRA = [
    (INACTIVE if flags & CLOSED else 0.0)
    + (BY_MIDDLE if flags & MIDDLE else 0.0)
    + (SWAPPED if flags & TURNED else 0.0)
    + (UNTYPED if flags & LONG else 0.0)
    for flags in range(16)
]
A_PAGE = 10  # hits that make it needless to look for what is less like the text
DOUBTFUL = SLIP + SLIP_START  # a cost above which two slips in one word are looked for too
SURE = 3  # customers with exactly the name typed that make it needless to look for what is like it
FEW = 8  # words that an exact name is taken for besides
EACH = 20  # words that each of two is taken for when both are taken for others
BOTH = 120  # pairs of words looked for when both words are taken for others


class Probe(NamedTuple):
    """Rows that begin with a word (`a`) and have beside it what `b` means; `turned`: b was typed before a."""

    a: Meaning
    b: Meaning
    turned: bool


class Groups:
    """Customers by the two words that were found, each pair of words once."""

    def __init__(self, lexicon: Lexicon, comma: bool) -> None:
        self.rows: dict[tuple[str, str], dict[int, int]] = {}  # pair → customer → flags
        self.meant: dict[tuple[str, str], tuple[float, tuple[Why, ...]]] = {}
        self.more = False
        self._connection = lexicon.connection
        self._flags = {turned: _flags_by_bits(turned, comma) for turned in (False, True)}

    @property
    def count(self) -> int:
        return sum(map(len, self.rows.values()))

    def probe(self, probes: list[Probe], most: int = MOST) -> None:
        """Adds the rows that `probes` lead to."""
        if not probes:
            return
        if len(probes) == 1:
            rows = self._connection.execute(_RANGE, (probes[0].a.id, *probes[0].b.span, most)).fetchall()
        else:
            spans = [(key, probe.a.id, *probe.b.span) for key, probe in enumerate(probes)]
            rows = tabled(self._connection, PROBES, spans, most).fetchall()
        self.more = self.more or len(rows) >= most
        at: tuple[int, str] | None = None
        for key, b, who in rows:
            if (key, b) != at:
                at = key, b
                members = self._members(probes[key], b)
                flags = self._flags[probes[key].turned]
            members.setdefault(who >> ID_SHIFT, flags[who & LOW_BITS])

    def _members(self, probe: Probe, b: str) -> dict[int, int]:
        pair = (b, probe.a.word) if probe.turned else (probe.a.word, b)
        if pair not in self.rows:
            self.meant[pair] = _meant(probe, b)
        elif self.meant[pair][0] > probe.a.cost + probe.b.cost:
            self.meant[pair] = min(self.meant[pair], _meant(probe, b))
        return self.rows.setdefault(pair, {})

    def exactly(self) -> int:
        """How many have both words just as they were typed."""
        return sum(len(self.rows[pair]) for pair, (cost, _) in self.meant.items() if cost == EXACT)

    def best(self) -> float:
        """The least cost so far; infinite where there is nobody."""
        return min((cost for cost, _ in self.meant.values()), default=inf)

    def pour(self, found: Found, wanted: int) -> None:
        """Puts the best `wanted` customers into `found`, and counts the rest."""
        best: list[Candidate] = []
        for order, pair in sorted((in_order(self.meant[pair][0], len(self.rows[pair])), pair) for pair in self.rows):
            if len(best) >= wanted and best[wanted - 1].order <= order:
                break  # whoever is left comes after them
            best = sorted([*best, *self._likeliest(pair, order, wanted)], key=_by_order)[:wanted]
        for candidate in best:
            found.add(candidate)
        counted = len(set().union(*self.rows.values(), found.best))
        found.unbuilt += counted - len(found)
        found.more = found.more or self.more or counted > COUNTED

    def _likeliest(self, pair: tuple[str, str], order: float, wanted: int) -> Iterator[Candidate]:
        """The likeliest `wanted` customers with the words of `pair`."""
        (cost, why), members = self.meant[pair], self.rows[pair]
        likeliest = sorted([(flags, customer) for customer, flags in members.items()])[:wanted]
        for place, (flags, customer) in enumerate(likeliest):
            extra = EXTRA[flags] + (COMMONNESS * log2(place + 1) if cost else 0.0)
            yield Candidate(customer, cost + extra, order + extra, why, flags >= CLOSED)


def _flags_by_bits(turned: bool, comma: bool) -> list[int]:
    """What makes a customer less likely than others with the same two words, by the low bits of an entry's `who`."""
    swapped = FIRST if turned != comma else LAST  # the last name first without a comma, the first name first with one
    return [
        (bits & 1) * CLOSED
        | by_middle(bits) * MIDDLE
        | ((bits >> ROLE_SHIFT & ROLES) == swapped) * TURNED
        | (bits >> LONG_SHIFT & 1) * LONG
        for bits in range(LOW_BITS + 1)
    ]


def by_middle(who: int) -> bool:
    """Whether one of an entry's two words is a middle name or a company's beside a person's."""
    return ((who >> ROLE_SHIFT & ROLES) == OTHER) != ((who >> OTHER_SHIFT & ROLES) == OTHER)


def _by_order(candidate: Candidate) -> tuple[float, int]:
    return candidate.order, candidate.customer_id


def _meant(probe: Probe, b: str) -> tuple[float, tuple[Why, ...]]:
    first, second = probe.a, probe.b.reached(b)
    if probe.turned:
        first, second = second, first
    return first.cost + second.cost, (first.why, second.why)


def plainly(groups: Groups, lexicon: Lexicon, first: str, second: str, wanted: int) -> None:
    """Both words, or what they begin."""
    known = lexicon.themselves([first, second])
    probes = [Probe(known[first], Meaning.beginning(second), False)] if first in known else []
    probes += [Probe(known[second], Meaning.beginning(first), True)] if second in known else []
    groups.probe(probes)
    if groups.count < wanted:
        begun = [meaning for meaning in lexicon.plain(first, 40) if meaning.word != first]
        groups.probe([Probe(meaning, Meaning.beginning(second), False) for meaning in begun])


def instead(groups: Groups, firsts: Iterable[Meaning], seconds: Iterable[Meaning], first: str, second: str) -> None:
    """What either word is taken for, beside the other as it was typed."""
    probes = [Probe(meaning, Meaning.beginning(second), False) for meaning in firsts]
    groups.probe(probes + [Probe(meaning, Meaning.beginning(first), True) for meaning in seconds])


def nearly(groups: Groups, lexicon: Lexicon, first: str, second: str) -> None:
    """With slips and sounds: in one word, or in the city; where that finds nobody, in both; at last, two in one."""
    firsts, seconds = lexicon.like(first), lexicon.like(second)
    if groups.best() == EXACT:  # both words are somebody's: neither is being typed still
        firsts, seconds = ([meaning for meaning in like[:FEW] if not meaning.open] for like in (firsts, seconds))
    _one_nearly(groups, lexicon, firsts, seconds, first, second)
    if groups.best() > EXACT:
        _nearly_at_city(groups, lexicon, first, second)
        _nearly_at_city(groups, lexicon, second, first)
    if groups.count == 0:
        seconds = lexicon.like(second) + lexicon.nicknames(second)
        groups.probe(_both(lexicon.like(first) + lexicon.nicknames(first), seconds))
    if groups.best() > DOUBTFUL:
        firsts, seconds = lexicon.like(first, 2), lexicon.like(second, 2)
        _one_nearly(groups, lexicon, firsts, seconds, first, second)
        if groups.count == 0:
            groups.probe(_both(firsts, lexicon.like(second)) + _both(lexicon.like(first), seconds))


def _one_nearly(
    groups: Groups, lexicon: Lexicon, firsts: list[Meaning], seconds: list[Meaning], first: str, second: str
) -> None:
    known = lexicon.themselves([first, second])
    probes = [Probe(meaning, Meaning.beginning(second), False) for meaning in firsts if not meaning.open]
    probes += [Probe(meaning, Meaning.beginning(first), True) for meaning in seconds if not meaning.open]
    if first in known:
        probes += [Probe(known[first], meaning, False) for meaning in seconds if meaning.open]
    if second in known:
        probes += [Probe(known[second], meaning, True) for meaning in firsts if meaning.open]
    groups.probe(probes)


def _nearly_at_city(groups: Groups, lexicon: Lexicon, name: str, city: str) -> None:
    """A name beside a city with a slip in it, a name with a slip beside a city."""
    misspelt = [meaning for meaning in lexicon.cities_like(city) if not meaning.open]
    probes = [Probe(meaning, Meaning.beginning(name), True) for meaning in misspelt]
    like = lexicon.nicknames(name) + lexicon.like(name)
    groups.probe(probes + [Probe(place, meaning, True) for place in lexicon.cities(city) for meaning in like])


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
