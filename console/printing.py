"""How commands print: lines for a person, or one JSON document (`--json`) for a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Annotated, Any

import typer

from console.streams import takes_any_sign
from data.text import harmless

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
"""The option of every command that a program may want to read."""


def tell(value: Any, told: str | Iterable[str], as_json: bool) -> None:
    """Prints `value` as JSON for a program, or `told`, a sentence or several lines, for a person."""
    if as_json:
        print_json(value)
    else:
        print_lines([told] if isinstance(told, str) else told)


def moment(at: datetime, zone: tzinfo) -> str:
    """A time as commands print it, on the agent's clock: "11-22-2026 10:00"."""
    return f"{at.astimezone(zone):%m-%d-%Y %H:%M}"


def print_json(value: Any) -> None:
    """`value` (plain values or view dataclasses) as one JSON document: dates in ISO form, amounts as text."""
    print(json.dumps(value, ensure_ascii=not takes_any_sign(), indent=2, default=_plain))  # noqa: T201


def print_lines(lines: Iterable[str]) -> None:
    """One line each; what a terminal would obey is left out."""
    for line in lines:
        sys.stdout.write(f"{harmless(line)}\n")


def padded(text: str, width: int) -> str:
    """`text` as it is printed, with spaces up to `width` cells, of which a sign of a wide script takes two."""
    shown = harmless(text)
    return shown + " " * (width - cells(shown))


def cells(text: str) -> int:
    """How many cells `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
