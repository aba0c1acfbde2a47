"""What happens to the promotions of a line, as an account's timeline tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.identifiers import show_mdn

Facts = dict[str, Any]


def _on(facts: Facts) -> str:
    return f" on {show_mdn(facts['line'])}" if facts.get("line") else ""


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "promotion.apply": lambda facts: f"Promotion OST {facts['ost']}{_on(facts)}: {facts['gives']}",
    "promotion.undo": lambda facts: f"Promotion OST {facts['ost']}{_on(facts)} taken back",
    "bill.mail_estimate": lambda facts: "Next bill's estimate mailed to the address of record",
    "label.request": lambda facts: f"Return label for {facts['device']} asked for",
    "label.note": lambda facts: f"Return label for {facts['device']} {facts['state']}",
}
"""Each action on promotions and bills, by its name in the audit → a sentence from its detail."""
