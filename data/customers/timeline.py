"""What happened on an account: the audit told in plain sentences, and the dates its facts carry."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from data.audit import AuditEvent
from data.cases import story as casework
from data.columns import columns
from data.complaints import story as complaint_story
from data.credits import story as credit_story
from data.customers.rules import FIELD_NAMES
from data.desk import Desk
from data.identifiers import show_mdn
from data.lifeline import story
from data.lifeline.views import EnrolmentView
from data.lines.views import LineView
from data.promotions import story as promotion_story
from data.text import capital
from data.verification import story as verification_story

NEWEST = 100  # audit events that a timeline looks at
TOLD_APART = 3  # lines activated on one day; more are told as a number


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened. `at`: aware UTC; where only the `day` (the agent's) is known, its first moment."""

    at: datetime
    agent: str  # "" where no agent did it
    text: str
    day: date
    whole_day: bool = False


Timeline = tuple[TimelineEntry, ...]
Facts = dict[str, Any]
Sentence = Callable[[Facts], str]  # "" where there is nothing to tell


def _edited(facts: Facts) -> str:
    changed = facts.get("changed", {})
    names = [name for field, name in FIELD_NAMES.items() if field in changed]
    by_letter = "; tell the customer by letter" if facts.get("notice") == "by letter" else ""
    return f"Customer edited: {', '.join(names)}{by_letter}" if names else ""


def _submitted(facts: Facts) -> str:
    why = f": {facts['error']}" if facts.get("error") else ""
    return f"{capital(facts['vendor'])} {facts['outcome']} {SENT.get(facts['kind'], facts['kind'])}{why}"


SENT = {"verify": "the verification", "enroll": "the enrollment", "update": "the update", "transfer": "the transfer"}
SENT |= {"de-enroll": "the de-enrollment"}

# Each action's name in the audit → a sentence from its detail. A capability adds its own lines here.
SENTENCES: dict[str, Sentence] = {
    "account.open": lambda facts: "Opened",
    "customer.edit": _edited,
    "customer.import": lambda facts: f"Mail addresses changed by the import of {facts['file']}",
    "lifeline.submit": _submitted,
    "lifeline.answer": _submitted,
    "lifeline.queue": lambda facts: f"Information waits for the next file to {facts['vendor']}",
    **story.SENTENCES,
    **casework.SENTENCES,
    **credit_story.SENTENCES,
    **complaint_story.SENTENCES,
    **promotion_story.SENTENCES,
    **verification_story.SENTENCES,
}

event = columns(AuditEvent)
EVENTS = (
    select(event.at, event.agent, event.action, event.detail)
    .where(event.account_id == bindparam("account"))
    .order_by(event.id.desc())
    .limit(NEWEST)
)


def sentence(action: str, facts: Facts) -> str:
    """What `action` did, in words; an action that nobody declared is told by its name."""
    tell = SENTENCES.get(action)
    return tell(facts) if tell else action.replace(".", " ").replace("_", " ").capitalize()


def timeline(session: Session, desk: Desk, account_id: int, facts: Iterable[tuple[date, str]]) -> Timeline:
    """The account's story, the latest first: its audit, and `facts` that happened on a day."""
    told = [*_events(session, desk, account_id), *(_on_a_day(desk, day, text) for day, text in facts)]
    return tuple(sorted(told, key=lambda entry: entry.at, reverse=True))


def happening(desk: Desk, action: str) -> Timeline:
    """What the action that runs at this desk will be told as; the audit has it only once the action is done."""
    text = sentence(action, desk.event.detail)
    return (TimelineEntry(desk.now(), desk.agent.name, text, desk.today()),) if text else ()


def dated(opened_on: date, lines: Iterable[LineView], enrolment: EnrolmentView | None) -> Iterator[tuple[date, str]]:
    """What the rows of an account themselves say happened on a day; within a day the latest comes first.

    Many lines of one day are told as one.
    """
    if enrolment:
        if enrolment.de_enrolled_on:
            yield enrolment.de_enrolled_on, "Lifeline ended"
        if enrolment.recertified_on:
            yield enrolment.recertified_on, "Lifeline recertified"
        yield enrolment.initiated_on, "Lifeline began"
    activated = defaultdict(list)
    for line in lines:
        if line.activated_on:
            activated[line.activated_on].append(line)
    for day, those in activated.items():
        if len(those) > TOLD_APART:
            yield day, f"{len(those):,} lines activated"
        else:
            yield from (
                (day, f"Line {show_mdn(line.mdn) if line.mdn else 'without a number'} activated") for line in those
            )
    yield opened_on, "Account opened with us"


def _events(session: Session, desk: Desk, account_id: int) -> Iterator[TimelineEntry]:
    """The audit's events in words; an agent's visits of one day are told once."""
    seen: set[tuple[date, str]] = set()
    for row in session.connection().execute(EVENTS, {"account": account_id}):
        day = row.at.astimezone(desk.agent.zone).date()
        if row.action == "account.open":
            if (day, row.agent) in seen:
                continue
            seen.add((day, row.agent))
        if text := sentence(row.action, json.loads(row.detail)):
            yield TimelineEntry(row.at, row.agent, text, day)


def _on_a_day(desk: Desk, day: date, text: str) -> TimelineEntry:
    at = datetime.combine(day, time.min, desk.agent.zone).astimezone(UTC)
    return TimelineEntry(at, "", text, day, whole_day=True)
