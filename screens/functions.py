"""Bindings made from the table of functions, so that keys, palette and help say what the table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from data.operators.functions import FUNCTIONS, Function, Place
from data.operators.rules import OperatorKind

if TYPE_CHECKING:
    from data.desk import Desk

INSIDE_TEXT = {
    "edit": "f4",
    "services": "f6",
    "services-area": "f6",
    "timeline": "f7",
    "submit": "f8",
    "credit": "ctrl+r",
    "promotions": "ctrl+f6",
    "bill": "ctrl+f7",
    "eligibility": "ctrl+f8",
}
"""The function key that does the same where letters are typed."""

SHORT = {
    "edit": "Edit",
    "cases": "Cases",
    "new-case": "New case",
    "submit": "Submit",
    "credit": "Credit",
    "credits": "Credits",
    "promotions": "Promotions",
    "bill": "Bill",
    "eligibility": "Eligibility",
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


def has(action: str, kind: OperatorKind) -> bool:
    """Whether operators of that kind have what `action` does; what the table does not name, everyone has."""
    named = _named(action)
    return not named or any(kind in function.kinds for function in named)


def permitted(action: str, desk: Desk) -> bool:
    """Whether the agent at this desk may do what `action` does."""
    named = _named(action)
    return not named or any(desk.may(function.needs) for function in named)


def _named(action: str) -> list[Function]:
    return [function for function in FUNCTIONS if action_of(function) == action]
