"""How a caller is verified, and which level of verification opens which field (47 CFR 64.2010).

Call detail is told by phone only after a PIN that nothing biographical prompts for, or on a call back to the number
of record. A link or a temporary PIN sent to the number or address of record opens the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import TypeVar

from data.text import clean

Named = TypeVar("Named", bound=StrEnum)
MASK = "••••"
MASKED_VALUE = f"{MASK} stands for what is masked; write all of it anew, or leave the field as it is."


class Level(IntEnum):
    """How far a caller is verified."""

    NONE = 0
    CONFIRMED = 1
    PROVEN = 2


class Method(StrEnum):
    """How a caller is verified; the value is how a sentence names it."""

    LINK = "link"
    TEMPORARY_PIN = "temporary PIN"
    PIN = "PIN"
    CALL_BACK = "call-back"
    RQ = "RQ"


LEVELS: Mapping[Method, Level] = {
    Method.LINK: Level.CONFIRMED,
    Method.TEMPORARY_PIN: Level.CONFIRMED,
    Method.PIN: Level.PROVEN,
    Method.CALL_BACK: Level.PROVEN,
    Method.RQ: Level.NONE,  # who never had an account has none to open
}
"""What passing each method comes to."""

ORDER = (Method.LINK, Method.TEMPORARY_PIN, Method.PIN)
"""The order in which a caller is prompted. A call-back is always open; RQ is for who never had an account."""


class Field(StrEnum):
    """What is masked until a caller is verified; the value is how a person is told of it."""

    STREET = "street address"
    CONTACTS = "contacts"
    DEVICE = "device numbers"
    PLAN = "plan and features"
    BALANCES = "balances"
    BILLS = "bills"
    BIRTH_DATE = "birth date"
    CALL_DETAIL = "call detail"


FIELDS: Mapping[Field, Level] = {
    Field.STREET: Level.CONFIRMED,
    Field.CONTACTS: Level.CONFIRMED,
    Field.DEVICE: Level.CONFIRMED,
    Field.PLAN: Level.CONFIRMED,
    Field.BALANCES: Level.CONFIRMED,
    Field.BILLS: Level.CONFIRMED,
    Field.BIRTH_DATE: Level.PROVEN,
    Field.CALL_DETAIL: Level.PROVEN,  # Careline keeps none; an agent is told whether it may be talked about
}
"""The level that opens each field. What is not named here is what finds an account and what matters first: open."""

REVEALED_ONE_BY_ONE = frozenset(FIELDS) - {Field.CALL_DETAIL}
EDIT_LEVEL = Level.CONFIRMED  # below it, an edit needs a reason
PIN_LEVEL = Level.CONFIRMED  # below it, nobody sets a PIN


class Outcome(StrEnum):
    """How one step of a verification stands."""

    SENT = "sent"
    PASSED = "passed"
    FAILED = "failed"
    PASSED_OVER = "passed over"


SENT_FOR = timedelta(minutes=10)  # a link or a temporary PIN holds that long
TEMPORARY_DIGITS = 6
TEMPORARY_TRIES = 3  # wrong ones, then that PIN is void
MOST_SENT, SENT_WITHIN = 5, timedelta(hours=1)  # messages to one customer, so that no agent floods a phone
LONGEST_CALL = timedelta(hours=4)  # one that goes on longer was forgotten; nobody is verified on it any more
REVEALED_FOR = timedelta(minutes=10)  # without a call; on one, until it ends
LEAST_ASKED, MOST_UNFIT = 3, 0  # RQ: questions that must be asked, answers that may not fit
LONGEST_REASON = 200

DEMO_PIN = "4071"  # of everybody in a demo who has one

RQ_QUESTIONS = (
    "Which store or dealer did you deal with, and when?",
    "What did you ask for or buy there?",
    "Which paper or message from it do you have at hand?",
)
"""What to ask who never had an account; an agent may ask otherwise."""


def opened(level: Level) -> frozenset[Field]:
    """The fields that `level` opens."""
    return frozenset(field for field, needed in FIELDS.items() if needed <= level)


def level_of(passed: Collection[Method]) -> Level:
    """What the methods that were passed come to together."""
    return max((LEVELS[method] for method in passed), default=Level.NONE)


def best(passed: Collection[Method]) -> Method | None:
    """The method that a screen names: of those with the highest level, the one that was passed last."""
    level = level_of(passed)
    return next((method for method in reversed(list(passed)) if LEVELS[method] is level), None)


def before(method: Method, offered: Collection[Method], settled: Collection[Method]) -> Method | None:
    """The prompt that comes before `method` and was neither tried nor passed over; None where it is `method`'s turn.

    `offered`: what can be tried here at all; `settled`: what was tried or passed over on this call.
    """
    if method not in ORDER:
        return None
    earlier = ORDER[: ORDER.index(method)]
    return next((one for one in earlier if one in offered and one not in settled), None)


def fits_rq(judged: Collection[bool]) -> bool:
    """Whether an RQ verification is passed: enough was asked, and what was answered fits."""
    return len(judged) >= LEAST_ASKED and sum(not fits for fits in judged) <= MOST_UNFIT


_WORD = re.compile(r"[^\W\d_]{2}")


def reason(text: str) -> str:
    """Why somebody looks, as the audit keeps it; "" where nothing was said that has a word of two letters in it."""
    said = clean(text, LONGEST_REASON)
    return said if _WORD.search(said) else ""


def told(level: Level, method: Method | None) -> str:
    """How far a caller is verified, in words: "verified by PIN", "not verified"."""
    if method is Method.RQ:
        return "verified by RQ, no account"
    return f"verified by {method}" if method and level else "not verified"


_NUMBERS = re.compile(
    r"[^\s@,;<>]+@[^\s@,;<>]+"  # a mail address
    r"|\+?\(?\d(?:[\s().-]{0,2}\d){6,}"  # a telephone, or a device's digits
    r"|\b(?=[0-9A-F]*\d)[0-9A-F]{8,}\b",  # a device's hex digits
    re.IGNORECASE,
)


def without_numbers(text: str) -> str:
    """Free text with every telephone, device number and mail address in it masked: "Galaxy A15, IMEI ••••"."""
    return _NUMBERS.sub(MASK, text)


def named(text: str, kind: type[Named]) -> Named | None:
    """The member of `kind` that `text` names, by its name or its words: "birth-date", "temporary pin"; else None."""
    wanted = " ".join(text.replace("-", " ").replace("_", " ").casefold().split())
    known = {word: one for one in kind for word in (one.value.casefold(), one.name.replace("_", " ").casefold())}
    return known.get(wanted.replace("call back", "call-back"), known.get(wanted))
