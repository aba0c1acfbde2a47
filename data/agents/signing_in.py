"""Signing in: a passphrase is checked, wrong ones are counted, and who fails too often waits.

These are not actions: nobody sits at a desk yet. Each is recorded in the audit all the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from data import audit
from data.agents.lockout import in_words, lock_after
from data.agents.passphrases import fits, hashed, is_outdated, take_as_long
from data.agents.rules import Permission
from data.agents.standing import AgentView, agent_called, limited
from data.agents.tables import Credential
from data.errors import Refused
from data.store import Store, driver_of

ONLY_OWN_SIGN_IN = frozenset({Permission.KEEP_OWN_SIGN_IN})


def sign_in(store: Store, name: str, passphrase: str, *, now: datetime, unlocking: bool = False) -> AgentView:
    """The agent `name`, who knows their passphrase. `unlocking`: they sat here already, and their screen was locked.

    Raises Refused where name and passphrase do not fit together, or after too many wrong tries; the try is counted
    before it is checked, so that many at once gain nothing. The audit tells each.
    """
    found = _count_try(store, name, now)
    if found is None:
        take_as_long(passphrase)
        raise not_right()
    who, kept, wait = found
    if not fits(kept.hash, passphrase):
        _tell_wrong(store, who.name, kept, wait, now)
        if wait:
            raise Refused(
                f"Name and passphrase do not fit; the way in is shut for {in_words(wait)} now.",
                "Wait, or ask an administrator to open it. Your lead was told.",
            )
        raise not_right()
    return _let_in(store, who.name, kept, passphrase, now, "agent.unlock_screen" if unlocking else "agent.sign_in")


def _count_try(store: Store, name: str, now: datetime) -> tuple[AgentView, Credential, timedelta] | None:
    """Counts a try for `name`: who that is, what is kept of them, and how long a wrong one shuts the way in."""
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
    return who, kept, wait


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
            raise not_right()
        row.hash, row.failures, row.failed_at, row.locked_until = anew, 0, None, None
        session.add(row)
        _record(session, who.name, action, now)
    return replace(limited(who, ONLY_OWN_SIGN_IN), temporary=True) if row.temporary else who


def not_right() -> Refused:
    """What is said of a wrong name and of a wrong passphrase alike."""
    return Refused("Name and passphrase do not fit.", "Try again; an administrator can give you a new one.")


def _record(session: Session, agent: str, action: str, now: datetime, **detail: int) -> None:
    audit.record(
        driver_of(session), audit.Event(detail=dict(detail)), key=audit.new_key(now), at=now, agent=agent, action=action
    )
