"""What a credit is and may become (docs/credits.md, "From the request to the last month")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from data import money
from data.errors import Misused

MOST = Decimal("99999.99")  # dollars; more is a slip of the finger
MOST_MONTHS = 60
SPLIT_DAYS = timedelta(30)  # requests within it on one case are shown together
TEXT_LIMIT, SHORT_LIMIT = 2_000, 300  # characters: evidence; a reason or a decision


class CreditKind(StrEnum):
    """What is asked for; the value is what a person sees."""

    ACCESSORY_COUPON = "Accessory coupon"
    BILL_CREDIT = "Bill credit, one-time"
    VZ_PROMO = "VZ Promo - Recurring & One-Time credits"
    SETUP_FEE = "Device set-up fee"
    OTHER = "Other"


IN_A_SENTENCE = {CreditKind.BILL_CREDIT.value: "One-time bill credit", CreditKind.OTHER.value: "Credit"}
"""What a sentence calls a kind, where that is not the kind itself: "One-time bill credit of $60.00 granted"."""

WORDS: dict[CreditKind, tuple[str, ...]] = {
    CreditKind.ACCESSORY_COUPON: ("accessory-coupon", "coupon", "accessory"),
    CreditKind.BILL_CREDIT: ("bill-credit", "bill", "credit"),
    CreditKind.VZ_PROMO: ("vz-promo", "promo", "promotion"),
    CreditKind.SETUP_FEE: ("setup-fee", "set-up-fee", "fee", "device-set-up-fee", "device-setup-fee"),
    CreditKind.OTHER: ("other",),
}
"""How a command names each kind; the first is the one it shows."""

ONCE_ONLY = frozenset({CreditKind.ACCESSORY_COUPON, CreditKind.BILL_CREDIT, CreditKind.SETUP_FEE})
"""Kinds that are issued at once, never by the month."""


class AskedOf(StrEnum):
    """Who pays for a credit."""

    CARRIER = "carrier"
    DEALER = "dealer"


class CreditState(StrEnum):
    """How far a credit is; the value is what a person sees."""

    REQUESTED = "requested"
    APPROVED = "approved"
    DENIED = "denied"
    ISSUING = "issuing"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[CreditState, frozenset[CreditState]] = {
    CreditState.REQUESTED: frozenset({CreditState.APPROVED, CreditState.DENIED, CreditState.WITHDRAWN}),
    CreditState.APPROVED: frozenset({CreditState.ISSUING, CreditState.ISSUED, CreditState.WITHDRAWN}),
    CreditState.ISSUING: frozenset({CreditState.ISSUING, CreditState.ISSUED, CreditState.WITHDRAWN}),
    CreditState.DENIED: frozenset(),
    CreditState.ISSUED: frozenset(),
    CreditState.WITHDRAWN: frozenset(),
}
"""Each state → what it may become. ISSUING → ISSUING is one more month; a plan change withdraws the rest of them."""

STANDING = frozenset(CreditState) - {CreditState.DENIED, CreditState.WITHDRAWN}
"""The states of a credit that the customer has been given, or may yet be."""

UNDO_WITHIN = timedelta(minutes=10)  # later the customer may have been told, and another step is taken instead

UNFINISHED = frozenset({CreditState.REQUESTED, CreditState.APPROVED, CreditState.ISSUING})
"""The states in which somebody has yet to do something."""


class AgreementState(StrEnum):
    """How far a Release Agreement is."""

    DRAWN_UP = "drawn up"
    SENT = "sent"
    SIGNED = "signed"
    DECLINED = "declined"
    REPLACED = "replaced"


AGREEMENT_TRANSITIONS: dict[AgreementState, frozenset[AgreementState]] = {
    AgreementState.DRAWN_UP: frozenset(AgreementState) - {AgreementState.DRAWN_UP},
    AgreementState.SENT: frozenset({AgreementState.SIGNED, AgreementState.DECLINED, AgreementState.REPLACED}),
    AgreementState.DECLINED: frozenset({AgreementState.REPLACED}),
    AgreementState.SIGNED: frozenset(),
    AgreementState.REPLACED: frozenset(),
}
"""Each state of an agreement → what it may become; one that is signed is final."""


@dataclass(frozen=True, kw_only=True)
class CreditRequest:
    """What a form or a script asks for. `amount`: dollars, of all months together; `months` 1 is one-time.

    `case` (a number) or `account` or both; `market` by name, "" takes the one where the customer lives.
    `related_to`: the issue it belongs to, "" takes the kind's own name.
    """

    kind: CreditKind
    amount: Decimal
    reason: str
    case: str = ""
    account: str = ""
    months: int = 1
    asked_of: AskedOf = AskedOf.CARRIER
    dealer: str = ""
    related_to: str = ""
    evidence: str = ""
    market: str = ""


def parse_kind(text: str) -> CreditKind:
    """The kind that a person means by `text` ("coupon", "vz-promo", its whole name). Raises Misused for none."""
    for kind, words in WORDS.items():
        if _hyphened(text) in (*words, _hyphened(kind)):
            return kind
    known = ", ".join(words[0] for words in WORDS.values())
    raise Misused(f"“{text}” is not a kind of credit.", f"Say one of {known}.")


def _hyphened(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def wrong_amount(amount: Decimal) -> str | None:
    """Why no credit is of `amount` dollars, or None where one may be."""
    fits = amount.is_finite() and 0 < amount <= MOST
    return None if fits else f"A credit is more than $0.00 and at most {money.show(MOST)}."


def wrong_request(request: CreditRequest) -> dict[str, str]:
    """What of a request can't be: field → one sentence."""
    wrong = {}
    if why_not := wrong_amount(request.amount):
        wrong["amount"] = why_not
    elif request.amount != money.from_cents(money.to_cents(request.amount)):
        wrong["amount"] = "A credit is in whole cents."
    if not 1 <= request.months <= MOST_MONTHS:
        wrong["months"] = f"A credit runs 1 to {MOST_MONTHS} months."
    elif request.months > 1 and request.kind in ONCE_ONLY:
        wrong["months"] = f"“{request.kind}” is issued at once; leave the months at 1."
    elif "amount" not in wrong and money.to_cents(request.amount) < request.months:
        wrong["months"] = "That leaves less than a cent a month."
    if not request.reason.strip():
        wrong["reason"] = "Say why the customer is to have it."
    if request.asked_of is AskedOf.DEALER and not request.dealer.strip():
        wrong["dealer"] = "Name the dealer that it is asked of."
    if not request.case and not request.account:
        wrong["case"] = "Name the case or the account that it belongs to."
    return wrong


