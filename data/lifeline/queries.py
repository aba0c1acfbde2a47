"""Reads about Lifeline: one enrolment, and who needs someone; every list follows an index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlmodel import Session

from data.columns import columns
from data.customers.rules import name_of
from data.customers.tables import Account, Customer
from data.desk import Desk
from data.lifeline import dates, notices
from data.lifeline.rules import (
    ATTENTION,
    EnrolmentState,
    Need,
    Notice,
    NoticeKind,
    Recertification,
    Vendor,
    VerificationState,
    recertification,
)
from data.lifeline.tables import LifelineEnrolment
from data.lifeline.views import Due, EnrolmentView, InNeed, NeedCount
from data.lines.tables import Line, Plan
from data.operators.queries import custom_rule_in
from data.operators.rules import RECERTIFICATION_DISPLAY_RULE

Found = Row[*tuple[Any, ...]]
e, a, c = columns(LifelineEnrolment), columns(Account), columns(Customer)
line, plan = columns(Line), columns(Plan)
FIRST_LINE = (
    select(func.min(line.id)).where(line.account_id == e.account_id).correlate(LifelineEnrolment).scalar_subquery()
)

LIFELINE_LINE = and_(line.account_id == e.account_id, line.id == func.coalesce(e.line_id, FIRST_LINE))
"""Joins an enrolment to the line that has Lifeline: where nobody said which, it is the account's first."""

WHOLE = (
    select(
        LifelineEnrolment.__table__,  # type: ignore[attr-defined]
        c.state.label("residence"),
        line.mdn,
        plan.id.label("plan_id"),
        plan.voice_minutes,
        plan.data_mb,
        a.number,
        c.first_name,
        c.middle_name,
        c.last_name,
        c.company_name,
        c.birth_date,
        c.street,
        c.street2,
        c.city,
        c.zip,
    )
    .select_from(LifelineEnrolment)
    .join(Account, a.id == e.account_id)
    .join(Customer, c.id == a.customer_id)
    .outerjoin(Line, LIFELINE_LINE)
    .outerjoin(Plan, plan.id == line.plan_id)
)
"""An enrolment with all that is told of it: what a view shows, and what a transaction with the vendor carries."""
ENROLLED = e.state == EnrolmentState.ENROLLED
# The same, for where few are left to look at: by != no index of the many enrolments is taken.
ENDED, GOES_ON = e.state != EnrolmentState.ENROLLED, e.state != EnrolmentState.DE_ENROLLED
UNSUBMITTED = and_(e.changed_at.is_not(None), or_(e.refused_revision.is_(None), e.refused_revision != e.revision))

KIND_OF = {
    Need.DUPLICATE: NoticeKind.DUPLICATE,
    Need.FAILED: NoticeKind.VERIFICATION,
    Need.UNSUBMITTED: NoticeKind.VERIFICATION,
    Need.NON_USE: NoticeKind.NON_USE,
    Need.PROOF: NoticeKind.PROOF,
    Need.OVERDUE: NoticeKind.EXPIRY,
    Need.DUE: NoticeKind.EXPIRY,
}


def enrolment(desk: Desk, account_id: int) -> EnrolmentView | None:
    """The Lifeline enrolment of that account; None where it has none."""
    with desk.reading() as session:
        return enrolment_in(session, desk, account_id)


def enrolment_in(session: Session, desk: Desk, account_id: int) -> EnrolmentView | None:
    """`enrolment` within a snapshot that is already open."""
    row = session.connection().execute(WHOLE.where(e.account_id == account_id)).first()
    return view(row, desk) if row else None


def important(session: Session, desk: Desk, enrolment: EnrolmentView | None) -> tuple[Notice, ...]:
    """Important Information of an account with that enrolment, as the operator's custom rule shows it."""
    if enrolment is None:
        return ()
    days = custom_rule_in(session, RECERTIFICATION_DISPLAY_RULE)
    return notices.notices(enrolment, desk.today(), int(days) if days is not None else None)


def needs_someone(desk: Desk) -> tuple[NeedCount, ...]:
    """How many accounts have each need today, the most pressing need first; needs that nobody has count 0."""
    today = desk.today()
    counts = [select(func.count()).select_from(LifelineEnrolment).where(_has(need, today)) for need in Need]
    with desk.reading() as session:
        row = session.connection().execute(select(*(count.scalar_subquery() for count in counts))).one()
    return tuple(NeedCount(need, count, need.capitalize()) for need, count in zip(Need, row, strict=True))


def in_need(desk: Desk, need: Need, limit: int = 200) -> tuple[InNeed, ...]:
    """The accounts that have `need` today, the most urgent first, `limit` at most."""
    today = desk.today()
    with desk.reading() as session:
        connection = session.connection()
        rows = [row for part in _parts(need, today) for row in connection.execute(part.first(limit))]
    found = sorted((_in_need(row, desk, need, today) for row in rows), key=lambda one: one[1] or date.max)
    return tuple(one for one, _ in found[:limit])


