"""Decks as rows of cells, which CSV and Anki text share: what a column is called, and how lists stand in a cell."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from data.quiz.rules import LISTS, STEP, Clue
from data.text import guarded, unguarded

COLUMNS = (
    "category",
    "value",
    "text",
    "answer",
    "alternatives",
    "key_terms",
    "ordered",
    "figures",
    "explanation",
    "article",
    "choices",
    "flags",
)
HEADINGS = {"text": "clue", "key_terms": "key terms", "choices": "wrong choices"}
CALLED = {
    "category": "category topic subject theme deck tags",
    "value": "value points score amount level",
    "text": "text clue question prompt front",
    "answer": "answer response solution back",
    "alternatives": "alternatives accepted synonyms",
    "key_terms": "keyterms keywords terms",
    "ordered": "ordered inorder",
    "figures": "figures numbers",
    "explanation": "explanation feedback why notes",
    "article": "article link slug",
    "choices": "choices wrongchoices wrong distractors",
    "flags": "flags",
}
FIELD_OF = {name: field for field, names in CALLED.items() for name in names.split()}
YES = {"yes", "true", "1", "y", "x"}
NUMBER = re.compile(r"\s*\$?\s*(\d{1,9})(?:\.0+)?\s*(?:points?|pts?)?\s*", re.IGNORECASE)


def number(text: str) -> int | None:
    """The whole number that `text` is, such as "200", "$200" or "200 points"."""
    found = NUMBER.fullmatch(text)
    return int(found[1]) if found else None


def headings(cells: Sequence[str]) -> list[str]:
    """The field that each heading names, "" for one that names none."""
    return [FIELD_OF.get(re.sub(r"[\W_]", "", cell.lower()), "") for cell in cells]


def are_headings(cells: Sequence[str]) -> bool:
    """Whether a row is one of headings: it names a clue and an answer."""
    return {"text", "answer"} <= set(headings(cells))


def clues(rows: Sequence[Sequence[str]], fields: Sequence[str]) -> list[Clue]:
    """A clue from each row that says something; a row without a value gets the next one of its category."""
    made: list[Clue] = []
    met: Counter[str] = Counter()
    for row in rows:
        cells = dict(zip(fields, row, strict=False))
        if not any(cell.strip() for cell in row):
            continue
        category = cells.get("category", "").strip()
        met[category] += 1
        value = number(cells.get("value", ""))
        if value is None:
            value = STEP * met[category]
        texts: dict[str, Any] = {field: cells.get(field, "") for field in ("text", "answer", "explanation", "article")}
        lists: dict[str, Any] = {field: listed(cells.get(field, "")) for field in LISTS}
        ordered = cells.get("ordered", "").strip().lower() in YES
        made.append(Clue(category=category, value=value, ordered=ordered, **texts, **lists))
    return made


def cells(clue: Clue) -> list[str]:
    """A clue's cells under COLUMNS."""
    row = {field: getattr(clue, field) for field in COLUMNS}
    row |= {field: " | ".join(map(_escaped, row[field])) for field in LISTS}
    return [str(row[field]) for field in COLUMNS[:6]] + ["yes" * clue.ordered] + [row[field] for field in COLUMNS[7:]]


def headline() -> list[str]:
    """The headings of COLUMNS."""
    return [HEADINGS.get(field, field) for field in COLUMNS]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")


def listed(cell: str) -> tuple[str, ...]:
    """The texts of a list in a cell: a bar between them, a backslash before one that belongs to the text."""
    found, now, escaped = [], "", False
    for char in cell:
        if escaped:
            now, escaped = now + char, False
        elif char == "\\":
            escaped = True
        elif char == "|":
            found.append(now)
            now = ""
        else:
            now += char
    return tuple(text for one in [*found, now] if (text := one.strip()))


def table(text: str, delimiter: str) -> list[list[str]]:
    """The rows of `text`; what can't be read as a table is one row for each line."""
    try:
        read = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)
        return [[unguarded(cell) for cell in row] for row in read]
    except csv.Error:
        return [line.split(delimiter) for line in text.split("\n")]


def as_text(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """Rows as text that `table` reads back; no cell is taken for a formula."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([map(guarded, row) for row in rows])
    return out.getvalue()
