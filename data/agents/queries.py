"""Reads about agents: what the one at this desk opened last, how long they may idle, who was shut out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data.agents.door import somebody_signs_in
from data.agents.lockout import FREE_TRIES
from data.agents.rules import Permission, Role
from data.agents.standing import AgentView, as_it_is_now
from data.agents.tables import Agent, Credential, RecentlyOpened, RecoveryCode
from data.customers.rules import name_of
from data.customers.tables import Account, Customer
from data.desk import Desk
from data.lines.tables import Line
from data.operators.queries import custom_rule_in
from data.operators.rules import EXTENDED_SESSION_RULE, IDLE_RULE, USUAL_EXTENDED_HOURS, USUAL_IDLE_MINUTES
from data.store import Store


@dataclass(frozen=True)
class RecentView:
    """An account that the agent opened. `account` is its number, `mdn` that of its first line with one, or None."""

    account: str
    name: str
    mdn: str | None
    opened_at: datetime


def recently_opened(desk: Desk, limit: int = 20) -> tuple[RecentView, ...]:
    """The accounts that this desk's agent opened, the latest first, each once."""
    numbered = select(Line.mdn).where(col(Line.account_id) == col(Account.id), col(Line.mdn).is_not(None))
    first_mdn = numbered.order_by(col(Line.id)).limit(1).scalar_subquery()
    query = (
        select(RecentlyOpened.opened_at, Account.number, Customer, first_mdn)
        .join(Account, col(Account.id) == col(RecentlyOpened.account_id))
        .join(Customer, col(Customer.id) == col(Account.customer_id))
        .where(col(RecentlyOpened.agent_id) == desk.agent.id)
        .order_by(col(RecentlyOpened.opened_at).desc(), col(RecentlyOpened.account_id))
        .limit(limit)
    )
    with desk.reading() as session:
        return tuple(
            RecentView(number, name_of(c), mdn, opened_at) for opened_at, number, c, mdn in session.exec(query)
        )


@dataclass(frozen=True)
class ShutOut:
    """An agent whose way in is shut after wrong tries. `failures`: how many; `at`: the last one."""

    agent: str
    failures: int
    at: datetime
    until: datetime | None


def shut_out_since(desk: Desk, since: datetime) -> tuple[ShutOut, ...]:
    """Who was shut out by wrong tries after `since`, where this agent leads or administers; else nobody."""
    if not (desk.may(Permission.LEAD_TEAM) or desk.may(Permission.ADMINISTER)):
        return ()
    query = (
        select(Agent.name, Credential.failures, Credential.failed_at, Credential.locked_until)
        .join(Credential, col(Credential.agent_id) == col(Agent.id))
        .where(col(Credential.failures) >= FREE_TRIES, col(Credential.failed_at) > since)
        .order_by(col(Credential.failed_at))
    )
    with desk.store.reading() as session:
        return tuple(ShutOut(name, failures, at, until) for name, failures, at, until in session.exec(query) if at)


RECOVERED_FOR = timedelta(days=7)
"""How long it is told that somebody got in by the recovery code."""


@dataclass(frozen=True)
class Recovery:
    """That the administrator `agent` got in by the recovery code, and when."""

    agent: str
    at: datetime


def recovered_since(desk: Desk, since: datetime) -> tuple[Recovery, ...]:
    """Who got in by a recovery code after `since`, where this agent leads or administers; else nobody."""
    if not (desk.may(Permission.LEAD_TEAM) or desk.may(Permission.ADMINISTER)):
        return ()
    used = select(RecoveryCode).where(col(RecoveryCode.used_at) > since).order_by(col(RecoveryCode.used_at))
    with desk.store.reading() as session:
        return tuple(Recovery(row.used_by, row.used_at) for row in session.exec(used) if row.used_at)


def lacks_recovery_code(desk: Desk) -> bool:
    """Whether an administrator sits here who could not be let in again: people sign in, and no code is open."""
    if not desk.may(Permission.ADMINISTER):
        return False
    with desk.store.reading() as session:
        code = session.exec(select(RecoveryCode.id).where(col(RecoveryCode.used_at).is_(None)).limit(1)).first()
        return code is None and somebody_signs_in(session)


def agent_now(desk: Desk) -> AgentView:
    """Whose desk this is, as they are on record now. Raises Refused where they may not sit here any more."""
    with desk.store.raw() as driver:
        return as_it_is_now(driver, desk.agent, desk.now())


def idle_limit(desk: Desk) -> timedelta:
    """How long the console waits for a key of this desk's agent before it locks."""
    with desk.store.reading() as session:
        minutes = custom_rule_in(session, IDLE_RULE)
        most = longest_session(session)
    if desk.agent.session_hours and most:
        return timedelta(hours=min(desk.agent.session_hours, most))
    return timedelta(minutes=int(minutes) if minutes else USUAL_IDLE_MINUTES)


def longest_session(session: Session) -> int:
    """To how many hours agents may extend their session at this store; 0: not at all."""
    rule = custom_rule_in(session, EXTENDED_SESSION_RULE)
    return int(rule) if rule is not None else USUAL_EXTENDED_HOURS


@dataclass(frozen=True)
class Seat:
    """Somebody whom one may be in a demo."""

    name: str
    display_name: str
    role: Role


def seats(store: Store) -> tuple[Seat, ...]:
    """Everybody who works at a demo: the first of each role, then the others."""
    with store.reading() as session:
        rows = session.exec(select(Agent).where(col(Agent.active)).order_by(col(Agent.id))).all()
    first: dict[str, Agent] = {}
    for row in rows:
        first.setdefault(row.role, row)
    firsts = [first[role] for role in Role if role in first]
    others = [row for row in rows if row not in firsts]
    return tuple(Seat(row.name, row.display_name, Role(row.role)) for row in (*firsts, *others))
