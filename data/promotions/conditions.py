"""Whether a promotion's terms fit what is known of a purchase: condition by condition, with why. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.lifeline.words import time_left
from data.promotions.names import has
from data.promotions.rules import Gives, Kind, Loyalty, Shape, Terms
from data.text import capital, counted

NAMED = 4  # of the devices or plans that a promotion is for; the others are counted


class State(StrEnum):
    """How a condition stands; UNKNOWN where nobody said what it asks about."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a purchase; None where nobody said. Amounts in cents, of all months together.

    `slack`: how many days `on` may be off ("in May"). `traded` False: nothing was traded in. `tenure_days`: how long
    the traded-in phone was in use here; `arrival_days`: how long it took to arrive, or has taken so far while it has
    not (`arrived` False). `others`: OST numbers of promotions that the line has; `alone`: one of them stacks with
    nothing; `had`: those that it had for this purchase, until others took their place.
    """

    ost: str | None = None
    gives: Gives | None = None
    on: date | None = None
    slack: int = 0
    device: str | None = None
    traded: bool | None = None
    trade_in: str | None = None
    shape: Shape | None = None
    plan: str | None = None
    kind: Kind | None = None
    loyalty: bool | None = None
    amount: int | None = None
    monthly: int | None = None
    months: int | None = None
    percent: int | None = None
    words: tuple[str, ...] = ()
    current: bool | None = None
    tenure_days: int | None = None
    arrival_days: int | None = None
    arrived: bool | None = None
    price: int | None = None
    plan_cents: int | None = None
    others: tuple[str, ...] | None = None
    alone: bool = False
    had: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Condition:
    """One condition of a promotion. `why`: the fact beside what is asked for; `wanted`: what would have to be."""

    name: str
    state: State
    why: str
    wanted: str = ""


MET, NOT_MET, UNKNOWN = State.MET, State.NOT_MET, State.UNKNOWN


def check(terms: Terms, facts: Facts) -> tuple[Condition, ...]:
    """Every condition of `terms`, in the order in which an agent asks."""
    return tuple(found for rule in CHECKS if (found := rule(terms, facts)) is not None)


def eligible(conditions: tuple[Condition, ...]) -> bool | None:
    """True where all is met, False where something is not, None while something is unknown."""
    states = {condition.state for condition in conditions}
    return False if NOT_MET in states else None if UNKNOWN in states else True


def missing(conditions: tuple[Condition, ...]) -> str:
    """What would have to be otherwise, in one sentence; "" where nothing would."""
    wanted = [condition.wanted for condition in conditions if condition.state is NOT_MET]
    return capital(f"{'; '.join(wanted)}.") if wanted else ""


def _date(terms: Terms, facts: Facts) -> Condition:
    until = f"to {terms.valid_to:%m-%d-%Y}" if terms.valid_to else "on"
    span = f"{terms.valid_from:%m-%d-%Y} {until}"
    if facts.on is None:
        return Condition("date", UNKNOWN, f"for purchases from {span}")
    if terms.holds_on(facts.on):
        return Condition("date", MET, f"bought {facts.on:%m-%d-%Y}")
    why = f"bought {facts.on:%m-%d-%Y}; for purchases from {span}"
    return Condition("date", NOT_MET, why, f"the purchase would have to be from {span}")


def _one_of(name: str, said: str | None, offered: tuple[str, ...], wanted: str) -> Condition | None:
    if not offered:
        return None
    if said is None:
        return Condition(name, UNKNOWN, f"asks for {_either(offered)}")
    if has(said, offered):
        return Condition(name, MET, str(said))
    return Condition(name, NOT_MET, f"{said}; asks for {_either(offered)}", f"{wanted} {_either(offered)}")


def _device(terms: Terms, facts: Facts) -> Condition | None:
    return _one_of("device", facts.device, terms.devices, "the device would have to be")


def _plan(terms: Terms, facts: Facts) -> Condition | None:
    return _one_of("plan", facts.plan, terms.plans, "the plan would have to be")


def _trade_in(terms: Terms, facts: Facts) -> Condition | None:
    offered = tuple(device for offer in terms.trade_ins for device in offer.devices)
    if offered and facts.traded is False:
        return Condition("trade-in", NOT_MET, "nothing was traded in", "a phone would have to be traded in")
    return _one_of("trade-in", facts.trade_in, offered, "the traded-in phone would have to be")


def _shape(terms: Terms, facts: Facts) -> Condition | None:
    offers = [one for one in terms.trade_ins if facts.trade_in is None or has(facts.trade_in, one.devices)]
    taken = {shape for offer in offers for shape in offer.amounts}
    if not taken or facts.traded is False:
        return None
    asked = _either(tuple(shape for shape in Shape if shape in taken))
    if facts.shape is None:
        return Condition("condition", UNKNOWN, f"asks for {asked}")
    if facts.shape in taken:
        return Condition("condition", MET, str(facts.shape))
    return Condition(
        "condition", NOT_MET, f"{facts.shape}; asks for {asked}", f"its condition would have to be {asked}"
    )


def _kind(terms: Terms, facts: Facts) -> Condition | None:
    if set(terms.kinds) == set(Kind):
        return None
    return _one_of("kind", facts.kind, terms.kinds, "it would have to be")


def _loyalty(terms: Terms, facts: Facts) -> Condition | None:
    if terms.loyalty is Loyalty.EITHER:
        return None
    asked = "customers in the loyalty program" if terms.loyalty is Loyalty.ONLY else "customers outside it"
    if facts.loyalty is None:
        return Condition("loyalty", UNKNOWN, f"for {asked}")
    said = "in the loyalty program" if facts.loyalty else "not loyalty"
    if facts.loyalty is (terms.loyalty is Loyalty.ONLY):
        return Condition("loyalty", MET, said)
    return Condition("loyalty", NOT_MET, f"{said}; for {asked}", f"it would have to be for {asked}")


def _current(terms: Terms, facts: Facts) -> Condition | None:
    if not terms.current:
        return None
    if facts.current is None:
        return Condition("account", UNKNOWN, "must be current")
    if facts.current:
        return Condition("account", MET, "current")
    return Condition("account", NOT_MET, "past due; must be current", "the account would have to be current")


def _tenure(terms: Terms, facts: Facts) -> Condition | None:
    if not terms.tenure_days or facts.traded is False:
        return None
    asked = f"{terms.tenure_days} days in use here"
    if facts.tenure_days is None:
        return Condition("tenure", UNKNOWN, f"the traded-in phone needs {asked}")
    had = counted(facts.tenure_days, "day")
    if facts.tenure_days >= terms.tenure_days:
        return Condition("tenure", MET, f"{had} in use here")
    return Condition("tenure", NOT_MET, f"{had}; needs {asked}", f"the phone would need {asked}")


def _arrival(terms: Terms, facts: Facts) -> Condition | None:
    if not terms.arrival_days or facts.traded is False:
        return None
    asked = f"within {terms.arrival_days} days"
    if facts.arrival_days is None:
        return Condition("arrival", UNKNOWN, f"the phone must arrive {asked}")
    if facts.arrival_days > terms.arrival_days:
        took = f"{'took' if facts.arrived else 'not here after'} {counted(facts.arrival_days, 'day')}"
        return Condition("arrival", NOT_MET, f"{took}; must arrive {asked}", f"the phone would have to arrive {asked}")
    if facts.arrived:
        return Condition("arrival", MET, f"arrived after {counted(facts.arrival_days, 'day')}")
    left = time_left(terms.arrival_days - facts.arrival_days)
    return Condition("arrival", UNKNOWN, f"not here yet; must arrive {asked}: {left}")


def _stacking(terms: Terms, facts: Facts) -> Condition | None:
    if terms.ost in (facts.had or ()):
        return Condition(
            "stacking", NOT_MET, "the line had it for this purchase", "it would have to be another purchase"
        )
    if not facts.others:
        return None
    listed = ", ".join(f"OST {ost}" for ost in facts.others)
    if terms.ost in facts.others:
        return Condition("stacking", NOT_MET, "the line has it already", "the line would have to be without it")
    if terms.stacks and not facts.alone:
        return Condition("stacking", MET, f"stacks with {listed}")
    return Condition("stacking", NOT_MET, f"does not stack with {listed}", f"{listed} would have to end first")


CHECKS: tuple[Callable[[Terms, Facts], Condition | None], ...] = (
    _date, _device, _trade_in, _shape, _plan, _kind, _loyalty, _current, _tenure, _arrival, _stacking,
)  # fmt: skip


def _either(names: tuple[str, ...]) -> str:
    shown = [*names[:NAMED], *([f"{len(names) - NAMED} more"] if len(names) > NAMED else [])]
    return " or ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
