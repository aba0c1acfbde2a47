"""Events into the chain: one at a time, in the transaction of the action that they record."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from data.audit.chain import COLUMNS, GENESIS, Link, hash_after
from data.columns import utc_text

UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
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


def new_key(at: datetime) -> str:
    """A key that no other event has: the hexadecimal digits of a UUID of version 7 (RFC 9562, section 5.7).

    It begins with the time, so that the newest keys stand side by side in the store: a key anywhere among millions is
    another page to be read from the disk, with every action.
    """
    milliseconds = (at - UNIX_EPOCH) // timedelta(milliseconds=1)
    chance = secrets.randbits(74)
    return f"{milliseconds << 80 | 7 << 76 | chance >> 62 << 64 | 2 << 62 | chance & (1 << 62) - 1:032x}"


def record(driver: Any, event: Event, *, key: str, at: datetime, agent: str, action: str) -> None:
    """Writes `event` into the transaction that is open on the driver's own connection, as the one after the newest."""
    detail = json.dumps(event.detail, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # Without a head somebody took it away: work goes on, and verifying the chain shows where.
    head = driver.execute(_HEAD).fetchone() or driver.execute(_BEHEADED, (GENESIS,)).fetchone()
    next_id, before = head
    link = Link(next_id, key, utc_text(at), agent, action, event.account_id, detail)
    after = hash_after(before, link)
    driver.execute(_INSERT, (*link, after))
    driver.execute(_MOVE, (next_id, after))


def chain_the_rest(connection: Any) -> None:
    """Chains the events that are not chained yet, on the driver's own `connection`: a new store's, an older one's."""
    last, before = connection.execute("SELECT event_id, hash FROM audit_head").fetchone() or (0, GENESIS)
    found = []
    for row in connection.execute(f"SELECT {COLUMNS} FROM audit_event WHERE hash = '' AND id > ? ORDER BY id", (last,)):
        last, before = row[0], hash_after(before, Link(*row))
        found.append((before, last))
    connection.executemany("UPDATE audit_event SET hash = ? WHERE id = ?", found)
    connection.execute(_MOVE, (last, before))
