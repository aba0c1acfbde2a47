"""What a promotion is: what it gives, to whom, and on which days of purchase (docs/promotions.md). Pure.

A promotion is named by its OST number. Its terms stand in revisions, each for days of purchase of its own; days that
have passed keep the terms that they had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from data.days import EARLIEST, LATEST
from data.money import from_cents, show

MOST_CENTS = 5_000_00
MOST_MONTHS = 60
NAME_LIMIT, NOTES_LIMIT = 120, 2_000  # characters
OST = re.compile(r"[A-Z0-9][A-Z0-9-]{0,11}")


class Gives(StrEnum):
    """How a promotion pays; the value is what a person sees."""

    MONTHLY = "monthly credits"
    ONE_TIME = "one-time credit"
    PERCENT = "percentage"
    FREE_LINE = "free line"
    ACCESSORY = "accessory"


class Kind(StrEnum):
    """What the customer did."""

    NEW_LINE = "new line"
    UPGRADE = "upgrade"
    PORT_IN = "port-in"


class Loyalty(StrEnum):
    """Whether it is for customers in the loyalty program."""

    EITHER = "either"
    ONLY = "loyalty"
    NOT = "not loyalty"


class Shape(StrEnum):
    """The condition of a phone that is traded in."""

    GOOD = "good"
    CRACKED = "cracked"
    BATTERY = "battery"
    WATER = "water"
    NO_POWER = "no power"


class Ends(StrEnum):
    """What ends the credits before their last month."""

    PLAN_CHANGE = "plan change"
    LINE_CANCELED = "line canceled"
    PAID_OFF = "device paid off"
    UPGRADE = "next upgrade"
    PAST_DUE = "account past due"


@dataclass(frozen=True)
class TradeInOffer:
    """Phones that are taken in, and what each condition of them brings, in cents; one left out is not taken."""

    devices: tuple[str, ...]
    amounts: Mapping[Shape, int]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One revision of a promotion, for purchases from `valid_from` to `valid_to` (None: until further notice).

    `cents`: what it gives at most, all months together; 0 for a free line or a percentage of the device's price.
    No `devices`: any; no `plans`: any; no `trade_ins`: nothing is traded in. `begins`: the first and the last bill
    on which credits may begin, counted from the purchase. `arrival_days`: the phone must be with us by then.
    """

    ost: str
    name: str
    gives: Gives
    valid_from: date
    valid_to: date | None = None
    cents: int = 0
    percent: int = 0
    months: int = 1
    devices: tuple[str, ...] = ()
    trade_ins: tuple[TradeInOffer, ...] = ()
    plans: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = tuple(Kind)
    loyalty: Loyalty = Loyalty.EITHER
    current: bool = True
    stacks: bool = False
    tenure_days: int = 0
    arrival_days: int = 0
    begins: tuple[int, int] = (1, 2)
    ends: tuple[Ends, ...] = (Ends.PLAN_CHANGE, Ends.LINE_CANCELED)
    notes: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether a purchase of that day falls under it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def in_words(terms: Terms) -> str:
    """What it gives at most: "up to $1,000.00: $27.77 a month for 36 months"."""
    amount = show(from_cents(terms.cents))
    each = show(from_cents(terms.cents // terms.months))
    most = "up to " if len({cents for offer in terms.trade_ins for cents in offer.amounts.values()}) > 1 else ""
    return {
        Gives.MONTHLY: f"{most}{amount}: {each} a month for {terms.months} months",
        Gives.ONE_TIME: f"{most}{amount} once",
        Gives.PERCENT: f"{terms.percent}% of the device's price over {terms.months} months",
        Gives.FREE_LINE: f"the line's plan free for {terms.months} months",
        Gives.ACCESSORY: f"an accessory worth {amount}",
    }[terms.gives]


def wrong_terms(terms: Terms) -> dict[str, str]:
    """What of a revision can't be: field → one sentence."""
    wrong = {}
    if not OST.fullmatch(terms.ost):
        wrong["ost"] = "An OST number is up to 12 digits, capital letters and hyphens."
    if not terms.name:
        wrong["name"] = "A promotion needs a name."
    if not EARLIEST <= terms.valid_from <= LATEST:
        wrong["valid_from"] = f"It begins between {EARLIEST:%Y} and {LATEST:%Y}."
    if terms.valid_to is not None and not terms.valid_from <= terms.valid_to <= LATEST:
        wrong["valid_to"] = "Its last day can't be before its first."
    if not terms.kinds:
        wrong["kinds"] = f"Say for which it is: {', '.join(Kind)}."
    if not 0 <= terms.begins[0] <= terms.begins[1] <= 12:
        wrong["begins"] = "Credits begin 0 to 12 bills after the purchase, such as 1-2."
    if not 0 <= terms.tenure_days <= 3_650:
        wrong["tenure_days"] = "The days that a phone was in use here are 0 to 3,650."
    if not 0 <= terms.arrival_days <= 365:
        wrong["arrival_days"] = "The days to send a phone in are 0 to 365."
    if (terms.tenure_days or terms.arrival_days) and not terms.trade_ins:
        wrong["trade_ins"] = "Days of a traded-in phone need phones that are taken in."
    return wrong | _wrong_amounts(terms)


def _wrong_amounts(terms: Terms) -> dict[str, str]:
    wrong = {}
    paid = terms.gives in (Gives.MONTHLY, Gives.ONE_TIME, Gives.ACCESSORY)
    if paid and not 0 < terms.cents <= MOST_CENTS:
        wrong["amount"] = f"It gives more than $0.00 and at most {show(from_cents(MOST_CENTS))}."
    if not paid and terms.cents:
        wrong["amount"] = f"A {terms.gives} has no amount of its own; leave it out."
    if terms.gives is Gives.PERCENT and not 1 <= terms.percent <= 100:
        wrong["percent"] = "A percentage is 1 to 100."
    elif terms.gives is not Gives.PERCENT and terms.percent:
        wrong["percent"] = f"A {terms.gives} has no percentage; leave it out."
    once = terms.gives in (Gives.ONE_TIME, Gives.ACCESSORY)
    if once and terms.months != 1:
        wrong["months"] = f"A {terms.gives} is given at once; leave the months at 1."
    if not once and not 2 <= terms.months <= MOST_MONTHS:
        wrong["months"] = f"It runs 2 to {MOST_MONTHS} months."
    for offer in terms.trade_ins:
        if not offer.devices or not offer.amounts:
            wrong["trade_ins"] = "Phones that are taken in need names, and an amount for a condition."
        elif any(not 0 < cents <= terms.cents for cents in offer.amounts.values()):
            wrong["trade_ins"] = "What a phone brings is more than $0.00 and at most what the promotion gives."
    if terms.trade_ins and terms.gives not in (Gives.MONTHLY, Gives.ONE_TIME):
        wrong["trade_ins"] = f"A {terms.gives} asks for no trade-in."
    return wrong


@dataclass(frozen=True)
class Place:
    """Where new terms go. `cut`: the revision that now ends the day before; `replaces`: the one that never began."""

    cut: Terms | None = None
    replaces: Terms | None = None
    same: bool = False  # these very terms stand there already


class Overlap(ValueError):
    """New terms would change what was, or may already have been, told to customers."""


def place(terms: Terms, existing: Iterable[Terms], today: date) -> Place:
    """Where `terms` go among the revisions of the same OST number. Raises Overlap with one sentence.

    They may fill days that no revision has, or take over from one of them on a day to come; today counts.
    """
    crossed = [other for other in existing if _cross(terms, other)]
    if not crossed:
        return Place()
    if any(other == terms for other in crossed):
        return Place(same=True)
    if len(crossed) > 1:
        raise Overlap(f"It overlaps revisions from {' and '.join(f'{one.valid_from:%m-%d-%Y}' for one in crossed)}.")
    (other,) = crossed
    if max(terms.valid_from, other.valid_from) < today:
        raise Overlap(
            f"It overlaps the revision from {other.valid_from:%m-%d-%Y} on days that have passed; "
            "those keep their terms."
        )
    if other.valid_from < terms.valid_from:
        return Place(cut=other)
    if other.valid_from == terms.valid_from:
        return Place(replaces=other)
    raise Overlap(f"It overlaps the revision from {other.valid_from:%m-%d-%Y}; end before that day.")


def ended(terms: Terms, last_day: date) -> Terms:
    """The terms, ending with `last_day`."""
    return replace(terms, valid_to=last_day)


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(1)


def _cross(one: Terms, other: Terms) -> bool:
    return one.valid_from <= (other.valid_to or LATEST) and other.valid_from <= (one.valid_to or LATEST)
