"""Candidates by a place: a name with a city or a street, or a place alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice

from data.search.results import COUNTED
from data.search.scoring import CITY_BEGUN, PLACE, STREET_ALONE
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import CITY, ID_SHIFT, STREET, ZIP
from data.search.sqlite.lists import tabled
from data.search.sqlite.names.probe import PROBES
from data.search.sqlite.texts.comparing import COMPARED, Pool, compare
from data.search.sqlite.texts.fitting import Fitter
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import END, ONLY, Meaning, Word
from data.search.words import ABBREVIATIONS, DIRECTIONS, STATES, STREET_KINDS

ROWS = 4 * COUNTED  # at one place that are counted: a customer has up to three at a city
ROWS_AT_ZIP = 3_000
LONGEST_PLACE = 6  # words of a city's or a street's name
SHORTEST_BEGUN = 3  # letters of a city or a state that is still being typed
PLACES_BEGUN = 6  # places that a word still being typed is taken for
SPANS = 400  # pairs of a place and a word looked for at once where one word is left beside it; of more, fewer
LONGEST_HOUSE = 6  # digits of a house number
ON_A_STREET = 20_000  # entries of one street that are looked through for a name, where the house was not typed: 2 ms
PERHAPS_A_STREET = 5_000  # the same where no "street" or such a word says that it is one: "lake" is of a city as often
MANY = 10**9
Reading = tuple[Word, list[str]]  # a place, and the words of the text that are left beside it
Span = tuple[int, str, str]  # a place's id, and the range of what stands beside it


def places_called(
    lexicon: Lexicon, typed: str, marks: tuple[str, ...] = (CITY,), *, begun: bool = True
) -> list[Meaning]:
    """The places that `typed` names, or the cities that it begins with `begun`."""
    known = lexicon.known([mark + typed for mark in marks])
    found = [
        Meaning(word, PLACE if word[0] == CITY else STREET_ALONE, typed, KINDS[word[0]], bearers, id=id)
        for word, id, bearers in known.values()
    ]
    if begun and len(typed) >= SHORTEST_BEGUN:
        found += [
            Meaning(word, CITY_BEGUN, typed, KINDS[CITY], bearers, id=id)
            for word, id, bearers in lexicon.begun(CITY + typed, PLACES_BEGUN)
            if word != CITY + typed
        ]
    return found


KINDS = {CITY: "city", STREET: "street"}


def at_places(lexicon: Lexicon, words: list[str], fitter: Fitter, found: Found) -> int:
    """Adds customers for whom some of `words` are a city or a street; returns how many met every word."""
    readings = _readings(lexicon, words)
    if not readings:
        return 0
    one_word = all(len(rest) < 2 for _, rest in readings)  # so that whoever the index leads to meets all
    entries = PERHAPS_A_STREET if STREET_KINDS.isdisjoint(words) else ON_A_STREET
    customers = _who_at(lexicon, readings, entries, ROWS if one_word else COMPARED)
    met = compare(lexicon, {customer: {} for customer in customers[:COMPARED]}, fitter, found)
    found.leave_out(len(customers) - COMPARED)
    return met


def with_places_nearly(lexicon: Lexicon, words: list[str], found: Found) -> int:
    """The same for a city that is spelt right, before or behind a name that is not."""
    spans = (
        (place.id, *meaning.span)
        for place, rest in _readings(lexicon, words)
        if place.word[0] == CITY and rest in (words[: len(rest)], words[-len(rest) :])
        for word in rest
        for like in (lexicon.nicknames, lexicon.like, partial(lexicon.like, most_slips=2))
        for meaning in like(word)
    )
    pool: Pool = {customer: {} for customer in beside(lexicon, list(islice(spans, SPANS // (len(words) - 1))))}
    return compare(lexicon, pool, Fitter(lexicon, words, []), found)


def _readings(lexicon: Lexicon, words: list[str]) -> list[Reading]:
    """Places that some of `words` name in a row, and the words left; places that more words name come first."""
    named = {}
    for length in range(min(LONGEST_PLACE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            place = "".join(words[start : start + length])
            named[CITY + place] = named[STREET + place] = (start, start + length)
    known = lexicon.known(list(named))
    readings = [(known[place], without(words, *span)) for place, span in named.items() if place in known]
    if len(words) > 1:
        readings += _begun_readings(lexicon, words)
    return readings


def _begun_readings(lexicon: Lexicon, words: list[str]) -> list[Reading]:
    """The same, for a city that is still being typed; the more words begin it, the sooner it is meant."""
    found = []
    for start in range(max(len(words) - LONGEST_PLACE, 1), len(words)):
        typed = "".join(words[start:])
        places = lexicon.begun(CITY + typed, PLACES_BEGUN) if len(typed) >= SHORTEST_BEGUN else []
        found += [(place, words[:start]) for place in places]
    return sorted(found, key=lambda reading: (len(reading[1]), -reading[0].bearers))[:PLACES_BEGUN]


def without(words: list[str], start: int, end: int) -> list[str]:
    """What is left of `words` beside a place that stands from `start` to `end`; without what tells no name."""
    return [word for word in words[:start] + words[end:] if word not in STREET_KINDS and word not in DIRECTIONS]


def _who_at(lexicon: Lexicon, readings: list[Reading], entries: int, most: int) -> list[int]:
    """Customers at one of the places with the rarest of the words beside it; any there where no word is left.

    Of a street, so many `entries` are looked through.
    """
    spans: list[Span] = []
    on_streets: list[int] = []
    lexicon.known({word for _, rest in readings for word in rest})  # what is asked for soon, at once
    for place, rest in readings:
        rarest = rarest_of(lexicon, rest)
        if place.word[0] == CITY or not rarest:
            spans.append((place.id, rarest, rarest + END))
        else:
            on_streets += _on_street(lexicon, place, rarest, entries, most)
    return list(dict.fromkeys([*beside(lexicon, spans, most), *on_streets]))


def rarest_of(lexicon: Lexicon, words: list[str]) -> str:
    """The word that the fewest have, of those that somebody has and no state has; "" where there are no `words`."""
    known = lexicon.known(words)
    telling = [word for word in words if word not in STATES and word.upper() not in ABBREVIATIONS] or words
    return min(telling, key=lambda word: (known[word].bearers if word in known else MANY, -len(word)), default="")


def _on_street(lexicon: Lexicon, street: Word, word: str, entries: int, most: int) -> list[int]:
    """Customers among so many `entries` of `street` whose last name, or company, begins with `word`."""
    rows = lexicon.connection.execute(
        f"SELECT who >> {ID_SHIFT} FROM (SELECT b, who FROM search_pair WHERE a = ? LIMIT +?) WHERE b LIKE ? LIMIT +?",
        (street.id, entries, f"% {word}%", most),
    )
    return [row[0] for row in rows]


def beside(lexicon: Lexicon, spans: list[Span], most: int = COMPARED) -> dict[int, int]:
    """Customers with a first word and another in a range beside it, each with the first word's id."""
    there: dict[int, int] = {}
    if spans:
        for place, _, who in tabled(lexicon.connection, PROBES, [(span[0], *span) for span in spans], most).fetchall():
            there.setdefault(who >> ID_SHIFT, place)
    return there


