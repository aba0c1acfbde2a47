"""An account's rows → what its bill is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from data import money
from data.billing.rules import Billed, BilledLine, Item, ItemKind, Parts, Plan, scheduled
from data.billing.tables import BillingAccount, Charge, DeviceAgreement
from data.cases.tables import Case
from data.credits.rules import AgreementState, CreditKind, CreditState
from data.credits.tables import Agreement, Credit
from data.customers.tables import Account
from data.identifiers import show_mdn
from data.lines.rules import LineStatus
from data.lines.tables import Feature, Line, LineFeature
from data.lines.tables import Plan as PlanRow
from data.promotions.tables import LinePromotion, PromotionRevision

ON_THE_BILL = (LineStatus.ACTIVE, LineStatus.SUSPENDED)
GRANTED = (CreditState.APPROVED, CreditState.ISSUING)


@dataclass(frozen=True)
class Read:
    """What a bill is made of, and the rows it was read from. `billing` has the defaults where no row is stored.

    `names`: of every line by its id, also of one that is on no bill any more.
    """

    billed: Billed
    billing: BillingAccount
    agreements: tuple[DeviceAgreement, ...]
    names: dict[int, str]


def read_account(session: Session, account: Account) -> Read:
    """What the account's next bill is made of, within a snapshot that is already open."""
    assert account.id is not None
    billing = session.get(BillingAccount, account.id) or BillingAccount(account_id=account.id, bill_day=1)
    agreements = tuple(
        session.exec(
            select(DeviceAgreement)
            .join(Line, col(Line.id) == DeviceAgreement.line_id)
            .where(Line.account_id == account.id)
            .order_by(col(DeviceAgreement.id))
        )
    )
    billed = Billed(
        lines=tuple(_lines(session, account.id, agreements)),
        autopay=billing.autopay,
        tax_basis_points=billing.tax_basis_points,
        line_fee_cents=billing.line_fee_cents,
        past_due_cents=billing.past_due_cents,
        charges=tuple(_charges(session, account.id)),
        credits=tuple(_credits(session, account.id)),
    )
    lines = session.exec(select(Line.id, Line.mdn).where(Line.account_id == account.id))
    return Read(billed, billing, agreements, {id: _name(mdn) for id, mdn in lines if id is not None})


def _lines(session: Session, account_id: int, agreements: Sequence[DeviceAgreement]) -> Iterator[BilledLine]:
    rows = session.exec(
        select(Line, PlanRow)
        .outerjoin(PlanRow, col(PlanRow.id) == Line.plan_id)
        .where(Line.account_id == account_id, col(Line.status).in_(ON_THE_BILL))
        .order_by(col(Line.id))
    ).all()
    ids = [line.id for line, _ in rows]
    features, promotions = _features(session, ids), _promotions(session, ids)
    devices: dict[int, list[Parts]] = defaultdict(list)
    for one in agreements:
        devices[one.line_id].append(payments(one))
    for line, plan in rows:
        assert line.id is not None
        yield BilledLine(
            line.id,
            _name(line.mdn),
            _plan(plan),
            tuple(features[line.id]),
            tuple(devices[line.id]),
            tuple(promotions[line.id]),
        )


def _name(mdn: str | None) -> str:
    return show_mdn(mdn) if mdn else "no number"


def _plan(row: PlanRow | None) -> Plan | None:
    return Plan(row.name, row.monthly_cents) if row is not None else None


def payments(agreement: DeviceAgreement) -> Parts:
    """The payments of a device agreement."""
    return Parts(
        agreement.device,
        agreement.cents,
        agreement.months,
        agreement.first_bill_on,
        ahead=agreement.paid_ahead_cents,
    )


def _features(session: Session, ids: Sequence[Any]) -> dict[int, list[Plan]]:
    rows = session.exec(
        select(LineFeature.line_id, Feature.name, Feature.monthly_cents)
        .join(Feature, col(Feature.id) == LineFeature.feature_id)
        .where(col(LineFeature.line_id).in_(ids))
        .order_by(col(Feature.name))
    )
    found = defaultdict(list)
    for line_id, name, cents in rows:
        found[line_id].append(Plan(name, cents))
    return found


def _promotions(session: Session, ids: Sequence[Any]) -> dict[int, list[Parts]]:
    rows = session.exec(
        select(LinePromotion, PromotionRevision)
        .join(PromotionRevision, col(PromotionRevision.id) == LinePromotion.revision_id)
        .where(col(LinePromotion.line_id).in_(ids), col(LinePromotion.undone_at).is_(None))
        .order_by(col(LinePromotion.id))
    )
    found = defaultdict(list)
    for one, of in rows:
        text = f"OST {of.ost} {of.name}"
        found[one.line_id].append(Parts(text, one.cents, one.months, one.first_bill_on, of.ost, one.ended_on))
    return found


def _charges(session: Session, account_id: int) -> Iterator[Item]:
    """What is charged or credited once and on no bill yet."""
    rows = select(Charge).where(Charge.account_id == account_id, col(Charge.billed_on).is_(None))
    for row in session.exec(rows.order_by(col(Charge.id))):
        yield Item(ItemKind(row.kind), row.text, row.cents, row.line_id)


def _credits(session: Session, account_id: int) -> Iterator[Item]:
    """Credits that may be issued and are not wholly so: the next part of each; a coupon is no money.

    One that needs a Release Agreement may be once that is signed.
    """
    signed = select(Agreement.credit_id).where(Agreement.state == AgreementState.SIGNED)
    rows = (
        select(Credit)
        .outerjoin(Case, col(Case.id) == Credit.case_id)
        .where(
            (col(Credit.account_id) == account_id) | (col(Case.account_id) == account_id),
            col(Credit.state).in_(GRANTED),
            Credit.kind != CreditKind.ACCESSORY_COUPON,
            col(Credit.release_agreement).is_(False) | col(Credit.id).in_(signed),
        )
        .order_by(col(Credit.id))
    )
    for row in session.exec(rows):
        if row.months_issued < row.months:
            part = scheduled(row.cents, row.months, row.months_issued + 1)
            whole = money.show(money.from_cents(row.cents))
            yield Item(ItemKind.CREDIT, f"Credit of {whole} granted", -part)
