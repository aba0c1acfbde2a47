"""Signing in: a passphrase or a token is checked, wrong ones are counted, and who fails too often waits.

These are not actions: nobody sits at a desk yet. Each is recorded in the audit all the same.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data import audit
from data.agents import codes
from data.agents.lockout import in_words, lock_after
from data.agents.passphrases import fits, hashed, is_outdated, take_as_long
from data.agents.rules import Permission
from data.agents.standing import AgentView, agent_called, agent_with_id, first_agent, has_ended, limited
from data.agents.tables import Agent, Credential, Token
from data.errors import NotFound, Refused, SignInNeeded
from data.store import Store
from data.text import clean

ONLY_OWN_SIGN_IN = frozenset({Permission.KEEP_OWN_SIGN_IN})


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
    if passphrase is not None and agent is not None and has_passphrase(store, agent):
        return sign_in(store, agent, passphrase, now=now)
    with store.reading() as session:
        if free:
            who = first_agent(session) if agent is None else agent_called(session, agent)
            if who is None:
                raise NotFound(f"There is no active agent called {agent} here.", "Name another with --agent.")
            return who
    raise _needed(agent, passphrase)


def _only_agent(session: Session) -> str | None:
    """The one who works here, where nobody else does."""
    names = session.exec(select(Agent.name).where(col(Agent.active)).limit(2)).all()
    return names[0] if len(names) == 1 else None


def _needed(agent: str | None, passphrase: str | None) -> SignInNeeded | Refused:
    if agent is None:
        return SignInNeeded("Say who you are.", "Give --agent NAME or CARELINE_AGENT, and CARELINE_PASSPHRASE.")
    if passphrase is None:
        return SignInNeeded(f"{clean(agent)} signs in here.", "Set CARELINE_PASSPHRASE, or CARELINE_TOKEN.")
    return _not_right()


def is_open(store: Store) -> bool:
    """Whether everybody who can open the file may sit at `store`: a demo, or nobody has a passphrase yet."""
    with store.reading() as session:
        return _is_open(session)


def _is_open(session: Session) -> bool:
    from data.operators.tables import Operator

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
        query = select(Credential.agent_id).join(Agent, col(Agent.id) == col(Credential.agent_id))
        return session.exec(query.where(Agent.name == agent)).first() is not None


def sign_in(store: Store, name: str, passphrase: str, *, now: datetime, unlocking: bool = False) -> AgentView:
    """The agent `name`, who knows their passphrase. `unlocking`: they sat here already, and their screen was locked.

    Raises Refused where name and passphrase do not fit together, or after too many wrong tries; the try is counted
    before it is checked, so that many at once gain nothing. The audit tells each.
    """
    found = _count_try(store, name, now)
    if found is None:
        take_as_long(passphrase)
        raise _not_right()
    kept, wait = found
    if not fits(kept.hash, passphrase):
        _tell_wrong(store, name, kept, wait, now)
        if wait:
            raise Refused(
                f"Name and passphrase do not fit; the way in is shut for {in_words(wait)} now.",
                "Wait, or ask an administrator to open it. Your lead was told.",
            )
        raise _not_right()
    return _let_in(store, name, kept, passphrase, now, "agent.unlock_screen" if unlocking else "agent.sign_in")


def _count_try(store: Store, name: str, now: datetime) -> tuple[Credential, timedelta] | None:
    """Counts a try for `name`: what is kept of them, and how long the way in is shut if it was a wrong one."""
    with store.writing() as session:
        who = agent_called(session, name)
        kept = session.get(Credential, who.id) if who else None
        if who is None or kept is None:
            return None
        if kept.locked_until and kept.locked_until > now:
            raise Refused(
                f"After {kept.failures} wrong tries the way in is shut for {in_words(kept.locked_until - now)} more.",
                "Wait, or ask an administrator to open it.",
            )
        kept.failures += 1
        kept.failed_at = now
        wait = lock_after(kept.failures)
        kept.locked_until = now + wait if wait else None
        session.add(kept)
    return kept, wait


def _tell_wrong(store: Store, name: str, kept: Credential, wait: timedelta, now: datetime) -> None:
    with store.writing() as session:
        action = "agent.locked_out" if wait else "agent.wrong_passphrase"
        _record(session, name, action, now, failures=kept.failures, minutes=int(wait.total_seconds()) // 60)


def _let_in(store: Store, name: str, kept: Credential, passphrase: str, now: datetime, action: str) -> AgentView:
    anew = hashed(passphrase) if is_outdated(kept.hash) else kept.hash
    with store.writing() as session:
        who = agent_called(session, name)
        row = session.get(Credential, kept.agent_id)
        if who is None or row is None or row.hash != kept.hash:
            raise _not_right()
        row.hash, row.failures, row.failed_at, row.locked_until = anew, 0, None, None
        session.add(row)
        _record(session, who.name, action, now)
    return replace(limited(who, ONLY_OWN_SIGN_IN), temporary=True) if row.temporary else who


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


def _not_right() -> Refused:
    return Refused("Name and passphrase do not fit.", "Try again; an administrator can give you a new one.")


def _record(session: Session, agent: str, action: str, now: datetime, **detail: int) -> None:
    audit.record(session, audit.Event(detail=dict(detail)), key=uuid.uuid4().hex, at=now, agent=agent, action=action)