def at_zip(lexicon: Lexicon, code: str) -> list[tuple[int, str]]:
    """Entries of customers at a ZIP, each with the words of the name."""
    known = lexicon.known([ZIP + code])
    ids = [word.id for word in known.values()]
    return lexicon.connection.execute(  # type: ignore[no-any-return]
        "SELECT who, b FROM search_pair WHERE a = ? LIMIT +?", (ids[0] if ids else 0, ROWS_AT_ZIP)
    ).fetchall()


def at_houses(lexicon: Lexicon, words: list[str], numbers: list[str]) -> Pool:
    """Customers at a house number of a street that some of `words` name or begin."""
    houses = [number for number in numbers if len(number) <= LONGEST_HOUSE]
    if not houses or not words:
        return {}
    streets = {place.id for place, _ in _readings(lexicon, words) if place.word[0] == STREET}
    for typed in runs_of(words):
        if len(typed) >= SHORTEST_BEGUN:
            streets.update(place.id for place in lexicon.begun(STREET + typed, PLACES_BEGUN))
    return {customer: {} for customer in beside(lexicon, at_each(streets, houses))}


def runs_of(words: list[str]) -> list[str]:
    """Each run of `words` in one word, as streets are kept; without what is left out of streets."""
    own = [word for word in words if word not in STREET_KINDS and word not in DIRECTIONS]
    return [
        "".join(own[start : start + length])
        for length in range(min(LONGEST_PLACE, len(own)), 0, -1)
        for start in range(len(own) - length + 1)
    ]


def at_each(streets: Iterable[int], houses: list[str]) -> list[Span]:
    """The range of each of `houses` (their numbers) on each of `streets` (their ids)."""
    return [(street, house + " ", house + ONLY) for street in streets for house in houses]
