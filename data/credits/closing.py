"""What of its credits keeps a case open: an accepted accessory coupon that nobody has asked for as a credit."""

from __future__ import annotations

from sqlmodel import Session, col, select

from data.cases.statements import own_and_taken_in
from data.credits.rules import STANDING, CreditKind
from data.credits.tables import Credit, SetupFee
from data.errors import No


def blocks_closing(session: Session, case_id: int) -> No | None:
    """Why the case may not be closed yet; None where nothing of its credits keeps it open."""
    fees = select(SetupFee.case_id).where(
        col(SetupFee.case_id).in_(own_and_taken_in(case_id)), col(SetupFee.accepted).is_(True)
    )
    if session.exec(fees.limit(1)).first() is None or has_coupon(session, case_id):
        return None
    return No(
        "The customer accepted an accessory coupon, and this case has no credit object for it.",
        "Ask for the coupon as a credit, so that it is tracked and issued; then close the case.",
    )


def has_coupon(session: Session, case_id: int) -> bool:
    """Whether the case has an accessory coupon that was neither denied nor withdrawn."""
    coupon = select(Credit.id).where(
        col(Credit.case_id).in_(own_and_taken_in(case_id)),
        Credit.kind == CreditKind.ACCESSORY_COUPON,
        col(Credit.state).in_(STANDING),
    )
    return session.exec(coupon.limit(1)).first() is not None