def month_amount(amount: Decimal, months: int, month: int) -> Decimal:
    """What is issued in `month` (the first is 1) of `months`: whole cents, the rest with the last."""
    cents = money.to_cents(amount)
    each = cents // months
    return money.from_cents(each if month < months else cents - each * (months - 1))


def issued_amount(amount: Decimal, months: int, issued: int) -> Decimal:
    """What `issued` months out of `months` come to."""
    if issued >= months:
        return amount
    return money.from_cents(money.to_cents(amount) // months * issued)


def state_after_month(months: int, issued: int) -> CreditState:
    """The state once `issued` of `months` have been issued."""
    return CreditState.ISSUED if issued >= months else CreditState.ISSUING


def undone(states: Sequence[CreditState], granted_alone: bool) -> CreditState | None:
    """What a credit becomes when the last of the `states` that it took is undone; None where that can't be.

    What was asked for, or granted on one's own word, is withdrawn; what was issued is with the customer.
    """
    last = states[-1]
    if last is CreditState.REQUESTED:
        return CreditState.WITHDRAWN if len(states) == 1 else None
    if last in (CreditState.APPROVED, CreditState.DENIED):
        return CreditState.WITHDRAWN if granted_alone else CreditState.REQUESTED
    return states[-2] if last is CreditState.WITHDRAWN and len(states) > 1 else None
