"""What happened in cases, as the account's timeline tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.cases.rules import FIELD_NAMES

Facts = dict[str, Any]


def _case(what: str) -> Callable[[Facts], str]:
    return lambda facts: f"Case {facts.get('case', '')} {what}"


def _changed(what: str, field: str) -> Callable[[Facts], str]:
    """A sentence with what a field became: "Case 01013864 given to agent02"."""

    def tell(facts: Facts) -> str:
        old_and_new = facts.get("changed", {}).get(field, ["", ""])
        return f"Case {facts.get('case', '')} {what} {old_and_new[1] or 'nobody'}"

    return tell


def _edited(facts: Facts) -> str:
    fields = [FIELD_NAMES.get(field, field) for field in facts.get("changed", {})]
    return f"Case {facts.get('case', '')} edited: {', '.join(fields)}" if fields else ""


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "case.open": lambda facts: f"Case {facts.get('case', '')} opened: {facts.get('subject', '')}",
    "case.status": _changed("is now", "status"),
    "case.unclose": _changed("is not closed after all:", "status"),
    "case.icci": _case("has a new ICCI"),
    "case.clone": lambda facts: f"Case {facts.get('source', '')} cloned as {facts.get('case', '')}",
    "case.note": _case("has a new note"),
    "case.task": _case("has a new task"),
    "case.task_done": _case("has a task done"),
    "case.task_given": _changed("has a task given to", "owner"),
    "case.edit": _edited,
    "case.reassign": _changed("given to", "owner"),
    "case.attach": _case("attached, coming from the Orphan Account"),
    "case.link": _case("linked to another"),
    "case.tag": lambda facts: "",
    "case.visit": lambda facts: "",
    "case.seen": lambda facts: "",
    "case.remark": _case("summarised for the carrier's account"),
    "case.merge": lambda facts: f"Case {facts.get('merged', '')} merged into {facts.get('case', '')}",
    "case.unmerge": lambda facts: f"Case {facts.get('merged', '')} taken out of {facts.get('case', '')} again",
}
"""Each action on cases, by its name in the audit → a sentence from its detail."""