def due(desk: Desk, within_days: int) -> tuple[Due, ...]:
    """Certifications that end within that many days, or have ended without an answer; the earliest first."""
    today = desk.today()
    statement = WHOLE.where(ENROLLED, e.expires_on <= today + timedelta(within_days)).order_by(e.expires_on, e.id)
    with desk.reading() as session:
        rows = session.connection().execute(statement).all()
    return tuple(_due(row, today) for row in rows)


def view(row: Found, desk: Desk) -> EnrolmentView:
    """A row of WHOLE as a view, with its days in the agent's zone."""
    vendor = Vendor(row.vendor)
    return EnrolmentView(
        id=row.id,
        account_id=row.account_id,
        mdn=row.mdn,
        sac=row.sac,
        initiated_on=row.initiated_on,
        recertified_on=row.recertified_on,
        window_opens_on=dates.window_opens_on(row.expires_on),
        phase=_phase(vendor, row.expires_on, desk.today()),
        account=row.number,
        vendor=vendor,
        residence=row.residence,
        state=EnrolmentState(row.state),
        expires_on=row.expires_on,
        verification=VerificationState(row.verification),
        error_code=row.error_code,
        changed_on=_day(row.changed_at, desk),
        to_submit=row.changed_at is not None and row.refused_revision != row.revision,
        free_service=row.free_service,
        last_used_on=row.last_used_on,
        questioned_on=row.questioned_on,
        duplicate_on=row.duplicate_on,
        de_enrolled_on=row.de_enrolled_on,
    )


def _has(need: Need, today: date) -> ColumnElement[bool]:
    """The condition for `need`."""
    window_ends = today + timedelta(dates.WINDOW_DAYS)
    conditions = {
        Need.DUPLICATE: and_(ENROLLED, e.duplicate_on.is_not(None)),
        Need.OVERDUE: and_(ENROLLED, e.expires_on < today),
        Need.FAILED: and_(ENROLLED, e.verification.in_(sorted(ATTENTION))),
        Need.UNSUBMITTED: UNSUBMITTED,
        Need.NON_USE: and_(ENROLLED, e.free_service, e.last_used_on <= today - timedelta(dates.NON_USE_DAYS)),
        Need.PROOF: and_(ENROLLED, e.questioned_on.is_not(None)),
        Need.DUE: and_(ENROLLED, e.expires_on.between(today, window_ends)),
    }
    return conditions[need]


@dataclass(frozen=True)
class _Part:
    """Some of the enrolments with a need, whose last day to act follows from the column `by` alone."""

    condition: ColumnElement[bool]
    by: ColumnElement[Any]

    def first(self, limit: int) -> Select[Any]:
        """The rows of WHOLE whose last day comes first."""
        order = (self.by.asc().nulls_last(), e.id.asc())
        ids = select(e.id).where(self.condition).order_by(*order).limit(limit).subquery()
        return WHOLE.join(ids, ids.c.id == e.id).order_by(*order)  # the index gives the ids before anything is joined


def _parts(need: Need, today: date) -> tuple[_Part, ...]:
    """Those with `need`, apart where different deadlines run: 10 business days for a change, 1 for an end."""
    has = _has(need, today)
    if need is Need.UNSUBMITTED:
        return _Part(and_(has, GOES_ON), e.changed_at), _Part(and_(has, ENDED), e.de_enrolled_on)
    if need is Need.PROOF:
        asked = today - timedelta(dates.PROOF_DAYS)
        return (
            _Part(and_(has, e.questioned_on < asked), e.questioned_on),
            _Part(and_(has, e.questioned_on >= asked), e.questioned_on),
        )
    by = {Need.DUPLICATE: e.duplicate_on, Need.FAILED: e.changed_at, Need.NON_USE: e.last_used_on}
    return (_Part(has, by.get(need, e.expires_on)),)


def _in_need(row: Found, desk: Desk, need: Need, today: date) -> tuple[InNeed, date | None]:
    """The account in need, and its last day to act."""
    found = next(n for n in notices.notices(view(row, desk), today) if n.kind is KIND_OF[need])
    message = found.message if need in (Need.DUE, Need.NON_USE) else found.detail
    return InNeed(row.number, name_of(row), message, found.days_left, found.unit), found.due_on


def _due(row: Found, today: date) -> Due:
    vendor = Vendor(row.vendor)
    left = dates.days_left(today, row.expires_on)
    return Due(row.number, name_of(row), row.mdn, vendor, row.expires_on, left, _phase(vendor, row.expires_on, today))


def _phase(vendor: Vendor, expires_on: date, today: date) -> Recertification:
    return recertification(expires_on, today, california=vendor is Vendor.XEROX)


def _day(moment: datetime | None, desk: Desk) -> date | None:
    return moment.astimezone(desk.agent.zone).date() if moment else None
