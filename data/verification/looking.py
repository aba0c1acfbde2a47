"""What opening an account means for the call: its caller may be this customer; without a call, the look is counted."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from data.customers.tables import Account
from data.desk import Desk
from data.operators.queries import custom_rule_in
from data.operators.rules import BULK_LOOK_RULE, DEFAULT_BULK_LOOK
from data.verification.queries import going_on
from data.verification.tables import BulkLook, Call, Look, Reveal, VerificationStep

WITHIN = timedelta(hours=1)
KEPT = timedelta(days=1)


def account_opened(desk: Desk, account: Account) -> None:
    """Notes, in the action that runs, that the agent opens `account`.

    What was revealed of other customers is masked again. A call whose caller nobody has begun to verify is about this
    account from now on; without a call, the look is counted.
    """
    _cover_others(desk, account.customer_id)
    call = going_on(desk.session, desk)
    if call is None:
        _count_look(desk, account)
        return
    desk.event.tell(call=call.id)
    if call.account_id != account.id and not _begun(desk.session, call):
        call.account_id = account.id
        desk.session.add(call)


def _cover_others(desk: Desk, customer_id: int) -> None:
    desk.session.execute(
        update(Reveal)
        .where(
            col(Reveal.agent_id) == desk.agent.id,
            col(Reveal.customer_id) != customer_id,
            col(Reveal.call_id).is_(None),
            col(Reveal.ended_at).is_(None),
        )
        .values(ended_at=desk.now())
    )


def _begun(session: Session, call: Call) -> bool:
    steps = select(VerificationStep.id).where(VerificationStep.call_id == call.id).limit(1)
    return session.exec(steps).first() is not None


def _count_look(desk: Desk, account: Account) -> None:
    """Counts the accounts of the last hour; beyond the operator's number a lead is told, once for that stretch."""
    session, now = desk.session, desk.now()
    assert account.id is not None
    mine = col(Look.agent_id) == desk.agent.id
    session.execute(delete(Look).where(mine, col(Look.at) < now - KEPT))
    session.add(Look(agent_id=desk.agent.id, account_id=account.id, at=now))
    session.flush()
    looks = select(func.count(func.distinct(Look.account_id)), func.min(Look.at)).where(
        mine, col(Look.at) > now - WITHIN
    )
    accounts, since = session.exec(looks).one()
    if accounts <= int(custom_rule_in(session, BULK_LOOK_RULE) or DEFAULT_BULK_LOOK):
        return
    lately = select(BulkLook).where(BulkLook.agent_id == desk.agent.id, BulkLook.until > now - WITHIN)
    told = session.exec(lately.order_by(col(BulkLook.id).desc())).first()
    if told is None or told.seen_at is not None:
        told = BulkLook(agent_id=desk.agent.id, since=since, until=now, accounts=accounts)
    told.until, told.accounts = now, max(told.accounts, accounts)
    session.add(told)
    desk.event.tell(without_a_call=accounts)
