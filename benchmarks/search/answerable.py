"""Which queries nobody can answer: what was typed for one customer is exactly the name of another.

The plain figures keep them; this tells besides how many there are and what was found of the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.search.people import Customer
from benchmarks.search.queries import Asked


def without_others_names(
    engine: str, places: dict[str, list[int]], asked: list[Asked], everyone: Iterable[Customer]
) -> list[str]:
    """A line on what `engine` finds without such queries. `places`: by kind, where the right one stood, from 0."""
    taken = _others_names(asked, everyone)
    found = [
        words
        for kind, stood in places.items()
        if (words := _told(kind, [one.text in taken for one in asked if one.kind == kind], stood))
    ]
    start = "- Typed texts that are exactly another customer's name, and recall@1 / @10 of"
    return [f"{start} {engine} without them: {', '.join(found)}."] if found else []


def _others_names(asked: list[Asked], everyone: Iterable[Customer]) -> set[str]:
    """The texts of `asked` that are somebody's name, but not the name of who was meant."""
    by_name = [one for one in asked if one.by == "name"]
    texts = {_typed(one.text) for one in by_name}
    borne = {name for customer in everyone for name in _names(customer) if name in texts}
    return {one.text for one in by_name if _typed(one.text) in borne - _names(one.meant)}


def _told(kind: str, taken: list[bool], places: list[int]) -> str:
    """The share of a kind that is `taken`, and what was found of the rest; "" where nothing is."""
    rest = [place for place, lost in zip(places, taken, strict=False) if not lost]
    if not rest or len(rest) == len(places):
        return ""
    first, ten = (sum(place < most for place in rest) / len(rest) for most in (1, 10))
    return f"{kind} {1 - len(rest) / len(places):.1%} ({first:.3f} / {ten:.3f})"


def _typed(text: str) -> str:
    return text.lower().replace(",", "")


def _names(one: Customer) -> set[str]:
    first, last = one.first.lower(), one.last.lower()
    return {f"{first} {last}", f"{last} {first}"}
