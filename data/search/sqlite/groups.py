"""Customers by the two words that they were found by; put in order by name, the likeliest name first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import inf, log2
from typing import Any, NamedTuple

from data.search.results import COUNTED, Why
from data.search.scoring import (
    AGAIN,
    ALSO_BEGUN,
    BY_MIDDLE,
    COMMONNESS,
    COMPANY_BACKWARDS,
    EXACT,
    INACTIVE,
    SWAPPED,
    UNTYPED,
    in_order,
)
from data.search.sqlite.companies import BACKWARDS, in_their_order
from data.search.sqlite.entries import FIRST, ID_SHIFT, LAST, LONG_SHIFT, OTHER, OTHER_SHIFT, PLACES, ROLE_SHIFT
from data.search.sqlite.found import Candidate, Found
from data.search.sqlite.lexicon import Lexicon
from data.search.sqlite.lists import listed, tabled
from data.search.sqlite.meanings import Meaning
from data.search.sqlite.near import Near

MOST = COUNTED + COUNTED // 5  # rows looked at: more than are counted, as a customer may be met twice
SOME = 200  # rows of a range that are read at once; where there are more, they are counted first
NAMES = 64  # names of a wide range of which one customer is met
_RANGE = "SELECT b, who FROM search_pair WHERE a = ? AND b >= ? AND b < ? LIMIT +?"
_BESIDE = f"SELECT b, who FROM search_pair WHERE b IN ({{marks}}) AND a = ? LIMIT {MOST}"
PROBES = """
    WITH probe(key, a, low, high) AS (VALUES {marks})
    SELECT probe.key, p.b, p.who FROM probe CROSS JOIN search_pair p
    ON p.a = probe.a AND p.b >= probe.low AND p.b < probe.high LIMIT +?"""
TYPED = ("name", "city")  # how a word is told that was typed as it is
COMPANIES = 12  # pairs of words whose companies are asked for the order of theirs
ROLES = 3
MIDDLE, CLOSED, TURNED, LONG = 8, 4, 2, 1
LOW_BITS = (1 << ID_SHIFT) - 1
EXTRA = [
    (INACTIVE if flags & CLOSED else 0.0)
    + (BY_MIDDLE if flags & MIDDLE else 0.0)
    + (SWAPPED if flags & TURNED else 0.0)
    + (UNTYPED if flags & LONG else 0.0)
    + (COMPANY_BACKWARDS if flags & BACKWARDS else 0.0)
    for flags in range(32)
]
_AGAIN = 1 << LONG_SHIFT | OTHER << ROLE_SHIFT | OTHER << OTHER_SHIFT  # bits of a who that may be met twice
_CUSTOMERS = f"""
    SELECT count(*) FILTER (WHERE who & {_AGAIN} = 0)
      + count(DISTINCT CASE WHEN who & {_AGAIN} THEN who >> {ID_SHIFT} END)
    FROM (SELECT who FROM search_pair WHERE a = ? AND b >= ? AND b < ? LIMIT {3 * COUNTED})"""
_UNLIKELY = 1 | OTHER << ROLE_SHIFT | OTHER << OTHER_SHIFT  # bits of a who: closed, or met by a middle name
_ID_BITS = 57  # of a who, above which stands what makes it come later
# The commonest names with a word, each by the customer who comes first; `later`: what makes the rest come after.
_NAMES = f"""
    SELECT b, count(*) AS bearers, min(who + ((who & {_UNLIKELY}) << {_ID_BITS + 1}){{later}}) & {(1 << _ID_BITS) - 1}
    FROM search_pair WHERE {{where}} GROUP BY b ORDER BY bearers DESC, b LIMIT {NAMES}"""
_NAMES_ALL = _NAMES.format(later="", where="a = ?")
_NAMES_BESIDE = {
    role: _NAMES.format(
        later=f" + ((who & {ROLES << ROLE_SHIFT} = {role << ROLE_SHIFT}) << {_ID_BITS})" if role != OTHER else "",
        where="b IN ({marks}) AND a = ?",
    )
    for role in (LAST, FIRST, OTHER)
}
Pair = tuple[str, str]
Placed = tuple[float, int, int, float, Pair]  # order, customer, flags, cost, the words


class Probe(NamedTuple):
    """Rows that begin with a word (`a`) and have beside it what `b` means; `turned`: b was typed before a."""

    a: Meaning
    b: Meaning
    turned: bool

    def cost(self, b: str) -> float:
        """What it costs that `b` was found beside the first word."""
        cost = self.a.cost + self.b.cost_of(b)
        return cost + ALSO_BEGUN if self.b.open and b != self.b.word and self.a.how not in TYPED else cost

    def why(self, b: str) -> tuple[Why, Why]:
        """Why, in the order that was typed."""
        first, second = self.a.why, self.b.why_of(b)
        return (second, first) if self.turned else (first, second)


class Groups:
    """Customers by the two words that were found, each pair of words once."""

    def __init__(self, lexicon: Lexicon, comma: bool) -> None:
        self.rows: dict[Pair, dict[int, int]] = {}  # pair → customer → flags
        self.meant: dict[Pair, tuple[float, Probe, str]] = {}  # pair → cost, how it was found, the second word
        self.more = False
        self._bearers: dict[Pair, int] = {}  # of pairs of which only the first customer was read
        self._companies = 0  # pairs whose companies were looked at
        self._lexicon = lexicon
        self._connection = lexicon.connection
        self._flags = {turned: _flags_by_bits(turned, comma) for turned in (False, True)}
        self._swapped = {turned: FIRST if turned != comma else LAST for turned in (False, True)}

    @property
    def count(self) -> int:
        return sum(map(len, self.rows.values()))

    def exactly(self) -> int:
        """How many have both words just as they were typed."""
        return sum(len(self.rows[pair]) for pair, meant in self.meant.items() if meant[0] == EXACT)

    def likelier_than(self, cost: float) -> int:
        """How many were found at less than `cost`."""
        return sum(len(self.rows[pair]) for pair, meant in self.meant.items() if meant[0] < cost)

    def best(self) -> float:
        """The least cost so far; infinite where there is nobody."""
        return min((meant[0] for meant in self.meant.values()), default=inf)

    def first(self) -> float:
        """Where the likeliest name so far comes; infinite where there is none."""
        return min((in_order(meant[0], self._count(pair)) for pair, meant in self.meant.items()), default=inf)

    def probe(self, probes: list[Probe]) -> None:
        """Adds the rows that `probes` lead to."""
        if probes:
            spans = [(key, probe.a.id, *probe.b.span) for key, probe in enumerate(probes)]
            rows = tabled(self._connection, PROBES, spans, MOST).fetchall()
            self._take((probes[key], b, who) for key, b, who in rows)
            self.more = self.more or len(rows) >= MOST

    def beside(self, anchor: Meaning, near: Near, turned: bool, *, longer: bool = False) -> bool:
        """Adds who has the word `anchor` beside one that is `near` what was typed, and tells whether anybody has.

        `turned`: what was typed came before the other; `longer`: also who has one that begins with such a word.
        """
        words = near.whole.keys() | near.longer.keys() if longer else near.whole
        rows = listed(self._connection, _BESIDE, words, anchor.id).fetchall() if words else []
        probes = {b: Probe(anchor, near.meaning(b), turned) for b in {b for b, _ in rows}}
        self._take((probes[b], b, who) for b, who in rows)
        return not near.whole.keys().isdisjoint(probes)

    def span(self, probe: Probe) -> None:
        """Adds the rows of one range: all, or where it holds more than are counted, one of each common name."""
        span = (probe.a.id, *probe.b.span)
        rows = self._connection.execute(_RANGE, (*span, SOME)).fetchall()
        if len(rows) == SOME:
            if self._connection.execute(_CUSTOMERS, span).fetchone()[0] > COUNTED:
                self._names(probe, rows)
                return
            rows = self._connection.execute(_RANGE, (*span, MOST)).fetchall()
            self.more = self.more or len(rows) >= MOST
        self._take((probe, b, who) for b, who in rows)

    def _names(self, probe: Probe, some: list[tuple[str, int]]) -> None:
        """Adds one customer of each of the commonest names in a wide range, and all who have just what was typed.

        Where these are few, `some` of the range are added too.
        """
        self.more = True
        others = [meaning.word for meaning in self._lexicon.plain(probe.b.word, NAMES)]
        for b, bearers, who in names_with(self._connection, probe.a.id, others, self._swapped[probe.turned]):
            self._bearers[(b, probe.a.word) if probe.turned else (probe.a.word, b)] = bearers
            self._take([(probe, b, who)])
        rows = self._connection.execute(_RANGE, (probe.a.id, *probe.b.alone, MOST)).fetchall()
        if self.count < NAMES:
            rows += some
        self._take((probe, b, who) for b, who in rows)

    def _take(self, rows: Iterable[tuple[Probe, str, int]]) -> None:
        at: tuple[Probe | None, str] = None, ""
        for probe, b, who in rows:
            if b != at[1] or probe is not at[0]:
                at = probe, b
                members = self._members(probe, b)
                flags = self._flags[probe.turned]
            members.setdefault(who >> ID_SHIFT, flags[who & LOW_BITS])

    def _members(self, probe: Probe, b: str) -> dict[int, int]:
        pair = (b, probe.a.word) if probe.turned else (probe.a.word, b)
        cost = probe.cost(b)
        if pair not in self.rows:
            self.rows[pair] = {}
            self.meant[pair] = cost, probe, b
        elif self.meant[pair][0] > cost:
            self.meant[pair] = cost, probe, b
        return self.rows[pair]

    def pour(self, found: Found, wanted: int) -> None:
        """Puts the best `wanted` customers into `found`, and counts the rest."""
        whys: dict[Pair, tuple[Why, ...]] = {}
        for order, customer, flags, cost, pair in self._best(wanted):
            if pair not in whys:
                _, probe, b = self.meant[pair]
                whys[pair] = probe.why(b)
            found.add(Candidate(customer, cost, order, whys[pair], bool(flags & CLOSED)))
        counted = len(set().union(*self.rows.values(), found.best))
        found.unbuilt += counted - len(found)
        found.more = found.more or self.more or counted > COUNTED

    def _best(self, wanted: int) -> list[Placed]:
        """The best `wanted` customers, in order."""
        best: list[Placed] = []
        worst = inf
        for order, pair in sorted((in_order(self.meant[pair][0], self._count(pair)), pair) for pair in self.rows):
            if order >= worst:
                break  # whoever is left comes after them
            best += self._likeliest(pair, order, wanted)
            if len(best) >= 2 * wanted or (worst == inf and len(best) >= wanted):
                best = sorted(best)[:wanted]
                worst = best[-1][0]
        return sorted(best)[:wanted]

    def _count(self, pair: Pair) -> int:
        """How many bear the name that `pair` is; those at one place bear different names."""
        if pair[0][0] in PLACES or pair[1][:1] in PLACES:
            return 1
        return self._bearers.get(pair) or len(self.rows[pair])

    def _likeliest(self, pair: Pair, order: float, wanted: int) -> list[Placed]:
        """The likeliest `wanted` customers with the words of `pair`: after the first, a name that is like it comes."""
        cost, members = self.meant[pair][0], self.rows[pair]
        likeliest = [(flags, customer) for customer, flags in members.items()]
        if len(likeliest) > 1:
            likeliest = sorted(likeliest)[:wanted]
        if likeliest[-1][0] & BACKWARDS:
            self._companies += 1
            likeliest = in_their_order(self._connection, pair, likeliest, ask=self._companies <= COMPANIES)
        if len(likeliest) == 1:
            ((flags, customer),) = likeliest
            return [(order + EXTRA[flags], customer, flags, cost + EXTRA[flags], pair)]
        again = again_by(cost, order)
        found = []
        for place, (flags, customer) in enumerate(likeliest):
            extra = EXTRA[flags] + again + COMMONNESS * log2(place + 1) if place and cost else EXTRA[flags]
            found.append((order + extra, customer, flags, cost + extra, pair))
        return found


def names_with(
    connection: Any, word: int, others: list[str] | None = None, later: int = OTHER
) -> list[tuple[str, int, int]]:
    """The commonest names with `word` (an id), beside one of `others`: that one, how many bear it, the first who does.

    `later`: the role of `word` in the names of those who are not the first.
    """
    if others is None:
        return list(connection.execute(_NAMES_ALL, (word,)))
    return list(listed(connection, _NAMES_BESIDE[later], others, word)) if others else []


def again_by(cost: float, order: float) -> float:
    """What the second of a name is behind: some of what the first was ahead by for being one of many."""
    return min(cost - order, AGAIN)


@lru_cache(maxsize=4)
def _flags_by_bits(turned: bool, comma: bool) -> list[int]:
    """What makes a customer less likely than others with the same two words, by the low bits of an entry's `who`."""
    swapped = FIRST if turned != comma else LAST  # the last name first without a comma, the first name first with one
    return [
        (bits & 1) * CLOSED
        | by_middle(bits) * MIDDLE
        | ((bits >> ROLE_SHIFT & ROLES) == swapped) * TURNED
        | (bits >> LONG_SHIFT & 1) * LONG
        | (bits >> ROLE_SHIFT & ROLES == OTHER and bits >> OTHER_SHIFT & ROLES == OTHER) * BACKWARDS
        for bits in range(LOW_BITS + 1)
    ]


def by_middle(who: int) -> bool:
    """Whether one of an entry's two words is a middle name or a company's beside a person's."""
    return ((who >> ROLE_SHIFT & ROLES) == OTHER) != ((who >> OTHER_SHIFT & ROLES) == OTHER)
