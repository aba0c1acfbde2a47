"""Bills as screens and commands get them; amounts in dollars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from data.billing.quoting import Cause
from data.billing.rules import ItemKind


@dataclass(frozen=True)
class ItemView:
    """One item. `line`: the line's number as it is shown, "" for the account's own."""

    line: str
    kind: ItemKind
    text: str
    amount: Decimal
    ost: str


@dataclass(frozen=True)
class BillView:
    """A bill: as it was issued, or (`estimated`) what it will be as things stand."""

    account: str
    bill_on: date
    estimated: bool
    autopay: bool
    items: tuple[ItemView, ...]
    total: Decimal


@dataclass(frozen=True)
class PartView:
    """One part of the difference between bill and quote. `line_id` and `ost`: where it can be seen to."""

    cause: Cause
    amount: Decimal
    text: str
    line: str
    line_id: int | None
    ost: str


@dataclass(frozen=True)
class Explained:
    """A bill beside a quote: the parts come to `difference` exactly. `root_cause`: the parts in a sentence."""

    bill: BillView
    quoted: Decimal
    difference: Decimal
    parts: tuple[PartView, ...]
    root_cause: str


@dataclass(frozen=True)
class Letter:
    """A mail about the next bill, as it would go. `to`: the mail address of record, "" where there is none."""

    to: str
    subject: str
    body: str
    bill: BillView


@dataclass(frozen=True)
class EarlyUpgrade:
    """Whether a device may be exchanged early: at least half of its agreement is paid.

    `missing`: dollars that are; `from_on`: the bill that brings it to half, None where it is there.
    """

    allowed: bool
    paid: Decimal
    whole: Decimal
    missing: Decimal
    from_on: date | None
    in_words: str


@dataclass(frozen=True)
class ReturnByLabel:
    """Whether a device may go back by shipping label: within the guarantee, and with no store near.

    `allowed` None: nobody knows how far the nearest store is. `last_day`: of the guarantee.
    """

    allowed: bool | None
    last_day: date
    days_left: int
    in_words: str


@dataclass(frozen=True)
class LabelView:
    """A return label and how far it came; times are None until it did."""

    id: int
    device: str
    line: str
    account: str
    state: str
    sent_to: str
    requested_by: str
    requested_at: datetime
    sent_at: datetime | None
    shipped_at: datetime | None
    received_at: datetime | None


@dataclass(frozen=True)
class LineEligibility:
    """What a line's customer may have now. `device` "": nothing is paid off on it, and the parts are None."""

    line_id: int
    line: str
    device: str
    agreement_id: int | None
    early_upgrade: EarlyUpgrade | None
    return_by_label: ReturnByLabel | None
    label: LabelView | None


@dataclass(frozen=True)
class Eligibility:
    """What an account may have now, at a glance. `setup_fee`: where that complaint stands, and what comes next."""

    account: str
    loyalty: bool
    current: bool
    autopay: bool
    setup_fee: str
    lines: tuple[LineEligibility, ...]
