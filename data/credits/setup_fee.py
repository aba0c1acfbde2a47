"""A complaint about the device set-up fee: explain it first, then offer the accessory coupon (docs/credits.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from data.agents.rules import Permission
from data.cases.rules import EntryKind
from data.cases.tables import Case
from data.cases.writing import case_row, tell
from data.credits.closing import has_coupon, walk_of, walks_of
from data.credits.tables import SetupFee
from data.desk import Desk, action
from data.errors import Refused
from data.money import show

FEE = Decimal("50.00")
TO_SAY = (
    f"The {show(FEE)} set-up fee is charged once, when a new device is put on a line: it pays for preparing the "
    "device, moving the number over and testing the service. It is on the first bill after the change and does not "
    "come back."
)
TO_OFFER = (
    "I can't take the fee off, but I can offer you a coupon towards an accessory, such as a case or a charger. "
    "Would you like that?"
)


@dataclass(frozen=True)
class SetupFeeView:
    """How far a case's set-up fee complaint is. `accepted` None: no answer yet; `has_coupon`: its credit object stands.

    `next_step`: what the agent does now, `to_say`: what the agent may say with it; "" where nothing is left.
    """

    explained_at: datetime | None
    offered_at: datetime | None
    accepted: bool | None
    has_coupon: bool
    next_step: str
    to_say: str


def setup_fee(desk: Desk, case: str) -> SetupFeeView:
    """How far the case's set-up fee complaint is, and what comes next. Raises NotFound without the case."""
    with desk.reading() as session:
        return _view(session, case_row(session, case, to_write=False))


@action("setup_fee.explain", needs=Permission.REQUEST_CREDITS)
def note_explained(desk: Desk, case: str) -> SetupFeeView:
    """Notes that the fee was explained to the customer; a second time changes nothing."""
    row = _open_case(desk, case)
    assert row.id is not None
    if walk_of(desk.session, row.id) is None:
        desk.session.add(SetupFee(case_id=row.id, explained_at=desk.now(), explained_by=desk.agent.name))
        tell(desk, row, EntryKind.CREDIT, "Set-up fee explained")
    return _told(desk, row)


@action("setup_fee.offer", needs=Permission.REQUEST_CREDITS)
def note_offered(desk: Desk, case: str) -> SetupFeeView:
    """Notes that the accessory coupon was offered. Raises Refused where the fee was not explained first."""
    row = _open_case(desk, case)
    assert row.id is not None
    fee = walk_of(desk.session, row.id)
    if fee is None:
        raise Refused("The set-up fee has not been explained yet.", "Explain it first; then offer the coupon.")
    if fee.offered_at is None:
        fee.offered_at = desk.now()
        tell(desk, row, EntryKind.CREDIT, "Accessory coupon offered for the set-up fee")
    return _told(desk, row)


@action("setup_fee.answer", needs=Permission.REQUEST_CREDITS)
def note_answer(desk: Desk, case: str, accepted: bool) -> SetupFeeView:
    """Notes whether the customer took the coupon; one that is taken needs its credit object before the case can close.

    Raises Refused where it was not offered, or the coupon that was taken has its credit object already.
    """
    row = _open_case(desk, case)
    assert row.id is not None
    fee = walk_of(desk.session, row.id)
    if fee is None or fee.offered_at is None:
        raise Refused("The accessory coupon has not been offered yet.", "Explain the fee, offer the coupon, then ask.")
    if not accepted and fee.accepted and has_coupon(desk.session, row.id):
        raise Refused("The coupon stands as a credit of this case.", "Withdraw that credit first.")
    if fee.accepted is not accepted:
        for one in walks_of(desk.session, row.id):
            if one is fee or one.accepted:
                one.accepted, one.answered_at = accepted, desk.now()
        tell(desk, row, EntryKind.CREDIT, f"Accessory coupon {'accepted' if accepted else 'not wanted'}")
    desk.event.tell(accepted=accepted)
    return _told(desk, row)


def _open_case(desk: Desk, number: str) -> Case:
    row = case_row(desk.session, number)
    if row.closed_at:
        raise Refused(f"Case {row.number} is closed.", "Clone it, and go on in the clone.")
    return row


def _told(desk: Desk, row: Case) -> SetupFeeView:
    desk.session.flush()
    desk.event.tell(account_id=row.account_id, case=row.number)
    return _view(desk.session, row)


def _view(session: Session, row: Case) -> SetupFeeView:
    assert row.id is not None
    fee, coupon = walk_of(session, row.id), has_coupon(session, row.id)
    next_step, to_say = _next(fee, coupon)
    return SetupFeeView(
        explained_at=fee.explained_at if fee else None,
        offered_at=fee.offered_at if fee else None,
        accepted=fee.accepted if fee else None,
        has_coupon=coupon,
        next_step=next_step,
        to_say=to_say,
    )


def _next(fee: SetupFee | None, coupon: bool) -> tuple[str, str]:
    if fee is None:
        return "Explain the set-up fee.", TO_SAY
    if fee.offered_at is None:
        return "Offer the accessory coupon.", TO_OFFER
    if fee.accepted is None:
        return "Note whether the customer takes the coupon.", ""
    return ("Ask for the coupon as a credit.", "") if fee.accepted and not coupon else ("", "")
