"""What happened at the demo operator before today: who works there, what they opened and changed."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from data.agents.rules import Role
from data.agents.tables import Agent, RecentlyOpened
from data.audit import AuditEvent
from data.demo.people import Who
from data.demo.rows import Rows

SITTER = "agent07"  # who sits there when nobody is named: the first of the agents
AGENTS = (
    (SITTER, "Jo Whitfield", Role.AGENT, "America/New_York"),
    ("agent02", "Ramón Ibáñez", Role.AGENT, "America/New_York"),
    ("agent04", "Thandiwe Mbeki", Role.AGENT, "America/Chicago"),
    ("agent09", "Kit O'Hara", Role.AGENT, "America/Denver"),
    ("agent11", "Yuki Sato", Role.AGENT, "America/Los_Angeles"),
    ("lead03", "Deborah Lindqvist", Role.LEAD, "America/New_York"),
    ("trainer05", "Anil Rao", Role.TRAINER, "America/Chicago"),
)
ADMIN = "admin01"
REMEMBERED = 4000  # accounts that were opened now and then; beyond, only what was edited is told
RECENT = 12  # accounts that each agent finds under "recently opened"
LONGEST_AGO = 120  # days


Edit = tuple[datetime, dict[str, Any]]  # when, and field → [old, new]


@dataclass
class History:
    """Gathers what happened; `write` puts it into the audit in the order of its time."""

    rng: random.Random
    now: datetime
    _events: list[tuple[datetime, str, str, int, dict[str, Any]]] = field(default_factory=list)
    _accounts: list[int] = field(default_factory=list)

    def edits(self, who: Who, changed_at: datetime | None) -> list[Edit]:
        """How a customer was edited, the first time first.

        `changed_at`: when it was in a way that the Lifeline vendor must learn of, if it was.
        """
        edits: list[Edit] = []
        if who.phones and self.rng.random() < 0.2:
            edits.append((self._earlier(), {"phones": [[], list(who.phones)]}))
        if changed_at:
            edits.append((changed_at, {"street": [self._former_street(), who.values["street"]]}))
        return sorted(edits, key=lambda edit: edit[0])

    def add(self, account: int, edits: list[Edit]) -> None:
        """What happened on an account: it was opened now and then, and edited as `edits` say."""
        self._accounts.append(account)
        if len(self._accounts) <= REMEMBERED:
            for _ in range(self.rng.choice((0, 0, 1, 1, 2, 4))):
                self._tell(self._earlier(), "account.open", account)
        for version, (at, changed) in enumerate(edits, start=2):
            self._tell(at, "customer.edit", account, version=version, changed=changed)

    def account(self, place: int) -> int:
        """The id of the account that was added as the `place`-th, from 0."""
        return self._accounts[place]

    def tell(self, at: datetime, agent: str, action: str, account: int, **detail: Any) -> None:
        """Something that an agent did on an account."""
        self._events.append((at, agent, action, account, detail))

    def add_recent(self, rows: Rows) -> None:
        """The accounts that each agent opened last: for the first agent, the first of all."""
        for agent, (name, *_) in enumerate(AGENTS, start=1):
            some = (
                self._accounts[:RECENT]
                if name == SITTER
                else self.rng.sample(self._accounts, min(RECENT, len(self._accounts)))
            )
            for place, account in enumerate(some):
                at = self.now - timedelta(minutes=7 + 23 * place + self.rng.randrange(15))
                rows.add(RecentlyOpened, agent_id=agent, account_id=account, opened_at=at)
                self._events.append((at, name, "account.open", account, {}))

    def write(self, rows: Rows) -> None:
        """Adds the audit events to `rows`; what happened at one moment stays in the order in which it was told."""
        for at, agent, action, account, detail in sorted(self._events, key=lambda event: event[0]):
            text = json.dumps(detail, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            rows.add(
                AuditEvent,
                key=f"{self.rng.getrandbits(128):032x}",
                at=at,
                agent=agent,
                action=action,
                account_id=account,
                detail=text,
            )

    def _tell(self, at: datetime, action: str, account: int, **detail: Any) -> None:
        agent = self.rng.choice([name for name, _, role, _ in AGENTS if role in (Role.AGENT, Role.LEAD)])
        self._events.append((at, agent, action, account, detail))

    def _earlier(self) -> datetime:
        return self.now - timedelta(minutes=self.rng.randrange(24 * 60, LONGEST_AGO * 24 * 60))

    def _former_street(self) -> str:
        return f"{self.rng.randrange(1, 999)} {self.rng.choice(('Oak St', 'Hill Rd', 'Center Ave'))}"


def add_agents(session: Session, since: datetime) -> None:
    """Everybody who works at the demo operator, but for the administrator who founds it."""
    for name, display_name, role, zone in AGENTS:
        session.add(Agent(name=name, display_name=display_name, role=role, time_zone=zone, created_at=since))
        session.flush()
