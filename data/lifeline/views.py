"""Lifeline as screens and commands get it: an enrolment, who needs someone, whose certification ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.lifeline.rules import Enrolment, Need, Recertification, Unit, Vendor


@dataclass(frozen=True, kw_only=True)
class EnrolmentView(Enrolment):
    """An account's enrolment, whole. `mdn`: the number that has Lifeline, where it is known."""

    id: int
    account_id: int
    mdn: str | None
    sac: str
    initiated_on: date
    recertified_on: date | None
    window_opens_on: date
    phase: Recertification


@dataclass(frozen=True)
class NeedCount:
    """How many accounts have a need; `title` names it on screen."""

    need: Need
    count: int
    title: str


@dataclass(frozen=True)
class InNeed:
    """An account that needs someone. `days_left` counts in `unit`s; below 0 it is late; None: no day is set."""

    account: str
    name: str
    message: str
    days_left: int | None
    unit: Unit


@dataclass(frozen=True)
class Due:
    """A certification that ends soon, or has ended. `days_left` to answer: 0 is the last day, below 0 it is over."""

    account: str
    name: str
    mdn: str | None
    vendor: Vendor
    expires_on: date
    days_left: int
    phase: Recertification
