"""Promotions as screens and commands get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from data import money
from data.promotions.conditions import NOT_MET, Condition, Facts, missing
from data.promotions.ranking import Match
from data.promotions.rules import Terms, in_words


@dataclass(frozen=True)
class RevisionView:
    """One revision of a promotion, and who made it."""

    id: int
    terms: Terms
    made_by: str
    made_at: datetime

    @property
    def gives(self) -> str:
        """What it gives at most, in words."""
        return in_words(self.terms)


@dataclass(frozen=True)
class Found:
    """The answers to a question, the likeliest first.

    `said`: the facts that text and fields named; the rest of `facts` the account told, unless it is `masked`. `line`:
    the number of the line that was asked about.
    """

    facts: Facts
    said: dict[str, Any]
    words: tuple[str, ...]
    account: str | None
    line_id: int | None
    line: str | None
    matches: tuple[Match, ...]
    masked: bool = False

    @property
    def near_miss(self) -> str:
        """Where nothing fits: the likeliest promotion, and what would have to be otherwise for it; else ""."""
        if any(match.eligible is not False for match in self.matches[:3]) or not self.matches:
            return ""
        best = min(self.matches[:3], key=lambda match: _failing(match.conditions))
        return f"OST {best.terms.ost} {best.terms.name}: {missing(best.conditions)}"


@dataclass(frozen=True)
class OnLine:
    """A promotion that a line has. Dollars; `ended_on`: the first bill without a credit, where it ended early."""

    id: int
    ost: str
    name: str
    amount: Decimal
    months: int
    monthly: Decimal
    first_bill_on: date
    applied_by: str
    applied_at: datetime
    ended_on: date | None
    ended_why: str

    @property
    def in_words(self) -> str:
        """ "OST 5012 Spring flagship, $27.77 a month"."""
        how = "once" if self.months == 1 else "a month"
        return f"OST {self.ost} {self.name}, {money.show(self.monthly)} {how}"


@dataclass(frozen=True)
class Installment:
    """One credit of a schedule: on which bill, how much."""

    bill_on: date
    amount: Decimal


@dataclass(frozen=True)
class PcaPreview:
    """What putting a promotion on a line would do. `starts_by`: the last bill on which credits may begin.

    `replaces`: what ends because of it. `given`: facts that the store did not have and the agent added. `case`: the
    case that gets a note, None where none is open.
    """

    ost: str
    name: str
    line: str | None
    amount: Decimal
    months: int
    schedule: tuple[Installment, ...]
    starts_by: date
    replaces: tuple[OnLine, ...]
    conditions: tuple[Condition, ...]
    ends: tuple[str, ...]
    notes: str
    given: tuple[str, ...]
    case: str | None

    @property
    def starts_on(self) -> date:
        """The bill with the first credit."""
        return self.schedule[0].bill_on

    @property
    def monthly(self) -> Decimal:
        """What each bill credits, but for the last, which has the rest."""
        return self.schedule[0].amount

    @property
    def in_words(self) -> str:
        """ "$27.77 a month for 36 months from 12-05-2026, $1,000.00 in all"."""
        if self.months == 1:
            return f"{money.show(self.amount)} once, on the bill of {self.starts_on:%m-%d-%Y}"
        each = f"{money.show(self.monthly)} a month for {self.months} months"
        return f"{each} from {self.starts_on:%m-%d-%Y}, {money.show(self.amount)} in all"


def _failing(conditions: tuple[Condition, ...]) -> int:
    return sum(condition.state is NOT_MET for condition in conditions)
