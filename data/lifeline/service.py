"""What happens to a customer's Lifeline itself: it begins, is recertified, used, doubted, handed over, and ends.

Whatever the vendor must learn of is marked as changed in the same transaction; submitting it is in actions.py.
Unless it says otherwise, each raises NotFound without the account, Refused where it has no Lifeline now, and Invalid
for a day or a code that can't be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import select

from data.agents.rules import Permission
from data.customers.finding import account_row
from data.customers.tables import Customer
from data.desk import Desk, action, permit
from data.errors import Invalid, Refused
from data.lifeline import dates
from data.lifeline.actions import find, is_sent, mark_changed, transaction_for
from data.lifeline.answers import log
from data.lifeline.nlad import EmbeddedNlad, Nlad
from data.lifeline.queries import enrolment_in
from data.lifeline.records import DIGITS_4, ELIGIBILITY, SAC, TRIBAL_ID, record
from data.lifeline.rules import (
    OPT_OUT_STATES,
    EnrolmentState,
    Outcome,
    Transaction,
    Vendor,
    VerificationState,
    vendor_for,
)
from data.lifeline.tables import LifelineEnrolment
from data.lifeline.views import EnrolmentView

FORMS = {"sac": SAC, "last4_ssn": DIGITS_4, "tribal_id": TRIBAL_ID, "eligibility_code": ELIGIBILITY}
SAYS = {
    "sac": "A study area code is six digits.",
    "last4_ssn": "The last four of the SSN are four digits.",
    "tribal_id": "A Tribal ID is up to 20 letters, digits and -.",
    "eligibility_code": "An eligibility code is up to 10 letters and digits, such as E2.",
}


@dataclass(frozen=True)
class Proof:
    """What the vendor asks for besides the customer's own data; None leaves a field as it is.

    `household_certified_on`: when the household worksheet was signed.
    """

    sac: str | None = None
    last4_ssn: str | None = None
    tribal_id: str | None = None
    eligibility_code: str | None = None
    household_certified_on: date | None = None


@action("lifeline.enrol", needs=Permission.EDIT_CUSTOMERS)
def enrol(
    desk: Desk,
    number: str,
    initiated_on: date,
    *,
    recertified_on: date | None = None,
    proof: Proof | None = None,
    free_service: bool = True,
) -> EnrolmentView:
    """Begins Lifeline for an account; its vendor follows from where the customer lives, and has yet to be told.

    Raises NotFound without the account, Refused where it has Lifeline already, Invalid for a day or a code.
    """
    account = account_row(desk.session, number)
    row = desk.session.exec(select(LifelineEnrolment).where(LifelineEnrolment.account_id == account.id)).one_or_none()
    if row and row.state == EnrolmentState.ENROLLED:
        raise Refused(f"Account {account.number} has Lifeline already.", "Recertify or amend it.")
    days = {"initiated_on": initiated_on, "recertified_on": recertified_on}
    for name, day in days.items():
        if day:
            _check_day(desk, name, day)
    if recertified_on and recertified_on < initiated_on:
        raise Invalid({"recertified_on": f"The service began on {initiated_on:%m-%d-%Y}; it can't be renewed before."})
    fields: dict[str, Any] = days | {
        "account_id": account.id,
        "vendor": vendor_for(desk.session.get_one(Customer, account.customer_id).state),
        "state": EnrolmentState.ENROLLED,
        "de_enrolled_on": None,
        "expires_on": dates.expires_on(initiated_on, recertified_on),
        "verification": VerificationState.PENDING,
        "error_code": "",
        "changed_at": None,
        "free_service": free_service,
        "last_used_on": initiated_on if free_service else None,  # 30 days without use count from the first
    }
    row = row or LifelineEnrolment(**fields)
    for name, value in fields.items():
        setattr(row, name, value)
    _prove(desk, row, proof or Proof())
    return _changed(desk, row, vendor=row.vendor, initiated_on=initiated_on.isoformat())


@action("lifeline.amend", needs=Permission.EDIT_CUSTOMERS)
def amend(desk: Desk, number: str, proof: Proof) -> EnrolmentView:
    """Corrects what the vendor asks for besides the customer's own data."""
    row = _enrolled(desk, number)
    _prove(desk, row, proof)
    return _changed(desk, row, changed=[name for name, value in vars(proof).items() if value is not None])


