"""How facts and terms are told: each fact as a chip, each field of the terms as a line. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from data.money import from_cents, show
from data.promotions.conditions import Facts
from data.promotions.rules import Kind, Terms, in_words
from data.promotions.views import Found
from data.text import counted


@dataclass(frozen=True)
class Chip:
    """A fact as it was understood. `said`: by the caller or the agent; else the account told it."""

    fact: str
    text: str
    said: bool


def _dollars(cents: Any) -> str:
    return show(from_cents(cents))


TOLD: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("ost", lambda ost: f"OST {ost}"),
    ("gives", str),
    ("on", lambda day: f"bought {day:%m-%d-%Y}"),
    ("device", str),
    ("trade_in", lambda phone: f"traded {phone}"),
    ("shape", str),
    ("plan", str),
    ("kind", str),
    ("loyalty", lambda yes: "loyalty" if yes else "not loyalty"),
    ("amount", _dollars),
    ("monthly", lambda cents: f"{_dollars(cents)} a month"),
    ("months", lambda months: f"{months} months"),
    ("percent", lambda percent: f"{percent}%"),
    ("current", lambda yes: "current" if yes else "past due"),
    ("tenure_days", lambda days: f"in use {days} days"),
    ("others", lambda osts: f"has OST {', '.join(osts)}"),
)
"""The facts that are shown, in the order in which they are, and how each is told."""

MORE = ("traded", "arrival_days", "arrived", "price", "words")  # told to programs only
CENTS = ("amount", "monthly", "price")


def chips(found: Found) -> tuple[Chip, ...]:
    """What a question was taken for: what was said first, then what the account told."""
    facts = found.facts
    shown = [
        Chip(name, tell(value), name in found.said) for name, tell in TOLD if _is_told(value := getattr(facts, name))
    ]
    if facts.ost and facts.ost not in [match.terms.ost for match in found.matches]:
        shown[0] = Chip("ost", f"no OST {facts.ost} in the catalogue", "ost" in found.said)
    if facts.traded is False:
        shown.append(Chip("traded", "no trade-in", "traded" in found.said))
    return tuple(sorted(shown, key=lambda chip: not chip.said))


def known(facts: Facts) -> dict[str, Any]:
    """What is known, by name, for a program; amounts in dollars."""
    said = {name: getattr(facts, name) for name in (*(name for name, _ in TOLD), *MORE)}
    return {name: from_cents(value) if name in CENTS else value for name, value in said.items() if _is_told(value)}


def _is_told(value: Any) -> bool:
    return value is not None and value != ()


def terms_facts(terms: Terms) -> Iterator[tuple[str, str]]:
    """Everything that a revision says, as (label, text)."""
    last = f"to {terms.valid_to:%m-%d-%Y}" if terms.valid_to else "on, until further notice"
    yield "Gives", in_words(terms)
    yield "Bought", f"from {terms.valid_from:%m-%d-%Y} {last}"
    yield "Device", ", ".join(terms.devices) or "any"
    for place, offer in enumerate(terms.trade_ins):
        amounts = ", ".join(f"{shape} {_dollars(cents)}" for shape, cents in offer.amounts.items())
        yield "" if place else "Trade-in", f"{amounts}: {', '.join(offer.devices)}"
    yield "Plan", " or ".join(terms.plans) or "any"
    yield "For", "anybody" if len(terms.kinds) == len(Kind) else " or ".join(terms.kinds)
    yield "Loyalty", terms.loyalty
    yield "Account", "must be current" if terms.current else "may be past due"
    yield "Stacks", "with others that stack" if terms.stacks else "with nothing"
    if terms.tenure_days:
        yield "Tenure", f"the traded-in phone was in use here for {terms.tenure_days} days"
    if terms.arrival_days:
        yield "Arrival", f"it arrives within {terms.arrival_days} days"
    first, last_bill = terms.begins
    yield (
        "Begins",
        f"after {counted(first, 'bill cycle')}"
        if first == last_bill
        else (f"after {first} to {last_bill} bill cycles"),
    )
    yield "Ends with", ", ".join(terms.ends) or "its last month"
    if terms.notes:
        yield "Read out", terms.notes
