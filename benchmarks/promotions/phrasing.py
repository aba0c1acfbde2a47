"""How callers put what they know of a promotion: days, devices, plans and amounts as people write them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from data.promotions.rules import Kind, Shape

BRANDS = ("Galaxy ", "Samsung ", "Apple ")


def in_words(said: Mapping[str, Any], today: date, typos: bool, rng: random.Random) -> str:
    """The facts that are said, as one question asked on `today`; `typos`: the names have slips."""
    parts = [_phrase(name, value, today, typos, rng) for name, value in said.items()]
    return rng.choice((", ", ", ", " ", " and ")).join(parts)


def _phrase(name: str, value: Any, today: date, typos: bool, rng: random.Random) -> str:
    if name == "on":
        return _day(value, today, rng)
    if name in ("device", "trade"):
        phone = _name(value, typos, rng)
        before = (
            ("traded", "traded in", "trade in", "with my old", "trading in a")
            if name == "trade"
            else ("", "", "bought a", "got the", "for a new", "new")
        )
        return f"{rng.choice(before)} {phone}".strip()
    if name == "plan":
        return rng.choice(("{}", "{} plan", "on {}", "plan {}")).format(_name(value, typos, rng))
    return rng.choice(SAYINGS[name](value))


SAYINGS: dict[str, Callable[[Any], Sequence[str]]] = {
    "kind": lambda kind: {
        Kind.UPGRADE: ("upgrade", "upgraded", "it was an upgrade", "upgrading"),
        Kind.NEW_LINE: ("new line", "added a line", "on a new line", "opened a new line"),
        Kind.PORT_IN: ("port-in", "ported my number", "switched over", "brought my number", "port in"),
    }[kind],
    "loyalty": lambda yes: ("loyalty", "loyalty customer") if yes else ("not loyalty", "non-loyalty", "no loyalty"),
    "percent": lambda percent: (f"{percent}% off", f"{percent} percent", f"{percent}%"),
    "free": lambda _: ("free line", "line for free", "the line is free"),
    "accessory": lambda _: ("accessory", "accessory coupon", "towards an accessory"),
    "amount": lambda cents: _dollars(cents),
    "monthly": lambda cents: (f"${cents / 100:.2f} a month", f"{cents / 100:.2f}/mo", f"${cents / 100:.2f} per month"),
    "shape": lambda shape: {
        Shape.GOOD: ("good", "good condition", "in great shape"),
        Shape.CRACKED: ("cracked", "cracked screen", "broken screen"),
        Shape.BATTERY: ("bad battery", "battery issue", "battery"),
        Shape.WATER: ("water damage", "got wet"),
        Shape.NO_POWER: ("won't turn on", "dead"),
    }[shape],
}


def _dollars(cents: int) -> Sequence[str]:
    dollars = cents // 100
    forms = [f"${dollars}", f"${dollars:,}", f"{dollars} dollars", f"${dollars}.00", f"expected ${dollars}"]
    return [*forms, "1k"] if dollars == 1000 else forms


def _day(day: date, today: date, rng: random.Random) -> str:
    """A day in one of the ways that people say it; its year is left out only where it is the last such day."""
    name, ordinal = f"{day:%B}".lower(), {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    ordinal = "th" if day.day in (11, 12, 13) else ordinal
    forms = [
        f"{day:%Y-%m-%d}", f"{day.month}/{day.day}/{day:%y}", f"{day.month}/{day.day}/{day.year}",
        f"{name} {day.day} {day.year}", f"{name[:3]} {day.day}, {day.year}", f"on {name} {day.day}{ordinal} {day.year}",
        f"{day.day} {name[:3]} {day.year}",
    ]  # fmt: skip
    if timedelta(0) <= today - day < timedelta(364):
        forms += [
            f"{name} {day.day}{ordinal}",
            f"{day.month}/{day.day}",
            f"{name[:3]} {day.day}",
            f"back on {name} {day.day}",
        ]
    return rng.choice(forms)


def _name(name: str, typos: bool, rng: random.Random) -> str:
    """A device or plan as people write it: without its brand, in small letters, glued, with a slip in a letter."""
    shown = name
    for brand in BRANDS:
        if shown.startswith(brand) and rng.random() < 0.5:
            shown = shown.removeprefix(brand)
    if rng.random() < 0.7:
        shown = shown.lower()
    if rng.random() < 0.15:
        shown = shown.replace(" ", "", 1)
    if "+" in shown and rng.random() < 0.3:
        shown = shown.replace("+", " plus")
    return _slip(shown, rng) if typos else shown


def _slip(name: str, rng: random.Random) -> str:
    """One letter of a longer word doubled, dropped, exchanged with its neighbor or replaced; never a digit."""
    places = [
        at for at in range(1, len(name) - 1)
        if name[at - 1 : at + 2].isalpha() and name[at - 1 : at + 2].isascii()
    ]  # fmt: skip
    if len([char for char in name if char.isalpha()]) < 5 or not places:
        return name
    at = rng.choice(places)
    return rng.choice((
        name[:at] + name[at] + name[at:],
        name[:at] + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + rng.choice("aeiostrn") + name[at + 1 :],
    ))  # fmt: skip
