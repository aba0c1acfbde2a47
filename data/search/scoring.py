"""How near a typed word is to a customer's: every cost, scorer and cut-off of the search, in one place.

A hit's cost is the sum over the typed words; the lowest is shown first. Costs are in "bits of surprise": a name twice
as common is worth one COMMONNESS. They keep the order that an agent expects: exact, prefix, nickname, slip, sound.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import extract

EXACT = 0.0
PREFIX = 2.0  # the typed word begins theirs
PREFIX_LETTER = 0.12  # for each letter still to come
INITIAL = 1.0  # "J" said for John, or theirs is only an initial
NICKNAME = 3.0  # Bob for Robert: said as often as the name itself, yet a real Bob comes first
NICKNAME_SIBLING = 6.0  # Bob for Rob: both short for the same
SLIP = 7.0  # one letter missing, extra, wrong, or two swapped (OSA distance 1)
SLIP_START = 1.5  # more where the first letter is hit: people seldom miss that one
TWO_SLIPS = 13.0
SOUND = 8.0  # same Double Metaphone key, however it is spelt
SOUND_UNLIKE = 20.0  # for each unit of Jaro-Winkler distance between words that sound the same
SLIP_AND_PREFIX = 1.0  # more where a slip is in a word that is still being typed
UNMATCHED = 18.0  # a typed word that nothing of the customer's meets
UNTYPED = 0.3  # for each word of the customer's name that was not typed
SWAPPED = 0.5  # last name typed first, without a comma
BY_MIDDLE = 2.0  # met by a middle name beside the first or the last
INACTIVE = 3.0  # a closed account comes after an open one that matches as well
RECENT = 1.5  # this agent opened it lately
COMMONNESS = 0.8  # for each doubling of how many bear the name; below 1, so that a rare exact name stays first
PLACE = 1.0  # a city or a street beside a name
PLACE_BEGUN = 4.0  # the beginning of one: after names that begin so
PLACE_WITHIN = 5.0  # a later word of one: "orleans"
NEAR_NUMBER = 7.0  # a telephone number with one digit wrong or two swapped
ENDING = 1.0  # of a telephone number, four digits or more
BEGINNING = 3.0  # the beginning of a number: after its end, which is what a caller reads out

SHORTEST_SLIP = 3  # letters: below, nearly every word is one slip from nearly every other
SHORTEST_TWO_SLIPS = 5
SOUND_LIKENESS = 0.65  # Jaro-Winkler: below, words share a key by accident (gene, juan)
MEANINGS = 24  # words that a typed word is taken for, at most; the right one was in the first 20 in all but 0.2 %


def slips(typed: str, word: str, most: int) -> int:
    """Optimal string alignment distance: a swap of neighbours counts one, as a finger makes it; over `most`, most+1."""
    return OSA.distance(typed, word, score_cutoff=most)


def within_slips(typed: str, words: list[str], most: int) -> list[tuple[str, int]]:
    """Those of `words` that at most `most` slips make of `typed`, each with how many."""
    found = extract(typed, words, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(word, int(distance)) for word, distance, _ in found]


def sounding_alike(typed: str, words: list[str]) -> list[tuple[str, float]]:
    """Those of `words` (which share a sound with `typed`) that are no accident, each with its cost."""
    found = extract(typed, words, scorer=JaroWinkler.similarity, score_cutoff=SOUND_LIKENESS, limit=None)
    return [(word, SOUND + SOUND_UNLIKE * (1 - likeness)) for word, likeness, _ in found]


def slip_cost(typed: str, word: str, distance: int) -> float:
    """What `distance` slips cost, seen where they are."""
    cost = SLIP if distance == 1 else TWO_SLIPS
    return cost + (SLIP_START if typed[:1] != word[:1] else 0.0)


def sound_cost(typed: str, word: str) -> float | None:
    """What it costs that `word` sounds like `typed`, or None where they only share a key by accident."""
    likeness = JaroWinkler.similarity(typed, word)
    return SOUND + SOUND_UNLIKE * (1 - likeness) if likeness >= SOUND_LIKENESS else None


def as_score(cost: float) -> float:
    """A cost as a figure between 0 and 1 for people and programs; 1 is exactly what was typed."""
    return round(1 / (1 + max(cost, 0.0) / 16), 4)
