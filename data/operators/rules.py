"""What kinds of operator there are, how their account numbers look, and which custom rules they may set."""

from __future__ import annotations

import re
from enum import StrEnum

from data.text import clean

RECERTIFICATION_DISPLAY_RULE = "DAYS_BEFORE_RENEWAL_TO_DISPLAY_LIFELINE_RECERTIFICATION_DATE"
CUSTOM_RULES = {
    RECERTIFICATION_DISPLAY_RULE: (
        "Show the date a Lifeline certification expires only from that many days before it; not set: always."
    ),
}
DEFAULT_ACCOUNT_PATTERN = "SV{:06d}"
PATTERN = re.compile(r"[^{}]*\{(:(0[1-9]|01\d)?d?)?\}[^{}]*")  # one number, with up to 19 digits of leading zeros
PATTERN_LIMIT = 40


class OperatorKind(StrEnum):
    """Two kinds of operator run the same console (seed 001)."""

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
    if not (value.isascii() and value.isdecimal() and len(value) <= 3 and int(value) <= 366):
        return f"{name} is a number of days from 0 to 366."
    return None
