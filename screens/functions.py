"""Bindings made from the table of functions, so that keys, palette and help say what the table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from data.agents.rules import may
from data.operators.functions import FUNCTIONS, Function, Place
from data.operators.rules import OperatorKind

if TYPE_CHECKING:
    from data.desk import Desk

INSIDE_TEXT = {"edit": "f4", "services": "f6", "services-area": "f6", "timeline": "f7", "submit": "f8", "ocs": "f9"}
"""The function key that does the same where letters are typed."""

SHORT = {
    "edit": "Edit",
    "submit": "Submit",
    "services": "Services",
    "services-area": "Services",
    "timeline": "Timeline",
    "ocs": "OCS CSR",
}
"""Names for the keys line, which has little room."""


def action_of(function: Function) -> str:
    """The screen's action that does `function`: "services-area" → "services_area"."""
    return function.id.replace("-", "_")


def bindings(place: Place) -> list[Binding]:
    """The keys of the functions that belong to `place`."""
    return [
        Binding(
            ",".join(key for key in (function.key, INSIDE_TEXT.get(function.id)) if key),
            action_of(function),
            SHORT.get(function.id, function.title),
            id=f"{place}.{function.id}",
            tooltip=function.help,
        )
        for function in FUNCTIONS
        if function.place is place and function.id in SHORT
    ]


def state_of(action: str, kind: OperatorKind, desk: Desk) -> bool | None:
    """Whether `action` works here: True; None where this agent may not; False where the operator has no such thing."""
    named = [function for function in FUNCTIONS if action_of(function) == action]
    if not named:
        return True
    if not any(kind in function.kinds for function in named):
        return False
    return True if any(may(desk.agent.role, function.needs) for function in named) else None
