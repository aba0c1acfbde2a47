"""What a typed word may stand for: itself, a beginning, a slip of the finger, a sound, a nickname."""

from __future__ import annotations

from math import log2
from typing import Any, NamedTuple

from data.search.results import COUNTED, Why
from data.search.scoring import COMMONNESS, EXACT, INITIAL, PREFIX, PREFIX_LETTER

END = "\U0010ffff"  # after everything that begins with what stands before it
ONLY = "!"  # sorts before every letter: a range up to word + ONLY is the word alone
INDEXED_LETTERS = 3  # a beginning this short is looked up by how common its words are


class Meaning(NamedTuple):
    """A word that a typed word may stand for; `open`: any word that begins with it will do.

    `bearers`: how many customers have the word.
    """

    word: str
    cost: float
    typed: str
    how: str
    bearers: int = 1
    open: bool = False

    @classmethod
    def exact(cls, typed: str) -> Meaning:
        return cls(typed, EXACT, typed, "name")

    @classmethod
    def beginning(cls, typed: str) -> Meaning:
        return cls(typed, EXACT, typed, "name", open=True)

    @property
    def span(self) -> tuple[str, str]:
        """The range of words that will do."""
        return self.word, self.word + (END if self.open else ONLY)

    @property
    def why(self) -> Why:
        return Why(self.how, self.word, self.typed)

    @property
    def order(self) -> float:
        return self.cost - COMMONNESS * log2(self.bearers + 1)

    def reached(self, word: str) -> Meaning:
        """This meaning, where `word` is what it led to."""
        if not self.open or word == self.word:
            return self
        return self._replace(word=word, cost=self.cost + beginning_cost(self.word, word), open=False)


def beginning_cost(typed: str, word: str) -> float:
    """What it costs that `typed` is only the beginning of `word`."""
    missing = len(word) - len(typed)
    return (INITIAL if len(typed) == 1 else PREFIX) + PREFIX_LETTER * missing


class Lexicon:
    """The store's words, asked over one connection for one search."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def plain(self, typed: str, most: int = 20) -> list[Meaning]:
        """`typed` itself, and the words that it begins, the commonest first, until they are more than are counted."""
        found: list[Meaning] = []
        counted = 0
        for word, count in self._beginning(typed):
            if word == typed:
                found.insert(0, Meaning(word, EXACT, typed, "name", count))
            else:
                found.append(Meaning(word, beginning_cost(typed, word), typed, "name", count))
            counted += count
            if counted > COUNTED and len(found) >= most:
                break
        if not found or found[0].word != typed:
            own = self.connection.execute("SELECT count FROM search_word WHERE word = ?", (typed,)).fetchone()
            if own:
                found.insert(0, Meaning(typed, EXACT, typed, "name", own[0]))
        exact = found[:1] if found and found[0].word == typed else []
        return exact + sorted(found[len(exact) :], key=lambda meaning: meaning.order)

    def _beginning(self, typed: str) -> Any:
        if len(typed) <= INDEXED_LETTERS:
            return self.connection.execute(
                f"SELECT word, count FROM search_word WHERE substr(word, 1, {len(typed)}) = ? ORDER BY grade DESC",
                (typed,),
            )
        return self.connection.execute(
            "SELECT word, count FROM search_word WHERE word >= ? AND word < ? ORDER BY count DESC",
            (typed, typed + END),
        )
