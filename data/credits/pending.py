"""Credits on the CSR Pending Dashboard: those in my name, and those that wait for my decision."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, or_
from sqlmodel import Session

from data.agents.rules import Permission, Role, may
from data.agents.tables import Agent
from data.cases.pending import Day, ItemKind, PendingItem
from data.cases.rules import ORPHAN_ACCOUNT
from data.credits.queries import r, views
from data.credits.rules import UNFINISHED, AgreementState, CreditState
from data.credits.views import CreditView


def pending_credits(session: Session, day: Day, who: int | None) -> Iterator[PendingItem]:
    """What the agent `who` has to do about credits, or waits for others to do; None: everybody's, each once."""
    row = session.get(Agent, who) if who is not None else None
    me = row.name if row else ""
    which = r.state.in_(sorted(UNFINISHED))
    if who is not None:
        decides = row is not None and may(Role(row.role), Permission.DECIDE_CREDITS)
        mine = and_(r.requested_by_id == who, which)
        which = or_(mine, r.state == CreditState.REQUESTED) if decides else mine
    for credit in views(session, which):
        yield _item(day, credit, me)


def waits_on(credit: CreditView, me: str) -> str:
    """Who has the next move: "lead", "customer", "carrier", "dealer" or "me", for the agent who signs in as `me`."""
    if credit.state is CreditState.REQUESTED:
        return "lead" if me in ("", credit.requested_by) else "me"
    if credit.state is CreditState.ISSUING:
        return credit.asked_of
    sent = credit.agreement is not None and credit.agreement.state is AgreementState.SENT
    return "customer" if sent else "me"


def _item(day: Day, credit: CreditView, me: str) -> PendingItem:
    on = waits_on(credit, me)
    since = credit.requested_at if credit.state is CreditState.REQUESTED else credit.decided_at or credit.requested_at
    asked = "On Call Resolution" if credit.ocr and credit.state is CreditState.REQUESTED else "Credit"
    return PendingItem(
        kind=ItemKind.CREDIT,
        id=credit.id,
        case=credit.case or "",
        text=f"{asked} of {credit.shown_amount}: {credit.waits_for or credit.reason}",
        urgency=day.urgency(None, on_others=on != "me"),
        waiting_on=on,
        owner=credit.requested_by,
        account=credit.account,
        name=credit.name or ORPHAN_ACCOUNT,
        due_at=None,
        since=since,
        age_days=day.age(since),
        status=credit.state,
    )