@action("lifeline.recertify", needs=Permission.EDIT_CUSTOMERS)
def recertify(desk: Desk, number: str, on: date | None = None) -> EnrolmentView:
    """Notes that the customer recertified (today, without `on`); the certification lasts a year from then.

    A day after the last one to answer is taken where it is given, because those of years before may not be on record.
    """
    row = _enrolled(desk, number)
    day = on or desk.today()
    _check_day(desk, "on", day)
    if on is None and day > row.expires_on:
        raise Invalid(
            {"on": f"The last day to answer was {row.expires_on:%m-%d-%Y}."},
            f"Say with --on on which day the answer came; if none came: careline lifeline de-enroll {number}",
        )
    since = max(row.initiated_on, row.recertified_on or row.initiated_on)
    if day < since:
        raise Invalid({"on": f"The certification runs since {since:%m-%d-%Y}; it can't be renewed before that."})
    row.recertified_on = day
    row.expires_on = dates.expires_on(row.initiated_on, day)
    return _changed(desk, row, on=day.isoformat())


@action("lifeline.use", needs=Permission.EDIT_CUSTOMERS)
def note_use(desk: Desk, number: str, on: date | None = None) -> EnrolmentView:
    """Notes that the service was used (today, without `on`); that ends a countdown for not using it."""
    row = _enrolled(desk, number)
    day = _day_of(desk, row, on)
    row.last_used_on = max(day, row.last_used_on or day)
    return _kept(desk, row, on=day.isoformat())


@action("lifeline.question", needs=Permission.EDIT_CUSTOMERS)
def question(desk: Desk, number: str, on: date | None = None) -> EnrolmentView:
    """Notes that a letter of today (or `on`) asked the customer to prove that they are eligible."""
    row = _enrolled(desk, number)
    row.questioned_on = _day_of(desk, row, on)
    return _kept(desk, row, on=row.questioned_on.isoformat())


@action("lifeline.duplicate", needs=Permission.EDIT_CUSTOMERS)
def report_duplicate(desk: Desk, number: str, on: date | None = None) -> EnrolmentView:
    """Notes that the administrator told, today or `on`, of a second benefit in the household."""
    row = _enrolled(desk, number)
    row.duplicate_on = _day_of(desk, row, on)
    return _kept(desk, row, on=row.duplicate_on.isoformat())


@action("lifeline.settle", needs=Permission.EDIT_CUSTOMERS)
def settle(desk: Desk, number: str) -> EnrolmentView:
    """Notes that eligibility was proven and that no second benefit stands: neither is open any more."""
    row = _enrolled(desk, number)
    row.questioned_on = row.duplicate_on = None
    return _kept(desk, row)


@action("lifeline.de_enrol", needs=Permission.EDIT_CUSTOMERS)
def de_enrol(desk: Desk, number: str, on: date | None = None) -> EnrolmentView:
    """Ends the customer's Lifeline today, or as of `on`; its vendor must know within 1 business day."""
    row = _enrolled(desk, number)
    day = _day_of(desk, row, on)
    is_known = transaction_for(desk.session, row) is not Transaction.ENROLL or is_sent(desk.session, row)
    _changed(desk, row, on=day.isoformat())
    row.state, row.de_enrolled_on = EnrolmentState.DE_ENROLLED, day
    row.questioned_on = row.duplicate_on = None
    if not is_known:
        row.changed_at = None
    return _kept(desk, row)


