"""Careline's own format: TOML that holds all of a deck."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Any

from data.files import toml_in
from data.quiz.reading import clue_flags, grid_flags
from data.quiz.rules import LISTS, Clue, DeckText, Flag, FlagKind

NAME, SUFFIX = "toml", ".toml"
TEXTS = ("category", "text", "answer", "explanation", "article")
EMPTY = Clue(category="", value=0, text="", answer="")


def looks_like(text: str) -> bool:
    return any(line.strip() == "[[clue]]" for line in text.split("\n"))


def carries(deck: DeckText) -> DeckText:
    return DeckText(deck.name, deck.clues, deck.about)


def write(deck: DeckText) -> str:
    return "\n".join(_lines(deck))


def _lines(deck: DeckText) -> Iterator[str]:
    yield f"name = {_quoted(deck.name)}"
    if deck.about:
        yield f"about = {_quoted(deck.about)}"
    for clue in deck.clues:
        yield from ("", "[[clue]]")
        for field in ("category", "value", "text", "answer", *LISTS, "ordered", "explanation", "article"):
            value = getattr(clue, field)
            if value != getattr(EMPTY, field) or field in ("category", "value", "text", "answer"):
                yield f"{field} = {_shown(value)}"
    yield ""


def _shown(value: str | bool | int | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    return str(value) if isinstance(value, int) else _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read(text: str) -> DeckText:
    try:
        found = toml_in(text)
    except tomllib.TOMLDecodeError as error:
        return DeckText("", (), flags=(Flag(FlagKind.MISSING, f"This is not TOML: {error}."),))
    rows = found.get("clue", [])
    clues = tuple(_clue(row) for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict))
    return DeckText(
        _text(found.get("name")), clues, _text(found.get("about")), (*clue_flags(clues), *grid_flags(clues))
    )


def _clue(row: dict[str, Any]) -> Clue:
    value = row.get("value", 0)
    texts: dict[str, Any] = {field: _text(row.get(field)) for field in TEXTS}
    lists: dict[str, Any] = {field: _texts(row.get(field)) for field in LISTS}
    return Clue(value=value if isinstance(value, int) else 0, ordered=row.get("ordered") is True, **texts, **lists)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, value)) if isinstance(value, list) else ()
