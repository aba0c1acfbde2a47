"""What a complaint about a dealer is and may become, and what of it may leave the house.

The rules are told in docs/credits.md, "Complaints about a dealer".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from string import Formatter

from data.cases.private_numbers import birth_dates, card_numbers, pins, plain_digits, social_security_numbers
from data.errors import No

TEXT_LIMIT, SHORT_LIMIT = 2_000, 300  # characters: what was promised, what happened; a decision
LEFT_OUT = "[left out]"
REPORT_DAYS = 30  # that a report covers when none are named, its last one too


class ComplaintReason(StrEnum):
    """What a complaint is about; the report counts by it."""

    CREDIT = "Promised credit missing"
    PRICE = "Price not as quoted"
    FEE = "Fee not told"
    TRADE_IN = "Trade-in not as promised"
    NOT_ORDERED = "Something nobody ordered"
    CONDUCT = "Conduct"
    OTHER = "Other"


class ComplaintState(StrEnum):
    """How far a complaint is; the value is what a person sees."""

    WAITING = "waiting for review"
    QUESTIONED = "back with questions"
    SENT = "sent to Market"
    CLOSED = "closed"


TRANSITIONS: dict[ComplaintState, frozenset[ComplaintState]] = {
    ComplaintState.WAITING: frozenset({ComplaintState.QUESTIONED, ComplaintState.SENT, ComplaintState.CLOSED}),
    ComplaintState.QUESTIONED: frozenset({ComplaintState.WAITING, ComplaintState.CLOSED}),
    ComplaintState.SENT: frozenset(),
    ComplaintState.CLOSED: frozenset(),
}
"""Each state → what it may become. A lead decides; the agent's answer brings a questioned one back to review."""


def may_become(state: ComplaintState, wanted: ComplaintState) -> No | None:
    """Why a complaint of `state` may not become `wanted`; None where it may."""
    if wanted in TRANSITIONS[state]:
        return None
    if state is ComplaintState.QUESTIONED:
        return No("This complaint is back with the agent who took it.", "Wait for the answer, or close it.")
    if state is ComplaintState.WAITING:
        return No("Nobody has asked anything about this complaint.", "It waits for a lead's review.")
    return No(f"This complaint is {state} already.", "It is left as it is.")


def report_from(last: date) -> date:
    """The first day of a report up to `last` for which no other is named."""
    return max(last, date.min + timedelta(REPORT_DAYS)) - timedelta(REPORT_DAYS - 1)


@dataclass(frozen=True, kw_only=True)
class ComplaintForm:
    """What care takes down. `market`: by name, "" takes the one where the customer lives."""

    dealer: str
    promised: str
    happened: str
    about: ComplaintReason = ComplaintReason.OTHER
    store: str = ""
    rep: str = ""
    evidence: str = ""
    market: str = ""


def wrong_form(form: ComplaintForm) -> dict[str, str]:
    """What of a form can't be: field → one sentence."""
    needed = {
        "dealer": "Name the dealer.",
        "promised": "Say what was promised.",
        "happened": "Say what happened instead.",
    }
    return {field: sentence for field, sentence in needed.items() if not getattr(form, field).strip()}


CUSTOMER_FIELDS = frozenset({"customer", "account"})
"""The only facts about a customer that a mail to a Market may hold, and only where its template names them."""

PROSE = frozenset({"dealer", "store", "rep", "promised", "happened", "evidence", "at_store"})
"""Facts in somebody's own words."""

APPENDED = frozenset({"at_store"})
"""Facts that stand right behind another, and leave no gap where there is none."""

SUBJECT = "Dealer complaint {complaint}: {dealer}{at_store}"
TEMPLATE = """\
To the {market} Market,

a customer of {operator} has a complaint about one of your dealers. Please look into it and answer to this address.

Complaint: {complaint}, taken on {day}, case {case}
Customer: {customer}, account {account}
Dealer: {dealer}
Store: {store}
Rep: {rep}
About: {about}

What was promised:
{promised}

What happened:
{happened}

What shows it:
{evidence}

{operator}, customer care"""


def fields_of(template: str) -> frozenset[str]:
    """The fields that a template names."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def fill(template: str, facts: dict[str, str], private: Iterable[str], today: date) -> str:
    """The template with its facts; what people wrote (PROSE) is without anything that must stay here.

    `private`: what else is known of the customer (address, contacts, birth date), none of which may go out.
    """
    hidden = tuple(private)
    safe = {name: without_private(text, hidden, today) if name in PROSE else text for name, text in facts.items()}
    return template.format(**{name: safe[name] or ("" if name in APPENDED else "-") for name in fields_of(template)})


_PRIVATE = re.compile(
    r"""
      [\w.+-]+@[\w-]+(\.[\w-]+)+                      # a mail address
    | (?<![\w$.,])(\d[\s().-]{0,2}){8,18}\d(?![\w%])      # a phone, card, account or device number
    | (?<![\w$.,-])\d{3}[.-]\d{4}(?!\w)               # a phone without its area
    | (?<!\w)(?=[0-9A-Fa-f]*\d)[0-9A-Fa-f]{8,}(?!\w)  # an ESN or MEID
    | \b(?:pin|passcode|password|ssn)\b\W{0,3}(?:is\W{1,3})?\S*\d\S*
    | \b(?:born|dob|birth\s?date|date\sof\sbirth)\b\W{0,3}(?:is|on)?\W{0,3}\d[\d/.-]+
    """,
    re.VERBOSE | re.IGNORECASE,
)


_DAY = re.compile(r"((?<![\d/-])(?:\d{4}-\d\d-\d\d|[01]?\d[/-][0-3]?\d[/-]\d{4})(?![\d/-]))")


def without_private(text: str, private: Iterable[str], today: date) -> str:
    """`text` without numbers and addresses that identify somebody, nor any of `private`; amounts and days stay."""
    for value in sorted(filter(None, private), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", LEFT_OUT, text, flags=re.IGNORECASE)
    text = "".join(part if _DAY.fullmatch(part) else _PRIVATE.sub(LEFT_OUT, part) for part in _DAY.split(text))
    plain = plain_digits(text)
    spans = (*card_numbers(plain), *social_security_numbers(plain), *pins(plain), *birth_dates(plain, today))
    for start, end in reversed(_merged(spans)):
        text = text[:start] + LEFT_OUT + text[end:]
    return text


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """`spans` in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            start, before = merged.pop()
            end = max(end, before)
        merged.append((start, end))
    return merged
