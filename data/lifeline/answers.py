"""What the vendor answered: kept with the enrolment and in its log, and told to the agent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.agents.rules import Permission
from data.customers.tables import Account
from data.desk import Desk, action
from data.lifeline.codes import error_for
from data.lifeline.nlad import Answer
from data.lifeline.notices import for_account
from data.lifeline.rules import EnrolmentState, Outcome, Transaction, Vendor, VerificationState
from data.lifeline.tables import LifelineEnrolment, LifelineSubmission
from data.text import capital

ACCEPTED = {
    Transaction.VERIFY: "{vendor} has confirmed the customer.",
    Transaction.ENROLL: "{vendor} has enrolled the customer.",
    Transaction.UPDATE: "{vendor} has the customer's information as it is now.",
    Transaction.TRANSFER: "{vendor} has moved the customer's benefit here.",
    Transaction.DE_ENROLL: "{vendor} knows that the customer's Lifeline has ended.",
}


@dataclass(frozen=True)
class Submitted:
    """What became of one submission. `sentence` tells the agent; `next_step` what to do where it was refused."""

    account: str
    vendor: Vendor
    kind: Transaction
    outcome: Outcome
    error_code: str
    sentence: str
    next_step: str


@action("lifeline.submit", needs=Permission.SUBMIT_LIFELINE)
def keep_answer(
    desk: Desk, enrolment_id: int, revision: int, kind: Transaction, answer: Answer, address: str
) -> Submitted:
    """Keeps what the vendor answered to the enrolment as it was at `revision`, with the address it was told."""
    row = desk.session.get_one(LifelineEnrolment, enrolment_id)
    was_changed_at = row.changed_at
    if answer.accepted:
        accept(row, revision, address)
        if ended(row) and kind is not Transaction.DE_ENROLL:
            row.changed_at = row.changed_at or desk.now()  # it ended while the vendor thought, who has yet to learn
    else:
        refuse(row, kind, revision, answer.error_code, desk.now())
    outcome = Outcome.ACCEPTED if answer.accepted else Outcome.REFUSED
    log(desk, row, kind, outcome, answer.error_code, revision, was_changed_at)
    return told(desk, row, kind, outcome, answer.error_code)


def accept(row: LifelineEnrolment, revision: int, address: str) -> None:
    """The vendor has taken the enrolment as it was at `revision`; what changed since still waits."""
    row.verification, row.error_code, row.refused_revision = VerificationState.VERIFIED, "", None
    row.known_address = address
    if row.revision == revision:
        row.changed_at = None


def ended(row: LifelineEnrolment) -> bool:
    """Whether the customer has Lifeline no more."""
    return row.state == EnrolmentState.DE_ENROLLED


def refuse(row: LifelineEnrolment, kind: Transaction, revision: int, code: str, at: datetime) -> None:
    """The vendor has turned it down; where that passes by itself, it stays to be submitted.

    Of who was never enrolled there, and has Lifeline no more, there is nothing left to tell.
    """
    row.verification, row.error_code = VerificationState.FAILED, code
    if ended(row) and kind is Transaction.ENROLL:
        row.changed_at = None
    elif error_for(code).passing:
        row.changed_at = row.changed_at or at
    else:
        row.refused_revision = revision


def log(
    desk: Desk,
    row: LifelineEnrolment,
    kind: Transaction,
    outcome: Outcome,
    error_code: str,
    revision: int,
    changed_at: datetime | None,
) -> None:
    """Keeps one transaction with the vendor, of the enrolment at `revision`, whose change waited since `changed_at`."""
    assert row.id is not None
    desk.session.add(
        LifelineSubmission(
            enrolment_id=row.id,
            kind=kind,
            sent_at=desk.now(),
            outcome=outcome,
            error_code=error_code,
            revision=revision,
            changed_at=changed_at,
        )
    )
    desk.event.tell(account_id=row.account_id, vendor=row.vendor, kind=kind, outcome=outcome, error=error_code)


def told(desk: Desk, row: LifelineEnrolment, kind: Transaction, outcome: Outcome, error_code: str) -> Submitted:
    """An outcome in words."""
    number, vendor = desk.session.get_one(Account, row.account_id).number, Vendor(row.vendor)
    next_step = ""
    if outcome is Outcome.REFUSED:
        error = error_for(error_code)
        next_step = for_account(error.next_step, number)
        sentence = f"{vendor} refused it. {error.code}: {error.meaning} {next_step}"
    elif outcome is Outcome.ACCEPTED:
        sentence = ACCEPTED[kind].format(vendor=vendor)
    else:
        sentence = f"The customer's information goes with the next file to {vendor}."
    return Submitted(number, vendor, kind, outcome, error_code, capital(sentence), next_step)
