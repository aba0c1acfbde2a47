"""What a typed word may stand for: a word of the store, or whichever words it begins."""

from __future__ import annotations

from typing import NamedTuple

from data.search.results import Why
from data.search.scoring import EXACT, INITIAL, PREFIX, PREFIX_ENDED, PREFIX_LETTER, in_order
from data.search.sqlite.index.entries import CITY, PLACES

END = "\U0010ffff"  # after everything that begins with what stands before it
ONLY = "!"  # sorts before every letter: a range up to word + ONLY is the word alone


class Meaning(NamedTuple):
    """A word that a typed word may stand for; `open`: any word that begins with it will do.

    `bearers`: how many customers have the word; `id`: the word's, 0 where it is not one that somebody has.
    `ended`: another word was typed after it, so that it is less likely to be only the beginning of one.
    """

    word: str
    cost: float
    typed: str
    how: str
    bearers: int = 1
    open: bool = False
    id: int = 0
    ended: bool = False

    @classmethod
    def beginning(cls, typed: str, *, ended: bool = False) -> Meaning:
        return cls(typed, EXACT, typed, "name", open=True, ended=ended)

    @property
    def span(self) -> tuple[str, str]:
        """The range of words that will do."""
        return self.word, self.word + (END if self.open else ONLY)

    @property
    def alone(self) -> tuple[str, str]:
        """The range of the word itself."""
        return self.word, self.word + ONLY

    @property
    def why(self) -> Why:
        return self.why_of(self.word)

    def why_of(self, word: str) -> Why:
        """Why, where this meaning led to `word`."""
        if word[0] in PLACES:
            return Why(self.how, word[1:], self.typed, "city" if word[0] == CITY else "")
        return Why(self.how, word, self.typed)

    @property
    def order(self) -> float:
        return in_order(self.cost, self.bearers)

    def reached(self, word: str) -> Meaning:
        """This meaning, where `word` is what it led to."""
        if not self.open or word == self.word:
            return self
        return self._replace(word=word, cost=self.cost_of(word), open=False)

    def cost_of(self, word: str) -> float:
        """What it costs that this meaning led to `word`."""
        if not self.open or word == self.word:
            return self.cost
        return self.cost + beginning_cost(self.word, word, ended=self.ended)


def beginning_cost(typed: str, word: str, *, ended: bool = False) -> float:
    """What it costs that `typed` is only the beginning of `word`."""
    missing = PREFIX_LETTER * (len(word) - len(typed))
    if len(typed) == 1:
        return INITIAL + missing
    return PREFIX + missing + (PREFIX_ENDED if ended else 0.0)


WordRow = tuple[str, int, int]  # a Word as the store has it


class Word(NamedTuple):
    """A word of the store. `bearers`: how many customers have it."""

    word: str
    id: int
    bearers: int


def by_order(meaning: Meaning) -> tuple[float, str]:
    """The likeliest first, words alike in that by their letters."""
    return meaning.order, meaning.word
