"""What an account may have now, at a glance: early upgrade, return by label, the set-up fee's way, loyalty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from data.billing.entitlements import early_upgrade, return_by_label
from data.billing.labels import labels_of
from data.billing.masking import account_with_bills
from data.billing.reading import Read, payments, read_account
from data.billing.tables import DeviceAgreement
from data.billing.views import Eligibility, LabelView, LineEligibility
from data.cases.tables import Case
from data.credits.closing import walk_of
from data.credits.tables import SetupFee
from data.customers.tables import Account
from data.desk import Desk
from data.errors import NotFound
from data.identifiers import parse_mdn, show_mdn

FEE_WALK = "explain it first, then offer the accessory coupon"


def eligibility(desk: Desk, account: str) -> Eligibility:
    """What the account may have now. Raises NotFound where there is none, Refused where its bills are masked."""
    with desk.reading() as session:
        row = account_with_bills(session, desk, account)
        read = read_account(session, row)
        labels = labels_of(session, [one.id for one in read.agreements])
        return Eligibility(
            account=row.number,
            loyalty=read.billing.loyalty,
            current=read.billing.past_due_cents <= 0,
            autopay=read.billing.autopay,
            setup_fee=_setup_fee(session, row),
            lines=tuple(_lines(read, labels, desk.today())),
        )


def agreement_of(desk: Desk, account: str, line: str = "") -> int:
    """The id of the newest device agreement of the account's line with that number; without one, of its only one.

    Raises NotFound where there is none, or several and no number.
    """
    wanted = show_mdn(parse_mdn(line) or line)
    having = [one for one in eligibility(desk, account).lines if one.agreement_id and (not line or one.line == wanted)]
    if len(having) != 1:
        why = "Several lines have a device that is paid off." if having else "Nothing is paid off there."
        raise NotFound(why, "Name the line by its number.")
    return having[0].agreement_id or 0


def _lines(read: Read, labels: dict[int, LabelView], today: date) -> Iterator[LineEligibility]:
    newest: dict[int, DeviceAgreement] = {}
    for one in sorted(read.agreements, key=lambda agreement: (agreement.bought_on, agreement.id)):
        newest[one.line_id] = one
    for line in read.billed.lines:
        of = newest.get(line.id)
        if of is None or of.id is None:
            yield LineEligibility(line.id, line.name, "", None, None, None, None)
        else:
            upgrade = early_upgrade(payments(of), today, max(0, read.billing.past_due_cents))
            back = return_by_label(of.bought_on, read.billing.store_miles, today)
            yield LineEligibility(line.id, line.name, of.device, of.id, upgrade, back, labels.get(of.id))


def _setup_fee(session: Session, account: Account) -> str:
    """How far a complaint about the set-up fee is; without one, what one begins with."""
    own = aliased(Case)
    goes_on, number = session.exec(
        select(Case.id, Case.number)
        .join(own, or_(col(own.id) == Case.id, col(own.merged_into_id) == Case.id))
        .join(SetupFee, col(SetupFee.case_id) == own.id)
        .where(Case.account_id == account.id, col(Case.closed_at).is_(None))
        .order_by(col(Case.id).desc())
        .limit(1)
    ).first() or (None, "")
    fee = walk_of(session, goes_on) if goes_on is not None else None
    if fee is None:
        return f"no complaint yet; {FEE_WALK}"
    if fee.offered_at is None:
        return f"explained in case {number}; offer the accessory coupon"
    if fee.accepted is None:
        return f"coupon offered in case {number}; note the answer"
    return f"coupon {'taken' if fee.accepted else 'not wanted'} in case {number}"
