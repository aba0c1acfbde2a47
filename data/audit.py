"""The record of who did what: one event for each action, in the action's own transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session

from data.columns import Row, UTCDateTime


class AuditEvent(Row, table=True):
    """One action that was done. `key` makes a repeated request do nothing twice; `detail` is a JSON object."""

    __tablename__ = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    at: datetime = Field(sa_type=UTCDateTime)
    agent: str
    action: str
    account_id: int | None = Field(default=None, index=True)
    detail: str


@dataclass
class Event:
    """What an action tells of itself while it runs. `account_id`: whose timeline it belongs on, if anybody's."""

    account_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)

    def tell(self, *, account_id: int | None = None, **detail: Any) -> None:
        """Adds facts to the event; values must be plain (text, numbers, lists, objects)."""
        self.account_id = account_id if account_id is not None else self.account_id
        self.detail |= detail


def record(session: Session, event: Event, *, key: str, at: datetime, agent: str, action: str) -> None:
    """Writes `event` into the transaction that `session` has open."""
    detail = json.dumps(event.detail, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    session.add(AuditEvent(key=key, at=at, agent=agent, action=action, account_id=event.account_id, detail=detail))
