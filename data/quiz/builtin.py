"""The decks that come with Careline, written by its authors."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from data.quiz.formats import read_deck
from data.quiz.rules import DeckText

SLUGS = ("search", "casework", "lifeline")


@cache
def builtin_decks() -> dict[str, DeckText]:
    """Each deck under its short name."""
    folder = files("data.quiz") / "decks"
    return {slug: read_deck((folder / f"{slug}.toml").read_text("utf-8"), slug, "toml") for slug in SLUGS}
