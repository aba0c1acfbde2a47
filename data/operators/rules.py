"""What kinds of operator there are, how their account numbers look, and which custom rules they may set."""

from __future__ import annotations

import string
from enum import StrEnum

RECERTIFICATION_DISPLAY_RULE = "DAYS_BEFORE_RENEWAL_TO_DISPLAY_LIFELINE_RECERTIFICATION_DATE"
DEFAULT_ACCOUNT_PATTERN = "SV{:06d}"


class OperatorKind(StrEnum):
    """Two kinds of operator run the same console (seed 001)."""

    RESELLER = "reseller"
    MVNO = "mvno"


def account_number(pattern: str, number: int) -> str:
    """The account number that `pattern` gives to `number`: ("SV{:06d}", 93298) → "SV093298"."""
    return pattern.format(number)


def wrong_pattern(pattern: str) -> str | None:
    """Why `pattern` can't number accounts, or None where it can."""
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None]
        if fields != [""] or pattern.format(1) == pattern.format(2):
            return "An account pattern holds one number, such as SV{:06d}."
    except (ValueError, IndexError, KeyError):
        return "An account pattern is text around one number, such as SV{:06d}."
    return None


def wrong_custom_rule(name: str, value: str) -> str | None:
    """Why the custom rule `name` can't hold `value`, or None where it can."""
    if name != RECERTIFICATION_DISPLAY_RULE:
        return f"There is no custom rule called {name}."
    if not (value.isdecimal() and int(value) <= 366):
        return f"{name} is a number of days from 0 to 366."
    return None
