"""Lifeline enrolments that a file tells of: they exist at the vendor already, so there is nothing to tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from sqlmodel import Session, col, select

from data.audit import AuditEvent
from data.imports.reasons import Oddity
from data.imports.rows import LIFELINE_COLUMNS, Rows
from data.lifeline.dates import CALIFORNIA_NOTICE_DAYS, FIRST_DAY, anniversary, expires_on
from data.lifeline.rules import EnrolmentState, VerificationState, address_key, vendor_for
from data.lifeline.tables import LifelineEnrolment


def subscribe(
    session: Session, rows: Rows, accounts: Iterable[tuple[int, int, int | None]], odd: Counter[str], today: date
) -> set[int]:
    """Writes the enrolments of rows with Lifeline dates, given as (row index, account id, line id).

    Returns the indexes of the rows that said something new.
    """
    changed = set()
    for at, account_id, line_id in accounts:
        started, recertified, expires = (_day(rows.get(name, at)) for name in LIFELINE_COLUMNS)
        if not (started or recertified or expires):
            continue
        if not _are_meant(started, recertified, expires, today):
            odd[Oddity.LIFELINE_ODD] += 1
            continue
        initiated, recertified, expires = _days(started, recertified, expires)
        wanted = select(LifelineEnrolment).where(col(LifelineEnrolment.account_id) == account_id)
        known = session.exec(wanted).one_or_none()
        recertified = recertified or (known.recertified_on if known else None)
        until = max(expires_on(initiated, recertified), expires or initiated)  # 29 February stays it
        if known and until < known.expires_on and _was_noted_here(session, account_id):
            odd[Oddity.LIFELINE_OLDER] += 1
            continue
        row = known or LifelineEnrolment(
            account_id=account_id,
            line_id=line_id,
            vendor=vendor_for(rows.get("state", at)),
            state=EnrolmentState.ENROLLED,
            initiated_on=initiated,
            expires_on=until,
            verification=VerificationState.VERIFIED,
            known_address=address_key(rows.get("street", at), rows.get("street2", at), rows.get("zip", at)),
        )
        row.initiated_on, row.recertified_on, row.expires_on = initiated, recertified, until
        session.add(row)
        if session.is_modified(row):
            changed.add(at)
    session.flush()
    return changed


def _are_meant(started: date | None, recertified: date | None, expires: date | None, today: date) -> bool:
    """Whether a customer can have Lifeline on these days: nothing was done that is still to come.

    A certification runs for a year from its anniversary, of which the first notice goes out 105 days before.
    """
    last = anniversary(today + timedelta(CALIFORNIA_NOTICE_DAYS))
    spans = ((started, today), (recertified, today), (expires, last))
    return all(day is None or FIRST_DAY <= day <= latest for day, latest in spans)


def _days(
    started: date | None, recertified: date | None, expires: date | None
) -> tuple[date, date | None, date | None]:
    """When Lifeline began, was last recertified, and expires where nothing else says so; one of them is given.

    A row that says only when it expires began a year before.
    """
    begun = anniversary(expires, -1) if expires else None
    first = started or begun or recertified
    assert first
    if recertified or begun is None:
        return first, recertified, None
    if started is None:
        return begun, None, expires
    return (started, begun, expires) if begun > started else (started, None, None)


def _was_noted_here(session: Session, account_id: int) -> bool:
    """Whether somebody here enrolled or recertified the customer, so that an older day is one that they knew of."""
    noted = select(AuditEvent.id).where(
        AuditEvent.account_id == account_id, col(AuditEvent.action).in_(("lifeline.enrol", "lifeline.recertify"))
    )
    return session.exec(noted.limit(1)).first() is not None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
