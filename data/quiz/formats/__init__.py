"""Decks as files: each format a module of its own behind one small protocol; a file's is recognised by what it says.

What a format can't hold is left out when it is written: `carries` says what comes back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from data.errors import Misused
from data.quiz.formats import aiken, anki, csv_text, gift, page, toml_text
from data.quiz.rules import DeckText, tidy


class Format(Protocol):
    """One way in which decks are written down."""

    NAME: str
    SUFFIX: str

    def looks_like(self, text: str) -> bool:
        """Whether `text` is of this format."""

    def read(self, text: str) -> DeckText:
        """The deck in `text`, with flags for what looks wrong; whatever the text is, it does not raise."""

    def write(self, deck: DeckText) -> str:
        """The deck as text of this format."""

    def carries(self, deck: DeckText) -> DeckText:
        """The deck as it comes back from `read(write(deck))`."""


FORMATS: tuple[Format, ...] = (toml_text, anki, gift, aiken, csv_text, page)
"""In the order in which they are recognised; the printed page takes whatever no other one knows."""


def named(name: str) -> Format:
    """The format of that name. Raises Misused where there is none."""
    found = next((one for one in FORMATS if name.strip().lower() == one.NAME), None)
    if found is None:
        raise Misused(f"“{name}” is no format for decks.", f"Say one of {', '.join(one.NAME for one in FORMATS)}.")
    return found


def recognised(text: str) -> Format:
    """The format that `text` is of."""
    return next((one for one in FORMATS if one.looks_like(text)), page)


def read_deck(text: str, name: str = "", format_name: str = "") -> DeckText:
    """The deck in `text`, tidied; `name` where the file does not say its own. Raises Misused for an unknown format."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    deck = (named(format_name) if format_name else recognised(text)).read(text)
    return tidy(replace(deck, name=deck.name or name))


def write_deck(deck: DeckText, format_name: str) -> str:
    """The deck as text. Raises Misused for an unknown format."""
    return named(format_name).write(deck)
