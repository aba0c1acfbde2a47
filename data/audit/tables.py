"""The audit's tables: one row an event, never changed; and in a second place, where the chain of them ends."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from data.columns import Row, UTCDateTime


class AuditEvent(Row, table=True):
    """One action that was done. `key` makes a repeated request do nothing twice; `detail` is a JSON object.

    `hash`: of this event and the one before (see chain.py); "" only until it is chained, in its own transaction.
    """

    __tablename__ = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    at: datetime = Field(sa_type=UTCDateTime)
    agent: str
    action: str
    account_id: int | None = Field(default=None, index=True)
    detail: str
    hash: str = Field(default="", sa_column_kwargs={"server_default": ""})


class AuditHead(Row, table=True):
    """The newest event and its hash, kept apart from the events: one row, so that a cut-off end is seen."""

    __tablename__ = "audit_head"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int
    hash: str
