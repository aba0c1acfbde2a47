"""Which promotions a question means: every fact brings a promotion nearer by its weight, however near it fits. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import nlargest

from rapidfuzz import fuzz, process

from data.promotions.conditions import Condition, Facts, Gift, check, eligible, gift
from data.promotions.names import key
from data.promotions.recognising import Names, both
from data.promotions.rules import LATEST, Gives, Kind, Loyalty, Shape, Terms
from data.text import fold

WEIGHTS = {
    "ost": 400.0, "gives": 14.0, "on": 22.0, "device": 24.0, "trade_in": 20.0, "shape": 6.0, "plan": 18.0, "kind": 16.0,
    "loyalty": 12.0, "amount": 24.0, "monthly": 24.0, "months": 8.0, "percent": 24.0, "words": 10.0,
}  # fmt: skip
ANY = 0.8  # how well a promotion fits a fact that it does not ask about
NEAR_DAYS = 28  # a date that far off fits no better than any other
NEAR_CENTS, NEAR_PART = 150_00, 0.3  # so is an amount that far off, or that part of it
NO_AMOUNT = 0.15  # how a promotion without an amount of its own fits one
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


@dataclass(frozen=True)
class _Entry:
    """A revision, made ready: its names as keys, its amounts, its days as numbers."""

    terms: Terms
    first: int
    last: int
    devices: frozenset[str]
    plans: frozenset[str]
    trade_ins: dict[str, dict[Shape, int]]
    amounts: tuple[int, ...]
    name: str

    @classmethod
    def of(cls, terms: Terms) -> _Entry:
        trade_ins: dict[str, dict[Shape, int]] = {}
        for offer in terms.trade_ins:
            for device in offer.devices:
                trade_ins.setdefault(key(device), {}).update(offer.amounts)
        amounts = {cents for offered in trade_ins.values() for cents in offered.values()} or {terms.cents} - {0}
        return cls(
            terms,
            terms.valid_from.toordinal(),
            (terms.valid_to or LATEST).toordinal(),
            frozenset(map(key, terms.devices)),
            frozenset(map(key, terms.plans)),
            trade_ins,
            tuple(sorted(amounts)),
            fold(terms.name),
        )


@dataclass
class Catalogue:
    """All revisions of all promotions, ready to be asked. Made once for an edition of the store's catalogue."""

    revisions: Sequence[Terms]
    names: Names = field(init=False)
    _entries: list[_Entry] = field(init=False)
    _having: dict[tuple[str, str], list[int]] = field(init=False)
    _holding: dict[int, list[int]] = field(init=False)  # by spans of SPAN days
    _giving: dict[str, list[tuple[int, int]]] = field(init=False)  # cents in all and by the month, each in order

    def __post_init__(self) -> None:
        self._entries = [_Entry.of(terms) for terms in self.revisions]
        self._having, self._holding = defaultdict(list), defaultdict(list)
        whole, monthly = [], []
        for at, entry in enumerate(self._entries):
            for span in range((entry.first - NEAR_DAYS) // SPAN, (min(entry.last, LAST_DAY) + NEAR_DAYS) // SPAN + 1):
                self._holding[span].append(at)
            whole += [(cents, at) for cents in entry.amounts]
            monthly += [(cents // entry.terms.months, at) for cents in entry.amounts if entry.terms.months > 1]
            for fact, values in _indexed(entry):
                for value in values or {""}:
                    self._having[fact, value].append(at)
        self._giving = {"amount": sorted(whole), "monthly": sorted(monthly)}
        offered = (one for terms in self.revisions for offer in terms.trade_ins for one in offer.devices)
        devices = both((one for terms in self.revisions for one in terms.devices), offered)
        self.names = Names(devices, both(one for terms in self.revisions for one in terms.plans))

    def of(self, ost: str) -> tuple[Terms, ...]:
        """The revisions of that OST number, the first one first."""
        return tuple(sorted((one for one in self.revisions if one.ost == ost), key=lambda one: one.valid_from))

    def rank(self, facts: Facts, limit: int = 10) -> tuple[Match, ...]:
        """The promotions that `facts` may mean, the likeliest first; each OST number once."""
        best: dict[str, tuple[float, float, _Entry]] = {}
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
        if facts.ost and (named := self._having.get(("ost", facts.ost))):
            return named
        glance: dict[int, float] = defaultdict(float)
        for fact, said in _asked(facts):
            for value, part in ((said, 1.0), ("", ANY)):
                for at in self._having.get((fact, value), ()):
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
        for at in self._holding.get(day // SPAN, ()):
            entry = self._entries[at]
            off = max(entry.first - day, day - entry.last, 0) - slack
            if off < NEAR_DAYS:
                glance[at] += WEIGHTS["on"] * (1 - max(off, 0) / NEAR_DAYS)

    def _add_near_amounts(self, glance: dict[int, float], fact: str, cents: int) -> None:
        """Each revision that gives about as much, by the nearest of its amounts; `fact`: in all, or by the month."""
        giving, reach = self._giving[fact], GLANCE_CENTS if fact == "amount" else GLANCE_CENTS // USUAL_MONTHS
        near: dict[int, float] = {}
        for amount, at in giving[bisect_left(giving, (cents - reach, 0)) : bisect_left(giving, (cents + reach, 0))]:
            fits = 1 - abs(amount - cents) / reach
            if fits > near.get(at, 0.0):
                near[at] = fits
        for at, fits in near.items():
            glance[at] += WEIGHTS[fact] * fits


def _indexed(entry: _Entry) -> Iterable[tuple[str, Iterable[str]]]:
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


def closeness(entry: _Entry, facts: Facts) -> float:
    """How well a revision fits the facts that were said: 0 to 1."""
    got = most = 0.0
    for fact, near in _nearness(entry, facts):
        got += WEIGHTS[fact] * near
        most += WEIGHTS[fact]
    return got / most if most else 0.0


def _nearness(entry: _Entry, facts: Facts) -> Iterable[tuple[str, float]]:
    """Each fact that was said, and how near the revision comes to it: 0 to 1."""
    terms = entry.terms
    if facts.ost:
        yield "ost", float(terms.ost == facts.ost)
    if facts.gives:
        yield "gives", float(terms.gives is facts.gives)
    if facts.on is not None:
        yield "on", _date_near(entry, facts.on, facts.slack)
    if facts.device:
        yield "device", _one_of(key(facts.device), entry.devices)
    if facts.trade_in or facts.traded is not None:
        yield "trade_in", _trade_in_near(entry, facts)
    if facts.shape:
        yield "shape", _shape_near(entry, facts)
    if facts.plan:
        yield "plan", _one_of(key(facts.plan), entry.plans)
    if facts.kind:
        yield "kind", ANY if len(terms.kinds) == len(Kind) else float(facts.kind in terms.kinds) * _few(terms.kinds)
    if facts.loyalty is not None:
        fits = facts.loyalty is (terms.loyalty is Loyalty.ONLY)
        yield "loyalty", ANY if terms.loyalty is Loyalty.EITHER else float(fits)
    for fact, cents in (("amount", facts.amount), ("monthly", facts.monthly)):
        if cents is not None:
            yield fact, _amount_near(entry, cents, by_month=fact == "monthly", facts=facts)
    if facts.months:
        yield "months", float(terms.months == facts.months)
    if facts.percent:
        yield "percent", max(0.0, 1 - abs(terms.percent - facts.percent) / 15) if terms.percent else 0.0
    if facts.words:
        yield "words", max(fuzz.token_set_ratio(" ".join(facts.words), entry.name) - 40, 0) / 60


def _few(kinds: Sequence[Kind]) -> float:
    """A promotion for just that fits a little better than one for two sorts of purchase."""
    return 1.0 if len(kinds) == 1 else 0.95


def _one_of(said: str, offered: frozenset[str]) -> float:
    if not offered:
        return ANY
    return (1.0 if len(offered) == 1 else 0.97) if said in offered else 0.0


def _date_near(entry: _Entry, day: date, slack: int) -> float:
    off = max(entry.first - day.toordinal(), day.toordinal() - entry.last, 0) - slack
    return 1.0 if off <= 0 else max(0.0, 0.9 - off / NEAR_DAYS)


def _trade_in_near(entry: _Entry, facts: Facts) -> float:
    if facts.traded is False:
        return 0.0 if entry.trade_ins else 1.0
    if not entry.trade_ins:
        return 0.25
    return 1.0 if facts.trade_in is None or key(facts.trade_in) in entry.trade_ins else 0.0


def _shape_near(entry: _Entry, facts: Facts) -> float:
    taken = _taken(entry, facts)
    return 0.5 if not taken else float(any(facts.shape in one for one in taken))


def _taken(entry: _Entry, facts: Facts) -> list[dict[Shape, int]]:
    """What the phones that may be meant bring, by condition."""
    if facts.trade_in is not None and (one := entry.trade_ins.get(key(facts.trade_in))):
        return [one]
    return list(entry.trade_ins.values())


def _amount_near(entry: _Entry, cents: int, *, by_month: bool, facts: Facts) -> float:
    """How near the amount that was said is to one that the promotion gives with these facts."""
    terms = entry.terms
    if terms.gives in (Gives.PERCENT, Gives.FREE_LINE):
        return NO_AMOUNT
    amounts: Iterable[int] = entry.amounts
    if entry.trade_ins and (facts.trade_in or facts.shape):
        taken = _taken(entry, facts)
        amounts = [one[facts.shape] for one in taken if facts.shape in one] if facts.shape else []
        amounts = amounts or [each for one in taken for each in one.values()]
    said = cents * terms.months if by_month else cents
    off = min(abs(amount - said) for amount in amounts)
    if by_month and terms.months == 1:
        return 0.0
    if off <= terms.months:  # whole cents a month leave a remainder
        return 1.0
    return max(0.0, 0.85 - off / max(NEAR_CENTS, NEAR_PART * said))


def _tie(entry: _Entry, facts: Facts) -> float:
    """What tells promotions apart that fit alike: the one that asks for more of what was said, then the later one."""
    asks = bool(entry.devices) + bool(entry.plans) + bool(entry.trade_ins) + (len(entry.terms.kinds) < len(Kind))
    return (asks if facts.device or facts.plan or facts.kind else 0) + entry.first / 1_000_000


def _match(terms: Terms, score: float, facts: Facts) -> Match:
    conditions = check(terms, facts)
    return Match(terms, round(100 * score, 1), eligible(conditions), gift(terms, facts), conditions)
