"""Candidates for words with a number, an e-mail or a date beside them.

Whoever has what narrows well is looked up; the customers found so are then compared with the whole text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from data.search.dates import READINGS
from data.search.recognise import Query
from data.search.results import Kind
from data.search.scoring import SHORTEST_SLIP
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import ID_SHIFT, PHONE_DIGITS
from data.search.sqlite.numbers.by_kind import READERS, ZIP_DIGITS, by_email, by_number, near_email
from data.search.sqlite.numbers.nearly import nearly
from data.search.sqlite.numbers.phones import begun_so
from data.search.sqlite.numbers.ranges import LAST_FOUR, Numbered
from data.search.sqlite.texts.called import alike, born_then, ended_so
from data.search.sqlite.texts.comparing import Pool, compare, compare_nearly
from data.search.sqlite.texts.fitting import Fitter, Known
from data.search.sqlite.texts.misspelt import at_misspelt_houses
from data.search.sqlite.texts.places import at_houses, at_zip
from data.search.sqlite.texts.slipped import with_slips
from data.search.sqlite.texts.streets import on_streets
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.memory import Named
from data.search.words import BETWEEN, LONG_KINDS, STREET_KINDS, joined, written_out, written_short

AREA_AND_EXCHANGE = 6  # digits of a telephone number's beginning that few numbers have
COMPARED_NUMBERED = 1_200  # customers that are compared where a number narrowed them


def with_numbers(lexicon: Lexicon, query: Query, words: list[str], found: Found) -> int:
    """Numbers, e-mails and dates, with words or several of them; returns how many customers meet the whole text."""
    met = _with_words(lexicon, query, words, found)
    for others in _otherwise(lexicon, words) if not met else ():
        met = met or _with_words(lexicon, query, others, found)
    return met


def with_begun_email(lexicon: Lexicon, query: Query, found: Found) -> int:
    """A name, and behind it the beginning of an e-mail; returns how many customers meet both."""
    both = query.beside_handle
    if both is None or not by_email(lexicon.connection, both.emails[0]):
        return 0
    met = _with_words(lexicon, both, list(both.words), own := Found())
    if met:
        found.take(own)
    return met


def _otherwise(lexicon: Lexicon, words: list[str]) -> Iterator[list[str]]:
    """`words` with a space more or less, or a place abbreviated or not: "bl ake", "fifth ave", "lee in reno"."""
    parted = [part for word in words for part in _kind_parted(word)]
    if parted != words:
        yield parted
    for at in range(len(words) - 1):
        for one in lexicon.known(joined(*words[at : at + 2])):
            yield [*words[:at], one, *words[at + 2 :]]
    said = [word for word in words if word not in BETWEEN]
    ways = [said, written_out(said), written_short(said)]
    yield from (others for at, others in enumerate(ways) if others not in (words, *ways[:at]))


def _kind_parted(word: str) -> list[str]:
    """`word` and the "street" that it ends with, or such a word, where that is so."""
    kind = next((kind for kind in LONG_KINDS if word.endswith(kind) and len(word) >= len(kind) + SHORTEST_SLIP), "")
    return [word.removesuffix(kind), kind] if kind else [word]


def _with_words(lexicon: Lexicon, query: Query, words: list[str], found: Found) -> int:
    """The same for `words` as they are spaced."""
    fitter = Fitter(lexicon, words, list(query.numbers))
    parts = query.others
    others = _others(lexicon, query, fitter)
    met = compare(lexicon, _fewer(others), fitter, found, parts)
    if not met and query.numbers and _name_a_street(words):
        for slips in (1, 2):
            if near := _at_misspelt_houses(lexicon, words, query, slips, found, parts):
                return near
    if not met or len(words) < 2:  # of a single word and a number, an account may have the same by chance
        for called in _called(lexicon, query, fitter):
            pool = {customer: known | others.get(customer, {}) for customer, known in called.items()}
            if also := compare(lexicon, _fewer(pool), fitter, found, parts):
                return met + also
    met = met or _at_misspelt_houses(lexicon, words, query, 1, found, parts)
    if not met and len(words) > 1 and query.numbers and not (query.emails or query.dates):
        on_streets(lexicon, words, list(query.numbers), found, parts)
    if not met and words:
        _add_with_slips(lexicon, query, fitter, found, parts)
    return met


def _add_with_slips(lexicon: Lexicon, query: Query, fitter: Fitter, found: Found, parts: int) -> None:
    """Adds customers who meet the text but for a slip in the birth date or the ZIP."""
    for pool in with_slips(lexicon, query, fitter):
        if compare_nearly(lexicon, _fewer(pool), fitter, found, parts):
            break


def _name_a_street(words: list[str]) -> bool:
    """Whether `words` are "mapel ave" rather than a name."""
    return len(words) > 1 and not STREET_KINDS.isdisjoint(words[1:])


def _fewer(pool: Pool) -> Pool:
    """Those of `pool` of whom most is known, where they are too many."""
    if len(pool) <= COMPARED_NUMBERED:
        return pool
    return dict(sorted(pool.items(), key=lambda item: -len(item[1]))[:COMPARED_NUMBERED])


def _called(lexicon: Lexicon, query: Query, fitter: Fitter) -> Iterator[Pool]:
    """Those with a telephone number that ends so or the birth date, and such a name: the likeliest first."""
    parts = [(number, ended_so(lexicon, number, fitter)) for number in query.numbers if len(number) >= LAST_FOUR]
    if 0 < len(query.dates) <= READINGS:
        parts.append((query.dates[0], born_then(lexicon, query.dates, fitter)))
    for together in zip_longest(*[found for _, found in parts], fillvalue=()):
        pool: Pool = {}
        for (part, _), numbered in zip(parts, together, strict=True):
            _pool(pool, part, numbered)
        yield pool


def _others(lexicon: Lexicon, query: Query, fitter: Fitter) -> Pool:
    """Those whom anything else than the end of a telephone number leads to."""
    pool: Pool = {}
    for number in query.numbers:
        if len(number) >= LAST_FOUR:
            _pool_number(lexicon, number, fitter, pool)
    for code in query.codes:
        _pool(pool, code, by_number(lexicon.connection, code, tuple(READERS)) or nearly(lexicon.connection, code))
    for email in query.emails:
        _pool(pool, email, by_email(lexicon.connection, email) or near_email(lexicon.connection, email))
    for customer in at_houses(lexicon, fitter.words, fitter.numbers):
        pool.setdefault(customer, {})
    return pool


def _pool_number(lexicon: Lexicon, number: str, fitter: Fitter, pool: Pool) -> None:
    """Adds those at such a ZIP with a name that is like the text, and those who have any other such number."""
    if len(number) == ZIP_DIGITS:
        for who, _ in alike(Named.of(at_zip(lexicon, number)), fitter):
            pool.setdefault(who >> ID_SHIFT, {})
    kinds = (Kind.ACCOUNT,) if len(number) < 6 else (Kind.ACCOUNT, Kind.IMEI, Kind.ICCID, Kind.ESN, Kind.MEID)
    numbered = by_number(lexicon.connection, number, kinds)
    if AREA_AND_EXCHANGE <= len(number) < PHONE_DIGITS:
        numbered += begun_so(lexicon.connection, number)
    if not numbered and len(number) > PHONE_DIGITS + 1:
        numbered = nearly(lexicon.connection, number)
    _pool(pool, number, numbered)


def _pool(pool: Pool, part: str, numbered: Iterable[Numbered]) -> None:
    for one in numbered:
        parts = pool.setdefault(one.customer_id, {})
        if part not in parts:
            why, detail, mdn = one.told
            parts[part] = Known(one.cost, why, detail, one.account_id, mdn or one.mdn)


def _at_misspelt_houses(lexicon: Lexicon, words: list[str], query: Query, slips: int, found: Found, parts: int) -> int:
    """Customers at a street with so many slips in its name; returns how many meet the whole text but for that."""
    pools: dict[str, Pool] = {}
    for customer, known in at_misspelt_houses(lexicon, words, list(query.numbers), slips).items():
        pools.setdefault("".join(known), {})[customer] = known
    met = 0
    for streets, pool in pools.items():
        rest = [word for word in words if word not in streets]
        met += compare(lexicon, pool, Fitter(lexicon, rest, list(query.numbers)), found, parts)
    return met
