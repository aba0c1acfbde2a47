"""Credits as screens and commands get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from data import money
from data.credits.rules import AgreementState, AskedOf, CreditKind, CreditState, issued_amount, month_amount


@dataclass(frozen=True)
class AgreementView:
    """A version of a Release Agreement; its document is had by `agreements.document`. `digest`: its SHA-256 in hex."""

    version: int
    state: AgreementState
    digest: str
    made_by: str
    made_at: datetime
    sent_to: str
    sent_at: datetime | None
    settled_by: str
    settled_at: datetime | None
    note: str


@dataclass(frozen=True)
class CreditView:
    """A credit object. `amount`: dollars, all months together. `case` and `account`: numbers, None where there is none.

    `agreement`: the newest version of its Release Agreement. `requested_by` and `decided_by`: sign-in names.
    """

    id: int
    case: str | None
    account: str | None
    name: str
    kind: CreditKind
    related_to: str
    amount: Decimal
    months: int
    months_issued: int
    asked_of: AskedOf
    dealer: str
    reason: str
    evidence: str
    market: str
    ocr: bool
    release_agreement: bool
    state: CreditState
    requested_by: str
    requested_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision: str
    agreement: AgreementView | None

    @property
    def goes_as(self) -> str:
        """How it was routed, in words."""
        parts = ["On Call Resolution"] * self.ocr + ["Release Agreement"] * self.release_agreement
        return ", with a ".join(parts) or "neither On Call Resolution nor Release Agreement"

    @property
    def months_left(self) -> int:
        """Months that have yet to be issued."""
        return self.months - self.months_issued

    @property
    def issued(self) -> Decimal:
        """Dollars that were issued."""
        return issued_amount(self.amount, self.months, self.months_issued)

    @property
    def monthly(self) -> Decimal:
        """What comes with the first month; the whole amount of a one-time credit."""
        return month_amount(self.amount, self.months, 1)

    @property
    def shown_amount(self) -> str:
        """ "$25.00", or "$800.00 ($22.22 × 36 months)"."""
        whole = money.show(self.amount)
        return f"{whole} ({money.show(self.monthly)} × {self.months} months)" if self.months > 1 else whole

    @property
    def waits_for(self) -> str:
        """What has to happen next, in a few words; "" where nothing has to."""
        if self.state is CreditState.REQUESTED:
            return "a lead to decide"
        if self.state is CreditState.APPROVED and self.release_agreement:
            return WAITS_FOR_AGREEMENT[self.agreement.state if self.agreement else None]
        return {CreditState.APPROVED: ISSUE, CreditState.ISSUING: f"month {self.months_issued + 1} to be issued"}.get(
            self.state, ""
        )


ISSUE = "somebody to issue it"
WAITS_FOR_AGREEMENT: dict[AgreementState | None, str] = {
    None: "its Release Agreement to be drawn up",
    AgreementState.DRAWN_UP: "the Release Agreement to be sent or signed",
    AgreementState.SENT: "the customer to sign",
    AgreementState.SIGNED: ISSUE,
    AgreementState.DECLINED: "a new agreement, or to be withdrawn",
    AgreementState.REPLACED: "its Release Agreement to be drawn up",
}


@dataclass(frozen=True)
class StepView:
    """One change of a credit's state."""

    at: datetime
    agent: str
    state: CreditState
    why: str


@dataclass(frozen=True)
class TogetherView:
    """What else was asked for on the same case within 30 days. `total`: with the credit itself, in dollars.

    `passes`: the limits that all of it passes and the credit by itself does not, in words.
    """

    others: tuple[int, ...]
    total: Decimal
    passes: tuple[str, ...]


@dataclass(frozen=True)
class WholeCredit:
    """A credit with all that whoever decides must see."""

    credit: CreditView
    steps: tuple[StepView, ...]
    agreements: tuple[AgreementView, ...]
    together: TogetherView


@dataclass(frozen=True)
class Totals:
    """Sums in dollars: asked for and undecided, approved and not yet issued, issued."""

    requested: Decimal
    to_issue: Decimal
    issued: Decimal


@dataclass(frozen=True)
class CreditsView:
    """The Credits section of a case or an account: every request, the latest first, and what it comes to."""

    credits: tuple[CreditView, ...]
    totals: Totals


def totals(credits: tuple[CreditView, ...]) -> Totals:
    """What credits come to."""
    due = (CreditState.APPROVED, CreditState.ISSUING)
    return Totals(
        requested=sum((one.amount for one in credits if one.state is CreditState.REQUESTED), money.from_cents(0)),
        to_issue=sum((one.amount - one.issued for one in credits if one.state in due), money.from_cents(0)),
        issued=sum((one.issued for one in credits), money.from_cents(0)),
    )
