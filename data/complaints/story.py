"""What happens to complaints, as an account's timeline tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Facts = dict[str, Any]


def _complaint(what: str) -> Callable[[Facts], str]:
    return lambda facts: f"Complaint about {facts.get('dealer', 'a dealer')} {what}"


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "complaint.take": _complaint("taken"),
    "complaint.answer": _complaint("answered, and back in review"),
    "complaint.market": _complaint("sent to the Market"),
    "complaint.question": _complaint("back with questions"),
    "complaint.close": _complaint("closed"),
    "complaint.place": lambda facts: "",
}
"""Each action on complaints, by its name in the audit → a sentence from its detail."""
