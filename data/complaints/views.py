"""Complaints as screens and commands get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.complaints.rules import ComplaintReason, ComplaintState
from data.mail.queue import MailView


@dataclass(frozen=True)
class ComplaintView:
    """A complaint. `case` and `account`: numbers; `name`: the customer's, "" where nobody is behind the case.

    `taken_by` and `decided_by`: sign-in names; `outcome`: what whoever decided last said.
    """

    id: int
    case: str
    account: str | None
    name: str
    market: str
    dealer: str
    store: str
    rep: str
    about: ComplaintReason
    promised: str
    happened: str
    evidence: str
    state: ComplaintState
    taken_by: str
    taken_at: datetime
    decided_by: str
    decided_at: datetime | None
    outcome: str


@dataclass(frozen=True)
class StepView:
    """One thing that was done with a complaint, and in which words."""

    at: datetime
    agent: str
    state: ComplaintState
    why: str


@dataclass(frozen=True)
class WholeComplaint:
    """A complaint with its story. `mail`: the one to the Market, where it was sent."""

    complaint: ComplaintView
    steps: tuple[StepView, ...]
    mail: MailView | None


@dataclass(frozen=True)
class Preview:
    """The mail as it would go to the Market. `left_out`: how much of what people wrote must stay here."""

    recipient: str
    subject: str
    body: str
    left_out: int


@dataclass(frozen=True)
class ReportRow:
    """How many complaints name one dealer, store, rep, reason or outcome, and how they stand.

    `states`: each state that occurs with its count.
    """

    name: str
    count: int
    states: tuple[tuple[ComplaintState, int], ...]
