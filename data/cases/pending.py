"""What waits for an agent, and how urgent it is: the CSR Pending Dashboard's rules and views. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from data.cases.rules import PENDING, Priority, Status
from data.text import fold


class Urgency(StrEnum):
    """The groups of the dashboard, the most urgent first; the value is the group's title."""

    OVERDUE = "Overdue"
    DUE_TODAY = "Due today"
    ON_ME = "Waiting on me"
    ON_OTHERS = "Waiting on others"


class ItemKind(StrEnum):
    """What may wait for somebody."""

    CASE = "case"
    TASK = "task"
    MENTION = "mention"
    CREDIT = "credit"
    COMPLAINT = "complaint"
    QUIZ = "quiz"
    LOOK = "look"


@dataclass(frozen=True)
class PendingItem:
    """One thing that waits. `id`: the row's, within its kind; `case`: the number to open, "" where there is none.

    `waiting_on`: who has the next move, in words: "customer", "carrier", "lead" or "me". `age_days`: since it began.
    """

    kind: ItemKind
    id: int
    case: str
    text: str
    urgency: Urgency
    waiting_on: str
    owner: str
    account: str | None
    name: str
    due_at: datetime | None
    since: datetime
    age_days: int
    status: str = ""
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True)
class Dashboard:
    """All that waits, the most urgent first."""

    items: tuple[PendingItem, ...]

    def __len__(self) -> int:
        return len(self.items)

    @property
    def groups(self) -> tuple[tuple[Urgency, tuple[PendingItem, ...]], ...]:
        """The items under each urgency, in order; an empty group too, so that its 0 shows."""
        return tuple((urgency, tuple(i for i in self.items if i.urgency is urgency)) for urgency in Urgency)

    @property
    def counts(self) -> dict[Urgency, int]:
        """How many items each urgency has."""
        found = Counter(item.urgency for item in self.items)
        return {urgency: found[urgency] for urgency in Urgency}

    def filtered(
        self,
        text: str = "",
        *,
        kind: ItemKind | None = None,
        urgency: Urgency | None = None,
        owner: str | None = None,
        older_than_days: int | None = None,
    ) -> Dashboard:
        """The items that fit all of it. Each word of `text` must stand somewhere in the item."""
        words = fold(text).split()
        kept = (
            item
            for item in self.items
            if (kind is None or item.kind is kind)
            and (urgency is None or item.urgency is urgency)
            and (owner is None or item.owner == owner)
            and (older_than_days is None or item.age_days > older_than_days)
            and all(word in _read(item) for word in words)
        )
        return replace(self, items=tuple(kept))


class Order(StrEnum):
    """How a list of what waits may be sorted; the value says it."""

    URGENCY = "the most urgent first"
    OLDEST = "the oldest first"
    NEWEST = "the newest first"
    PRIORITY = "the highest priority first"
    CASE = "by case number"
    NAME = "by customer"
    OWNER = "by owner"


@dataclass(frozen=True)
class LoadView:
    """How much an agent has. `cases`, `tasks`: under way; `overdue`, `due_today`: of both."""

    agent: str
    display_name: str
    role: str
    cases: int
    tasks: int
    overdue: int
    due_today: int


def urgency_of(due_at: datetime | None, now: datetime, tonight: datetime, *, on_others: bool = False) -> Urgency:
    """How urgent something due at `due_at` is; `tonight`: when the agent's own day ends."""
    if due_at is not None and due_at <= now:
        return Urgency.OVERDUE
    if due_at is not None and due_at < tonight:
        return Urgency.DUE_TODAY
    return Urgency.ON_OTHERS if on_others else Urgency.ON_ME


@dataclass(frozen=True)
class Day:
    """The moment that a dashboard is made for, and when the agent's own day ends."""

    now: datetime
    tonight: datetime

    @classmethod
    def at(cls, now: datetime, zone: tzinfo) -> Day:
        """The day of `now` in the agent's zone."""
        return cls(now, end_of_day(now, zone))

    def urgency(self, due_at: datetime | None, *, on_others: bool = False) -> Urgency:
        """How urgent something due then is."""
        return urgency_of(due_at, self.now, self.tonight, on_others=on_others)

    def age(self, since: datetime) -> int:
        """Whole days since then."""
        return (self.now - since).days


def end_of_day(now: datetime, zone: tzinfo) -> datetime:
    """When the day of `now` ends in `zone`: its next midnight, also where a day has 23 or 25 hours."""
    local = now.astimezone(zone)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def waits_on(status: Status) -> str:
    """Who has the next move in a case of that status: "customer", "carrier", "Market" or "me"."""
    return status.removeprefix("Pending ") if status in PENDING else "me"


URGENCIES = {urgency: place for place, urgency in enumerate(Urgency)}
PRIORITIES = {priority: -place for place, priority in enumerate(Priority)}
NEVER = datetime.max.replace(tzinfo=UTC)


def by_urgency(items: list[PendingItem]) -> tuple[PendingItem, ...]:
    """The items as the dashboard has them: by urgency, then due time, priority and age."""
    return tuple(sorted(items, key=_place))


def ordered(items: Iterable[PendingItem], order: Order) -> tuple[PendingItem, ...]:
    """The items so sorted; what is alike stays in the order of urgency."""
    urgent_first = by_urgency(list(items))
    if order is Order.URGENCY:
        return urgent_first
    return tuple(sorted(urgent_first, key=KEYS[order], reverse=order is Order.NEWEST))


KEYS: dict[Order, Callable[[PendingItem], Any]] = {
    Order.OLDEST: lambda item: item.since,
    Order.NEWEST: lambda item: item.since,
    Order.PRIORITY: lambda item: PRIORITIES[item.priority],
    Order.CASE: lambda item: item.case,
    Order.NAME: lambda item: fold(item.name),
    Order.OWNER: lambda item: item.owner,
}


def _place(item: PendingItem) -> tuple[int, datetime, int, datetime]:
    return URGENCIES[item.urgency], item.due_at or NEVER, PRIORITIES[item.priority], item.since


def _read(item: PendingItem) -> str:
    read = (item.case, item.text, item.account or "", item.name, item.status, item.waiting_on, item.owner, item.kind)
    return fold(" ".join(read))
