"""Decks from files that people name: whatever their encoding, as far as they are text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from data.errors import Misused
from data.files import unread
from data.imports.encoding import survey
from data.quiz.formats import read_deck
from data.quiz.rules import DeckText

MOST_BYTES = 5_000_000
REMEDY = "Name a deck's file: a printed page, CSV, GIFT, Aiken, Anki text or TOML."


def deck_in(path: Path, name: str = "", format_name: str = "") -> DeckText:
    """The deck in a file, named after it where it says no name of its own.

    Raises NotFound without such a file, Misused where it is no text, is too large, or the format is none.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Misused(f"{path} is too large for a deck.", REMEDY)
        text = path.read_bytes().decode(_encoding(path), "replace")
    except OSError as error:
        raise unread(path, error, REMEDY) from None
    deck = read_deck(text, path.stem, format_name)
    return replace(deck, name=name) if name else deck


def _encoding(path: Path) -> str:
    try:
        return survey(path).encoding
    except Misused as error:
        raise Misused(error.reason, REMEDY) from None
