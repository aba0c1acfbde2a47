"""The keys that work at this moment, told once for the keys line, the help and the palette."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from textual.app import App
from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.keys import format_key
from textual.screen import Screen
from textual.widget import Widget

LAST = ("find", "app.command_palette", "back", "help")  # they stand last, in this order


@dataclass(frozen=True)
class Working:
    """What one can do now. `keys`: as printed, the first one first; `off`: it would be refused."""

    keys: tuple[str, ...]
    name: str
    help: str
    action: str
    node: DOMNode
    shown: bool
    named: bool  # has a name of its own, so that it stands in the palette and can be given another key
    rank: int  # 0: of this place; more: of everywhere
    off: bool = False


def working(screen: Screen[Any]) -> list[Working]:
    """Everything that has a key here, what belongs to this place first; each action once, with all its keys."""
    found: dict[tuple[int, str], Working] = {}
    for key, active in _typable(screen):
        binding, node = active.binding, active.node
        shown_key = screen.app.get_key_display(replace(binding, key=key))
        one = Working(
            keys=(shown_key,),
            name=binding.description,
            help=binding.tooltip,
            action=binding.action,
            node=node,
            shown=binding.show,
            named=bool(binding.id),
            rank=_rank(binding, node),
        )
        known = found.setdefault((id(node), binding.action), one)
        if known is not one:
            keys = (*known.keys, shown_key)
            found[id(node), binding.action] = replace(known, keys=keys, help=known.help or one.help)
    is_off = getattr(screen, "is_off", lambda action: False)
    is_next = getattr(screen, "is_next", lambda action: False)
    listed = [replace(one, off=is_off(one.action)) for one in found.values() if one.help]
    first = [replace(one, shown=True, rank=0) for one in listed if is_next(one.action)]
    others = [one for one in listed if not is_next(one.action)]
    nodes = list(dict.fromkeys(one.node for one in others))
    return first + sorted(others, key=lambda one: (one.rank, nodes.index(one.node), _place(one)))


def _place(one: Working) -> int:
    """Where its node declares it. A key that does something else here than where it was inherited from stands with the
    others that belong here."""
    places = _places(type(one.node))
    return places.get(one.action, len(places))


@cache
def _places(kind: type[DOMNode]) -> dict[str, int]:
    declared = (vars(base).get("BINDINGS", ()) for base in reversed(kind.__mro__))
    actions = [binding.action for those in declared for binding in Binding.make_bindings(those)]
    return {action: place for place, action in enumerate(actions)}


def _rank(binding: Binding, node: DOMNode) -> int:
    """What belongs to one place has a name such as "case.clone", or none; what works everywhere is just "undo"."""
    if binding.action in LAST:
        return 2 + LAST.index(binding.action)
    return int(isinstance(node, App) or ("." not in binding.id if binding.id else False))


def _typable(screen: Screen[Any]) -> Iterator[tuple[str, ActiveBinding]]:
    """The active bindings whose key is not simply typed into the field that has the focus."""
    for key, active in screen.active_bindings.items():
        if not _is_typed(screen.focused, key) and not active.binding.system:
            yield key, active


def _is_typed(focused: Widget | None, key: str) -> bool:
    """Whether `key` puts a character into `focused`; arrows and Enter are shown as one sign, but are none."""
    shown = format_key(key)
    is_character = len(shown) == 1 and shown.isascii()
    return is_character and focused is not None and focused.check_consume_key(key, shown)
