"""Cases as screens and commands get them: frozen, whole, without a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.cases.rules import Category, EntryKind, Priority, Status
from data.verification.rules import Field


@dataclass(frozen=True)
class EntryView:
    """One thing that happened in a case. `case`: its number, another's where that one was merged into this."""

    id: int
    case: str
    kind: EntryKind
    at: datetime
    agent: str
    text: str
    next_step: str = ""


@dataclass(frozen=True)
class TaskView:
    """Something to be done. `done_at` None: not yet."""

    id: int
    case: str
    text: str
    owner: str
    due_at: datetime | None
    added_by: str
    added_at: datetime
    done_by: str
    done_at: datetime | None


@dataclass(frozen=True)
class TimeView:
    """How long an agent worked a case: whole seconds without pauses, in so many visits."""

    agent: str
    visits: int
    seconds: int


@dataclass(frozen=True)
class LinkView:
    """A case that belongs to another. `how`: "cloned from", "cloned as", "linked", "merged into" or "took in"."""

    how: str
    number: str
    subject: str
    status: Status


@dataclass(frozen=True)
class PresenceView:
    """An agent who has the case open now."""

    agent: str
    display_name: str
    since: datetime


@dataclass(frozen=True)
class CaseRow:
    """A case as a list shows it. `account` None: the Orphan Account's. `icci`: the newest, None where there is none."""

    id: int
    number: str
    subject: str
    category: Category
    priority: Priority
    status: Status
    owner: str  # "" for nobody
    due_at: datetime | None
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    account: str | None
    name: str
    mdn: str | None
    icci: EntryView | None


@dataclass(frozen=True)
class CaseView:
    """A case, whole. `name`: the customer's, or the Orphan Account. `version`: what a form carries back to edit_case.

    `timeline`, `icci` and `notes` have the newest first; `others`: who else has the case open now. `masked`: whether
    numbers and addresses in `device` and `contact` may not be seen.
    """

    id: int
    number: str
    subject: str
    category: Category
    priority: Priority
    status: Status
    resolution: str
    account_id: int | None
    account: str | None
    name: str
    line_id: int | None
    mdn: str | None
    device: str
    contact: str
    owner: str
    due_at: datetime | None
    opened_by: str
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    source: str | None
    merged_into: str | None
    tags: tuple[str, ...]
    links: tuple[LinkView, ...]
    tasks: tuple[TaskView, ...]
    timeline: tuple[EntryView, ...]
    time: tuple[TimeView, ...]
    others: tuple[PresenceView, ...]
    version: int
    masked: tuple[Field, ...] = ()

    @property
    def icci(self) -> tuple[EntryView, ...]:
        """If Customer Calls In: what to say and do, the newest first."""
        return self._of(EntryKind.ICCI)

    @property
    def notes(self) -> tuple[EntryView, ...]:
        """What agents wrote for each other."""
        return self._of(EntryKind.NOTE)

    @property
    def worked(self) -> int:
        """Seconds that were worked on the case, by everybody."""
        return sum(one.seconds for one in self.time)

    @property
    def orphan(self) -> bool:
        """Whether nobody's account is behind it."""
        return self.account_id is None

    def _of(self, kind: EntryKind) -> tuple[EntryView, ...]:
        return tuple(entry for entry in self.timeline if entry.kind is kind)
