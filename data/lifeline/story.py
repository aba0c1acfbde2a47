"""What happened to a customer's Lifeline, as the account's timeline tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from data.lifeline.words import day_text

Facts = dict[str, Any]


def _dated(what: str) -> Callable[[Facts], str]:
    return lambda facts: f"{what} {day_text(date.fromisoformat(facts['on']))}" if "on" in facts else what


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "lifeline.enrol": lambda facts: f"Enrolled in Lifeline, with {facts.get('vendor')} to be told",
    "lifeline.amend": lambda facts: "Lifeline details corrected",
    "lifeline.recertify": _dated("Recertified for Lifeline as of"),
    "lifeline.use": _dated("Lifeline service used on"),
    "lifeline.question": _dated("Asked to prove eligibility for Lifeline on"),
    "lifeline.duplicate": _dated("Second Lifeline benefit reported on"),
    "lifeline.settle": lambda facts: "Lifeline eligibility settled",
    "lifeline.de_enrol": _dated("De-enrolled from Lifeline as of"),
    "lifeline.hand_over": lambda facts: f"Lifeline handed over to {facts.get('vendor')}",
}
"""Each action of service.py, by its name in the audit → a sentence from its detail."""
