"""Which promotions a question means: every fact brings a promotion nearer by its weight, however near it fits. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import nlargest

from rapidfuzz import fuzz, process

from data.promotions.conditions import Condition, Facts, check, eligible
from data.promotions.gifts import Gift, gift
from data.promotions.names import key
from data.promotions.nearness import ANY, NEAR_DAYS, WEIGHTS, Entry, closeness
from data.promotions.recognising import Names, both
from data.promotions.rules import Kind, Loyalty, Terms

GLANCE_CENTS = 110_00  # how far off an amount may be to bring a promotion to a closer look
SPAN = 30  # days
LAST_DAY = date(2060, 1, 1).toordinal()  # nobody asks about later ones
USUAL_MONTHS = 36
LOOKED_AT = 90  # promotions that are looked at closely


@dataclass(frozen=True)
class Match:
    """A promotion that may be meant. `score`: 0 to 100; `eligible` None: something is unknown."""

    terms: Terms
    score: float
    eligible: bool | None
    gift: Gift
    conditions: tuple[Condition, ...]


@dataclass
class Catalogue:
    """All revisions of all promotions, ready to be asked. Made once for an edition of the store's catalogue."""

    revisions: Sequence[Terms]
    names: Names = field(init=False)
    _entries: list[Entry] = field(init=False)
    _by_fact: dict[tuple[str, str], list[int]] = field(init=False)
    _by_span: dict[int, list[int]] = field(init=False)  # by spans of SPAN days
    _by_amount: dict[str, list[tuple[int, int]]] = field(init=False)  # cents in all and by the month, each in order

    def __post_init__(self) -> None:
        self._entries = [Entry.of(terms) for terms in self.revisions]
        self._by_fact, self._by_span = defaultdict(list), defaultdict(list)
        whole, monthly = [], []
        for at, entry in enumerate(self._entries):
            for span in range((entry.first - NEAR_DAYS) // SPAN, (min(entry.last, LAST_DAY) + NEAR_DAYS) // SPAN + 1):
                self._by_span[span].append(at)
            whole += [(cents, at) for cents in entry.amounts]
            monthly += [(cents // entry.terms.months, at) for cents in entry.amounts if entry.terms.months > 1]
            for fact, values in _indexed(entry):
                for value in values or {""}:
                    self._by_fact[fact, value].append(at)
        self._by_amount = {"amount": sorted(whole), "monthly": sorted(monthly)}
        offered = (one for terms in self.revisions for offer in terms.trade_ins for one in offer.devices)
        devices = both((one for terms in self.revisions for one in terms.devices), offered)
        self.names = Names(devices, both(one for terms in self.revisions for one in terms.plans))

    def of(self, ost: str) -> tuple[Terms, ...]:
        """The revisions of that OST number, the first one first."""
        return tuple(sorted((one for one in self.revisions if one.ost == ost), key=lambda one: one.valid_from))

    def rank(self, facts: Facts, limit: int = 10) -> tuple[Match, ...]:
        """The promotions that `facts` may mean, the likeliest first; each OST number once."""
        best: dict[str, tuple[float, float, Entry]] = {}
        for at in self._likely(facts):
            entry = self._entries[at]
            score = (closeness(entry, facts), _tie(entry, facts), entry)
            known = best.get(entry.terms.ost)
            if known is None or score[:2] > known[:2]:
                best[entry.terms.ost] = score
        first = nlargest(limit, best.values(), key=lambda one: (round(one[0], 4), one[1], one[2].terms.ost))
        return tuple(_match(entry.terms, score, facts) for score, _, entry in first)

    def _likely(self, facts: Facts) -> Iterable[int]:
        """The places of the revisions that agree with most of the facts, at a glance."""
        if facts.ost and (named := self._by_fact.get(("ost", facts.ost))):
            return named
        glance: dict[int, float] = defaultdict(float)
        for fact, said in _asked(facts):
            for value, part in ((said, 1.0), ("", ANY)):
                for at in self._by_fact.get((fact, value), ()):
                    glance[at] += WEIGHTS[fact] * part
        if facts.on is not None:
            self._add_near_days(glance, facts.on.toordinal(), facts.slack)
        for fact, cents in (("amount", facts.amount), ("monthly", facts.monthly)):
            if cents is not None:
                self._add_near_amounts(glance, fact, cents)
        if facts.words:
            names, said = [entry.name for entry in self._entries], " ".join(facts.words)
            for _, like, at in process.extract(said, names, scorer=fuzz.token_set_ratio, limit=LOOKED_AT):
                glance[at] += WEIGHTS["words"] * like / 100
        return nlargest(LOOKED_AT, glance, key=glance.__getitem__) if glance else range(len(self._entries))

    def _add_near_days(self, glance: dict[int, float], day: int, slack: int) -> None:
        for at in self._by_span.get(day // SPAN, ()):
            entry = self._entries[at]
            off = max(entry.first - day, day - entry.last, 0) - slack
            if off < NEAR_DAYS:
                glance[at] += WEIGHTS["on"] * (1 - max(off, 0) / NEAR_DAYS)

    def _add_near_amounts(self, glance: dict[int, float], fact: str, cents: int) -> None:
        """Each revision that gives about as much, by the nearest of its amounts; `fact`: in all, or by the month."""
        giving, reach = self._by_amount[fact], GLANCE_CENTS if fact == "amount" else GLANCE_CENTS // USUAL_MONTHS
        near: dict[int, float] = {}
        for amount, at in giving[bisect_left(giving, (cents - reach, 0)) : bisect_left(giving, (cents + reach, 0))]:
            fits = 1 - abs(amount - cents) / reach
            if fits > near.get(at, 0.0):
                near[at] = fits
        for at, fits in near.items():
            glance[at] += WEIGHTS[fact] * fits


def _indexed(entry: Entry) -> Iterable[tuple[str, Iterable[str]]]:
    """What a revision is looked up by: fact → values; an empty one fits any."""
    loyalty = {Loyalty.EITHER: "", Loyalty.ONLY: "yes", Loyalty.NOT: "no"}[entry.terms.loyalty]
    return (
        ("ost", (entry.terms.ost,)),
        ("gives", (entry.terms.gives,)),
        ("device", entry.devices),
        ("trade_in", entry.trade_ins),
        ("plan", entry.plans),
        ("kind", () if len(entry.terms.kinds) == len(Kind) else entry.terms.kinds),
        ("loyalty", (loyalty,)),
        ("months", (str(entry.terms.months),)),
        ("percent", (str(entry.terms.percent),) if entry.terms.percent else ("none",)),
    )


def _asked(facts: Facts) -> Iterable[tuple[str, str]]:
    """The facts that revisions are looked up by, as `_indexed` writes them."""
    for fact in ("device", "trade_in", "plan"):
        if said := getattr(facts, fact):
            yield fact, key(said)
    if facts.gives:
        yield "gives", facts.gives
    if facts.kind:
        yield "kind", facts.kind
    if facts.loyalty is not None:
        yield "loyalty", "yes" if facts.loyalty else "no"
    for fact in ("months", "percent"):
        if said := getattr(facts, fact):
            yield fact, str(said)


def _tie(entry: Entry, facts: Facts) -> float:
    """What tells promotions apart that fit alike: the one that asks for more of what was said, then the later one."""
    asks = bool(entry.devices) + bool(entry.plans) + bool(entry.trade_ins) + (len(entry.terms.kinds) < len(Kind))
    return (asks if facts.device or facts.plan or facts.kind else 0) + entry.first / 1_000_000


def _match(terms: Terms, score: float, facts: Facts) -> Match:
    conditions = check(terms, facts)
    return Match(terms, round(100 * score, 1), eligible(conditions), gift(terms, facts), conditions)
