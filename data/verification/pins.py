"""The customer's own four-digit PIN: which are too easy, and how long wrong ones lock it. Pure.

A PIN is not made from what others know of the customer (47 CFR 64.2010(e)).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

from data.days import over_by

DIGITS = 4
FREE_FAILURES = 3  # wrong PINs before it locks
FIRST_LOCK, LONGEST_LOCK = timedelta(minutes=15), timedelta(hours=24)
_PIN = re.compile(rf"\d{{{DIGITS}}}", re.ASCII)
_RUN = "0123456789012"


def is_pin(typed: str) -> bool:
    """Whether `typed` is four digits."""
    return bool(_PIN.fullmatch(typed))


def wrong_pin(typed: str, known: Iterable[str], birth_date: date | None) -> str | None:
    """Why `typed` can't be a customer's PIN, or None where it can.

    `known`: numbers that others may know (account, phones, the end of an SSN, house number, ZIP). The sentence never
    says whose number it is like.
    """
    if not is_pin(typed):
        return "A PIN is four digits."
    digits = ["".join(char for char in text if char.isdigit()) for text in known]
    guessed = {text[-DIGITS:] for text in digits} | {text[:DIGITS] for text in digits} | _of_day(birth_date)
    if len(set(typed)) <= 1 or typed in _RUN or typed[::-1] in _RUN or typed in guessed:
        return "That PIN is too easy to guess; the customer chooses another."
    return None


def _of_day(day: date | None) -> set[str]:
    """Four digits that a day gives: its year, month and day either way round, month and year."""
    return {f"{day:{form}}" for form in ("%Y", "%m%d", "%d%m", "%m%y", "%d%y")} if day else set()


def lock(failures: int) -> timedelta:
    """How long a PIN is locked after that many wrong ones in a row: 15 minutes after the third, then twice as long."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    doubled: int = 2 ** min(failures - FREE_FAILURES, 16)
    return min(FIRST_LOCK * doubled, LONGEST_LOCK)


def lock_ends(until: datetime, now: datetime, zone: tzinfo) -> str:
    """When a lock ends, as `zone` has it: "14:05", with the day where that is another one than today."""
    local = over_by(until).astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else f"{local:%H:%M on %m-%d-%Y}"
