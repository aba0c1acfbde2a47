"""CSV: a row for each clue, its columns known by their headings; without headings: category, value, clue, answer."""

from __future__ import annotations

from data.quiz.formats import rows
from data.quiz.reading import grid_flags, read_answers
from data.quiz.rules import DeckText

NAME, SUFFIX = "csv", ".csv"
DELIMITERS = ",;\t|"


def looks_like(text: str) -> bool:
    delimiter = _delimiter(text)
    found = [row for row in rows.table(text, delimiter)[:50] if any(cell.strip() for cell in row)]
    if not found:
        return False
    plain = all(len(row) == 4 and rows.number(row[1]) is not None for row in found)
    return rows.are_headings(found[0]) or plain


def _delimiter(text: str) -> str:
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(DELIMITERS, key=lambda one: (rows.are_headings(first.split(one)), first.count(one)))


def carries(deck: DeckText) -> DeckText:
    return DeckText("", deck.clues)


def write(deck: DeckText) -> str:
    return rows.as_text([rows.headline(), *map(rows.cells, deck.clues)], ",")


def read(text: str) -> DeckText:
    found = [row for row in rows.table(text, _delimiter(text)) if any(cell.strip() for cell in row)]
    fields = ["category", "value", "text", "answer"]
    if found and rows.are_headings(found[0]):
        fields, found = rows.headings(found[0]), found[1:]
    elif found and max(map(len, found)) < 4:
        fields = ["text", "answer", "category"]
    clues, flags = read_answers(rows.clues(found, fields))
    return DeckText("", clues, flags=(*flags, *grid_flags(clues)))
