"""What happens on calls, as an account's timeline tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.text import capital
from data.verification.rules import Outcome

Facts = dict[str, Any]


def _ended(facts: Facts) -> str:
    minutes, seconds = divmod(facts.get("seconds", 0), 60)
    return f"Call ended after {minutes}:{seconds:02} min, {facts.get('verified', '')}"


def _step(facts: Facts) -> str:
    method, outcome = facts.get("method", ""), facts.get("outcome", "")
    if outcome == Outcome.PASSED:
        return f"Verified by {method}"
    return f"{capital(method)} failed" if outcome == Outcome.FAILED else ""


def _set(facts: Facts) -> str:
    by_letter = "; tell the customer by letter" if facts.get("notice") == "by letter" else ""
    return f"PIN {'chosen' if facts.get('first') else 'changed'}{by_letter}"


def _nothing(facts: Facts) -> str:
    return ""


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "call.begin": _nothing,
    "call.account": _nothing,
    "call.keep": lambda facts: "Call went on after a break; the caller is to be verified again",
    "call.end": _ended,
    "verify.send": _nothing,
    "verify.call_off": _nothing,
    "verify.pass_over": _nothing,
    "verify.confirm": _step,
    "verify.play": _step,
    "verify.temporary_pin": _step,
    "verify.pin": _step,
    "verify.call_back": _step,
    "verify.rq": _nothing,
    "pin.set": _set,
    "account.reveal": lambda facts: f"{str(facts.get('field', '')).capitalize()} revealed: {facts.get('why', '')}",
    "account.conceal": _nothing,
}
"""Each action on a call, by its name in the audit → a sentence from its detail."""
