"""How near a revision of a promotion comes to the facts that were said: 0 to 1, each fact by its weight. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from data.days import LATEST
from data.promotions.conditions import Facts
from data.promotions.names import key
from data.promotions.rules import Gives, Kind, Loyalty, Shape, Terms
from data.text import fold

WEIGHTS = {
    "ost": 400.0, "gives": 14.0, "on": 22.0, "device": 24.0, "trade_in": 20.0, "shape": 6.0, "plan": 18.0, "kind": 16.0,
    "loyalty": 12.0, "amount": 24.0, "monthly": 24.0, "months": 8.0, "percent": 24.0, "words": 10.0,
}  # fmt: skip
ANY = 0.8  # how well a promotion fits a fact that it does not ask about
NEAR_DAYS = 28  # a date that far off fits no better than any other
NEAR_CENTS, NEAR_PART = 150_00, 0.3  # so is an amount that far off, or that part of it
NO_AMOUNT = 0.15  # how a promotion without an amount of its own fits one


@dataclass(frozen=True)
class Entry:
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
    def of(cls, terms: Terms) -> Entry:
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


def closeness(entry: Entry, facts: Facts) -> float:
    """How well a revision fits the facts that were said: 0 to 1."""
    got = most = 0.0
    for fact, near in _nearness(entry, facts):
        got += WEIGHTS[fact] * near
        most += WEIGHTS[fact]
    return got / most if most else 0.0


def _nearness(entry: Entry, facts: Facts) -> Iterable[tuple[str, float]]:
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
    """A promotion for one kind of purchase fits a little better than one for several."""
    return 1.0 if len(kinds) == 1 else 0.95


def _one_of(said: str, offered: frozenset[str]) -> float:
    if not offered:
        return ANY
    return (1.0 if len(offered) == 1 else 0.97) if said in offered else 0.0


def _date_near(entry: Entry, day: date, slack: int) -> float:
    off = max(entry.first - day.toordinal(), day.toordinal() - entry.last, 0) - slack
    return 1.0 if off <= 0 else max(0.0, 0.9 - off / NEAR_DAYS)


def _trade_in_near(entry: Entry, facts: Facts) -> float:
    if facts.traded is False:
        return 0.0 if entry.trade_ins else 1.0
    if not entry.trade_ins:
        return 0.25
    return 1.0 if facts.trade_in is None or key(facts.trade_in) in entry.trade_ins else 0.0


def _shape_near(entry: Entry, facts: Facts) -> float:
    taken = _taken(entry, facts)
    return 0.5 if not taken else float(any(facts.shape in one for one in taken))


def _taken(entry: Entry, facts: Facts) -> list[dict[Shape, int]]:
    """What the phones that may be meant bring, by condition."""
    if facts.trade_in is not None and (one := entry.trade_ins.get(key(facts.trade_in))):
        return [one]
    return list(entry.trade_ins.values())


def _amount_near(entry: Entry, cents: int, *, by_month: bool, facts: Facts) -> float:
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
