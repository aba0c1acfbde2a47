"""Telling the vendor: what changed is marked, submitted by hand or by the daily timer, and the answer kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, update
from sqlmodel import Session, col

from data.lifeline.rules import EnrolmentState
from data.lifeline.tables import LifelineEnrolment


def mark_changed(session: Session, account_id: int, at: datetime) -> None:
    """Notes that the vendor must learn of a change made `at`: to be called in the transaction that makes it.

    The countdown runs from the oldest change that the vendor has not been told of. An account without Lifeline, or
    with one that has ended, is left as it is.
    """
    session.execute(
        update(LifelineEnrolment)
        .where(col(LifelineEnrolment.account_id) == account_id, col(LifelineEnrolment.state) == EnrolmentState.ENROLLED)
        .values(
            changed_at=case((col(LifelineEnrolment.changed_at).is_(None), at), else_=col(LifelineEnrolment.changed_at)),
            revision=col(LifelineEnrolment.revision) + 1,
        )
    )
