"""Finding an agent by the name that they sign in with, in any case of letters."""

from __future__ import annotations

from sqlmodel import Session, col, select

from data.agents.tables import Agent, called
from data.errors import NotFound
from data.text import clean

NAME_LIMIT = 40  # characters of a sign-in name


def agent_row(session: Session, name: str) -> Agent:
    """The agent who signs in by that name, locked or not. Raises NotFound where there is none."""
    row = session.exec(select(Agent).where(called(name))).first()
    if row is None:
        raise NotFound(f"There is no agent called {clean(name, NAME_LIMIT)}.", "See `careline agent list`.")
    return row


def active_agent_row(session: Session, name: str) -> Agent:
    """The agent who signs in by that name and is not locked. Raises NotFound where there is none."""
    row = session.exec(select(Agent).where(called(name), col(Agent.active))).first()
    if row is None:
        reason = f"There is no active agent called {clean(name, NAME_LIMIT)} here."
        raise NotFound(reason, "Check how they sign in.")
    return row
