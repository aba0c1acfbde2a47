"""What kinds of operator there are, how their account numbers look, and which custom rules they may set."""

from __future__ import annotations

import re
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.states import STATES
from data.text import clean

RECERTIFICATION_DISPLAY_RULE = "DAYS_BEFORE_RENEWAL_TO_DISPLAY_LIFELINE_RECERTIFICATION_DATE"
AGENT_CREDIT_RULE = "DOLLARS_OF_CREDIT_THAT_AN_AGENT_GRANTS_ALONE"
IDLE_RULE = "MINUTES_WITHOUT_A_KEY_UNTIL_THE_CONSOLE_LOCKS"
EXTENDED_SESSION_RULE = "HOURS_THAT_AN_AGENT_MAY_EXTEND_A_SESSION_TO"
USUAL_IDLE_MINUTES = 15
USUAL_EXTENDED_HOURS = 8
BULK_LOOK_RULE = "ACCOUNTS_OPENED_WITHOUT_A_CALL_IN_AN_HOUR"
DEFAULT_BULK_LOOK = 20
CUSTOM_RULES = {
    BULK_LOOK_RULE: (
        f"The most accounts that an agent opens without a call before a lead is told; not set: {DEFAULT_BULK_LOOK}."
    ),
    AGENT_CREDIT_RULE: "The most that an agent grants without a lead, from 0 to 199.99; not set: 50.",
    RECERTIFICATION_DISPLAY_RULE: (
        "Show the date a Lifeline certification expires only from that many days before it; not set: always."
    ),
    IDLE_RULE: f"Lock the console after that many minutes without a key, 1 to 240; not set: {USUAL_IDLE_MINUTES}.",
    EXTENDED_SESSION_RULE: (
        f"The most hours that agents may have their own console wait instead, 0 to 24; not set: {USUAL_EXTENDED_HOURS}."
    ),
}
WHOLE_NUMBERS = {
    BULK_LOOK_RULE: ("accounts", 0, 999),
    RECERTIFICATION_DISPLAY_RULE: ("days", 0, 366),
    IDLE_RULE: ("minutes", 1, 240),
    EXTENDED_SESSION_RULE: ("hours", 0, 24),
}
DEFAULT_ACCOUNT_PATTERN = "SV{:06d}"
PATTERN = re.compile(r"[^{}]*\{(:(0[1-9]|01\d)?d?)?\}[^{}]*")  # one number, with up to 19 digits of leading zeros
PATTERN_LIMIT = 40
_CREDIT_LIMIT = re.compile(r"(1?\d?\d)(\.\d\d)?", re.ASCII)
_MAIL = re.compile(r"[^\s@<>\",;:]+@[^\s@<>\",;:]+\.[^\s@<>\",;:]+")


class OperatorKind(StrEnum):
    """Two kinds of operator run the same console; what differs stands in functions.py."""

    RESELLER = "reseller"
    MVNO = "mvno"


def account_number(pattern: str, number: int) -> str:
    """The account number that `pattern` gives to `number`: ("SV{:06d}", 93298) → "SV093298"."""
    return pattern.format(number)


def wrong_pattern(pattern: str) -> str | None:
    """Why `pattern` can't number accounts, or None where it can."""
    if not PATTERN.fullmatch(pattern) or pattern != clean(pattern, PATTERN_LIMIT):
        return f"An account pattern is text around one number, such as {DEFAULT_ACCOUNT_PATTERN}."
    return None


def custom_rule_name(text: str) -> str | None:
    """The custom rule that `text` names, in any case; None where there is none such."""
    name = text.strip().upper()
    return name if name in CUSTOM_RULES else None


def wrong_custom_rule(name: str, value: str) -> str | None:
    """Why the custom rule `name` can't hold `value`, or None where it can."""
    if name not in CUSTOM_RULES:
        return f"There is no custom rule called {name}."
    if name == AGENT_CREDIT_RULE:
        return None if _CREDIT_LIMIT.fullmatch(value) else f"{name} is an amount in dollars from 0 to 199.99."
    unit, least, most = WHOLE_NUMBERS[name]
    if not (value.isascii() and value.isdecimal() and len(value) <= 3 and least <= int(value) <= most):
        return f"{name} is a number of {unit} from {least} to {most}."
    return None


def wrong_time_zone(name: str) -> str | None:
    """Why `name` is no time zone, or None where it is one, as the IANA database names it."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"“{name}” is not a time zone, such as America/New_York."
    return None


def market_states(text: str) -> str:
    """States as a Market keeps them: "ny, nj NY" → "NJ NY"."""
    return " ".join(sorted(set(text.upper().replace(",", " ").split())))


def wrong_market(states: str, email: str) -> str | None:
    """Why a Market can't have these states and this address, or None where it can; both may be empty."""
    if wrong := [state for state in states.split() if state not in STATES]:
        return f"“{wrong[0]}” is not a state; write its two letters, such as NY."
    if email and not is_mail_address(email):
        return f"“{email}” is not a mail address."
    return None


def is_mail_address(text: str) -> bool:
    """Whether `text` is one plain mail address: name@host.domain, in ASCII, without a display name."""
    return text.isascii() and len(text) <= 254 and bool(_MAIL.fullmatch(text))
