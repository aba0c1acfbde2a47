"""What the demo's customers bought and pay: device agreements, trade-ins, promotions on lines, and the last bill."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from data.billing.rules import (
    Billed,
    BilledLine,
    Item,
    ItemKind,
    Parts,
    items_of,
    last_bill,
    month_later,
    next_bill,
)
from data.billing.rules import Plan as Priced
from data.billing.tables import Bill, BillingAccount, BillItem, Charge, DeviceAgreement, ReturnLabel
from data.credits.setup_fee import FEE
from data.customers.rules import AccountStatus
from data.customers.tables import Account
from data.demo.history import History
from data.demo.promotions import Offers
from data.demo.purchases import CAST, PLANS, Purchase, Purchases
from data.demo.rows import Rows
from data.identifiers import show_mdn
from data.lines.rules import LineStatus
from data.lines.tables import Device, Feature, Line, LineFeature, Plan
from data.money import to_cents
from data.promotions.conditions import Facts
from data.promotions.gifts import gift
from data.promotions.tables import LinePromotion

MOST = 4_000  # accounts that are billed; the rest of a large demo has no bills
BATCH = 500
APPLIED = 0.85  # of the promotions that a purchase qualifies for
TOLD_DAYS = 120  # promotions put on lines within them are told on the timeline


@dataclass
class Billing:
    """Makes the billing of a demo store whose customers are written."""

    session: Session
    rows: Rows
    history: History
    rng: random.Random
    now: datetime
    zone: ZoneInfo
    _features: dict[int, list[Priced]] = field(default_factory=lambda: defaultdict(list))

    def make(self) -> None:
        """Makes the catalogue, and the bills of the first MOST accounts."""
        today = self.now.astimezone(self.zone).date()
        self.offers = Offers.add(self.rows, today, self.zone)
        self.today = today
        self._add_plans()
        self.purchases = Purchases(self.rng, today, self.offers)
        open_ones = select(Account).where(Account.status != AccountStatus.CLOSED, col(Account.id) <= MOST)
        accounts = self.session.exec(open_ones.order_by(col(Account.id))).all()
        for first in range(0, len(accounts), BATCH):
            self._add_batch(accounts[first : first + BATCH])
            self.rows.write(self.session)

    def _add_plans(self) -> None:
        for name, dollars in PLANS.items():
            self.session.add(Plan(name=name, monthly_cents=dollars * 100))
        self.session.flush()
        self.plans = {plan.name: plan for plan in self.session.exec(select(Plan))}
        self.by_id = {plan.id: plan for plan in self.plans.values()}

    def _add_batch(self, accounts: Any) -> None:
        lines: dict[int, list[tuple[Line, Device | None]]] = defaultdict(list)
        ids = [account.id for account in accounts]
        wanted = select(Line, Device).outerjoin(Device, col(Device.line_id) == Line.id)
        for line, device in self.session.exec(wanted.where(col(Line.account_id).in_(ids)).order_by(col(Line.id))):
            lines[line.account_id].append((line, device))
        having = (
            select(LineFeature.line_id, Feature.name, Feature.monthly_cents)
            .join(Feature, col(Feature.id) == LineFeature.feature_id)
            .join(Line, col(Line.id) == LineFeature.line_id)
        )
        for line_id, name, cents in self.session.exec(
            having.where(col(Line.account_id).in_(ids)).order_by(col(Feature.name))
        ):
            self._features[line_id].append(Priced(name, cents))
        for account in accounts:
            self._add_account(account, lines[account.id])

    def _add_account(self, account: Account, lines: list[tuple[Line, Device | None]]) -> None:
        assert account.id is not None
        cast = CAST.get(account.id - 1)
        wanted = dict(enumerate(cast.lines)) if cast else {}
        values: dict[str, Any] = {
            "bill_day": self.rng.randrange(1, 29),
            "autopay": self.rng.random() < 0.7,
            "loyalty": self.rng.random() < 0.2,
            "past_due_cents": 0 if self.rng.random() < 0.92 else self.rng.randrange(2_000, 18_000),
            "tax_basis_points": self.rng.randrange(500, 1_300),
            "line_fee_cents": 330,
            "store_miles": self.rng.choice((2, 4, 9, 16, 31, 58, None)),
        } | (cast.account if cast else {})
        if account.status == AccountStatus.SUSPENDED:
            values["past_due_cents"] = self.rng.randrange(4_000, 22_000)
        self.rows.add(BillingAccount, account_id=account.id, **values)
        billed_on = last_bill(values["bill_day"], self.today)
        billed = [
            self._add_line(account, line, device, values, wanted.get(place), bool(cast))
            for place, (line, device) in enumerate(lines)
            if line.status in (LineStatus.ACTIVE, LineStatus.SUSPENDED)
        ]
        self._add_bill(
            account, values, [one for one, _ in billed], [fee for _, fees in billed for fee in fees], billed_on
        )

    def _add_line(
        self,
        account: Account,
        line: Line,
        device: Device | None,
        values: dict[str, Any],
        wanted: Purchase | None,
        cast: bool,
    ) -> tuple[BilledLine, list[tuple[date, Item]]]:
        assert line.id is not None
        plan = self.plans[wanted.plan] if wanted and wanted.plan else self.by_id[line.plan_id]
        if wanted:
            line.plan_id = plan.id
            if device is not None:
                device.make, device.model = wanted.make, wanted.device
        bought = wanted if cast else self.purchases.draw(line, device, plan)
        name = show_mdn(line.mdn) if line.mdn else "no number"
        priced = Priced(plan.name, plan.monthly_cents)
        features = tuple(self._features[line.id])
        if bought is None:
            return BilledLine(line.id, name, priced, features), []
        on = bought.on or self.today - timedelta(bought.days or 0)
        first_on = next_bill(values["bill_day"], on)
        self._add_agreement(line.id, bought, on, first_on)
        payments = Parts(bought.device, bought.cents, 36, first_on)
        facts = bought.facts(on, plan, values)
        credits = tuple(self._apply(account, line, bought, facts, values["bill_day"]))
        fee = (on, Item(ItemKind.ONE_TIME, f"Set-up fee, {bought.device}", to_cents(FEE), line.id))
        return BilledLine(line.id, name, priced, features, (payments,), credits), [fee]

    def _add_agreement(self, line_id: int, bought: Purchase, on: date, first_on: date) -> None:
        """What is paid off on the line, and the label of what is sent back."""
        agreement = self.rows.add(
            DeviceAgreement,
            line_id=line_id,
            device=bought.device,
            kind=bought.kind,
            bought_on=on,
            cents=bought.cents,
            months=36,
            first_bill_on=first_on,
            **bought.trade_in_columns(on),
        )
        if bought.label:
            at = self.now - timedelta(days=1)
            self.rows.add(
                ReturnLabel,
                agreement_id=agreement,
                requested_by="agent02",
                requested_at=at,
                sent_to="address of record",
            )

    def _apply(self, account: Account, line: Line, bought: Purchase, facts: Facts, bill_day: int) -> Iterator[Parts]:
        """Puts the promotion that the purchase qualifies for on the line; now and then it was forgotten."""
        assert account.id is not None and facts.on is not None
        found = self.offers.fitting(facts)
        forgotten = bought.forgotten if bought.forgotten is not None else self.rng.random() > APPLIED
        if found is None or forgotten:
            return
        revision, terms = found
        got = gift(terms, facts)
        if got.cents is None:
            return
        first_on = month_later(next_bill(bill_day, facts.on), max(terms.begins[0], 1) - 1)
        at = datetime.combine(facts.on, time(11, 30), self.zone)
        row = self.rows.add(
            LinePromotion,
            line_id=line.id,
            revision_id=revision,
            cents=got.cents,
            months=got.months,
            first_bill_on=first_on,
            bought_on=facts.on,
            device=bought.device,
            trade_in=bought.trade_in,
            shape=bought.shape or "",
            applied_by="agent04",
            applied_at=at,
        )
        if (self.today - facts.on).days < TOLD_DAYS:
            told = {"ost": terms.ost, "line": line.mdn, "gives": got.words, "on_line": row}
            self.history.tell(at, "agent04", "promotion.apply", account.id, **told)
        yield Parts(f"OST {terms.ost} {terms.name}", got.cents, got.months, first_on, terms.ost)

    def _add_bill(
        self,
        account: Account,
        values: dict[str, Any],
        lines: list[BilledLine],
        fees: list[tuple[date, Item]],
        bill_on: date,
    ) -> None:
        """The newest bill, with what was charged once since the one before; what is newer waits for the next."""
        before = month_later(bill_on, -1)
        once = []
        for day, item in fees:
            if day >= before:
                billed_on = bill_on if day < bill_on else None
                self.rows.add(
                    Charge, account_id=account.id, line_id=item.line_id, kind=item.kind, text=item.text,
                    cents=item.cents, noted_on=day, billed_on=billed_on,
                )  # fmt: skip
                once += [item] if billed_on else []
        billed = Billed(
            tuple(lines),
            values["autopay"],
            values["tax_basis_points"],
            values["line_fee_cents"],
            values["past_due_cents"],
            tuple(once),
        )
        bill = self.rows.add(Bill, account_id=account.id, bill_on=bill_on)
        for item in items_of(billed, bill_on):
            self.rows.add(
                BillItem,
                bill_id=bill,
                line_id=item.line_id,
                kind=item.kind,
                text=item.text,
                cents=item.cents,
                ost=item.ost,
            )
