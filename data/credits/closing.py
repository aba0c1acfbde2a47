"""What of its credits keeps a case open: an accepted accessory coupon that nobody has asked for as a credit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from data.cases.statements import own_and_taken_in
from data.credits.rules import STANDING, CreditKind
from data.credits.tables import Credit, SetupFee
from data.errors import No


def blocks_closing(session: Session, case_id: int) -> No | None:
    """Why the case may not be closed yet; None where nothing of its credits keeps it open."""
    fee = walk_of(session, case_id)
    if fee is None or not fee.accepted or has_coupon(session, case_id):
        return None
    return No(
        "The customer accepted an accessory coupon, and this case has no credit object for it.",
        "Ask for the coupon as a credit, so that it is tracked and issued; then close the case.",
    )


def walk_of(session: Session, case_id: int) -> SetupFee | None:
    """How far the complaint about a set-up fee is in the case, or in one that it took in; None where there is none.

    Where there are several, a coupon that was taken counts before all else, then the one that came furthest.
    """
    return max(walks_of(session, case_id), key=_how_far, default=None)


def walks_of(session: Session, case_id: int) -> Sequence[SetupFee]:
    """The complaints about a set-up fee in the case and in those that it took in."""
    return session.exec(select(SetupFee).where(col(SetupFee.case_id).in_(own_and_taken_in(case_id)))).all()


def _how_far(fee: SetupFee) -> tuple[bool, bool, bool]:
    return bool(fee.accepted), fee.accepted is not None, fee.offered_at is not None


def has_coupon(session: Session, case_id: int) -> bool:
    """Whether the case has an accessory coupon that was neither denied nor withdrawn."""
    coupon = select(Credit.id).where(
        col(Credit.case_id).in_(own_and_taken_in(case_id)),
        Credit.kind == CreditKind.ACCESSORY_COUPON,
        col(Credit.state).in_(STANDING),
    )
    return session.exec(coupon.limit(1)).first() is not None
