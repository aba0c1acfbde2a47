"""Telling the vendor: what changed is marked, submitted by hand or by the daily timer, and the answer kept.

The vendor is asked between two transactions, never inside one: nobody waits for the store while NLAD thinks, and what
changes meanwhile is noticed and submitted again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlmodel import Session, col

from data.agents.rules import Permission
from data.columns import columns
from data.customers.finding import account_row
from data.customers.tables import Account
from data.desk import Desk, action, permit
from data.errors import CarelineError, Refused, StoreTrouble
from data.lifeline.answers import Submitted, keep_answer, told
from data.lifeline.nlad import EmbeddedNlad, Nlad, known_address
from data.lifeline.queries import UNSUBMITTED, WHOLE
from data.lifeline.records import ANSWERED_BY_CODE, record, wrong_fields
from data.lifeline.rules import (
    ONLINE_VENDORS,
    OPT_OUT_STATES,
    EnrolmentState,
    Outcome,
    Transaction,
    Vendor,
    VerificationState,
)
from data.lifeline.tables import LifelineEnrolment, LifelineSubmission

e, a, sent = columns(LifelineEnrolment), columns(Account), columns(LifelineSubmission)


@dataclass(frozen=True)
class NotSent:
    """An enrolment that could not be submitted, and why, in a sentence."""

    account: str
    reason: str


@dataclass(frozen=True)
class DailyRun:
    """What the daily submission did. `waiting`: how many wait for the next file to each vendor that takes files."""

    submitted: tuple[Submitted, ...]
    not_sent: tuple[NotSent, ...]
    waiting: Mapping[Vendor, int]

    def count(self, outcome: Outcome) -> int:
        """How many submissions ended so."""
        return sum(one.outcome is outcome for one in self.submitted)


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


def submit(desk: Desk, account_number: str, *, transfer: bool = False, nlad: Nlad | None = None) -> Submitted:
    """Submits the customer's information now: to NLAD at once; for another vendor it joins the next file.

    `transfer` asks NLAD to move a benefit that the customer has elsewhere. Raises NotFound where there is no such
    account, Refused where it has no Lifeline or what NLAD needs is missing; nothing was sent then.
    """
    permit(desk, Permission.SUBMIT_LIFELINE)
    row = find(desk, account_number)
    if row.vendor not in ONLINE_VENDORS:
        return _queue(desk, row.id)
    may_submit(row)
    with desk.reading() as session:
        kind = Transaction.TRANSFER if transfer else transaction_for(session, row)
    asked = record(row, kind, row.de_enrolled_on or desk.today())
    for field in wrong_fields(asked):
        if field.name not in ANSWERED_BY_CODE:
            raise Refused(
                f"NLAD needs {field.form}; {field.name} is {asked[field.name] or 'empty'}.",
                "Correct the line or the enrollment, then submit again.",
            )
    answer = (nlad or EmbeddedNlad(desk)).submit(asked)
    return keep_answer(desk, row.id, row.revision, kind, answer, known_address(asked))


def submit_due(desk: Desk, *, nlad: Nlad | None = None, progress: Callable[[int, int], None] | None = None) -> DailyRun:
    """Submits what nobody submitted by hand, for the daily timer; each enrolment by itself.

    One that can't be sent is told in the result and tried again the next day. `progress` hears how many of how many
    are done. Raises StoreTrouble where the store itself fails; what was submitted before is kept.
    """
    permit(desk, Permission.SUBMIT_LIFELINE)
    with desk.reading() as session:
        rows = session.connection().execute(
            select(a.number, e.vendor).join(Account, a.id == e.account_id).where(UNSUBMITTED).order_by(e.changed_at)
        )
        unsubmitted = [(row.number, Vendor(row.vendor)) for row in rows]
    online = [number for number, vendor in unsubmitted if vendor in ONLINE_VENDORS]
    waiting = Counter(vendor for _, vendor in unsubmitted if vendor not in ONLINE_VENDORS)
    submitted: list[Submitted] = []
    not_sent: list[NotSent] = []
    for done, number in enumerate(online, start=1):
        try:
            submitted.append(submit(desk, number, nlad=nlad))
        except Exception as error:  # whatever one enrolment does, the others must go out today
            if isinstance(error, StoreTrouble) and not error.passing:
                raise
            not_sent.append(NotSent(number, _reason(error)))
        if progress:
            progress(done, len(online))
    return DailyRun(tuple(submitted), tuple(not_sent), waiting)


def find(desk: Desk, account_number: str) -> Any:
    """The row of queries.WHOLE for an account. Raises NotFound without the account, Refused without Lifeline."""
    with desk.reading() as session:
        account = account_row(session, account_number)
        row = session.connection().execute(WHOLE.where(e.account_id == account.id)).first()
        if row is None:
            raise Refused(f"Account {account.number} has no Lifeline.", "Enroll it first, or check the number.")
        return row


def may_submit(row: Any) -> None:
    """Raises Refused where NLAD takes no record of that enrolment."""
    enrolled_online = row.vendor in ONLINE_VENDORS and row.state == EnrolmentState.ENROLLED
    if enrolled_online and row.residence in OPT_OUT_STATES:
        state = OPT_OUT_STATES[row.residence]
        raise Refused(
            f"The customer lives in {state}, which keeps its own Lifeline records: NLAD takes none from there.",
            f"Check the address. If they moved to {state}, hand over with `careline lifeline hand-over {row.number}`.",
        )


def transaction_for(session: Session, row: Any) -> Transaction:
    """What the vendor must be told of an enrolment: that it ended, that it changed, or that it exists."""
    if row.state == EnrolmentState.DE_ENROLLED:
        return Transaction.DE_ENROLL
    if row.verification in (VerificationState.VERIFIED, VerificationState.NEEDS_UPDATE):
        return Transaction.UPDATE
    taken = (
        select(sent.kind)
        .where(sent.enrolment_id == row.id, sent.outcome == Outcome.ACCEPTED)
        .order_by(sent.id.desc())
        .limit(1)
    )
    last = session.connection().execute(taken).scalar()
    return Transaction.ENROLL if last in (None, Transaction.DE_ENROLL) else Transaction.UPDATE


def is_sent(session: Session, row: Any) -> bool:
    """Whether something of that enrolment went out in a file that the vendor has not answered yet."""
    unanswered = select(sent.id).where(sent.enrolment_id == row.id, sent.outcome == Outcome.SENT).limit(1)
    return session.connection().execute(unanswered).first() is not None


@action("lifeline.queue", needs=Permission.SUBMIT_LIFELINE)
def _queue(desk: Desk, enrolment_id: int) -> Submitted:
    """Puts an enrolment into the next file to its vendor, also where what was refused goes again unchanged."""
    row = desk.session.get_one(LifelineEnrolment, enrolment_id)
    row.changed_at = row.changed_at or desk.now()
    row.refused_revision = None
    kind = transaction_for(desk.session, row)
    desk.event.tell(account_id=row.account_id, vendor=row.vendor, kind=kind)
    return told(desk, row, kind, Outcome.QUEUED, "")


def _reason(error: Exception) -> str:
    if isinstance(error, CarelineError):
        return str(error)
    return f"Careline itself failed on it ({type(error).__name__}); it is tried again with the next daily submission."
