"""Candidates by a place: a name with a city, a street or a state, or a place alone."""

from __future__ import annotations

import json

from data.search.results import Why
from data.search.scoring import SLIP
from data.search.sqlite.comparing import COMPARED, Pool, compare
from data.search.sqlite.entries import CITY, ID_SHIFT, STREET
from data.search.sqlite.fitting import Fitter, Known
from data.search.sqlite.found import Found
from data.search.sqlite.meanings import END, ONLY, Lexicon
from data.search.sqlite.names import PROBES
from data.search.words import ABBREVIATIONS, DIRECTIONS, STATES, STREET_KINDS

ROWS_IN_STATE = 1_500
LONGEST_PLACE = 3  # words of a city's or a street's name
SHORTEST_BEGUN = 3  # letters of a city that is still being typed
PLACES_BEGUN = 6  # places that a word still being typed is taken for
SPANS = 400  # pairs of a place and a word looked for at once
MANY = 10**9
Reading = tuple[str, list[str]]  # a place, and the words of the text that are left beside it


def with_places(lexicon: Lexicon, words: list[str], found: Found) -> int:
    """Adds customers for whom some of `words` are a city or a street; returns how many met every word."""
    return at_places(lexicon, words, Fitter(lexicon, words, []), found) + in_state(lexicon, words, found)


def at_places(lexicon: Lexicon, words: list[str], fitter: Fitter, found: Found) -> int:
    readings = _readings(lexicon, words)
    if not readings:
        return 0
    customers = _who_at(lexicon, readings)
    return compare(lexicon, {customer: {} for customer in customers}, fitter, found)


def with_places_nearly(lexicon: Lexicon, words: list[str], found: Found) -> int:
    """The same for a place that is spelt right beside a name that is not."""
    spans = [
        (place, *meaning.span)
        for place, rest in _readings(lexicon, words)
        for word in rest
        for meaning in [*lexicon.nicknames(word), *lexicon.like(word), *lexicon.like(word, 2)]
    ]
    pool: Pool = {customer: {} for customer in _beside(lexicon, spans[:SPANS])}
    return compare(lexicon, pool, Fitter(lexicon, words, []), found)


def with_misspelt_places(lexicon: Lexicon, words: list[str], found: Found) -> int:
    """The same for a city with a slip in its name, at the end of the text or at its beginning."""
    met = 0
    for length in range(1, min(LONGEST_PLACE, len(words) - 1) + 1):
        for start in (len(words) - length, 0):
            typed = "".join(words[start : start + length])
            rest = _without(words, start, start + length)
            cities = [meaning.word for meaning in lexicon.like(CITY + typed) if not meaning.open]
            if cities and rest:
                met += _at_cities(lexicon, cities, typed, rest, found)
    return met


def _at_cities(lexicon: Lexicon, cities: list[str], typed: str, rest: list[str], found: Found) -> int:
    """Customers in one of `cities`, for which `typed` is a slip, with the words in `rest`."""
    customers = _who_at(lexicon, [(city, rest) for city in cities])
    pool: Pool = {
        customer: {typed: Known(SLIP, Why(f"city like {typed}", typed, typed, "city"))} for customer in customers
    }
    return compare(lexicon, pool, Fitter(lexicon, rest, []), found, 1)


def in_state(lexicon: Lexicon, words: list[str], found: Found) -> int:
    """Customers with one of `words` in the state that another names; common names are looked through in part."""
    met = 0
    for typed in words:
        state = STATES.get(typed) or (typed.upper() if typed.upper() in ABBREVIATIONS else "")
        rest = [word for word in words if word != typed]
        if state and rest:
            rows = lexicon.connection.execute(_IN_STATE, (max(rest, key=len), ROWS_IN_STATE, state, COMPARED))
            met += compare(lexicon, {customer: {} for (customer,) in rows}, Fitter(lexicon, words, []), found)
    return met


_IN_STATE = f"""
    SELECT k.id FROM (SELECT who >> {ID_SHIFT} AS id FROM search_pair WHERE a = ? LIMIT ?) p
    CROSS JOIN search_customer k ON k.id = p.id WHERE k.state = ? LIMIT ?"""


def _readings(lexicon: Lexicon, words: list[str]) -> list[Reading]:
    """Places that some of `words` name in a row, and the words left; places that more words name come first."""
    named = {}
    for length in range(min(LONGEST_PLACE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            place = "".join(words[start : start + length])
            named[CITY + place] = named[STREET + place] = (start, start + length)
    known = lexicon.counts(list(named))
    readings = [(place, _without(words, *span)) for place, span in named.items() if place in known]
    if len(words) > 1 and len(words[-1]) >= SHORTEST_BEGUN:
        readings += _begun_readings(lexicon, words)
    return readings


def _begun_readings(lexicon: Lexicon, words: list[str]) -> list[Reading]:
    """The same, for a city that is still being typed."""
    begun = {"".join(words[start:]): words[:start] for start in range(max(len(words) - LONGEST_PLACE, 1), len(words))}
    places = lexicon.begun([CITY + place for place in begun], PLACES_BEGUN)
    return [
        (place, rest) for place in places for start, rest in begun.items() if place.startswith(CITY + start) and rest
    ]


def _without(words: list[str], start: int, end: int) -> list[str]:
    return [word for word in words[:start] + words[end:] if word not in STREET_KINDS and word not in DIRECTIONS]


def _who_at(lexicon: Lexicon, readings: list[Reading]) -> list[int]:
    """Customers at one of the places with the rarest of the words beside it; any there where no word is left."""
    counts = lexicon.counts([word for _, rest in readings for word in rest])
    spans = []
    for place, rest in readings:
        rarest = min(rest, key=lambda word: (counts.get(word, MANY), -len(word)), default="")
        spans.append((place, rarest, rarest + END))
    return _beside(lexicon, spans)


def _beside(lexicon: Lexicon, spans: list[tuple[str, str, str]]) -> list[int]:
    """Customers with a first word and another in a range beside it."""
    rows = lexicon.connection.execute(PROBES, (json.dumps(spans, ensure_ascii=False), COMPARED)).fetchall()
    return [who >> ID_SHIFT for _, _, who in rows]


def pool_houses(lexicon: Lexicon, words: list[str], numbers: list[str], pool: Pool) -> None:
    """Customers at a house number of a street that some of `words` name."""
    houses = [number for number in numbers if len(number) <= 6]
    if not houses or not words:
        return
    streets = [place for place, _ in _readings(lexicon, words) if place[0] == STREET]
    customers = _beside(lexicon, [(place, house, house + ONLY) for place in streets for house in houses])
    pool.update({customer: {} for customer in customers if customer not in pool})
    if not pool:
        _pool_misspelt(lexicon, words, houses, pool)


def _pool_misspelt(lexicon: Lexicon, words: list[str], houses: list[str], pool: Pool) -> None:
    """The same for a street with a slip in its name."""
    own = [word for word in words if word not in STREET_KINDS and word not in DIRECTIONS]
    for length in range(min(LONGEST_PLACE, len(own)), 0, -1):
        for start in range(len(own) - length + 1):
            typed = "".join(own[start : start + length])
            streets = [meaning.word for meaning in lexicon.like(STREET + typed) if not meaning.open]
            for customer in _beside(lexicon, [(place, house, house + ONLY) for place in streets for house in houses]):
                why = Why(f"street like {typed}", typed, typed, "")
                pool.setdefault(customer, {})[typed] = Known(SLIP, why)
