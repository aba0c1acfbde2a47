"""Drafts, kept and let go. No event tells of them: nothing is done yet, and nobody but who typed them sees them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from data.cases.free_text import unkeepable
from data.desk import Desk
from data.drafts.tables import Draft

KEPT = timedelta(days=7)  # what was typed longer ago is let go


@dataclass(frozen=True)
class DraftView:
    """What was typed, by the fields' names, and when it was kept last."""

    typed: dict[str, str]
    saved_at: datetime


def save_draft(desk: Desk, place: str, typed: Mapping[str, str]) -> None:
    """Keeps what this agent has typed at `place`, in the stead of what was kept there; old drafts of theirs go.

    A field that holds a card's or a Social Security number is left out.
    """
    kept = {field: text for field, text in typed.items() if not unkeepable(text)}
    with desk.store.writing() as session:
        row = _row(session, desk, place) or Draft(agent_id=desk.agent.id, place=place, typed="", saved_at=desk.now())
        row.typed, row.saved_at = json.dumps(kept, ensure_ascii=False), desk.now()
        session.add(row)
        session.exec(delete(Draft).where(col(Draft.agent_id) == desk.agent.id, col(Draft.saved_at) < desk.now() - KEPT))


def draft_at(desk: Desk, place: str) -> DraftView | None:
    """What this agent typed at `place` and did not save; None for nothing, or nothing lately."""
    with desk.reading() as session:
        row = _row(session, desk, place)
        if row is None or row.saved_at < desk.now() - KEPT:
            return None
        return DraftView(json.loads(row.typed), row.saved_at)


def discard_draft(desk: Desk, place: str) -> None:
    """Lets go of what was kept at `place`; quick where nothing was."""
    if draft_at(desk, place) is not None:
        with desk.store.writing() as session:
            session.exec(delete(Draft).where(col(Draft.agent_id) == desk.agent.id, col(Draft.place) == place))


def _row(session: Session, desk: Desk, place: str) -> Draft | None:
    return session.exec(select(Draft).where(Draft.agent_id == desk.agent.id, Draft.place == place)).one_or_none()
