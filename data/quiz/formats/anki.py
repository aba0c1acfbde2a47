"""Anki's text: lines of "#setting:value", then a row for each card; Careline's own columns are named in "#columns"."""

from __future__ import annotations

import html
import re

from data.quiz.formats import rows
from data.quiz.reading import grid_flags, read_answers
from data.quiz.rules import DeckText

NAME, SUFFIX = "anki", ".txt"
SETTING = re.compile(r"#\s*(separator|html|columns|deck|deck column|tags|tags column|notetype|notetype column)\s*:(.*)")
SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
FEWEST = 2  # rows of two cells each that show a file to be cards


def looks_like(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and SETTING.match(lines[0].lower()):
        return True
    if not lines or rows.are_headings(lines[0].split("\t")):
        return False
    return len(lines) >= FEWEST and all("\t" in line.strip() for line in lines)


def carries(deck: DeckText) -> DeckText:
    return DeckText("", deck.clues)


def write(deck: DeckText) -> str:
    columns = "\t".join(rows.headline())
    body = rows.as_text([rows.cells(clue) for clue in deck.clues], "\t")
    return f"#separator:tab\n#html:false\n#columns:{columns}\n{body}"


def read(text: str) -> DeckText:
    settings, rest = _settings(text)
    delimiter = SEPARATORS.get(settings.get("separator", "tab").lower(), settings.get("separator") or "\t")
    found = rows.table(rest, delimiter[:1] if delimiter[:1] not in '"\n\r' else "\t")
    if settings.get("html", "").lower() == "true":
        found = [[_plain(cell) for cell in row] for row in found]
    fields = rows.headings(settings.get("columns", "").split(delimiter)) if "columns" in settings else []
    if not {"text", "answer"} <= set(fields):
        fields = ["text", "answer", "category"]
    clues, flags = read_answers(rows.clues(found, fields))
    return DeckText(settings.get("deck", ""), clues, flags=(*flags, *grid_flags(clues)))


def _settings(text: str) -> tuple[dict[str, str], str]:
    """The settings on top of the file, and what follows them."""
    settings: dict[str, str] = {}
    lines = text.split("\n")
    for place, line in enumerate(lines):
        name, _, value = line.removeprefix("#").partition(":")
        if not line.startswith("#") or (not SETTING.match(line.lower()) and line.strip() != "#"):
            return settings, "\n".join(lines[place:])
        settings[name.strip().lower()] = value if name.strip() == "columns" else value.strip()
    return settings, ""


def _plain(cell: str) -> str:
    """A cell of HTML as text."""
    broken = re.sub(r"<\s*(?:br|/p|/div|/li)\s*/?>", "\n", cell, flags=re.IGNORECASE)
    return html.unescape(re.sub(r"<[^<>]*>", "", broken))
