"""The demo operator's cases: the first agent's own, and those of whoever else works there."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from data.agents.rules import Role
from data.cases.pending import end_of_day
from data.cases.rules import COMES_ALONG, EntryKind, Priority, Status, case_number
from data.cases.tables import Case, CaseEntry, CaseLink, CaseMention, CaseSpan, CaseTag, CaseTask, CaseVisit
from data.cases.whose import contact_text, device_text
from data.customers.tables import Account
from data.demo.complaints import Complaints
from data.demo.credits import Credits
from data.demo.history import AGENTS, SITTER, History
from data.demo.rows import Rows
from data.demo.stories import Plot, cast, stories
from data.lines.tables import Line

SHARE, MOST = 4, 600  # one case for so many customers, and so many cases at most
WAYS: dict[Status, tuple[Status, ...]] = {
    Status.NEW: (),
    Status.OPEN: (Status.OPEN,),
    Status.PENDING_CUSTOMER: (Status.OPEN, Status.PENDING_CUSTOMER),
    Status.PENDING_CARRIER: (Status.OPEN, Status.PENDING_CARRIER),
    Status.PENDING_MARKET: (Status.OPEN, Status.PENDING_MARKET),
    Status.RESOLVED: (Status.OPEN, Status.RESOLVED),
    Status.REOPENED: (Status.OPEN, Status.RESOLVED, Status.REOPENED),
    Status.CLOSED: (Status.OPEN, Status.PENDING_CARRIER, Status.RESOLVED, Status.CLOSED),
}
"""The way that a case of each status came, as TRANSITIONS allows it."""
ODDS = (6, 10, 6, 8, 5, 5, 56, 4)  # how often each status is met, in the order of Status
WORKERS = [name for name, _, role, _ in AGENTS if role in (Role.AGENT, Role.LEAD)]
AGENT_IDS = {name: number for number, (name, *_) in enumerate(AGENTS, start=1)}


@dataclass
class Casework:
    """Makes the cases of a demo store whose customers are written."""

    session: Session
    rows: Rows
    history: History
    rng: random.Random
    now: datetime
    zone: ZoneInfo
    _numbers: dict[str, int] = field(default_factory=dict)
    _entries: list[tuple[datetime, int, dict[str, Any], int | None]] = field(default_factory=list)

    def make(self, customers: int) -> None:
        """Makes the first agent's cases, and one for every SHARE customers; numbers follow the time of opening."""
        plots = [plot for plot in cast(SITTER) if plot.account is None or plot.account < customers]
        plots += self._drawn(min(customers // SHARE, MOST), customers)
        plots = sorted((self._told(plot) for plot in plots), key=lambda plot: plot.days)
        known = next((place for place, plot in enumerate(plots) if plot.number), 0)
        first = int(plots[known].number or "1013864") - known
        for place, plot in enumerate(plots):
            self._add(plot, case_number(first + place))
        for plot in [plot for plot in plots if plot.cloned]:
            place = plots.index(plot)
            self._add_clone(plot, case_number(first + place), case_number(first + len(plots)))
        self.rows.write(self.session)
        Credits(self.session, self.rows, self.history, self._entry, self.now).make()
        Complaints(self.session, self.rows, self.history, self._entry, self.rng, self.now).make()
        self._write_entries()

    def _drawn(self, count: int, customers: int) -> Iterator[Plot]:
        for _ in range(count):
            status = self.rng.choices(list(Status), ODDS)[0]
            ended = status is Status.CLOSED
            yield Plot(
                self.rng.choice(stories()),
                status,
                -self.rng.uniform(*((4, 110) if ended else (0.2, 14))),
                self.rng.choice([name for name in WORKERS if name != SITTER] if not ended else WORKERS),
                self.rng.randrange(customers) if self.rng.random() < 0.95 else None,
                priority=self.rng.choices(list(Priority), (10, 70, 15, 5))[0],
                due=None if ended or self.rng.random() < 0.5 else self.rng.uniform(-30, 90),
                contact="A caller, 212-555-0177",
                task="Call the customer back" if not ended and self.rng.random() < 0.2 else "",
            )

    def _told(self, plot: Plot) -> Plot:
        """The plot with its time of opening told apart from every other's."""
        return replace(plot, days=plot.days - self.rng.uniform(0.02, 0.3))

    def _add(self, plot: Plot, number: str) -> None:
        opened_at = self.now + timedelta(days=plot.days)
        status = Status(plot.status)
        moments = self._moments(opened_at, len(WAYS[status]) + len(plot.story.notes) + 1)
        case_id = self.rows.add(
            Case,
            **self._whose(plot),
            number=number,
            category=plot.story.category,
            subject=plot.story.subject,
            priority=plot.priority,
            status=status,
            owner_id=AGENT_IDS[plot.owner],
            due_at=self._due(plot.due),
            resolution=plot.story.resolution if status in (Status.RESOLVED, Status.CLOSED) else "",
            opened_by_id=AGENT_IDS[plot.owner],
            opened_at=opened_at,
            changed_at=moments[-1],
            closed_at=moments[-1] if status is Status.CLOSED else None,
            version=1 + len(WAYS[status]),
        )
        self._numbers[number] = case_id
        self._tell_story(plot, number, case_id, moments)
        self._add_task(plot, case_id, moments[0])
        for tag in plot.tags:
            self.rows.add(CaseTag, case_id=case_id, tag=tag)
        for other in plot.links:
            pair = sorted((case_id, self._numbers[other]))
            self.rows.add(CaseLink, case_id=pair[0], other_id=pair[1])

    def _tell_story(self, plot: Plot, number: str, case_id: int, moments: list[datetime]) -> None:
        """The case's entries, in the order of their time: opened, notes, each status, what to say in between."""
        owner, before, steps = plot.owner, Status.NEW, list(WAYS[Status(plot.status)])
        self._entry(case_id, EntryKind.OPENED, moments[0], owner, "Case opened")
        self._tell_account(plot, moments[0], "case.open", case=number, subject=plot.story.subject)
        at = 1
        for note in plot.story.notes:
            self._entry(case_id, EntryKind.NOTE, moments[at], self._either(owner), note)
            at += 1
        for version, step in enumerate(steps, start=2):
            ended = f": {plot.story.resolution}" if step is Status.CLOSED else ""
            detail = json.dumps({"version": version, "changed": {"status": [before, step]}})
            self._entry(case_id, EntryKind.STATUS, moments[at], owner, f"{before} → {step}{ended}", detail=detail)
            self._tell_account(plot, moments[at], "case.status", case=number, changed={"status": [before, step]})
            self._worked(case_id, owner, moments[at])
            before, at = step, at + 1
        if steps:
            said, next_step = plot.story.icci
            self._entry(case_id, EntryKind.ICCI, moments[1], owner, said, next_step=next_step)
        if plot.mention:
            self._entry(case_id, EntryKind.NOTE, moments[-1], "lead03", plot.mention, names=AGENT_IDS[SITTER])

    def _add_clone(self, plot: Plot, source: str, number: str) -> None:
        """A clone that was made this morning, when the customer called again."""
        self.rows.write(self.session)
        row = self.session.exec(select(Case).where(Case.number == source)).one()
        at = self.now - timedelta(minutes=50)
        along = {name: getattr(row, name) for name, comes in COMES_ALONG.items() if comes}
        mine = AGENT_IDS[plot.owner]
        case_id = self.rows.add(
            Case, **along, number=number, priority=Priority.NORMAL, status=Status.NEW, owner_id=mine,
            opened_by_id=mine, opened_at=at, changed_at=at, source_id=row.id,
        )  # fmt: skip
        self._entry(self._numbers[source], EntryKind.CLONE, at, plot.owner, f"Cloned as {number}")
        self._entry(case_id, EntryKind.CLONE, at, plot.owner, f"Cloned from {source}")

    def _whose(self, plot: Plot) -> dict[str, Any]:
        if plot.account is None:
            return {"contact": plot.contact}
        account = self.session.get_one(Account, self.history.account(plot.account))
        lines = select(Line).where(Line.account_id == account.id, col(Line.mdn).is_not(None)).order_by(col(Line.id))
        line = self.session.exec(lines).first()
        return {
            "account_id": account.id,
            "line_id": line.id if line else None,
            "device": device_text(self.session, line),
            "contact": contact_text(self.session, account),
        }

    def _add_task(self, plot: Plot, case_id: int, at: datetime) -> None:
        if plot.task:
            owner = AGENT_IDS[plot.owner]
            due_at = self._due(plot.task_due)
            self.rows.add(
                CaseTask,
                case_id=case_id,
                text=plot.task,
                owner_id=owner,
                due_at=due_at,
                added_by=plot.owner,
                added_at=at,
            )
            self._entry(case_id, EntryKind.TASK, at, plot.owner, f"Task for {plot.owner}: {plot.task}")

    def _due(self, hours: float | None) -> datetime | None:
        """So many hours from now; what is to be due within the day stays within it."""
        if hours is None:
            return None
        due_at = self.now + timedelta(hours=hours)
        last = end_of_day(self.now, self.zone) - timedelta(minutes=1)
        return min(due_at, max(last, self.now + timedelta(minutes=1))) if 0 < hours <= 8 else due_at

    def _moments(self, opened_at: datetime, count: int) -> list[datetime]:
        """When things happened, from the opening to at the latest a few minutes ago."""
        span = (self.now - timedelta(minutes=5) - opened_at) * self.rng.uniform(0.5, 0.95)
        return [opened_at, *(opened_at + span * part for part in sorted(self.rng.random() for _ in range(count - 1)))]

    def _worked(self, case_id: int, agent: str, at: datetime) -> None:
        ends = at + timedelta(seconds=self.rng.randrange(90, 900))
        who = AGENT_IDS[agent]
        visit = self.rows.add(CaseVisit, case_id=case_id, agent_id=who, started_at=at, seen_at=ends, ended_at=ends)
        self.rows.add(CaseSpan, visit_id=visit, started_at=at, ended_at=ends)

    def _either(self, owner: str) -> str:
        return owner if self.rng.random() < 0.7 else self.rng.choice(WORKERS)

    def _entry(
        self, case_id: int, kind: EntryKind, at: datetime, agent: str, text: str, names: int | None = None, **more: str
    ) -> None:
        values = {"case_id": case_id, "kind": kind, "at": at, "agent": agent, "text": text} | more
        self._entries.append((at, len(self._entries), values, names))

    def _write_entries(self) -> None:
        for _, _, values, names in sorted(self._entries, key=lambda entry: entry[:2]):
            entry = self.rows.add(CaseEntry, **values)
            if names:
                self.rows.add(CaseMention, entry_id=entry, agent_id=names)

    def _tell_account(self, plot: Plot, at: datetime, action: str, **facts: Any) -> None:
        if plot.account is not None:
            self.history.tell(at, plot.owner, action, self.history.account(plot.account), **facts)
