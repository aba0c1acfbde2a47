"""Customers by the two words that they were found by; put in order by name, the likeliest name first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf, log2
from typing import Any

from data.search.results import COUNTED, Why
from data.search.scoring import AGAIN, COMMONNESS, TWO_SLIPS, in_order
from data.search.sqlite.found import Candidate, Found
from data.search.sqlite.index.entries import ID_SHIFT, LONG_SHIFT, OTHER, OTHER_SHIFT, PLACES, ROLE_SHIFT
from data.search.sqlite.lists import listed, tabled
from data.search.sqlite.names.commonest import NAMES, names_with
from data.search.sqlite.names.companies import in_their_order
from data.search.sqlite.names.flags import BACKWARDS, EXTRA, LASTLESS, LOW_BITS, MIDDLE, flags_by_bits, swapped_role
from data.search.sqlite.names.probe import PROBES, Probe
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import Meaning
from data.search.sqlite.words.near import Near

MOST = COUNTED + COUNTED // 5  # rows looked at: more than are counted, as a customer may be met twice
SOME = 200  # rows of a range that are read at once; where there are more, they are counted first
_RANGE = "SELECT 0, b, who FROM search_pair WHERE a = ? AND b >= ? AND b < ? LIMIT +?"
_BESIDE = f"SELECT b, b, who FROM search_pair WHERE b IN ({{marks}}) AND a = ? LIMIT {MOST}"
UNSURE = MIDDLE | LASTLESS  # flags of who is met by less than a first and a last name
COMPANIES = 12  # pairs of words whose companies are asked for the order of theirs
_AGAIN = 1 << LONG_SHIFT | OTHER << ROLE_SHIFT | OTHER << OTHER_SHIFT  # bits of a who that may be met twice
_CUSTOMERS = f"""
    SELECT count(*), count(*) FILTER (WHERE who & {_AGAIN} = 0)
      + count(DISTINCT CASE WHEN who & {_AGAIN} THEN who >> {ID_SHIFT} END)
    FROM (SELECT who FROM search_pair WHERE a = ? AND b >= ? AND b < ? LIMIT +?)"""
Pair = tuple[str, str]
Row = tuple[Any, str, int]  # which probe led there, the second word, who
Placed = tuple[float, int, int, float, Pair]  # order, customer, flags, cost, the words


class Group:
    """Customers with the same two words. `members`: customer → flags; `bearers`: how many, where it is not these.

    `cost`, `probe`, `b`: of the likeliest way to have found them, and the second word.
    """

    __slots__ = ("b", "bearers", "cost", "members", "probe")

    def __init__(self, cost: float, probe: Probe, b: str) -> None:
        self.members: dict[int, int] = {}
        self.cost, self.probe, self.b = cost, probe, b
        self.bearers = 1 if probe.a.word[0] in PLACES else 0  # those at one place bear different names

    @property
    def order(self) -> float:
        """Where they come, by how many bear the name."""
        return in_order(self.cost, self.bearers or len(self.members))


class Groups:
    """Customers by the two words that were found, each pair of words once."""

    def __init__(self, lexicon: Lexicon, comma: bool) -> None:
        self.by_pair: dict[Pair, Group] = {}
        self.more = False
        self._companies = 0  # groups whose companies were looked at
        self._lexicon = lexicon
        self._connection = lexicon.connection
        self._comma = comma

    @property
    def count(self) -> int:
        return sum([len(group.members) for group in self.by_pair.values()])

    def likelier_than(self, cost: float) -> int:
        """How many were found at less than `cost`."""
        return sum(len(group.members) for group in self.by_pair.values() if group.cost < cost)

    def surely(self, longest: tuple[float, float]) -> bool:
        """Whether anybody's first and last name are what was typed but for one word, and no longer than so."""
        return any(
            group.cost < TWO_SLIPS
            and (
                (len(pair[0]) <= longest[0] and len(pair[1]) <= longest[1])
                or "nickname" in (group.probe.a.how, group.probe.b.how)
            )
            and not all(flags & UNSURE for flags in group.members.values())
            for pair, group in self.by_pair.items()
        )

    def best(self) -> float:
        """The least cost so far; infinite where there is nobody."""
        return min((group.cost for group in self.by_pair.values()), default=inf)

    def first(self) -> float:
        """Where the likeliest name so far comes; infinite where there is none."""
        return min((group.order for group in self.by_pair.values()), default=inf)

    def probe(self, probes: list[Probe]) -> None:
        """Adds the rows that `probes` lead to."""
        if probes:
            spans = [(key, probe.a.id, *probe.b.span) for key, probe in enumerate(probes)]
            rows = tabled(self._connection, PROBES, spans, MOST).fetchall()
            self._take(probes, rows)
            self.more = self.more or len(rows) >= MOST

    def beside(self, anchor: Meaning, near: Near, turned: bool, *, longer: bool = False) -> bool:
        """Adds who has the word `anchor` beside one that is `near` what was typed, and tells whether anybody has.

        `turned`: what was typed came before the other; `longer`: also who has one that begins with such a word.
        """
        words = near.whole.keys() | near.longer.keys() if longer else near.whole
        rows = listed(self._connection, _BESIDE, words, anchor.id).fetchall() if words else []
        probes = {b: Probe(anchor, near.meaning(b), turned) for b in {b for b, _, _ in rows}}
        self._take(probes, rows)
        return not near.whole.keys().isdisjoint(probes)

    def span(self, probe: Probe) -> None:
        """Adds the rows of one range: all, or where it holds more than are counted, one of each common name."""
        span = (probe.a.id, *probe.b.span)
        rows = self._connection.execute(_RANGE, (*span, SOME)).fetchall()
        if len(rows) == SOME:
            if self._too_many(span):
                self._names(probe, rows)
                return
            rows = self._connection.execute(_RANGE, (*span, MOST)).fetchall()
            self.more = self.more or len(rows) >= MOST
        self._take({0: probe}, rows)

    def _too_many(self, span: tuple[int, str, str]) -> bool:
        """Whether a range holds more customers than are counted: a part of it tells, unless many are met twice."""
        for most in (MOST, 3 * COUNTED):
            rows, customers = self._connection.execute(_CUSTOMERS, (*span, most)).fetchone()
            if rows < most or customers > COUNTED:
                return bool(customers > COUNTED)
        return False

    def _names(self, probe: Probe, some: list[Row]) -> None:
        """Adds one customer of each of the commonest names in a wide range, and all who have just what was typed.

        Where these are few, `some` of the range are added too.
        """
        self.more = True
        others = [meaning.word for meaning in self._lexicon.plain(probe.b.word, NAMES)]
        names = names_with(self._connection, probe.a.id, others, swapped_role(probe.turned, self._comma))
        self._take({0: probe}, [(0, b, who) for b, _, who in names])
        for b, bearers, _ in names:
            self._group(probe, b).bearers = bearers
        rows = self._connection.execute(_RANGE, (probe.a.id, *probe.b.alone, MOST)).fetchall()
        self._take({0: probe}, rows + some if self.count < NAMES else rows)

    def _take(self, probes: Mapping[Any, Probe] | list[Probe], rows: Iterable[Row]) -> None:
        """Adds `rows`, each found by the one of the `probes` that it begins with."""
        at = beside = None
        for key, b, who in rows:
            if key != at:
                at, beside, probe = key, None, probes[key]
                flags = flags_by_bits(probe.turned, self._comma)
            if b != beside:
                beside = b
                members = self._group(probe, b).members
            members.setdefault(who >> ID_SHIFT, flags[who & LOW_BITS])

    def _group(self, probe: Probe, b: str) -> Group:
        """Those with the words that `probe` led to, `b` the second."""
        pair = (b, probe.a.word) if probe.turned else (probe.a.word, b)
        cost = probe.cost(b)
        group = self.by_pair.get(pair)
        if group is None:
            group = self.by_pair[pair] = Group(cost, probe, b)
        elif group.cost > cost:
            group.cost, group.probe, group.b = cost, probe, b
        return group

    def pour(self, found: Found, wanted: int) -> None:
        """Puts the best `wanted` customers into `found`, and counts the rest."""
        whys: dict[Pair, tuple[Why, ...]] = {}
        for order, customer, _, cost, pair in self._best(wanted):
            if pair not in whys:
                group = self.by_pair[pair]
                whys[pair] = group.probe.why(group.b)
            found.add(Candidate(customer, cost, order, whys[pair]))
        counted = self.count if self.more else self._customers(found)
        found.unbuilt += max(counted - len(found), 0)
        found.more = found.more or self.more or counted > COUNTED

    def _customers(self, found: Found) -> int:
        """How many customers there are, those of `found` included, each counted once."""
        return len(set().union(*[group.members for group in self.by_pair.values()], found.best))

    def _best(self, wanted: int) -> list[Placed]:
        """The best `wanted` customers, in order."""
        best: list[Placed] = []
        worst = inf
        for order, pair in sorted([(group.order, pair) for pair, group in self.by_pair.items()]):
            if order >= worst:
                break  # whoever is left comes after them
            best += self._likeliest(pair, order, wanted)
            if len(best) >= 2 * wanted or (worst == inf and len(best) >= wanted):
                best = sorted(best)[:wanted]
                worst = best[-1][0]
        return sorted(best)[:wanted]

    def _likeliest(self, pair: Pair, order: float, wanted: int) -> list[Placed]:
        """The likeliest `wanted` customers with the words of `pair`: after the first, a name that is like it comes."""
        group = self.by_pair[pair]
        cost, members = group.cost, group.members
        likeliest = [(flags, customer) for customer, flags in members.items()]
        if len(members) > 1:
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


def again_by(cost: float, order: float) -> float:
    """What the second of a name is behind: some of what the first was ahead by for being one of many."""
    return min(cost - order, AGAIN)
