"""Candidates by a place that was misspelt: a city beside a name, a street with its house number."""

from __future__ import annotations

from collections.abc import Iterator

from data.search.results import Why
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import CITY, STREET
from data.search.sqlite.texts.comparing import Pool, compare, compare_nearly
from data.search.sqlite.texts.fitting import Fitter, Known
from data.search.sqlite.texts.places import (
    LONGEST_HOUSE,
    LONGEST_PLACE,
    at_each,
    beside,
    rarest_of,
    runs_of,
    without,
)
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import END, Meaning

TELLING = 6  # letters of a city of which two may be wrong
SPANS_BOTH = 100  # pairs of a city and a word looked for where both are only like what was typed
Taken = tuple[str, list[str]]  # what may be a place, and the words of the text that are left beside it


def with_misspelt_places(lexicon: Lexicon, words: list[str], found: Found) -> int:
    """Adds customers for whom the beginning or the end of the text is their city with a slip; if nobody, with two.

    Returns how many met every word.
    """
    met = 0
    for typed, rest in _at_an_end(words):
        if cities := [one for one in lexicon.like(CITY + typed) if not one.open]:
            here = _at_cities(lexicon, cities, typed, rest, found)
            if not here:
                _nearly_at(lexicon, cities, typed, rest, found)
            met += here
    for typed, rest in _at_an_end(words) if not met else ():
        if len(typed) >= TELLING and (cities := lexicon.whole(CITY + typed, 2)):
            met += _at_cities(lexicon, cities, typed, rest, found)
    return met


def _at_an_end(words: list[str]) -> Iterator[Taken]:
    """Words at the end of a text or at its beginning, in one, that may be a place; and the words that are left."""
    for length in range(1, min(LONGEST_PLACE, len(words) - 1) + 1):
        for start in (len(words) - length, 0):
            if rest := without(words, start, start + length):
                yield "".join(words[start : start + length]), rest


def _at_cities(lexicon: Lexicon, cities: list[Meaning], typed: str, rest: list[str], found: Found) -> int:
    """Adds customers in one of `cities`, which `typed` is taken for, with the words in `rest`."""
    rarest = rarest_of(lexicon, rest)
    there = beside(lexicon, [(city.id, rarest, rarest + END) for city in cities])
    return compare(lexicon, _meant(there, cities, typed), Fitter(lexicon, rest, []), found, 1)


def _nearly_at(lexicon: Lexicon, cities: list[Meaning], typed: str, rest: list[str], found: Found) -> None:
    """The same for a name that is like one of the words in `rest`."""
    like = [meaning for word in rest for meaning in lexicon.like(word)]
    there = beside(lexicon, [(city.id, *meaning.span) for meaning in like for city in cities][:SPANS_BOTH])
    compare_nearly(lexicon, _meant(there, cities, typed), Fitter(lexicon, rest, []), found, 1)


def _meant(there: dict[int, int], cities: list[Meaning], typed: str) -> Pool:
    """Customers in `cities`, each with the city that `typed` is taken for."""
    how = f"city like {typed}"
    known = {one.id: {typed: Known(one.cost, Why(how, one.word[1:], typed, "city"))} for one in cities}
    return {who: known[city] for who, city in there.items()}


def at_misspelt_houses(lexicon: Lexicon, words: list[str], numbers: list[str], slips: int) -> Pool:
    """Customers at a house number of a street that so many slips, or with two of them a sound, make of some `words`."""
    houses = [number for number in numbers if len(number) <= LONGEST_HOUSE]
    pool: Pool = {}
    for typed in runs_of(words) if houses else ():
        like = lexicon.like(STREET + typed) if slips == 1 else lexicon.whole(STREET + typed, slips)
        costs = {meaning.id: meaning.cost for meaning in like if not meaning.open}
        for customer, street in beside(lexicon, at_each(costs, houses)).items():
            why = Why(f"street like {typed}", typed, typed, "")
            pool.setdefault(customer, {})[typed] = Known(costs[street], why)
    return pool
