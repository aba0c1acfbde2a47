"""Candidates by name: words beside words, from what was typed exactly out to what it may stand for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from math import inf, log2
from typing import NamedTuple

from data.search.results import COUNTED, Why
from data.search.scoring import BY_MIDDLE, COMMONNESS, EXACT, INACTIVE, SLIP, SLIP_START, SWAPPED, in_order
from data.search.sqlite.entries import FIRST, ID_SHIFT, LAST, OTHER, OTHER_SHIFT, ROLE_SHIFT
from data.search.sqlite.found import Candidate, Found
from data.search.sqlite.meanings import END, Lexicon, Meaning

MOST = COUNTED + 1
_RANGE = "SELECT b, who FROM search_pair WHERE a = ? AND b >= ? AND b < ? LIMIT ?"
PROBES = """
    SELECT v.key, p.b, p.who FROM json_each(?) v CROSS JOIN search_pair p
    ON p.a = v.value ->> 0 AND p.b >= v.value ->> 1 AND p.b < v.value ->> 2 LIMIT ?"""
ROLES = 3
CLOSED, MIDDLE, TURNED = 4, 2, 1
EXTRA = [
    (INACTIVE if flags & CLOSED else 0.0)
    + (BY_MIDDLE if flags & MIDDLE else 0.0)
    + (SWAPPED if flags & TURNED else 0.0)
    for flags in range(8)
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
        self.rows: dict[tuple[str, str], dict[int, int]] = {}
        self.meant: dict[tuple[str, str], tuple[float, tuple[Why, ...]]] = {}
        self.count = 0
        self.more = False
        self._connection = lexicon.connection
        self._comma = comma

    def probe(self, probes: list[Probe], most: int = MOST) -> None:
        """Adds the rows that `probes` lead to."""
        if not probes:
            return
        if len(probes) == 1:
            rows = self._connection.execute(_RANGE, (probes[0].a.word, *probes[0].b.span, most)).fetchall()
            found: Iterable[tuple[int, str, int]] = ((0, b, who) for b, who in rows)
        else:
            spans = json.dumps([(probe.a.word, *probe.b.span) for probe in probes], ensure_ascii=False)
            rows = found = self._connection.execute(PROBES, (spans, most)).fetchall()
        if len(rows) >= most:
            self.more = True
        for key, b, who in found:
            self._add(probes[key], b, who)

    def _add(self, probe: Probe, b: str, who: int) -> None:
        pair = (b, probe.a.word) if probe.turned else (probe.a.word, b)
        members = self.rows.get(pair)
        if members is None:
            members = self.rows[pair] = {}
            self.meant[pair] = _meant(probe, b)
        elif self.meant[pair][0] > probe.a.cost + probe.b.cost:
            self.meant[pair] = min(self.meant[pair], _meant(probe, b))
        customer = who >> ID_SHIFT
        if customer not in members:
            self.count += 1
            members[customer] = self._flags(who, probe.turned)

    def _flags(self, who: int, turned: bool) -> int:
        """What makes a customer less likely than others with the same two words, in order of weight."""
        swapped = self._is_swapped(who >> ROLE_SHIFT & ROLES, turned)
        return (who & 1) * CLOSED | _by_middle(who) * MIDDLE | swapped * TURNED

    def _is_swapped(self, role: int, turned: bool) -> bool:
        """Whether the last name was typed first without a comma, or the first name first with one."""
        return role == (FIRST if turned != self._comma else LAST)

    def exactly(self) -> int:
        """How many have both words just as they were typed."""
        return sum(len(self.rows[pair]) for pair, (cost, _) in self.meant.items() if cost == EXACT)

    def best(self) -> float:
        """The least cost so far; infinite where there is nobody."""
        return min((cost for cost, _ in self.meant.values()), default=inf)

    def pour(self, found: Found, wanted: int) -> None:
        """Puts the best `wanted` customers into `found`, and counts the rest."""
        ranked = sorted((self._order(pair), pair) for pair in self.rows)
        poured = 0
        for order, pair in ranked:
            if poured >= wanted:
                break
            cost, why = self.meant[pair]
            members = sorted((flags, customer) for customer, flags in self.rows[pair].items())
            for place, (flags, customer) in enumerate(members[:wanted]):
                extra = EXTRA[flags] + (COMMONNESS * log2(place + 1) if cost else 0.0)
                found.add(Candidate(customer, cost + extra, order + extra, why, bool(flags & CLOSED)))
                poured += 1
        found.unbuilt += self.count - poured
        found.more = found.more or self.more or self.count > COUNTED

    def _order(self, pair: tuple[str, str]) -> float:
        return in_order(self.meant[pair][0], len(self.rows[pair]))


def _meant(probe: Probe, b: str) -> tuple[float, tuple[Why, ...]]:
    first, second = probe.a, probe.b.reached(b)
    if probe.turned:
        first, second = second, first
    return first.cost + second.cost, (first.why, second.why)


def one_word(lexicon: Lexicon, typed: str, found: Found, wanted: int) -> None:
    """Customers with the word `typed`, with words that it begins, or with what it is like."""
    meanings = lexicon.plain(typed)
    counted = sum(meaning.bearers for meaning in meanings)
    _add_words(lexicon, meanings, found, wanted)
    found.more = counted > COUNTED
    if not found.more and counted > len(found):
        found.unbuilt = max(_count_beginning(lexicon, typed) - len(found), 0)
    if len(found) < wanted:
        _add_words(lexicon, lexicon.nicknames(typed), found, wanted)
    if len(found) < A_PAGE:
        _add_words(lexicon, _closed(lexicon, lexicon.like(typed)), found, wanted)
    if len(found) < A_PAGE:
        _add_words(lexicon, lexicon.like(typed, 2), found, wanted)


def _closed(lexicon: Lexicon, meanings: list[Meaning]) -> list[Meaning]:
    """`meanings`, each beginning among them replaced by the commonest words that it begins."""
    closed = [meaning for meaning in meanings if not meaning.open]
    for meaning in meanings:
        if meaning.open:
            closed += [meaning.reached(word.word) for word in lexicon.plain(meaning.word)[:3]]
    return sorted(closed, key=lambda meaning: meaning.order)


def _add_words(lexicon: Lexicon, meanings: list[Meaning], found: Found, wanted: int) -> None:
    for meaning in meanings:
        if len(found) >= wanted:
            return
        add_word(lexicon, meaning, found, wanted)


def add_word(lexicon: Lexicon, meaning: Meaning, found: Found, wanted: int) -> None:
    """Customers with the one word that `meaning` is."""
    rows = lexicon.connection.execute(
        "SELECT who FROM search_pair WHERE a = ? LIMIT ?", (meaning.word, 4 * wanted)
    ).fetchall()
    order = meaning.order
    for place, (who,) in enumerate(rows):
        closed = bool(who & 1)
        extra = (INACTIVE if closed else 0.0) + (BY_MIDDLE if _by_middle(who) else 0.0)
        found.add(
            Candidate(who >> ID_SHIFT, meaning.cost + extra, order + extra + place / 100_000, (meaning.why,), closed)
        )


def _by_middle(who: int) -> bool:
    """Whether one of an entry's two words is a middle name or a company's beside a person's."""
    return ((who >> ROLE_SHIFT & ROLES) == OTHER) != ((who >> OTHER_SHIFT & ROLES) == OTHER)


