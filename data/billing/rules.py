"""What stands on a bill, and how it comes to that: pure, in whole cents.

Taxes are taken of plans and features. The autopay discount is one amount for each line whose plan costs as much.
Credits and payments by the month are whole cents; what does not divide comes with the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

AUTOPAY_CENTS = 10_00  # off each line whose plan costs at least as much
BASIS = 10_000  # basis points in one
LAST_BILL_DAY = 28  # every month has it


class ItemKind(StrEnum):
    """What an item of a bill is; the value is what a person sees."""

    PLAN = "plan"
    FEATURE = "feature"
    DEVICE = "device payment"
    AUTOPAY = "autopay discount"
    PROMOTION = "promotion credit"
    CREDIT = "credit"
    ONE_TIME = "one-time"
    PRORATION = "proration"
    FEE = "fee"
    TAX = "taxes"
    BALANCE = "past balance"


QUOTED = (ItemKind.PLAN, ItemKind.FEATURE, ItemKind.DEVICE, ItemKind.AUTOPAY, ItemKind.PROMOTION)
"""What a dealer's quote is made of: the autopay discount is in it; taxes, fees and what comes once are not."""


@dataclass(frozen=True)
class Item:
    """One item of a bill. `line_id` None: the account's own. Credits are negative; `ost`: the promotion behind one."""

    kind: ItemKind
    text: str
    cents: int
    line_id: int | None = None
    ost: str = ""


@dataclass(frozen=True)
class Plan:
    """A plan or a feature: its name and what it costs a month, in cents."""

    name: str
    cents: int


@dataclass(frozen=True)
class Parts:
    """Something paid or credited in `months` parts, one on each bill from `first_on`; none from `ended_on` on."""

    text: str
    cents: int
    months: int
    first_on: date
    ost: str = ""
    ended_on: date | None = None
    ahead: int = 0  # cents that were paid besides the bills; they shorten the end

    def on(self, bill_on: date) -> int:
        """The cents of the part that is on the bill of that day; 0 where none is."""
        month = months_between(self.first_on, bill_on) + 1
        if not 1 <= month <= self.months or (self.ended_on is not None and bill_on >= self.ended_on):
            return 0
        due = scheduled(self.cents, self.months, month)
        before = sum(scheduled(self.cents, self.months, earlier) for earlier in range(1, month))
        return max(0, min(due, self.cents - self.ahead - before))

    def paid(self, today: date, past_due: int = 0) -> int:
        """The cents that came with bills up to `today`, and what was paid ahead.

        `past_due`: the cents that the account owes of such bills. Nobody knows of what, so these count as not paid.
        """
        passed = max(0, min(self.months, months_between(self.first_on, today) + 1))
        billed = sum(scheduled(self.cents, self.months, month) for month in range(1, passed + 1))
        return min(self.cents, max(0, billed - past_due) + self.ahead)


@dataclass(frozen=True)
class BilledLine:
    """A line as the bill sees it. `name`: how it is called there."""

    id: int
    name: str
    plan: Plan | None
    features: tuple[Plan, ...] = ()
    devices: tuple[Parts, ...] = ()
    promotions: tuple[Parts, ...] = ()


@dataclass(frozen=True)
class Billed:
    """An account as the bill sees it. `charges`: what comes once; `credits`: granted, one part with each bill."""

    lines: tuple[BilledLine, ...]
    autopay: bool
    tax_basis_points: int = 0
    line_fee_cents: int = 0
    past_due_cents: int = 0
    charges: tuple[Item, ...] = ()
    credits: tuple[Item, ...] = ()


def scheduled(cents: int, months: int, month: int) -> int:
    """What comes with `month` (the first is 1) of `months`: whole cents, the rest with the last."""
    each = cents // months
    return each if month < months else cents - each * (months - 1)


def months_between(first: date, other: date) -> int:
    """How many whole months lie between two days: 01-15 to 02-15 is one, to 02-14 none."""
    return (other.year - first.year) * 12 + other.month - first.month - (other.day < first.day)


def month_later(day: date, months: int) -> date:
    """The same day of the month (up to the 28th), so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, LAST_BILL_DAY))


def next_bill(bill_day: int, after: date) -> date:
    """The first bill after that day."""
    this = after.replace(day=bill_day)
    return this if this > after else month_later(this, 1)


def last_bill(bill_day: int, today: date) -> date:
    """The newest bill up to that day."""
    return month_later(next_bill(bill_day, today), -1)


def items_of(account: Billed, bill_on: date) -> tuple[Item, ...]:
    """Everything on the account's bill of that day, line by line, then the account's own."""
    items = [item for line in account.lines for item in _line_items(line, account, bill_on)]
    items += account.charges
    items += account.credits
    taxed = sum(item.cents for item in items if item.kind in (ItemKind.PLAN, ItemKind.FEATURE))
    if tax := (taxed * account.tax_basis_points + BASIS // 2) // BASIS:
        items.append(Item(ItemKind.TAX, "Taxes and surcharges", tax))
    if account.past_due_cents:
        items.append(Item(ItemKind.BALANCE, "Balance from before", account.past_due_cents))
    return tuple(items)


def _line_items(line: BilledLine, account: Billed, bill_on: date) -> Iterable[Item]:
    if line.plan is not None:
        yield Item(ItemKind.PLAN, line.plan.name, line.plan.cents, line.id)
    for feature in line.features:
        if feature.cents:
            yield Item(ItemKind.FEATURE, feature.name, feature.cents, line.id)
    for device in line.devices:
        if cents := device.on(bill_on):
            yield Item(ItemKind.DEVICE, device.text, cents, line.id)
    for credit in line.promotions:
        if cents := credit.on(bill_on):
            yield Item(ItemKind.PROMOTION, credit.text, -cents, line.id, credit.ost)
    if account.autopay and has_discount(line):
        yield Item(ItemKind.AUTOPAY, "Autopay discount", -AUTOPAY_CENTS, line.id)
    if account.line_fee_cents and line.plan is not None:
        yield Item(ItemKind.FEE, "Administrative fee", account.line_fee_cents, line.id)


def has_discount(line: BilledLine) -> bool:
    """Whether autopay takes something off this line."""
    return line.plan is not None and line.plan.cents >= AUTOPAY_CENTS


def total(items: Sequence[Item]) -> int:
    """What items come to, in cents."""
    return sum(item.cents for item in items)
