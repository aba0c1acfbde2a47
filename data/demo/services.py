"""What the demo's customers have: accounts, lines, handsets, plans, features, and what remains of the period."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from data.customers.rules import AccountStatus
from data.demo.lists import Lists, Place
from data.demo.numbers import Numbers
from data.demo.rows import Rows
from data.lines.rules import BalanceKind, LineStatus
from data.lines.tables import Balance, Carrier, Device, Feature, Line, LineFeature, Plan

LINE_STATUS = {
    AccountStatus.ACTIVE: LineStatus.ACTIVE,
    AccountStatus.SUSPENDED: LineStatus.SUSPENDED,
    AccountStatus.CLOSED: LineStatus.DISCONNECTED,
}
TABLETS = ("Galaxy Tab A9", "iPad 9")
LAST_BILLING_DAY = 28  # every month has it


@dataclass(frozen=True)
class Offer:
    """What the operator sells, as it stands in the store."""

    carriers: Sequence[int]
    plans: Sequence[Plan]
    lifeline_plans: Sequence[Plan]
    features: Sequence[int]

    @classmethod
    def of(cls, session: Session) -> Offer:
        """Reads it from the store."""
        plans = session.exec(select(Plan).order_by(col(Plan.id))).all()
        return cls(
            [row for row in session.exec(select(Carrier.id).order_by(col(Carrier.id))) if row],
            [plan for plan in plans if not plan.lifeline],
            [plan for plan in plans if plan.lifeline],
            [row for row in session.exec(select(Feature.id).order_by(col(Feature.id))) if row],
        )


@dataclass
class Services:
    """Gives accounts their lines."""

    lists: Lists
    numbers: Numbers
    offer: Offer
    rows: Rows
    rng: random.Random
    today: date

    def add_line(
        self, account: int, place: Place, status: AccountStatus, opened_on: date, *, lifeline: bool = False
    ) -> int:
        """Adds a line with all that belongs to it, and returns its id."""
        carrier = self.rng.choice(self.offer.carriers)
        plan = self.rng.choice(self.offer.lifeline_plans if lifeline else self.offer.plans)
        if status is AccountStatus.ACTIVE and not lifeline and self.rng.random() < 0.02:
            return self.rows.add(
                Line, account_id=account, status=LineStatus.PENDING, plan_id=plan.id, carrier_id=carrier
            )
        line = self.rows.add(
            Line,
            account_id=account,
            mdn=self.numbers.mdn(place),
            status=LINE_STATUS[status],
            activated_on=opened_on if lifeline else self._day_since(opened_on),
            plan_id=plan.id,
            carrier_id=carrier,
        )
        self._add_device(line, plan)
        for feature in sorted(self.rng.sample(self.offer.features, self.rng.choice((0, 1, 1, 2, 3)))):
            self.rows.add(LineFeature, line_id=line, feature_id=feature)
        if status is not AccountStatus.CLOSED:
            self._add_balances(line, plan)
        return line

    def _add_device(self, line: int, plan: Plan) -> None:
        tablet = plan.voice_minutes == 0
        fitting = [model for model in self.lists.handsets if (model.model in TABLETS) == tablet]
        model = self.rng.choice(fitting)
        sim = {"iccid": self.numbers.iccid()} if model.number == "imei" else {}
        if self.rng.random() < 0.97:
            self.rows.add(
                Device, line_id=line, make=model.make, model=model.model, **self.numbers.handset(model), **sim
            )

    def _add_balances(self, line: int, plan: Plan) -> None:
        """This period's balances and, all of them still whole, the next one's."""
        start, end = period(self.today, self.rng.randrange(1, LAST_BILLING_DAY + 1))
        passed = ((self.today - start).days + 1) / ((end - start).days + 1)
        thirst = self.rng.choice((0.1, 0.4, 0.7, 1.0, 1.6))
        later = period(end + timedelta(1), (end + timedelta(1)).day)
        allowances = {
            BalanceKind.VOICE: plan.voice_minutes,
            BalanceKind.TEXT: plan.text_messages,
            BalanceKind.DATA: plan.data_mb,
        }
        for kind, allowance in allowances.items():
            if allowance == 0:
                continue
            used = 0 if allowance is None else int(allowance * min(1, passed * thirst * self.rng.uniform(0.5, 1.3)))
            for (first, last), spent in (((start, end), used), (later, 0)):
                self.rows.add(
                    Balance,
                    line_id=line,
                    kind=kind,
                    period_start=first,
                    period_end=last,
                    allowance=allowance,
                    remaining=None if allowance is None else allowance - spent,
                )

    def _day_since(self, day: date) -> date:
        return day + timedelta(self.rng.randrange((self.today - day).days + 1)) if self.rng.random() < 0.5 else day


def period(today: date, billing_day: int) -> tuple[date, date]:
    """The first and the last day of the monthly period that `today` is in; it starts on `billing_day` (1 to 28)."""
    start = today.replace(day=billing_day)
    if start > today:
        start = (today.replace(day=1) - timedelta(1)).replace(day=billing_day)
    following = (start.replace(day=1) + timedelta(32)).replace(day=billing_day)
    return start, following - timedelta(1)
