"""Complaints on the CSR Pending Dashboard: those that I took, and those that wait for my review."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, or_
from sqlmodel import Session

from data.agents.rules import Permission, Role, may
from data.agents.tables import Agent
from data.cases.pending import Day, ItemKind, PendingItem
from data.cases.rules import ORPHAN_ACCOUNT
from data.complaints.queries import q, views
from data.complaints.rules import ComplaintState
from data.complaints.views import ComplaintView

OPEN = (ComplaintState.WAITING, ComplaintState.QUESTIONED)


def pending_complaints(session: Session, day: Day, who: int | None) -> Iterator[PendingItem]:
    """What the agent `who` has to do about complaints, or waits for others to do; None: everybody's, each once."""
    row = session.get(Agent, who) if who is not None else None
    me = row.name if row else ""
    reviews = row is not None and may(Role(row.role), Permission.REVIEW_COMPLAINTS)
    which = q.state.in_(OPEN)
    if who is not None:
        mine = and_(q.taken_by_id == who, which)
        which = or_(mine, q.state == ComplaintState.WAITING) if reviews else mine
    for complaint in views(session, which, newest=False):
        yield _item(day, complaint, me, reviews=reviews)


def _item(day: Day, complaint: ComplaintView, me: str, *, reviews: bool) -> PendingItem:
    waits = complaint.state is ComplaintState.WAITING
    on_me = reviews if waits else me in ("", complaint.taken_by)
    since = complaint.taken_at if waits else complaint.decided_at or complaint.taken_at
    asked = "" if waits else f": {complaint.outcome}"
    return PendingItem(
        kind=ItemKind.COMPLAINT,
        id=complaint.id,
        case=complaint.case,
        text=f"Complaint about {complaint.dealer}, {complaint.state}{asked}",
        urgency=day.urgency(None, on_others=not on_me),
        waiting_on="me" if on_me else "lead",
        owner=complaint.taken_by,
        account=complaint.account,
        name=complaint.name or ORPHAN_ACCOUNT,
        due_at=None,
        since=since,
        age_days=day.age(since),
        status=complaint.state,
    )
