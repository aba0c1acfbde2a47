"""How near a typed word is to a customer's: every cost, scorer and cut-off of the search, in one place.

A hit's cost is the sum over the typed words; the lowest is shown first. Costs are in "bits of surprise": a name twice
as common is worth one COMMONNESS. They keep the order that an agent expects: exact, prefix, nickname, slip, sound.

The order of kinds is set by that expectation. The figures were tuned to how many are found (docs/performance.md), on
queries and people that its tables leave out: these tell how the search does with what it never saw.
"""

from __future__ import annotations

from collections.abc import Collection
from math import log2

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import extract

from data.search.spelling import TOUCHING, VOWELS, heard

EXACT = 0.0
EXACT_FIRST = 9.0  # what an exact name is ahead by: more than being closed, rare and met by a middle name take away
PREFIX = 1.25  # the typed word begins theirs
PREFIX_LETTER = 0.12  # for each letter still to come
PREFIX_ENDED = 1.5  # more where the next word was begun: "rob smith" is seldom Roberta
ALSO_BEGUN = 1.5  # more where the word beside it is only like what was typed: two liberties at once are seldom taken
ALSO_LIKE = 0.75  # more for each of two words that are both only like what was typed
ALSO_CALLED = 4.0  # more for a nickname beside a word that is only like what was typed
INITIAL = 0.8  # "J" said for John, or theirs is only an initial
NICKNAME = 3.0  # Bob for Robert: said as often as the name itself, yet a real Bob comes first
NICKNAME_SPELT = 2.0  # Larrie for Larry: the same short name, spelt otherwise
NICKNAME_SIBLING = 6.0  # Bob for Rob: both short for the same
SLIP = 7.0  # one letter wrong or one too many: which letter it is, one in 26 would have done
SLIP_SWAPPED = 5.5  # two neighbours swapped, or one letter left out: of these a word has only a few
SLIP_DOUBLED = 6.0  # a letter twice that should be there once
SLIP_LIKELY = 6.5  # a key hit that touches the right one, instead of it or as well; a vowel for a vowel
SLIP_START = 1.5  # more where the first letter is hit: people seldom miss that one
SLIP_SOUNDS = 1.5  # less where the word also sounds the same: finger and ear both lead there
TWO_SLIPS = 10.5
TWO_SLIPS_UNLIKE = 8.0  # for each unit of Jaro-Winkler distance between words that two slips part
SLIP_HEARD = 3.5  # less where the word is said just alike: whoever hears a name cannot tell
HOMOPHONE = 6.0  # said just alike, though more than one slip parts them
HOMOPHONE_LETTER = 1.0  # for each of these slips
SOUND = 8.0  # same Double Metaphone key, however it is spelt
SOUND_UNLIKE = 20.0  # for each unit of Jaro-Winkler distance between words that sound the same
SLIP_AND_PREFIX = 1.0  # more where a slip is in a word that is still being typed
UNMATCHED = 18.0  # a typed word that nothing of the customer's meets
UNTYPED = 0.3  # for each word of the customer's name that was not typed
LONE_FIRST = 0.6  # a single word beside a number is the last name rather than the first
SWAPPED = 0.5  # last name typed first, without a comma
COMPANY_BACKWARDS = 3.0  # two words of a company's name typed in the other order, which few do
BY_MIDDLE = 4.0  # met by a middle name beside the first or the last: one in twenty goes by it
WITHOUT_LAST = 4.0  # more where it is beside the first: hardly anybody leaves out the last name
INACTIVE = 2.0  # a closed account comes after an open one that matches as well: it is asked for less often
RECENT = 1.5  # this agent opened it lately
COMMONNESS = 0.8  # for each doubling of how many bear the name
COMMONNESS_MOST = 4.0  # and at most so much, so that a rare name that fits better stays first
COMMON_ENOUGH = round(2 ** (COMMONNESS_MOST / COMMONNESS))  # who bear such a name
AHEAD = [COMMONNESS * log2(max(bearers, 1)) for bearers in range(COMMON_ENOUGH)]  # by how many bear it
AGAIN = 3.0  # a second customer of a name that is only like what was typed: other names like it come in between
PLACE = 1.0  # a city or a street beside a name
STREET_ALONE = 6.0  # a street without its house number: many are called as people are
PLACE_NEARLY = 3.0  # more for a city with a slip in it: as often it is a slip in a name
CITY_BEGUN = 8.0  # the beginning of a city beside a name: after names that begin so or are like it
PLACE_BEGUN = 5.0  # the beginning of a place in a text of several parts
PLACE_WITHIN = 6.0  # a later word of one: "orleans"
NEAR_NUMBER = 7.0  # a telephone number with one digit wrong or two swapped
ENDING = 1.0  # of a telephone number, four digits or more
DEVICE_ENDING = 1.25  # of a handset's or a SIM's number: of so many digits a telephone's is read out as often
LAST_SIX_READ_OUT = (
    0.75  # six of a handset's are what is read out from its box; of a telephone number it is four, or seven
)
BEGINNING = 3.0  # the beginning of a number: after its end, which is what a caller reads out

