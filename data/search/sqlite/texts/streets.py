"""Customers on a street of which the house number was not typed, or a wrong one: by what was typed besides."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import islice
from typing import NamedTuple

from data.search.results import Why
from data.search.scoring import NEAR_NUMBER, PLACE, PLACE_NEARLY, SLIP, STREET_ALONE, slips
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import CITY, ID_SHIFT, STREET
from data.search.sqlite.lists import listed
from data.search.sqlite.numbers.ranges import LAST_FOUR
from data.search.sqlite.texts.called import alike
from data.search.sqlite.texts.comparing import COMPARED, Pool, compare, compare_nearly
from data.search.sqlite.texts.fitting import Fitter, Known, is_nearly_a_kind
from data.search.sqlite.texts.places import LONGEST_HOUSE
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.memory import Named
from data.search.words import DIRECTIONS, STREET_KINDS

STREETS = 5  # that are looked through for one text
HOUSES = 2_000  # of one street
BEARERS = 1_000  # of a name, among whom one with a house number is sought
NEIGHBORS = 40  # customers on one street that are compared
RARELY = 10  # who bear a name that is as likely a slip
TELLING = 8  # letters of a text that is hardly one slip from a street by chance
LONGEST_STREET = 4  # words of its name
WRONG_HOUSE = 13.0  # another house number than was typed: after who has the name; one digit wrong is NEAR_NUMBER
_HOUSES = f"SELECT who, b FROM search_pair WHERE a = ? LIMIT {HOUSES}"
_IN_CITIES = f"""
    SELECT who >> {ID_SHIFT} FROM search_pair WHERE a = ?
    INTERSECT SELECT who >> {ID_SHIFT} FROM search_pair WHERE a IN (SELECT value FROM json_each(?))"""
_AT_HOUSE = f"""
    SELECT k.id FROM (SELECT DISTINCT who >> {ID_SHIFT} AS id FROM search_pair WHERE a IN ({{marks}}) LIMIT {BEARERS}) p
    CROSS JOIN search_customer k ON k.id = p.id WHERE k.street >= ? AND k.street < ? LIMIT +?"""
Row = tuple[int, str]  # who, and the house number and the last name
Placed = tuple[int, str, dict[str, Known]]  # the same, and what is known of the other words


class Reading(NamedTuple):
    """Some of the words taken for a street. `known`: how well they name it; `rest`: the other words."""

    street: int
    typed: str
    known: Known
    rest: list[str]


def on_streets(lexicon: Lexicon, words: list[str], numbers: list[str], found: Found, parts: int = 0) -> None:
    """Adds customers on a street that some of `words` name, or nearly."""
    house = next((number for number in numbers if len(number) <= LONGEST_HOUSE), "")
    for reading in islice(_readings(lexicon, words), STREETS):
        fitter = Fitter(lexicon, reading.rest, numbers)
        rows = lexicon.connection.execute(_HOUSES, (reading.street,)).fetchall()
        pool: Pool = {}
        for who, b, known in _in_city(lexicon, reading, rows) or _called(reading, rows, fitter):
            pool[who >> ID_SHIFT] = {reading.typed: reading.known} | known | _housed(house, b)
        nearest = sorted(pool.items(), key=lambda item: sum(known.cost for known in item[1].values()))
        compare_nearly(lexicon, dict(nearest[:NEIGHBORS]), fitter, found, parts)


def at_house_number(lexicon: Lexicon, words: list[str], numbers: list[str], found: Found) -> None:
    """Adds customers who have one of `words` and the house number, on whatever street.

    Where no "street" or such a word says so, of a house number that tells, and of names that few bear.
    """
    house = next((number for number in numbers if len(number) <= LONGEST_HOUSE), "")
    said = _kinds(lexicon, words)
    named = (
        list(lexicon.known([word for word in words if word not in said and len(word) > 1]).values()) if house else []
    )
    telling = len(house) >= LAST_FOUR and sum(word.bearers for word in named) <= BEARERS
    if named and (said or telling):
        ids = [word.id for word in named]
        rows = listed(lexicon.connection, _AT_HOUSE, ids, f"{house} ", f"{house}!", COMPARED)
        compare(lexicon, {customer: {} for (customer,) in rows}, Fitter(lexicon, words, numbers), found)


def _housed(house: str, b: str) -> dict[str, Known]:
    """How well the `house` number that was typed, if any, is the one that an entry of the street begins with."""
    if not house:
        return {}
    own = b.partition(" ")[0]
    if own == house:
        return {house: Known(PLACE, Why("house number", house, house, ""))}
    cost = NEAR_NUMBER if slips(house, own, 1) == 1 else WRONG_HOUSE
    return {house: Known(cost, Why("another house number", "", house, ""))}


def names_a_street(lexicon: Lexicon, words: list[str]) -> bool:
    """Whether some of `words` are "mapel ave" or "main steret" rather than a name."""
    return bool(_kinds(lexicon, words))


def _kinds(lexicon: Lexicon, words: list[str]) -> Set[str]:
    """Those of `words` that say of what kind a street is; where none does, those that may be meant to and are no name.

    "tom allen" lives in no alley.
    """
    if said := STREET_KINDS.intersection(words[1:]):
        return said
    nearly = set(filter(is_nearly_a_kind, words[1:]))
    return nearly - {word.word for word in lexicon.known(nearly).values() if word.bearers > RARELY}


def _readings(lexicon: Lexicon, words: list[str]) -> Iterator[Reading]:
    """What the words may mean as a street and something beside it: just its name, then a slip in it, then two.

    Where no "street" or such a word says so, a street has two words or more, and with a slip in it, all of them.
    """
    said = _kinds(lexicon, words)
    own = [word for word in words if word not in said]
    runs: dict[str, list[str]] = {}
    for length in range(min(LONGEST_STREET, len(own)), 0 if said else 1, -1):
        for start in range(len(own) - length + 1):
            typed = "".join(word for word in own[start : start + length] if word not in DIRECTIONS)
            runs.setdefault(typed, own[:start] + own[start + length :])
    exact = lexicon.known([STREET + typed for typed in runs])
    for typed, rest in runs.items():
        if (word := exact.get(STREET + typed)) is not None:
            yield Reading(word.id, typed, Known(STREET_ALONE, Why("street", typed, typed, "")), rest)
    if said:
        misspelt = [(one, many) for many in (1, 2) for one in runs]
    else:
        misspelt = [(one, 1) for one, rest in runs.items() if not rest and len(one) >= TELLING]
    for typed, many in misspelt:
        why = Why(f"street like {typed}", typed, typed, "")
        for meaning in lexicon.whole(STREET + typed, many):
            yield Reading(meaning.id, typed, Known(STREET_ALONE + meaning.cost, why), runs[typed])


def _in_city(lexicon: Lexicon, reading: Reading, rows: list[Row]) -> list[Placed]:
    """Those on the street in the city that the other words name, or nearly."""
    typed = "".join(reading.rest)
    exact = [word.id for word in lexicon.known([CITY + typed]).values()] if typed else []
    ids = exact or [meaning.id for meaning in (lexicon.whole(CITY + typed) if typed else ())]
    if not ids:
        return []
    cost, how = (PLACE, "city") if exact else (PLACE + PLACE_NEARLY + SLIP, f"city like {typed}")
    known = dict.fromkeys(reading.rest, Known(0.0, Why(how, typed, typed, "city")))
    known[reading.rest[0]] = Known(cost, Why(how, typed, typed, "city"))
    there = {who for (who,) in lexicon.connection.execute(_IN_CITIES, (reading.street, str(ids)))}
    return [(who, b, known) for who, b in rows if who >> ID_SHIFT in there]


def _called(reading: Reading, rows: list[Row], fitter: Fitter) -> list[Placed]:
    """Those on the street who are called as the other words say; all where nothing else was typed than a house."""
    if not reading.rest:
        return [(who, b, {}) for who, b in rows]
    if len(rows) > NEIGHBORS:  # so many that a slip in the first letter is let pass
        initials = {word[0] for word in fitter.words}
        rows = [row for row in rows if row[1].partition(" ")[2][:1] in initials]
    return [(who, b, {}) for who, b in alike(Named.of(rows), fitter, 0)]
