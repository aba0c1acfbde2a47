"""Candidates for texts of several parts: three words and more, a name with a place, a name with a number.

Each part that narrows well is looked up; the customers found so are then compared with the whole text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from data.search.recognise import Query
from data.search.results import COUNTED, Kind, Why
from data.search.scoring import SLIP
from data.search.sqlite.entries import CITY, ID_SHIFT, STREET, ZIP, Kept
from data.search.sqlite.fitting import Fitter, Known
from data.search.sqlite.found import Candidate, Found
from data.search.sqlite.meanings import END, ONLY, Lexicon
from data.search.sqlite.names import A_PAGE, PROBES, Groups, called, nearly, one_word, plainly
from data.search.sqlite.numbers import (
    LAST_FOUR,
    READERS,
    Numbered,
    by_birth_date,
    by_email,
    by_number,
    near_email,
    of_phone,
    phones,
)
from data.search.words import ABBREVIATIONS, DIRECTIONS, STATES, STREET_KINDS, UNSAID

COMPARED = 80  # customers that are compared with a text of words only
COMPARED_NUMBERED = 1_200  # that are compared where a number narrowed them
ROWS = 400  # of one pair of words
ROWS_AT_ZIP = 3_000
ROWS_IN_STATE = 1_500
LONGEST_PLACE = 3  # words of a city's or a street's name
SHORTEST_BEGUN = 3  # letters of a city that is still being typed
MANY = 10**9
PLACES_BEGUN = 6  # places that a word still being typed is taken for
Pool = dict[int, dict[str, Known]]


def several_words(lexicon: Lexicon, words: list[str], comma: bool, found: Found) -> None:
    """Three words or more."""
    told = [word for word in words if word not in UNSAID] or words
    fitter = Fitter(lexicon, words, [])
    met = _with_places(lexicon, words, fitter, found)
    if met >= A_PAGE or len(told) < 2:
        return
    whole = [word for word in told if len(word) > 1]
    if len(whole) == 1:  # initials and one word: those who have the word, by how well the initials fit
        own = Found()
        one_word(lexicon, whole[0], own, COMPARED)
        compare(lexicon, {customer: {} for customer in own.best}, fitter, found)
        return
    for widen in (plainly_all, nearly_all):
        met += compare(lexicon, _likeliest(widen(lexicon, told, comma)), fitter, found)
        if met:
            return


def plainly_all(lexicon: Lexicon, words: list[str], comma: bool) -> Counter[int]:
    """Customers by how many pairs of `words` they have."""
    tally: Counter[int] = Counter()
    for first, second in _pairs(lexicon, words):
        groups = Groups(lexicon, comma)
        plainly(groups, lexicon, first, second, 1)
        for members in groups.rows.values():
            tally.update(members.keys())
    return tally


def nearly_all(lexicon: Lexicon, words: list[str], comma: bool) -> Counter[int]:
    """The same, with slips, sounds and nicknames."""
    tally: Counter[int] = Counter()
    for first, second in _pairs(lexicon, words)[:3]:
        groups = Groups(lexicon, comma)
        called(groups, lexicon, first, second)
        nearly(groups, lexicon, first, second)
        for members in groups.rows.values():
            tally.update(members.keys())
    return tally


def _pairs(lexicon: Lexicon, words: list[str]) -> list[tuple[str, str]]:
    """Pairs of `words`, those of rare words first: they leave fewest customers to compare."""
    whole = [word for word in words if len(word) > 1]  # an initial leads to everybody
    counts = lexicon.counts(words)
    return sorted(
        combinations(dict.fromkeys(whole if len(whole) > 1 else words), 2),
        key=lambda pair: counts.get(pair[0], MANY) * counts.get(pair[1], MANY),
    )[:4]


def _likeliest(tally: Counter[int]) -> Pool:
    return {customer: {} for customer, _ in tally.most_common(COMPARED)}


def with_places(lexicon: Lexicon, words: list[str], found: Found) -> int:
    """Adds customers for whom some of `words` are a city or a street; returns how many met every word."""
    return _with_places(lexicon, words, Fitter(lexicon, words, []), found) + in_state(lexicon, words, found)


def _with_places(lexicon: Lexicon, words: list[str], fitter: Fitter, found: Found) -> int:
    readings = _readings(lexicon, words)
    if not readings:
        return 0
    customers = _at_places(lexicon, readings)
    return compare(lexicon, {customer: {} for customer in customers}, fitter, found)


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
    customers = _at_places(lexicon, [(city, rest) for city in cities])
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


def _readings(lexicon: Lexicon, words: list[str]) -> list[tuple[str, list[str]]]:
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


def _begun_readings(lexicon: Lexicon, words: list[str]) -> list[tuple[str, list[str]]]:
    """The same, for a city that is still being typed."""
    begun = {"".join(words[start:]): words[:start] for start in range(max(len(words) - LONGEST_PLACE, 1), len(words))}
    places = lexicon.begun([CITY + place for place in begun], PLACES_BEGUN)
    return [
        (place, rest) for place in places for start, rest in begun.items() if place.startswith(CITY + start) and rest
    ]


def _without(words: list[str], start: int, end: int) -> list[str]:
    return [word for word in words[:start] + words[end:] if word not in STREET_KINDS and word not in DIRECTIONS]


def _at_places(lexicon: Lexicon, readings: list[tuple[str, list[str]]]) -> list[int]:
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


def with_numbers(lexicon: Lexicon, query: Query, words: list[str], found: Found) -> int:
    """Numbers, e-mails and dates, with words or several of them; returns how many customers meet the whole text."""
    fitter = Fitter(lexicon, words, list(query.numbers))
    pool: Pool = {}
    for number in query.numbers:
        _pool_number(lexicon, number, fitter, pool)
    for code in query.codes:
        _pool(pool, code, by_number(lexicon.connection, code, tuple(READERS), near=False))
    for email in query.emails:
        _pool(pool, email, by_email(lexicon.connection, email) or near_email(lexicon.connection, email))
    if query.dates:
        _pool(pool, query.dates[0], by_birth_date(lexicon.connection, query.dates))
    _pool_houses(lexicon, words, list(query.numbers), pool)
    if len(pool) > COMPARED_NUMBERED:
        pool = dict(sorted(pool.items(), key=lambda item: -len(item[1]))[:COMPARED_NUMBERED])
    parts = len(query.codes) + len(query.emails) + bool(query.dates)
    return compare(lexicon, pool, fitter, found, parts)


def _pool_number(lexicon: Lexicon, number: str, fitter: Fitter, pool: Pool) -> None:
    connection = lexicon.connection
    if len(number) < LAST_FOUR:
        return
    rows = phones(connection, number)
    alike = _alike([(who, told, back) for back, who, told in rows], fitter)
    _pool(pool, number, [of_phone(back, who, number) for who, _, back in alike])
    if len(number) == 5:
        at_zip = connection.execute(
            "SELECT who, b FROM search_pair WHERE a = ? LIMIT ?", (ZIP + number, ROWS_AT_ZIP)
        ).fetchall()
        for who, _ in _alike(at_zip, fitter):
            pool.setdefault(who >> ID_SHIFT, {})
    kinds = (Kind.ACCOUNT,) if len(number) < 6 else (Kind.ACCOUNT, Kind.IMEI, Kind.ICCID, Kind.ESN, Kind.MEID)
    _pool(pool, number, by_number(connection, number, kinds, near=False))
    if len(number) == 10 and not rows:
        _pool(pool, number, by_number(connection, number, (Kind.MDN,)))


def _alike(rows: list[Any], fitter: Fitter) -> list[Any]:
    """The rows (who, words of the name, …) whose name a typed word begins; else those that it resembles; else all."""
    if not fitter.words:
        return rows[:COMPARED_NUMBERED]
    if begun := [row for row in rows if fitter.begins(row[1])]:
        return begun
    alike = fitter.resembling(list({word for row in rows for word in row[1].split()}))
    return [row for row in rows if not alike.isdisjoint(row[1].split())] or rows[:A_PAGE]


def _pool(pool: Pool, part: str, numbered: Iterable[Numbered]) -> None:
    for one in numbered:
        known = Known(one.cost, one.why, one.detail, one.account_id, one.mdn)
        pool.setdefault(one.customer_id, {}).setdefault(part, known)


def _pool_houses(lexicon: Lexicon, words: list[str], numbers: list[str], pool: Pool) -> None:
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


def compare(lexicon: Lexicon, pool: Pool, fitter: Fitter, found: Found, parts: int = 0) -> int:
    """Adds the customers of `pool` as they fit; returns how many met all, `parts` beside the fitter's included."""
    met = 0
    for kept in _kept(lexicon, pool):
        known = pool[kept.id]
        candidate, whole = fitter.fit(kept, known)
        whole = whole and sum(part not in fitter.numbers for part in known) >= parts
        met += whole
        found.add(candidate if whole else _partly(candidate))
    found.more = found.more or len(found) > COUNTED
    return met


def _partly(candidate: Candidate) -> Candidate:
    return candidate._replace(partly=True)


def _kept(lexicon: Lexicon, pool: Pool) -> list[Kept]:
    if not pool:
        return []
    rows = lexicon.connection.execute(
        "SELECT k.* FROM json_each(?) v CROSS JOIN search_customer k ON k.id = v.value", (json.dumps(list(pool)),)
    )
    return list(map(Kept._make, rows))
