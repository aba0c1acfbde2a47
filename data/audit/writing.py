"""Events into the chain: one at a time, in the transaction of the action that they record."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from data.audit.chain import COLUMNS, GENESIS, Link, hash_after
from data.columns import utc_text

_HEAD = "SELECT max(event_id, (SELECT coalesce(max(id), 0) FROM audit_event)) + 1, hash FROM audit_head"
_BEHEADED = "SELECT coalesce(max(id), 0) + 1, ? FROM audit_event"
_INSERT = f"INSERT INTO audit_event ({COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_MOVE = "INSERT OR REPLACE INTO audit_head (id, event_id, hash) VALUES (1, ?, ?)"


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
    """Writes `event` into the transaction that `session` has open, as the one after the newest."""
    detail = json.dumps(event.detail, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    connection = session.connection().connection.driver_connection
    assert connection is not None
    # Without a head somebody took it away: work goes on, and verifying the chain shows where.
    head = connection.execute(_HEAD).fetchone() or connection.execute(_BEHEADED, (GENESIS,)).fetchone()
    next_id, before = head
    link = Link(next_id, key, utc_text(at), agent, action, event.account_id, detail)
    after = hash_after(before, link)
    connection.execute(_INSERT, (*link, after))
    connection.execute(_MOVE, (next_id, after))


def chain_the_rest(connection: Any) -> None:
    """Chains the events that are not chained yet, on the driver's own `connection`: a new store's, an older one's."""
    last, before = connection.execute("SELECT event_id, hash FROM audit_head").fetchone() or (0, GENESIS)
    found = []
    for row in connection.execute(f"SELECT {COLUMNS} FROM audit_event WHERE hash = '' AND id > ? ORDER BY id", (last,)):
        last, before = row[0], hash_after(before, Link(*row))
        found.append((before, last))
    connection.executemany("UPDATE audit_event SET hash = ? WHERE id = ?", found)
    connection.execute(_MOVE, (last, before))