def _count_beginning(lexicon: Lexicon, typed: str) -> int:
    row = lexicon.connection.execute(
        f"SELECT count(DISTINCT who >> {ID_SHIFT}) FROM search_pair WHERE a >= ? AND a < ?", (typed, typed + END)
    ).fetchone()
    return int(row[0])


def plainly(groups: Groups, lexicon: Lexicon, first: str, second: str, wanted: int) -> None:
    """Both words, or what they begin."""
    groups.probe([Probe(Meaning.exact(first), Meaning.beginning(second), False)])
    groups.probe([Probe(Meaning.exact(second), Meaning.beginning(first), True)])
    if groups.count < wanted:
        begun = [meaning for meaning in lexicon.plain(first, 40) if meaning.word != first]
        groups.probe([Probe(meaning, Meaning.beginning(second), False) for meaning in begun])


def called(groups: Groups, lexicon: Lexicon, first: str, second: str) -> None:
    """One word, or what it begins, beside what the other is short for or is called for short."""
    groups.probe([Probe(meaning, Meaning.beginning(second), False) for meaning in lexicon.nicknames(first)])
    groups.probe([Probe(meaning, Meaning.beginning(first), True) for meaning in lexicon.nicknames(second)])


def nearly(groups: Groups, lexicon: Lexicon, first: str, second: str) -> None:
    """With slips and sounds: in one word; where that finds nobody, in both; at last, two slips in one of them."""
    firsts, seconds = lexicon.like(first), lexicon.like(second)
    if groups.best() == EXACT:  # both words are somebody's: neither is being typed still
        firsts, seconds = ([meaning for meaning in like[:FEW] if not meaning.open] for like in (firsts, seconds))
    _one_nearly(groups, firsts, seconds, first, second)
    if groups.count == 0:
        seconds = lexicon.like(second) + lexicon.nicknames(second)
        groups.probe(_both(lexicon.like(first) + lexicon.nicknames(first), seconds))
    if groups.best() > DOUBTFUL:
        firsts, seconds = lexicon.like(first, 2), lexicon.like(second, 2)
        _one_nearly(groups, firsts, seconds, first, second)
        if groups.count == 0:
            groups.probe(_both(firsts, lexicon.like(second)) + _both(lexicon.like(first), seconds))


def _one_nearly(groups: Groups, firsts: list[Meaning], seconds: list[Meaning], first: str, second: str) -> None:
    probes = [Probe(meaning, Meaning.beginning(second), False) for meaning in firsts if not meaning.open]
    probes += [Probe(meaning, Meaning.beginning(first), True) for meaning in seconds if not meaning.open]
    probes += [Probe(Meaning.exact(first), meaning, False) for meaning in seconds if meaning.open]
    probes += [Probe(Meaning.exact(second), meaning, True) for meaning in firsts if meaning.open]
    groups.probe(probes)


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
