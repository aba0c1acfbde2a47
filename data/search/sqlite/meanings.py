"""What a typed word may stand for: itself, a beginning, a slip of the finger, a sound, a nickname."""

from __future__ import annotations

from typing import NamedTuple

from data.search.results import Why
from data.search.scoring import (
    EXACT,
    INITIAL,
    PREFIX,
    PREFIX_ENDED,
    PREFIX_LETTER,
    SHORTEST_SLIP,
    SHORTEST_TWO_SLIPS,
    SLIP_AND_PREFIX,
    homophone_cost,
    in_order,
    less_by_sound,
    slip_cost,
    slips,
    sounding_alike,
    within_slips,
)
from data.search.spelling import heard
from data.search.sqlite.entries import CITY, PLACES
from data.search.sqlite.vocabulary import SOUND, STEM, TWICE, cuts, sounds

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


Cost = tuple[float, str]  # what a meaning costs, and how it is one


class Near(NamedTuple):
    """What slips and sounds make of a typed word: words, and longer words and beginnings for who is still typing."""

    whole: dict[str, Cost]
    longer: dict[str, Cost]
    begun: list[Meaning]


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
    return meaning.order, meaning.word


def typed_keys(typed: str, most_slips: int) -> set[str]:
    """The keys of search_slip that lead to what `typed` may stand for."""
    mark = typed[0] if typed[0] in PLACES else ""
    own = typed[len(mark) :][:STEM]
    if most_slips == 2 and len(own) < SHORTEST_TWO_SLIPS:
        return {TWICE + own}
    near = cuts(own, 1)
    if most_slips == 2:
        near |= cuts(own, 2)
        return near | {TWICE + cut for cut in near}
    return {mark + cut for cut in near} if mark else near | {SOUND + key for key in sounds(typed)}


def beginnings_like(typed: str, begun: list[str]) -> list[Meaning]:
    """The beginnings that `typed` is one slip from, for who is still typing the first letters."""
    if not SHORTEST_SLIP < len(typed) < STEM:
        return []
    near = [beginning for beginning in begun if abs(len(beginning) - len(typed)) <= 1]
    return [
        Meaning(beginning, slip_cost(typed, beginning, 1) + SLIP_AND_PREFIX, typed, f"like {typed}", open=True)
        for beginning, distance in within_slips(typed, near, 1)
        if distance == 1
    ]


def longer_like(typed: str, words: list[str]) -> dict[str, float]:
    """Longer words, for who types on, whose beginning `typed` is one slip from, each with its cost."""
    longer = [word for word in words if len(word) > len(typed)] if len(typed) >= STEM - 1 else []
    found: dict[str, float] = {}
    for more in (0, 1, -1) if len(typed) >= STEM else (1,):  # shorter beginnings are entered themselves
        length = len(typed) + more
        near = {head for head, slips in within_slips(typed, list({word[:length] for word in longer}), 1) if slips}
        for word in longer if near else ():
            head = word[:length]
            if word not in found and head != word and head in near:
                found[word] = slip_cost(typed, head, 1) + SLIP_AND_PREFIX + beginning_cost(head, word)
    return found


def said_alike(typed: str, sounding: set[str]) -> dict[str, Cost]:
    """Those of the words that sound like `typed` that are said just alike, with what they cost."""
    told = heard(typed)
    alike = {word: slips(typed, word, 1) for word in sounding if heard(word) == told}
    return {
        word: (homophone_cost(typed, word), f"sounds like {typed}")
        if distance > 1
        else (slip_cost(typed, word, 1) - less_by_sound(typed, word), f"like {typed}")
        for word, distance in alike.items()
        if distance
    }


def add_sounds(typed: str, sounding: list[str], costs: dict[str, Cost]) -> None:
    """Adds to `costs` of words that slips make what the words that sound alike cost; less where a word is both."""
    for word, cost in sounding_alike(typed, sounding):
        slip = costs.get(word)
        if slip is None or cost < slip[0] - less_by_sound(typed, word):
            costs[word] = cost, f"sounds like {typed}"
        else:
            costs[word] = slip[0] - less_by_sound(typed, word), slip[1]
