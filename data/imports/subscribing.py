"""Lifeline enrolments that a file tells of: they exist at the vendor already, so there is nothing to tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from data.imports.reasons import Oddity
from data.imports.rows import Rows
from data.lifeline.dates import anniversary, expires_on
from data.lifeline.rules import EnrolmentState, VerificationState, address_key, vendor_for
from data.lifeline.tables import LifelineEnrolment


def subscribe(
    session: Session, rows: Rows, accounts: Iterable[tuple[int, int, int | None]], odd: Counter[str]
) -> set[int]:
    """Writes the enrolments of rows with Lifeline dates, given as (row index, account id, line id).

    Returns the indexes of the rows that said something new.
    """
    changed = set()
    for at, account_id, line_id in accounts:
        days = _days(rows, at)
        if days is None:
            continue
        initiated, recertified, expires = days
        if initiated is None:
            odd[Oddity.LIFELINE_ODD] += 1
            continue
        wanted = select(LifelineEnrolment).where(col(LifelineEnrolment.account_id) == account_id)
        row = session.exec(wanted).one_or_none() or LifelineEnrolment(
            account_id=account_id,
            line_id=line_id,
            vendor=vendor_for(rows.get("state", at)),
            state=EnrolmentState.ENROLLED,
            initiated_on=initiated,
            expires_on=expires_on(initiated, recertified),
            verification=VerificationState.VERIFIED,
            known_address=address_key(rows.get("street", at), rows.get("street2", at), rows.get("zip", at)),
        )
        row.initiated_on = initiated
        row.recertified_on = recertified or row.recertified_on
        row.expires_on = max(expires_on(initiated, row.recertified_on), expires or initiated)  # 29 February stays it
        session.add(row)
        if session.is_modified(row):
            changed.add(at)
    session.flush()
    return changed


def _days(rows: Rows, at: int) -> tuple[date | None, date | None, date | None] | None:
    """When Lifeline began, was last recertified, and expires where nothing else says so; None: the row tells nothing.

    A row that says only when it expires began a year before.
    """
    given = [_day(rows.get(name, at)) for name in ("lifeline_start", "lifeline_recertified", "lifeline_expires")]
    started, recertified, expires = given
    if not any(given):
        return None
    begun = anniversary(expires, -1) if expires else None
    if recertified or begun is None:
        return started or begun or recertified, recertified, None
    if started is None:
        return begun, None, expires
    return (started, begun, expires) if begun > started else (started, None, None)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
