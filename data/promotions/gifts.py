"""What a promotion gives one customer, as far as the purchase is known. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.money import from_cents, show
from data.promotions.conditions import Facts
from data.promotions.names import has
from data.promotions.rules import Gives, Terms


@dataclass(frozen=True)
class Gift:
    """What a promotion gives one customer. `cents`: all months together, None while it is not known."""

    cents: int | None
    months: int
    words: str


def gift(terms: Terms, facts: Facts) -> Gift:
    """What `terms` would give with these facts."""
    cents = _cents(terms, facts)
    return Gift(cents, terms.months, gift_in_words(terms, cents))


def gift_in_words(terms: Terms, cents: int | None) -> str:
    """ "$27.77 a month for 36 months, $1,000.00 in all"."""
    if terms.gives is Gives.ACCESSORY:
        return f"an accessory worth {show(from_cents(terms.cents))}"
    if cents is None:
        amounts = tuple(dict.fromkeys(_amounts(terms, Facts())))
        if terms.gives is Gives.PERCENT:
            return f"{terms.percent}% of the device's price over {terms.months} months"
        if terms.gives is Gives.FREE_LINE:
            return f"the line's plan for {terms.months} months"
        return f"{show(from_cents(min(amounts)))} to {show(from_cents(max(amounts)))}, by the traded-in phone"
    if terms.months == 1:
        return f"{show(from_cents(cents))} once"
    each = show(from_cents(cents // terms.months))
    return f"{each} a month for {terms.months} months, {show(from_cents(cents))} in all"


def _cents(terms: Terms, facts: Facts) -> int | None:
    if terms.gives is Gives.PERCENT:
        return None if facts.price is None else (facts.price * terms.percent + 50) // 100
    if terms.gives is Gives.FREE_LINE:
        return None if facts.plan_cents is None else facts.plan_cents * terms.months
    amounts = set(_amounts(terms, facts))
    return amounts.pop() if len(amounts) == 1 else None


def _amounts(terms: Terms, facts: Facts) -> Iterator[int]:
    """The amounts that it may come to, as far as the traded-in phone and its condition are known."""
    if not terms.trade_ins:
        yield terms.cents
        return
    known = [one for one in terms.trade_ins if facts.trade_in is not None and has(facts.trade_in, one.devices)]
    for offer in known or terms.trade_ins:
        if facts.shape is not None and facts.shape in offer.amounts:
            yield offer.amounts[facts.shape]
        else:
            yield from offer.amounts.values()
