"""What a case may be and may become; what a clone brings along (docs/cases.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from data.errors import No

ORPHAN_ACCOUNT = "Orphan Account"  # whose a case is that has no account behind it
FIRST_NUMBER = 1_000_001  # shown as 01000001
LAST_NUMBER = 99_999_999
SUBJECT_LIMIT, TEXT_LIMIT, SHORT_LIMIT = 120, 4_000, 300  # characters: a subject, a note, an ICCI or a next step
TAG_LIMIT = 30


class Status(StrEnum):
    """How far a case is; the value is what a person sees."""

    NEW = "New"
    OPEN = "Open"
    PENDING_CUSTOMER = "Pending customer"
    PENDING_CARRIER = "Pending carrier"
    PENDING_MARKET = "Pending Market"
    RESOLVED = "Resolved"
    CLOSED = "Closed"
    REOPENED = "Reopened"


class Priority(StrEnum):
    """How pressing a case is, the least pressing first."""

    LOW = "Low"
    NORMAL = "Normal"
    HIGH = "High"
    URGENT = "Urgent"


class Category(StrEnum):
    """What a case is about."""

    PROMOTION = "Promotion"
    BILLING = "Billing"
    DEVICE = "Device"
    TRADE_IN = "Trade-in"
    SET_UP_FEE = "Set-up fee"
    SERVICE = "Service"
    RETURN = "Return"
    LIFELINE = "Lifeline"
    DEALER = "Dealer complaint"
    OTHER = "Other"


class EntryKind(StrEnum):
    """What an entry of a case's timeline tells of; a timeline is filtered by it."""

    OPENED = "opened"
    STATUS = "status"
    EDITED = "edited"
    NOTE = "note"
    ICCI = "icci"
    TASK = "task"
    OWNER = "owner"
    LINK = "link"
    TAG = "tag"
    CLONE = "clone"
    MERGE = "merge"
    REMARK = "remark"
    CREDIT = "credit"
    COMPLAINT = "complaint"


PENDING = frozenset({Status.PENDING_CUSTOMER, Status.PENDING_CARRIER, Status.PENDING_MARKET})
UNDER_WAY = frozenset({Status.OPEN, Status.RESOLVED, Status.CLOSED}) | PENDING

TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.NEW: UNDER_WAY,
    Status.OPEN: UNDER_WAY - {Status.OPEN},
    Status.PENDING_CUSTOMER: UNDER_WAY - {Status.PENDING_CUSTOMER},
    Status.PENDING_CARRIER: UNDER_WAY - {Status.PENDING_CARRIER},
    Status.PENDING_MARKET: UNDER_WAY - {Status.PENDING_MARKET},
    Status.RESOLVED: frozenset({Status.CLOSED, Status.REOPENED}),
    Status.CLOSED: frozenset(),  # work on it goes on in a clone, so that the time worked is true
    Status.REOPENED: UNDER_WAY,
}
"""Each status → what it may become. There is no other way from one to another."""


def may_become(status: Status, wanted: Status) -> No | None:
    """Why a case of `status` may not become `wanted`; None where it may."""
    if wanted in TRANSITIONS[status]:
        return None
    if wanted is status:
        return No(f"The case is {status} already.", "There is nothing to change.")
    if status is Status.CLOSED:
        return No("A closed case stays closed, so that its time stays true.", "Clone it, and go on in the clone.")
    lawful = [one for one in Status if one in TRANSITIONS[status]]
    return No(f"A case that is {status} can't become {wanted}.", f"It may become {either(lawful)}.")


def may_clone(status: Status) -> No | None:
    """Why a case of `status` may not be cloned; None where it may: a closed one only."""
    if status is Status.CLOSED:
        return None
    return No(
        f"Only a closed case can be cloned, and this one is {status}.",
        "Go on working in it; or close it first, and then clone it.",
    )


UNDO_CLOSING_WITHIN = timedelta(hours=1)


def may_take_back_closing(
    status: Status, *, mine: bool, since: timedelta, changed: bool, cloned: bool, merged: bool = False
) -> No | None:
    """Why a closing may not be taken back as the slip that it was; None where it may.

    Not a way from Closed to another status: whoever closed the case undoes what they just did, and the case is as it
    stood. `mine`: this agent closed it; `since`: how long ago; `changed`, `cloned`: what was done after it.
    """
    if status is not Status.CLOSED:
        return No(f"The case is not closed, it is {status}.", "There is nothing to take back.")
    if merged:
        return No("The case was closed because it was merged into another.", "Take the two apart instead.")
    if cloned:
        return No("The case was cloned since it was closed.", "Go on in the clone.")
    if not mine:
        return No("Somebody else closed this case.", "Ask them to take it back; or clone it, and go on in the clone.")
    if changed or since > UNDO_CLOSING_WITHIN:
        why = "something was changed since" if changed else "that was more than an hour ago"
        return No(f"The closing can't be taken back: {why}.", "Clone the case, and go on in the clone.")
    return None


COMES_ALONG: dict[str, bool] = {
    "account_id": True,
    "line_id": True,
    "device": True,
    "contact": True,
    "category": True,
    "subject": True,
    "priority": False,
    "owner_id": False,
    "due_at": False,
    "resolution": False,
}
"""Each field of a case that a person fills → whether a clone has it from its source.

Entries (notes, ICCI), tasks, time worked, tags, links, credits and approvals never come along.
"""


def case_number(value: int) -> str:
    """1013864 → "01013864"."""
    return f"{value:08d}"


def either(words: list[Status]) -> str:
    """["Open", "Closed"] → "Open or Closed"."""
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else "nothing else"


_MENTION = re.compile(r"(?<![\w@.+-])@([\w][\w.-]*)")


def mentioned(text: str) -> tuple[str, ...]:
    """The names after an @ in `text`, lower case, each once; an e-mail address names nobody."""
    names = (name.rstrip(".-").lower() for name in _MENTION.findall(text))
    return tuple(dict.fromkeys(name for name in names if name))


def tag_text(text: str) -> str:
    """A tag as it is kept: lower case, words joined by hyphens; "" where nothing of it is a word."""
    return "-".join(re.findall(r"\w+", text.lower()))[:TAG_LIMIT].strip("-")


@dataclass(frozen=True, kw_only=True)
class CaseEdit:
    """What a form or a script wants changed: None leaves a field as it is, "" empties it.

    `due_at` aware; with `no_due` there is none any more. `owner`: a sign-in name. Tags and links to other cases (their
    numbers) are added and dropped, so that what somebody else added meanwhile stays.
    """

    subject: str | None = None
    category: Category | None = None
    priority: Priority | None = None
    contact: str | None = None
    device: str | None = None
    due_at: datetime | None = None
    no_due: bool = False
    owner: str | None = None
    add_tags: tuple[str, ...] = ()
    drop_tags: tuple[str, ...] = ()
    add_links: tuple[str, ...] = ()
    drop_links: tuple[str, ...] = ()


FIELD_NAMES = {
    "subject": "subject",
    "category": "category",
    "priority": "priority",
    "contact": "contact",
    "device": "device",
    "due_at": "due time",
    "owner": "owner",
    "status": "status",
}
"""How each field of a case is called on screen and in a sentence."""
