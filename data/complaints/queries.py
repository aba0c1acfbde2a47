"""Reads about complaints: the lead's queue, one whole, the mail that would go, and the report over a period."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import Session

from data.agents.rules import Permission
from data.agents.tables import Agent
from data.cases.statements import own_and_taken_in
from data.cases.tables import Case
from data.columns import columns
from data.complaints.rules import ComplaintReason, ComplaintState
from data.complaints.tables import Complaint, ComplaintStep
from data.complaints.views import ComplaintView, ReportRow, StepView, WholeComplaint
from data.customers.rules import name_of
from data.customers.tables import Account, Customer
from data.days import is_meant
from data.desk import Desk, permit
from data.errors import Misused, NotFound
from data.identifiers import case_number_in
from data.mail.queue import mail_about
from data.operators.tables import Market
from data.text import cell, fold

LISTED = 500  # complaints that a list has at most

q, k, s = columns(Complaint), columns(Case), columns(ComplaintStep)
a, c, m = columns(Account), columns(Customer), columns(Market)
agents = columns(Agent).id.table
taker, decider = agents.alias("taker"), agents.alias("decider")

WHOLE = (
    select(
        q,
        k.number.label("case"),
        a.number.label("account"),
        c.first_name,
        c.middle_name,
        c.last_name,
        c.company_name,
        m.name.label("market"),
        taker.c.name.label("taken_by"),
        decider.c.name.label("decided_by"),
    )
    .select_from(Complaint)
    .join(Case, k.id == q.case_id)
    .outerjoin(Account, a.id == k.account_id)
    .outerjoin(Customer, c.id == a.customer_id)
    .outerjoin(Market, m.id == q.market_id)
    .join(taker, taker.c.id == q.taken_by_id)
    .outerjoin(decider, decider.c.id == q.decided_by_id)
)


class By(StrEnum):
    """What a report counts by."""

    DEALER = "dealer"
    STORE = "store"
    REP = "rep"
    REASON = "reason"
    OUTCOME = "outcome"


COUNTED = {By.DEALER: q.dealer, By.STORE: q.store, By.REP: q.rep, By.REASON: q.about, By.OUTCOME: q.state}


def complaint(desk: Desk, complaint_id: int) -> WholeComplaint:
    """The complaint of that id with its story. Raises NotFound where there is none."""
    with desk.reading() as session:
        return complaint_in(session, complaint_id)


def complaint_in(session: Session, complaint_id: int) -> WholeComplaint:
    """`complaint` within a snapshot that is already open."""
    found = views(session, q.id == complaint_id)
    if not found:
        raise no_complaint(complaint_id)
    steps = session.connection().execute(select(s).where(s.complaint_id == complaint_id).order_by(s.id))
    return WholeComplaint(
        complaint=found[0],
        steps=tuple(StepView(row.at, row.agent, ComplaintState(row.state), row.why) for row in steps),
        mail=mail_about(session, mail_key(complaint_id)),
    )


def no_complaint(complaint_id: int) -> NotFound:
    """What to raise where no complaint has that id."""
    return NotFound(
        f"There is no complaint {complaint_id} here.", "`careline complaint list --all` shows those that there are."
    )


def mail_key(complaint_id: int) -> str:
    """What the mail about a complaint is queued under."""
    return f"complaint {complaint_id} to Market"


def review_queue(desk: Desk) -> tuple[ComplaintView, ...]:
    """What waits for a lead's review, the oldest first. Raises NotPermitted for who does not review."""
    permit(desk, Permission.REVIEW_COMPLAINTS)
    return _listed(desk, q.state == ComplaintState.WAITING, newest=False)


def questioned_for_me(desk: Desk) -> tuple[ComplaintView, ...]:
    """What this desk's agent took and a lead sent back with questions, the oldest first."""
    mine = and_(q.state == ComplaintState.QUESTIONED, q.taken_by_id == desk.agent.id)
    return _listed(desk, mine, newest=False)


