"""Account numbers, in the pattern that the operator chose, and case numbers."""

from __future__ import annotations

import re
import string
from functools import lru_cache

_NOISE = re.compile(r"[\W_]+")
_CASE = re.compile(r"(?:\W*case\b)?[\s#:\-]*([0-9]{8})\s*", re.IGNORECASE)
MOST_DIGITS = 18  # what an integer column holds


def parse_case(text: str) -> str | None:
    """The eight digits of the case number that `text` is ("01013864", "Case #01013864"), or None."""
    match = _CASE.fullmatch(text) if len(text) < 40 else None
    return match[1] if match else None


def case_number_in(text: str) -> str:
    """The case number that `text` is, to look it up; `text` itself where it is none, which then finds nothing."""
    return parse_case(text) or text


def parse_account(text: str, pattern: str) -> str | None:
    """The account number of the operator's `pattern` that `text` is, or None.

    Case, punctuation and leading zeros do not matter: for "SV{:06d}", both "sv-93298" and "SV093298" are SV093298.
    """
    value = account_value(text, pattern)
    return None if value is None else pattern.format(value)


def account_value(text: str, pattern: str) -> int | None:
    """The number inside the account number `text` of `pattern` ("SV093298" → 93298), or None."""
    if len(text) > 200:
        return None
    match = _reader(pattern).fullmatch(_NOISE.sub("", text))
    return int(match[1]) if match else None


@lru_cache(maxsize=8)
def _reader(pattern: str) -> re.Pattern[str]:
    """What reads the numbers that `pattern` ("SV{:06d}") writes, punctuation left out."""
    read = ""
    for literal, field, _, _ in string.Formatter().parse(pattern):
        read += re.escape(_NOISE.sub("", literal))
        if field is not None:
            read += rf"([0-9]{{1,{MOST_DIGITS}}})"
    return re.compile(read, re.IGNORECASE)
