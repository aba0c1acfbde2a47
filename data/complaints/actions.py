"""What is done with a complaint: care takes it, a lead sends it to the Market, back with questions, or closes it."""

from __future__ import annotations

from sqlmodel import Session, select

from data.agents.rules import Permission
from data.cases.free_text import refuse_secrets
from data.cases.rules import EntryKind
from data.cases.tables import Case
from data.cases.writing import case_row, tell
from data.complaints.market_mail import preview_in
from data.complaints.queries import complaint_in, mail_key, no_complaint
from data.complaints.rules import (
    SHORT_LIMIT,
    TEXT_LIMIT,
    TRANSITIONS,
    ComplaintForm,
    ComplaintState,
    may_become,
    wrong_form,
)
from data.complaints.tables import Complaint, ComplaintStep
from data.complaints.views import WholeComplaint
from data.customers.tables import Account, Customer
from data.desk import Desk, action
from data.errors import Invalid, Refused, refuse
from data.mail.queue import queue_mail
from data.operators.markets import market, market_of_state
from data.text import LIMIT, clean, clean_lines, refuse_long


@action("complaint.take", needs=Permission.WORK_CASES)
def take(desk: Desk, case: str, form: ComplaintForm) -> WholeComplaint:
    """Takes a complaint from a case; it waits for a lead's review then.

    Raises Invalid by field, NotFound where the case or the Market is not there, Refused where the case is closed.
    """
    if wrong := wrong_form(form):
        raise Invalid(wrong)
    texts = {"promised": form.promised, "happened": form.happened, "evidence": form.evidence}
    names = {"dealer": form.dealer, "store": form.store, "rep": form.rep}
    refuse_secrets(**texts, **names)
    refuse_long(TEXT_LIMIT, **texts)
    refuse_long(LIMIT, **names)
    its = case_row(desk.session, case)
    if its.closed_at:
        raise Refused(f"Case {its.number} is closed.", "Clone it, and take the complaint in the clone.")
    assert its.id is not None
    row = Complaint(
        case_id=its.id,
        market_id=_market_id(desk.session, form.market, its),
        dealer=clean(form.dealer),
        store=clean(form.store),
        rep=clean(form.rep),
        about=form.about,
        promised=clean_lines(form.promised, TEXT_LIMIT),
        happened=clean_lines(form.happened, TEXT_LIMIT),
        evidence=clean_lines(form.evidence, TEXT_LIMIT),
        state=ComplaintState.WAITING,
        taken_by_id=desk.agent.id,
        taken_at=desk.now(),
    )
    desk.session.add(row)
    return _kept(desk, row, "taken", row.about)


@action("complaint.answer", needs=Permission.WORK_CASES)
def answer(desk: Desk, complaint_id: int, text: str) -> WholeComplaint:
    """Answers a lead's questions; the complaint is back in review then. Raises NotFound, Refused, Invalid."""
    row = _row(desk.session, complaint_id)
    words = _said(text, "Answer what the lead asked.")
    _move(row, ComplaintState.WAITING)
    return _kept(desk, row, "answered", words)


@action("complaint.place", needs=Permission.WORK_CASES)
def place(desk: Desk, complaint_id: int, market_name: str) -> WholeComplaint:
    """Says which Market a complaint belongs to. Raises NotFound; Refused where it was decided already."""
    row = _row(desk.session, complaint_id)
    if not TRANSITIONS[ComplaintState(row.state)]:
        raise Refused(f"This complaint is {row.state} already.", "It is left as it is.")
    found = market(desk.session, market_name)
    row.market_id = found.id
    return _kept(desk, row, "given", f"to the {found.name} Market")


@action("complaint.market", needs=Permission.REVIEW_COMPLAINTS)
def send_to_market(desk: Desk, complaint_id: int, why: str = "") -> WholeComplaint:
    """Decides that the Market hears of it: the mail of `preview` is queued with the decision, once.

    `data.mail.queue.deliver` then sends it. Raises NotFound; Refused where it was decided, is back with the agent, or
    has no Market or address; Invalid where `why` is too long.
    """
    row = _row(desk.session, complaint_id)
    _move(row, ComplaintState.SENT)
    mail = preview_in(desk.session, desk, complaint_id)
    queue_mail(desk, mail_key(complaint_id), mail.recipient, mail.subject, mail.body)
    return _decided(desk, row, _said(why))


@action("complaint.question", needs=Permission.REVIEW_COMPLAINTS)
def send_back(desk: Desk, complaint_id: int, questions: str) -> WholeComplaint:
    """Sends it back to the agent who took it. Raises NotFound, Refused, Invalid without questions."""
    row = _row(desk.session, complaint_id)
    words = _said(questions, "Say what the agent is to find out.")
    _move(row, ComplaintState.QUESTIONED)
    return _decided(desk, row, words)


@action("complaint.close", needs=Permission.REVIEW_COMPLAINTS)
def close(desk: Desk, complaint_id: int, why: str) -> WholeComplaint:
    """Closes it without the Market. Raises NotFound, Refused, Invalid without a reason."""
    row = _row(desk.session, complaint_id)
    words = _said(why, "Say why it is closed.")
    _move(row, ComplaintState.CLOSED)
    return _decided(desk, row, words)


def _market_id(session: Session, name: str, case: Case) -> int | None:
    if name.strip():
        return market(session, name).id
    account = session.get_one(Account, case.account_id) if case.account_id else None
    found = market_of_state(session, session.get_one(Customer, account.customer_id).state) if account else None
    return found.id if found else None


def _row(session: Session, complaint_id: int) -> Complaint:
    row = session.exec(select(Complaint).where(Complaint.id == complaint_id).with_for_update()).one_or_none()
    if row is None:
        raise no_complaint(complaint_id)
    return row


def _move(row: Complaint, wanted: ComplaintState) -> None:
    refuse(may_become(ComplaintState(row.state), wanted))
    row.state = wanted


def _decided(desk: Desk, row: Complaint, why: str) -> WholeComplaint:
    row.decided_by_id, row.decided_at, row.outcome = desk.agent.id, desk.now(), why
    return _kept(desk, row, row.state, why)


def _kept(desk: Desk, row: Complaint, what: str, why: str) -> WholeComplaint:
    """Writes the step down: with the complaint, on its case's timeline and in the audit."""
    desk.session.add(row)
    desk.session.flush()
    assert row.id is not None
    desk.session.add(ComplaintStep(complaint_id=row.id, at=desk.now(), agent=desk.agent.name, state=row.state, why=why))
    case = desk.session.get_one(Case, row.case_id)
    told = f"Complaint about {row.dealer} {what}{f': {why}' if why else ''}"
    tell(desk, case, EntryKind.COMPLAINT, told, detail={"complaint": row.id})
    desk.event.tell(complaint=row.id, dealer=row.dealer, state=row.state, why=why)
    desk.session.flush()
    return complaint_in(desk.session, row.id)


def _said(text: str, wanting: str = "") -> str:
    refuse_secrets(why=text)
    refuse_long(SHORT_LIMIT, why=text)
    words = clean(text, SHORT_LIMIT)
    if wanting and not words:
        raise Invalid({"why": wanting}, "Nothing was changed.")
    return words
