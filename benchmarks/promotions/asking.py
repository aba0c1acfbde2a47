"""Questions about promotions as callers ask them, and the promotion each is about: made from a catalogue by a seed.

The lookup never sees this module, and this module uses nothing of the lookup: which facts fit which promotion is
judged by its own plain checks. A question keeps so many facts that, apart from the one that is wrong on purpose, no
other promotion fits them, and that no other fits all of them with the wrong one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from benchmarks.promotions.phrasing import in_words
from data.promotions.rules import Gives, Kind, Loyalty, Shape, Terms

LATEST = date(2099, 12, 31)
TYPOS, WRONG_AMOUNT, WRONG_DATE, DROP = 0.35, 0.2, 0.2, 0.6  # how often
WEEK, FIFTY = timedelta(7), 50_00
TRIES = 60


@dataclass(frozen=True)
class Question:
    """A question, the OST number that it is about, and what is odd about it."""

    text: str
    ost: str
    day: date
    kinds: frozenset[str]


Facts = dict[str, Any]


def questions(revisions: Sequence[Terms], today: date, count: int, seed: int) -> list[Question]:
    """`count` questions about `revisions` as they are asked on `today`."""
    rng = random.Random(seed)
    by_ost = sorted({terms.ost for terms in revisions})
    asked: list[Question] = []
    while len(asked) < count:
        ost = rng.choice(by_ost)
        terms = rng.choice([one for one in revisions if one.ost == ost])
        made = next(filter(None, (_question(terms, revisions, today, rng) for _ in range(TRIES))), None)
        if made:
            asked.append(made)
    return asked


def _question(terms: Terms, revisions: Sequence[Terms], today: date, rng: random.Random) -> Question | None:
    facts = _true_facts(terms, today, rng)
    if facts is None:
        return None
    wrong = _wrong(facts, rng)
    kept = _kept(terms, facts, wrong, revisions, rng)
    if kept is None:
        return None
    typos = rng.random() < TYPOS
    said = {name: wrong.get(name, facts[name]) for name in kept}
    kinds = {f"wrong {name}" for name in wrong if name in kept} | ({"typos"} if typos else set())
    kinds |= {"few facts"} if len(kept) <= 3 else set()
    return Question(in_words(said, today, typos, rng), terms.ost, today, frozenset(kinds or {"plain"}))


def _true_facts(terms: Terms, today: date, rng: random.Random) -> Facts | None:
    """A purchase that the promotion is for."""
    last = min(terms.valid_to or today, today)
    if terms.valid_from > last:
        return None
    facts: Facts = {"on": terms.valid_from + timedelta(rng.randrange((last - terms.valid_from).days + 1))}
    if terms.devices:
        facts["device"] = rng.choice(terms.devices)
    if terms.plans:
        facts["plan"] = rng.choice(terms.plans)
    if len(terms.kinds) < len(Kind):
        facts["kind"] = rng.choice(terms.kinds)
    if terms.loyalty is not Loyalty.EITHER:
        facts["loyalty"] = terms.loyalty is Loyalty.ONLY
    if terms.gives is Gives.PERCENT:
        facts["percent"] = terms.percent
    elif terms.gives is Gives.FREE_LINE:
        facts["free"] = True
    else:
        facts["amount"] = terms.cents
    if terms.gives is Gives.ACCESSORY:
        facts["accessory"] = True
    if terms.trade_ins:
        offer = rng.choice(terms.trade_ins)
        facts["trade"] = rng.choice(offer.devices)
        facts["shape"] = rng.choice(list(offer.amounts))
        facts["amount"] = offer.amounts[facts["shape"]]
    if terms.gives is Gives.MONTHLY and rng.random() < 0.3:
        facts["monthly"] = facts.pop("amount") // terms.months
    return facts


def _wrong(facts: Facts, rng: random.Random) -> Facts:
    """At most one fact as a caller gets it wrong: $50 too much or too little, a week too early or too late."""
    if "amount" in facts and facts["amount"] > 2 * FIFTY and rng.random() < WRONG_AMOUNT:
        return {"amount": facts["amount"] + rng.choice((-FIFTY, FIFTY))}
    if rng.random() < WRONG_DATE:
        return {"on": facts["on"] + rng.choice((-WEEK, WEEK))}
    return {}


def _kept(terms: Terms, facts: Facts, wrong: Facts, revisions: Sequence[Terms], rng: random.Random) -> list[str] | None:
    """The facts that are said: some are left out, as long as only this promotion is meant. None: it can't be told."""
    others = [one for one in revisions if one.ost != terms.ost]
    said = facts | wrong

    def plain(names: Sequence[str]) -> bool:
        sure = {name: facts[name] for name in names if name not in wrong}
        whole = {name: said[name] for name in names}
        return not any(_fits(one, sure) or _fits(one, whole) for one in others)

    kept = list(facts)
    if not plain(kept):
        return None
    for name in rng.sample(kept, len(kept)):
        fewer = [one for one in kept if one != name]
        if name not in wrong and rng.random() < DROP and len(fewer) >= 2 and plain(fewer):
            kept = fewer
    return rng.sample(kept, len(kept))


def _fits(terms: Terms, facts: Facts) -> bool:
    """Whether a promotion fits all of these facts."""
    return all(FITS[name](terms, facts) for name in facts)


def _amounts(terms: Terms, facts: Facts) -> set[int]:
    """What the promotion may come to with that phone and that condition, as far as they are said."""
    if not terms.trade_ins:
        return {terms.cents}
    offers = [one for one in terms.trade_ins if "trade" not in facts or facts["trade"] in one.devices]
    shape: Shape | None = facts.get("shape")
    return {cents for one in offers for of, cents in one.amounts.items() if shape in (None, of)}


FITS: dict[str, Callable[[Terms, Facts], bool]] = {
    "on": lambda terms, facts: terms.valid_from <= facts["on"] <= (terms.valid_to or LATEST),
    "device": lambda terms, facts: not terms.devices or facts["device"] in terms.devices,
    "plan": lambda terms, facts: not terms.plans or facts["plan"] in terms.plans,
    "kind": lambda terms, facts: facts["kind"] in terms.kinds,
    "loyalty": lambda terms, facts: (
        terms.loyalty is Loyalty.EITHER or facts["loyalty"] is (terms.loyalty is Loyalty.ONLY)
    ),
    "percent": lambda terms, facts: terms.percent == facts["percent"],
    "free": lambda terms, facts: terms.gives is Gives.FREE_LINE,
    "accessory": lambda terms, facts: terms.gives is Gives.ACCESSORY,
    "amount": lambda terms, facts: facts["amount"] in _amounts(terms, facts),
    "monthly": lambda terms, facts: (
        terms.months > 1 and facts["monthly"] in {cents // terms.months for cents in _amounts(terms, facts)}
    ),
    "trade": lambda terms, facts: any(facts["trade"] in one.devices for one in terms.trade_ins),
    "shape": lambda terms, facts: any(
        facts["shape"] in one.amounts
        for one in terms.trade_ins
        if "trade" not in facts or facts["trade"] in one.devices
    ),
}
"""Whether a promotion fits a fact: by what its terms say, and nothing else."""
