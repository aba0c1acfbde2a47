"""What was bought on a line of the demo: those of the cast are the same with every seed, the others are drawn."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from data.days import LATEST
from data.demo.promotions import Offers
from data.lines.tables import Device, Line, Plan
from data.promotions.conditions import Facts
from data.promotions.names import has, key
from data.promotions.rules import Kind, Shape, Terms

PLANS = {"Unlimited Welcome": 65, "Unlimited Plus": 80, "Unlimited Ultimate": 90}  # dollars a month, besides the usual
PRICES = {
    "Galaxy A15": 199_99, "iPhone 12": 599_99, "moto g play": 169_99, "iPhone 15": 829_99, "Galaxy S23": 799_99,
    "Pixel 7a": 499_99, "iPhone SE": 429_99, "30 Z": 59_99, "Galaxy A03s": 159_99, "moto g stylus": 299_99,
    "iPhone 13 mini": 599_99, "Nord N30": 299_99, "Galaxy Tab A9": 219_99, "iPad 9": 329_99,
}  # fmt: skip
OLD = ("iPhone 12", "iPhone 11", "Galaxy S21", "Galaxy S20", "iPhone XR", "Galaxy A15", "Pixel 6")
SINCE_DAYS = 36 * 30  # agreements that are older are paid off
BY_OFFER = 0.7  # of those for whose handset and plan there was an offer
BUYERS = 0.6  # of the lines whose handset is sold on installments


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """A device that was bought. `on`, or `days` ago; `arrived`: days until the traded-in phone was here, None: not yet.

    `forgotten`: whether the promotion that it qualifies for was not put on the line; None: it is drawn.
    """

    device: str
    cents: int
    kind: Kind
    make: str = ""
    plan: str = ""
    on: date | None = None
    days: int | None = None
    trade_in: str = ""
    shape: Shape | None = None
    in_use: int = 700
    arrived: int | None = 9
    forgotten: bool | None = None
    label: bool = False

    def trade_in_columns(self, on: date) -> dict[str, Any]:
        """The columns of a device agreement that tell of the traded-in phone."""
        if not self.trade_in:
            return {}
        arrived_on = on + timedelta(self.arrived) if self.arrived is not None else None
        in_use_since = on - timedelta(self.in_use)
        return {"trade_in": self.trade_in, "shape": self.shape, "in_use_since": in_use_since, "arrived_on": arrived_on}

    def facts(self, on: date, plan: Plan, account: dict[str, Any]) -> Facts:
        """What is known of it, as a promotion asks for it."""
        traded = bool(self.trade_in)
        return Facts(
            on=on,
            device=self.device,
            kind=self.kind,
            traded=traded,
            trade_in=self.trade_in or None,
            shape=self.shape,
            tenure_days=self.in_use if traded else None,
            arrival_days=self.arrived if traded else None,
            arrived=traded and self.arrived is not None,
            plan=plan.name,
            plan_cents=plan.monthly_cents,
            price=self.cents,
            loyalty=account["loyalty"],
            current=account["past_due_cents"] == 0,
        )


@dataclass(frozen=True)
class Buyer:
    """One of the cast: what is known of the account, and what was bought on its first lines."""

    account: dict[str, Any]
    lines: tuple[Purchase, ...] = field(default=())


CAST = {
    3: Buyer(  # John Smith of Albany, who expected $400
        {"bill_day": 5, "autopay": True, "loyalty": False, "past_due_cents": 0, "store_miles": 41},
        (
            Purchase(make="Samsung", device="Galaxy S24 FE", cents=649_99, kind=Kind.UPGRADE, days=33,
                     plan="Data 15 GB", trade_in="Galaxy A15", shape=Shape.GOOD, forgotten=True),
            Purchase(make="Apple", device="iPhone 15", cents=829_99, kind=Kind.UPGRADE, days=600, plan="Data 15 GB"),
            Purchase(make="Motorola", device="moto g play", cents=169_99, kind=Kind.NEW_LINE, days=12),
        ),
    ),
    20: Buyer(  # Three Rivers Plumbing, which sends a device back
        {"bill_day": 20, "autopay": True, "loyalty": True, "past_due_cents": 0, "store_miles": 58},
        (Purchase(make="Google", device="Pixel 7a", cents=499_99, kind=Kind.UPGRADE, days=8, label=True),),
    ),
    21: Buyer(  # O'Neill's Café Olé, whose bill is higher than the dealer said
        {"bill_day": 14, "autopay": False, "loyalty": False, "past_due_cents": 0, "store_miles": 3,
         "tax_basis_points": 1050},
        (
            Purchase(make="Apple", device="iPhone 17 Pro", cents=1_099_99, kind=Kind.UPGRADE, days=30,
                     plan="Unlimited Ultimate", trade_in="iPhone 15", shape=Shape.GOOD, arrived=6, forgotten=True),
            Purchase(make="Samsung", device="Galaxy S25", cents=799_99, kind=Kind.UPGRADE, days=190,
                     plan="Unlimited Plus", trade_in="Galaxy S22", shape=Shape.GOOD, forgotten=False),
        ),
    ),
}  # fmt: skip
"""Place among the customers, 0 being the first → what they bought."""


@dataclass
class Purchases:
    """Draws what was bought."""

    rng: random.Random
    today: date
    offers: Offers

    def draw(self, line: Line, device: Device | None, plan: Plan) -> Purchase | None:
        """What was bought on a line, if anything still is paid for; mostly while there was an offer for it."""
        price = PRICES.get(device.model) if device else None
        if device is None or price is None or plan.lifeline or self.rng.random() > BUYERS:
            return None
        days = self.rng.randrange(3, SINCE_DAYS)
        new = line.activated_on is not None and (self.today - line.activated_on).days < days
        kind = self.rng.choice((Kind.NEW_LINE, Kind.PORT_IN)) if new else Kind.UPGRADE
        held = [terms for terms in self._held(device.model) if not terms.plans or has(plan.name, terms.plans)]
        if held and self.rng.random() < BY_OFFER:
            days, kind = self._by_offer(self.rng.choice(held))
        traded = self.rng.random() < 0.35
        return Purchase(
            make=device.make,
            device=device.model,
            cents=price,
            kind=kind,
            days=days,
            trade_in=self.rng.choice(OLD) if traded else "",
            shape=self.rng.choices(list(Shape)[:3], (7, 2, 1))[0] if traded else None,
            in_use=self.rng.randrange(20, 1_200),
            arrived=self.rng.choices((4, 8, 17, 29, 40), (4, 6, 4, 1, 1))[0] if days > 45 else None,
        )

    def _held(self, device: str) -> list[Terms]:
        """The offers for a device that ask for no trade-in, of the last SINCE_DAYS."""
        since = self.today - timedelta(SINCE_DAYS - 1)
        offers = [terms for _, terms in self.offers.by_device.get(key(device), ())]
        return [one for one in offers if not one.trade_ins and one.valid_from < self.today and _last(one) > since]

    def _by_offer(self, terms: Terms) -> tuple[int, Kind]:
        """How many days ago somebody bought because of an offer, and what they did."""
        first = max(terms.valid_from, self.today - timedelta(SINCE_DAYS - 1))
        last = min(_last(terms), self.today - timedelta(3))
        day = first + timedelta(self.rng.randrange(max(1, (last - first).days + 1)))
        return (self.today - day).days, self.rng.choice(terms.kinds)


def _last(terms: Terms) -> date:
    return terms.valid_to or LATEST
