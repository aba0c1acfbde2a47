"""How calls begin and end inside an action, and what ends with them."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col, select

from data.desk import Desk
from data.verification.tables import Call, Reveal, VerificationStep


def start(desk: Desk, account_id: int | None, *, outgoing: bool = False) -> Call:
    """Begins a call in the action that runs; one that was forgotten ends now."""
    for forgotten in desk.session.exec(
        select(Call).where(Call.agent_id == desk.agent.id, col(Call.ended_at).is_(None))
    ).all():
        finish(desk, forgotten)
    row = Call(agent_id=desk.agent.id, account_id=account_id, begun_at=desk.now(), outgoing=outgoing)
    desk.session.add(row)
    desk.session.flush()
    desk.event.tell(account_id=account_id, call=row.id)
    return row


def finish(desk: Desk, row: Call) -> None:
    """Ends a call in the action that runs, and with it all that was open because of it."""
    row.ended_at = max(desk.now(), row.begun_at)
    desk.session.add(row)
    desk.session.execute(update(VerificationStep).where(col(VerificationStep.call_id) == row.id).values(digest=""))
    end_reveals(desk)
    desk.session.flush()


def end_reveals(desk: Desk) -> None:
    """Masks again, in the action that runs, what this agent revealed."""
    desk.session.execute(
        update(Reveal)
        .where(col(Reveal.agent_id) == desk.agent.id, col(Reveal.ended_at).is_(None))
        .values(ended_at=desk.now())
    )
