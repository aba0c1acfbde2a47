"""What an agent may do now: by their role, by what was granted to them, and within the limits of their token."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlmodel import Session, select

from data.agents.rules import PERMISSIONS, Permission, Role
from data.agents.tables import Agent, Grant, Token, called
from data.columns import columns
from data.errors import Refused
from data.statements import Find

a, g, t = columns(Agent), columns(Grant), columns(Token)
KNOWN = frozenset(Permission)


@dataclass(frozen=True)
class AgentView:
    """Who sits here. `zone` is the agent's own: what "today" means on their screen.

    `permissions`: what they may do at this desk. `limit`: no more than this, however much they may elsewhere; None:
    all that is theirs. `token`: the one that they came in with. `temporary`: they must choose a passphrase first.
    `session_hours`: how long the console waits for a key, None: as the store's rule says.
    """

    id: int
    name: str
    display_name: str
    role: Role
    zone: ZoneInfo
    permissions: frozenset[Permission]
    limit: frozenset[Permission] | None = None
    token: int | None = None
    temporary: bool = False
    session_hours: int | None = None


def agent_called(session: Session, name: str) -> AgentView | None:
    """The active agent who signs in as `name`, with all that is theirs."""
    return _view(session, called(name))


def first_agent(session: Session) -> AgentView | None:
    """The store's first active agent."""
    return _view(session, a.active)


def agent_with_id(session: Session, agent_id: int) -> AgentView | None:
    """The active agent of that id."""
    return _view(session, a.id == agent_id)


def _view(session: Session, which: object) -> AgentView | None:
    query = select(a.id, a.name, a.display_name, a.role, a.time_zone, a.session_hours)  # type: ignore[call-overload]
    row = session.connection().execute(query.where(which, a.active).order_by(a.id).limit(1)).first()
    if row is None:
        return None
    role = Role(row.role)
    return AgentView(
        row.id,
        row.name,
        row.display_name,
        role,
        ZoneInfo(row.time_zone),
        permissions_of(session, row.id, role),
        session_hours=row.session_hours,
    )


def permissions_of(session: Session, agent_id: int, role: Role) -> frozenset[Permission]:
    """What an agent of `role` may do, with what they were granted."""
    granted = session.connection().execute(select(g.permission).where(g.agent_id == agent_id)).scalars()
    return PERMISSIONS[role] | frozenset(Permission(one) for one in granted if one in KNOWN)


def limited(agent: AgentView, limit: frozenset[Permission]) -> AgentView:
    """`agent` with nothing beyond `limit`."""
    return replace(agent, limit=limit, permissions=agent.permissions & limit)


def as_it_is_now(driver: Any, agent: AgentView, now: datetime) -> AgentView:
    """`agent` as the store has them at this moment; what was taken away meanwhile is gone.

    Raises Refused where they were locked meanwhile, or their token has ended.
    """
    rows = STANDING.all(driver, agent=agent.id)
    if not rows or not rows[0].active:
        raise Refused(f"{agent.name} has no access any more.", "Ask an administrator.")
    if agent.token is not None:
        token = TOKEN.first(driver, token=agent.token)
        if token is None or has_ended(token, now):
            raise Refused("The token has ended.", "Ask for a new one: careline token make.")
    role = Role(rows[0].role)
    granted = frozenset(Permission(row.permission) for row in rows if row.permission in KNOWN)
    every = PERMISSIONS[role] | granted
    allowed = every if agent.limit is None else every & agent.limit
    return replace(agent, role=role, permissions=allowed)


def has_ended(token: Any, now: datetime) -> bool:
    """Whether a token opens nothing any more: it was revoked, or its time is over."""
    return token.revoked_at is not None or token.expires_at <= now


STANDING = Find(
    select(a.role, a.active, g.permission)
    .select_from(Agent)
    .outerjoin(Grant, g.agent_id == a.id)
    .where(a.id == bindparam("agent"))
)
TOKEN = Find(select(t).where(t.id == bindparam("token")))
