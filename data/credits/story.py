"""What happens to credits, as an account's timeline tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.credits.rules import IN_A_SENTENCE

Facts = dict[str, Any]


def _credit(what: str) -> Callable[[Facts], str]:
    def tell(facts: Facts) -> str:
        why = f": {facts['why']}" if facts.get("why") else ""
        return f"Credit of {facts.get('amount', '')} {what}{why}"

    return tell


def _requested(facts: Facts) -> str:
    how = "granted" if facts.get("alone") else "asked for"
    kind = facts.get("kind", "Credit")
    return f"{IN_A_SENTENCE.get(kind, kind)} of {facts.get('amount', '')} {how}"


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "credit.request": _requested,
    "credit.approve": _credit("approved"),
    "credit.deny": _credit("denied"),
    "credit.withdraw": _credit("withdrawn"),
    "credit.undo": lambda facts: f"{_credit(facts.get('undone', ''))(facts)}, which was undone",
    "credit.issue": lambda facts: f"{facts.get('issued', '')} of a credit issued",
    "credit.draw_up": lambda facts: f"Release Agreement for {facts.get('amount', '')} drawn up",
    "credit.send": lambda facts: f"Release Agreement for {facts.get('amount', '')} sent",
    "credit.sign": lambda facts: f"Release Agreement for {facts.get('amount', '')} signed",
    "credit.decline": lambda facts: f"Release Agreement for {facts.get('amount', '')} declined",
    "setup_fee.explain": lambda facts: "Set-up fee explained",
    "setup_fee.offer": lambda facts: "Accessory coupon offered for the set-up fee",
    "setup_fee.answer": lambda facts: f"Accessory coupon {'accepted' if facts.get('accepted') else 'not wanted'}",
}
"""Each action on a credit, by its name in the audit → a sentence from its detail."""