def complaints(desk: Desk, state: ComplaintState | None = None) -> tuple[ComplaintView, ...]:
    """Every complaint, or those of one state, the latest first. Raises NotPermitted for who does not review."""
    permit(desk, Permission.REVIEW_COMPLAINTS)
    return _listed(desk, q.state == state if state else q.id > 0)


def complaints_of_case(desk: Desk, number: str) -> tuple[ComplaintView, ...]:
    """The complaints that were taken from the case of that number, or from one that it took in, the latest first."""
    its = select(k.id).where(k.number == case_number_in(number)).scalar_subquery()
    return _listed(desk, q.case_id.in_(own_and_taken_in(its)))


def complaints_in(session: Session, case_id: int) -> tuple[ComplaintView, ...]:
    """`complaints_of_case` by the case's id, within a snapshot that is already open."""
    return views(session, q.case_id.in_(own_and_taken_in(case_id)))


def report(desk: Desk, by: By, first: date, last: date) -> tuple[ReportRow, ...]:
    """How many complaints were taken from `first` to `last` (days here, both included), the most first.

    A name counts however it is spelled (capitals, accents, spaces), and is told as it was spelled most often.
    Raises NotPermitted for who does not review, Misused where `last` is before `first`, or nobody means such days.
    """
    permit(desk, Permission.REVIEW_COMPLAINTS)
    if not (is_meant(first) and is_meant(last) and first <= last):
        raise Misused(f"From {first:%m-%d-%Y} to {last:%m-%d-%Y} there are no days to count.", "Check both.")
    what = COUNTED[by]
    since, until = (_midnight(desk, day) for day in (first, last + timedelta(1)))
    counts = select(what.label("name"), q.state, func.count().label("complaints")).where(
        q.taken_at >= since, q.taken_at < until
    )
    states: dict[str, Counter[ComplaintState]] = defaultdict(Counter)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    with desk.reading() as session:
        for row in session.connection().execute(counts.group_by(what, q.state)):
            name = row.name or "not named"
            states[_key(name)][ComplaintState(row.state)] += row.complaints
            spelled[_key(name)][name] += row.complaints
    rows = [_report_row(spelled[key], states[key]) for key in states]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.name)))


def _key(name: str) -> str:
    """What is the same however a name is spelled."""
    return " ".join(fold(name).split())


def _report_row(spelled: Counter[str], states: Counter[ComplaintState]) -> ReportRow:
    name = min(spelled, key=lambda one: (-spelled[one], one))
    return ReportRow(name, states.total(), tuple((state, states[state]) for state in ComplaintState if states[state]))


def report_csv(by: By, rows: Iterable[ReportRow]) -> str:
    """The report as CSV with a heading. No cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([by, "complaints", *ComplaintState])
    for row in rows:
        states = dict(row.states)
        writer.writerow([cell(row.name), row.count, *(states.get(state, 0) for state in ComplaintState)])
    return out.getvalue()


def views(session: Session, which: ColumnElement[bool], *, newest: bool = True) -> tuple[ComplaintView, ...]:
    """The complaints that `which` picks, LISTED at most, within a snapshot that is already open."""
    order = (q.taken_at.desc(), q.id.desc()) if newest else (q.taken_at, q.id)
    return tuple(_view(row) for row in session.connection().execute(WHOLE.where(which).order_by(*order).limit(LISTED)))


def _midnight(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, time.min, desk.agent.zone).astimezone(UTC)


def _listed(desk: Desk, which: ColumnElement[bool], *, newest: bool = True) -> tuple[ComplaintView, ...]:
    with desk.reading() as session:
        return views(session, which, newest=newest)


def _view(row: Any) -> ComplaintView:
    return ComplaintView(
        id=row.id,
        case=row.case,
        account=row.account,
        name=name_of(row) if row.account else "",
        market=row.market or "",
        dealer=row.dealer,
        store=row.store,
        rep=row.rep,
        about=ComplaintReason(row.about),
        promised=row.promised,
        happened=row.happened,
        evidence=row.evidence,
        state=ComplaintState(row.state),
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        decided_by=row.decided_by or "",
        decided_at=row.decided_at,
        outcome=row.outcome,
    )
