"""What happened in cases, as the account's timeline tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Facts = dict[str, Any]


def _case(what: str) -> Callable[[Facts], str]:
    return lambda facts: f"Case {facts.get('case', '')} {what}"


def _moved(facts: Facts) -> str:
    before, after = facts.get("status", ["", ""])
    return f"Case {facts.get('case', '')}: {before} → {after}"


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "case.open": lambda facts: f"Case {facts.get('case', '')} opened: {facts.get('subject', '')}",
    "case.status": _moved,
    "case.icci": _case("has a new ICCI"),
    "case.clone": lambda facts: f"Case {facts.get('source', '')} cloned as {facts.get('case', '')}",
}
"""Each action on cases, by its name in the audit → a sentence from its detail."""
