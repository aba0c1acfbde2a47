"""What was done, newest first, for whoever may read it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from data.agents.rules import Permission
from data.audit.tables import AuditEvent
from data.columns import columns
from data.customers.rules import PRIVATE_FIELDS
from data.customers.tables import Account
from data.desk import Desk, permit
from data.text import clean

SHOWN = 200  # events

e, a = columns(AuditEvent), columns(Account)


@dataclass(frozen=True)
class EventView:
    """One action that was done. `at`: aware UTC; `account`: its number, "" where it was on none."""

    id: int
    at: datetime
    agent: str
    action: str
    account: str
    detail: dict[str, Any]


def audit_events(
    desk: Desk,
    *,
    account: str | None = None,
    agent: str | None = None,
    since: datetime | None = None,
    words: str = "",
    limit: int = SHOWN,
) -> tuple[EventView, ...]:
    """The newest events, newest first. `words`: each stands in the agent, the action, the account or the detail."""
    permit(desk, Permission.READ_AUDIT)
    number = func.coalesce(a.number, "")
    wanted = select(e.id, e.at, e.agent, e.action, number, e.detail).join_from(
        AuditEvent, Account, e.account_id == a.id, isouter=True
    )
    wanted = wanted.where(*_conditions(account, agent, since), *map(_has, clean(words).split()))
    with desk.reading() as session:
        rows: Sequence[Any] = session.connection().execute(wanted.order_by(e.id.desc()).limit(limit)).all()
    return tuple(
        EventView(id, at, by, action, of, _told(json.loads(detail))) for id, at, by, action, of, detail in rows
    )


def _conditions(account: str | None, agent: str | None, since: datetime | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if account:
        found.append(e.account_id.in_(select(a.id).where(func.lower(a.number) == account.lower())))
    if agent:
        found.append(func.lower(e.agent) == agent.lower())
    if since:
        found.append(e.at >= since)
    return found


def _told(detail: dict[str, Any]) -> dict[str, Any]:
    """`detail` without what a private field held, which older events may tell."""
    if isinstance(changed := detail.get("changed"), dict):
        kept = {field: "changed" if field in PRIVATE_FIELDS else value for field, value in changed.items()}
        return detail | {"changed": kept}
    return detail


def _has(word: str) -> ColumnElement[bool]:
    text = e.agent + " " + e.action + " " + func.coalesce(a.number, "") + " " + e.detail
    return func.lower(text).contains(word.lower(), autoescape=True)
