"""The door: who may sit at a store, by passphrase, by token, or freely where nobody needs one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from data.agents import codes
from data.agents.rules import Permission
from data.agents.standing import AgentView, agent_called, agent_with_id, first_agent, has_ended, limited
from data.agents.tables import Agent, Credential, Token, called
from data.errors import NotFound, Refused, SignInNeeded
from data.operators.tables import Operator
from data.store import Store
from data.text import clean


def admit(
    store: Store, agent: str | None, *, passphrase: str | None = None, token: str | None = None, now: datetime
) -> AgentView:
    """Who sits down at `store`: by token, by passphrase, or freely where nobody there needs one.

    A demo lets everybody be anybody. A store of one's own does until an administrator of it has a passphrase.
    Raises SignInNeeded where a passphrase or token is missing, Refused where it is not right.
    """
    if token is not None:
        return sign_in_with_token(store, token, agent, now=now)
    with store.reading() as session:
        free = _is_open(session)
        agent = agent or (None if free else _only_agent(session))
        if free and (passphrase is None or agent is None or not _has_passphrase(session, agent)):
            return _seat(session, agent)
    if agent is None:
        raise SignInNeeded("Say who you are.", "Give --agent NAME or CARELINE_AGENT, and CARELINE_PASSPHRASE.")
    if passphrase is None:
        raise SignInNeeded(f"{clean(agent)} signs in here.", "Set CARELINE_PASSPHRASE, or CARELINE_TOKEN.")
    from data.agents.signing_in import sign_in  # it loads Argon2

    return sign_in(store, agent, passphrase, now=now)


def _seat(session: Session, agent: str | None) -> AgentView:
    who = first_agent(session) if agent is None else agent_called(session, agent)
    if who is None:
        raise NotFound(f"There is no active agent called {clean(agent or '')} here.", "Name another with --agent.")
    return who


def _only_agent(session: Session) -> str | None:
    """The one who works here, where nobody else does."""
    names = session.exec(select(Agent.name).where(col(Agent.active)).limit(2)).all()
    return names[0] if len(names) == 1 else None


def is_open(store: Store) -> bool:
    """Whether everybody who can open the file may sit at `store`: a demo, or nobody has a passphrase yet."""
    with store.reading() as session:
        return _is_open(session)


def _is_open(session: Session) -> bool:
    if session.exec(select(Operator.demo)).first():
        return True
    return not somebody_signs_in(session)


def somebody_signs_in(session: Session) -> bool:
    """Whether an active agent of the store has a passphrase: then everybody needs one."""
    query = select(Credential.agent_id).join(Agent, col(Agent.id) == col(Credential.agent_id)).where(col(Agent.active))
    return session.exec(query.limit(1)).first() is not None


def has_passphrase(store: Store, agent: str) -> bool:
    """Whether the agent of that name has a passphrase to sign in with; a name that is not there has none."""
    with store.reading() as session:
        return _has_passphrase(session, agent)


def _has_passphrase(session: Session, agent: str) -> bool:
    query = select(Credential.agent_id).join(Agent, col(Agent.id) == col(Credential.agent_id))
    return session.exec(query.where(called(agent))).first() is not None


def sign_in_with_token(store: Store, token: str, agent: str | None = None, *, now: datetime) -> AgentView:
    """The agent that `token` is of, with no more than its rights. Raises Refused where it opens nothing."""
    with store.reading() as session:
        row = session.exec(select(Token).where(Token.hash == codes.kept(token))).first()
        who = agent_with_id(session, row.agent_id) if row else None
    if row is None or who is None or has_ended(row, now):
        raise Refused("This token opens nothing here: it is wrong, revoked, or its time is over.", "Ask for a new one.")
    if agent is not None and agent != who.name:
        raise Refused(f"This token is {who.name}'s, not {clean(agent)}'s.", "Leave --agent and CARELINE_AGENT out.")
    rights = frozenset(Permission(right) for right in row.rights.splitlines() if right in set(Permission))
    return replace(limited(who, rights), token=row.id)