SHORTEST_SLIP = 3  # letters: below, nearly every word is one slip from nearly every other
SHORTEST_TWO_SLIPS = 5
SHORTEST_TWO_MISSING = 4  # where both slips are letters left out
SOUND_LIKENESS = 0.65  # Jaro-Winkler: below, words share a key by accident (gene, juan)
UNLIKE = 0.5  # share of the letters that must agree in what is shown as near, when nothing matches
MEANINGS = 24  # words that a typed word is taken for, at most; 16 lose 0.5 % of slips beside a beginning among millions
MEANINGS_FAR = 60  # the same with two slips, where many more words are as near


def in_order(cost: float, bearers: int) -> float:
    """Where what costs so much comes, when so many bear the name: the least first, and what was typed before all."""
    if not cost:
        return -EXACT_FIRST
    return cost - (AHEAD[bearers] if bearers < COMMON_ENOUGH else COMMONNESS_MOST)


def slips(typed: str, word: str, most: int) -> int:
    """Optimal string alignment distance: a swap of neighbours counts one, as a finger makes it; over `most`, most+1."""
    return OSA.distance(typed, word, score_cutoff=most)


def within_slips(typed: str, words: Collection[str], most: int) -> list[tuple[str, int]]:
    """Those of `words` that at most `most` slips make of `typed`, each with how many."""
    found = extract(typed, words, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(word, int(distance)) for word, distance, _ in found]


def sounding_alike(typed: str, words: Collection[str], most: int | None = None) -> list[tuple[str, float]]:
    """Those of `words` (which share a sound with `typed`) that are no accident, with what each costs; the likest."""
    found = extract(typed, words, scorer=JaroWinkler.similarity, score_cutoff=SOUND_LIKENESS, limit=most)
    told = heard(typed)
    return [(word, _sound_cost(typed, told, word, likeness)) for word, likeness, _ in found]


def _sound_cost(typed: str, told: str, word: str, likeness: float) -> float:
    if told == heard(word):
        return homophone_cost(typed, word)
    return SOUND + SOUND_UNLIKE * (1 - likeness)


def homophone_cost(typed: str, word: str) -> float:
    """What a word costs that is said just as `typed` is."""
    return HOMOPHONE + HOMOPHONE_LETTER * OSA.distance(typed, word)


def less_by_sound(typed: str, word: str) -> float:
    """How much likelier a slip is that leads to a word of the same sound."""
    if heard(typed) != heard(word):
        return SLIP_SOUNDS
    return SLIP_HEARD if typed[:1] == word[:1] else SLIP_HEARD + SLIP_START


def nearest(typed: list[str], words: set[str]) -> set[str]:
    """The few of `words` that are the least unlike one of the `typed`."""
    return {
        word
        for one in typed
        for word, _, _ in extract(one, words, scorer=OSA.normalized_similarity, score_cutoff=UNLIKE, limit=12)
    }


def slip_cost(typed: str, word: str, distance: int) -> float:
    """What `distance` slips cost, seen where they are."""
    start = SLIP_START if typed[:1] != word[:1] else 0.0
    if distance == 1:
        return start + _one_slip(typed, word)
    return start + TWO_SLIPS + TWO_SLIPS_UNLIKE * (1 - JaroWinkler.similarity(typed, word))


def _one_slip(typed: str, word: str) -> float:
    if len(typed) < len(word):
        return SLIP_SWAPPED
    at = 0
    for letter, other in zip(typed, word, strict=False):
        if letter != other:
            break
        at += 1
    if len(typed) > len(word):
        if at and typed[at] == typed[at - 1]:
            return SLIP_DOUBLED
        near = (typed[at - 1 : at] + typed[at], typed[at] + typed[at + 1 : at + 2])
        return SLIP if TOUCHING.isdisjoint(near) else SLIP_LIKELY
    if typed[at + 1 :] != word[at + 1 :]:
        return SLIP_SWAPPED
    likely = typed[at] + word[at] in TOUCHING or (typed[at] in VOWELS and word[at] in VOWELS)
    return SLIP_LIKELY if likely else SLIP


def as_score(cost: float) -> float:
    """A cost as a figure between 0 and 1 for people and programs; 1 is exactly what was typed."""
    return round(1 / (1 + max(cost, 0.0) / 16), 4)