def hand_over(desk: Desk, number: str, *, nlad: Nlad | None = None) -> EnrolmentView:
    """De-enrols at NLAD a customer who moved to a state with its own records, and lets that state have the enrolment.

    Raises Refused where the customer does not live in such a state, or NLAD does not let go.
    """
    permit(desk, Permission.SUBMIT_LIFELINE)
    row = find(desk, number)
    moved = row.vendor == Vendor.NLAD and row.state == EnrolmentState.ENROLLED and row.residence in OPT_OUT_STATES
    if not moved:
        raise Refused(
            f"Account {row.number} has nothing to hand over: that is for a customer of NLAD who moved to"
            " California, Oregon or Texas.",
            "Edit the address first, if they moved there.",
        )
    with desk.reading() as session:
        known = transaction_for(session, row) is Transaction.UPDATE
    if known:
        answer = (nlad or EmbeddedNlad(desk)).submit(record(row, Transaction.DE_ENROLL, desk.today()))
        if not answer.accepted:
            raise Refused(f"NLAD refused to de-enroll the customer: {answer.error_code}.", "Nothing was changed.")
    return _hand_over(desk, number, was_known=known)


@action("lifeline.hand_over", needs=Permission.SUBMIT_LIFELINE)
def _hand_over(desk: Desk, number: str, *, was_known: bool) -> EnrolmentView:
    row = _enrolled(desk, number)
    residence = find(desk, number).residence
    row.vendor, row.verification = vendor_for(residence), VerificationState.PENDING
    row.error_code, row.known_address = "", ""
    if was_known:
        log(desk, row, Transaction.DE_ENROLL, Outcome.ACCEPTED, "", row.revision, row.changed_at)
    return _changed(desk, row, vendor=row.vendor, de_enrolled_at_nlad=was_known)


def _enrolled(desk: Desk, number: str) -> LifelineEnrolment:
    """The account's enrolment. Raises NotFound without the account, Refused where it has no Lifeline now."""
    found = find(desk, number)
    row = desk.session.get_one(LifelineEnrolment, found.id)
    if row.state != EnrolmentState.ENROLLED:
        ended = f" since {row.de_enrolled_on:%m-%d-%Y}" if row.de_enrolled_on else ""
        raise Refused(f"Account {found.number} has no Lifeline{ended}.", "Enroll the customer anew.")
    return row


def _prove(desk: Desk, row: LifelineEnrolment, proof: Proof) -> None:
    if proof.household_certified_on:
        _check_day(desk, "household_certified_on", proof.household_certified_on)
    given = {name: value for name, value in vars(proof).items() if value is not None}
    wrong = {name: SAYS[name] for name, form in FORMS.items() if given.get(name) and not form.fullmatch(given[name])}
    if wrong:
        raise Invalid(wrong)
    for name, value in given.items():
        setattr(row, name, value)


def _day_of(desk: Desk, row: LifelineEnrolment, on: date | None) -> date:
    """The day that is noted: `on`, or today. Raises Invalid for one to come, or before the service began."""
    day = on or desk.today()
    _check_day(desk, "on", day)
    if day < row.initiated_on:
        raise Invalid({"on": f"The service began on {row.initiated_on:%m-%d-%Y}; nothing of it was before that."})
    return day


def _check_day(desk: Desk, name: str, day: date) -> None:
    if day > desk.today():
        raise Invalid({name: f"{day:%m-%d-%Y} is still to come."})
    if day < dates.FIRST_DAY:
        raise Invalid({name: f"There was no Lifeline before {dates.FIRST_DAY:%Y}."})


def _changed(desk: Desk, row: LifelineEnrolment, **facts: object) -> EnrolmentView:
    """Keeps `row`, with the vendor to be told."""
    desk.session.add(row)
    desk.session.flush()
    mark_changed(desk.session, row.account_id, desk.now())
    return _kept(desk, row, **facts)


def _kept(desk: Desk, row: LifelineEnrolment, **facts: object) -> EnrolmentView:
    desk.session.flush()
    desk.event.tell(account_id=row.account_id, **facts)
    return _view(desk, row.account_id)


def _view(desk: Desk, account_id: int) -> EnrolmentView:
    view = enrolment_in(desk.session, desk, account_id)
    assert view is not None
    return view
