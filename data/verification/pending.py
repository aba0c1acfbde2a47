"""Who opened many accounts without a call, on the CSR Pending Dashboard of those who lead."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from data.agents.rules import Permission, Role, may
from data.agents.tables import Agent
from data.cases.pending import Day, ItemKind, PendingItem
from data.verification.queries import bulk_looks_in


def pending_looks(session: Session, day: Day, who: int | None) -> Iterator[PendingItem]:
    """What no lead has seen yet, where `who` leads; None: everybody's."""
    row = session.get(Agent, who) if who is not None else None
    if who is not None and (row is None or not may(Role(row.role), Permission.LEAD_TEAM)):
        return
    for look in bulk_looks_in(session):
        yield PendingItem(
            kind=ItemKind.LOOK,
            id=look.id,
            case="",
            text=f"{look.agent} opened {look.accounts} accounts without a call within an hour",
            urgency=day.urgency(None),
            waiting_on="me" if who is not None else "lead",
            owner=row.name if row else "",
            account=None,
            name=look.agent,
            due_at=None,
            since=look.since,
            age_days=day.age(look.since),
            status="not seen yet",
        )
