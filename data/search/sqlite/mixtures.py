"""Candidates for texts of several parts: three words and more, a name with a number.

Each part that narrows well is looked up; the customers found so are then compared with the whole text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from data.search.recognise import Query
from data.search.results import Kind
from data.search.sqlite.called import Some, those_called
from data.search.sqlite.comparing import COMPARED, Pool, compare
from data.search.sqlite.entries import ID_SHIFT, PHONE_DIGITS
from data.search.sqlite.fitting import Fitter, Known
from data.search.sqlite.found import Found
from data.search.sqlite.groups import Groups
from data.search.sqlite.lexicon import Lexicon
from data.search.sqlite.meanings import Word
from data.search.sqlite.names import A_PAGE, Names
from data.search.sqlite.numbers import READERS, born, by_birth_date, by_email, by_number, near_email, of_birth_date
from data.search.sqlite.one_word import one_word
from data.search.sqlite.phones import ENDED, count_ended, near_parts, near_phones, of_phone, span_of, with_names
from data.search.sqlite.places import MANY, at_houses, at_misspelt_houses, at_places, at_zip
from data.search.sqlite.ranges import LAST_FOUR, LAST_SEVEN, Numbered
from data.search.words import told_words

COMPARED_NUMBERED = 1_200  # customers that are compared where a number narrowed them
READ_FOR_NAME = 40  # bearers of a word that are read in the time of one customer's name
READ_FOR_DATE = 20_000  # the same in the time of comparing all who were born on one day
FEW_ENDED = 24  # telephone numbers with one end, all of which are sooner looked at


def several_words(lexicon: Lexicon, words: list[str], comma: bool, found: Found) -> None:
    """Three words or more, as they were typed."""
    told = told_words(words)
    fitter = Fitter(lexicon, words, [])
    met = at_places(lexicon, words, fitter, found)
    if met >= A_PAGE:
        return
    whole = _whole(told)
    if len(whole) == 1:  # initials and one word: those who have the word, by how well the initials fit
        own = Found()
        one_word(lexicon, whole[0], own, COMPARED)
        compare(lexicon, {customer: {} for customer in own.best}, fitter, found)
    else:
        compare(lexicon, _likeliest(plainly_all(lexicon, told, comma), 2 if met else 1), fitter, found)


def several_words_nearly(lexicon: Lexicon, words: list[str], found: Found, *, comma: bool) -> None:
    """The same, with slips, sounds and nicknames."""
    told = told_words(words)
    if len(_whole(told)) != 1:
        compare(lexicon, _likeliest(nearly_all(lexicon, told, comma), 1), Fitter(lexicon, words, []), found)


def _whole(words: list[str]) -> list[str]:
    """`words` without initials, which lead to everybody."""
    return [word for word in words if len(word) > 1]


def plainly_all(lexicon: Lexicon, words: list[str], comma: bool) -> Counter[int]:
    """Customers by how many pairs of `words` they have."""
    tally: Counter[int] = Counter()
    for first, second in _pairs(lexicon, words):
        groups = Groups(lexicon, comma)
        Names(groups, lexicon, first, second).plainly(1)
        for group in groups.by_pair.values():
            tally.update(group.members.keys())
    return tally


def nearly_all(lexicon: Lexicon, words: list[str], comma: bool) -> Counter[int]:
    """The same, with slips, sounds and nicknames."""
    tally: Counter[int] = Counter()
    for first, second in _pairs(lexicon, words)[:3]:
        groups = Groups(lexicon, comma)
        names = Names(groups, lexicon, first, second)
        names.nicknames()
        names.nearly()
        for group in groups.by_pair.values():
            tally.update(group.members.keys())
    return tally


def _pairs(lexicon: Lexicon, words: list[str]) -> list[tuple[str, str]]:
    """Pairs of `words`, those of rare words first: they leave fewest customers to compare."""
    whole = _whole(words)
    known = lexicon.known(words)
    return sorted(
        combinations(dict.fromkeys(whole if len(whole) > 1 else words), 2),
        key=lambda pair: _bearers(known, pair[0]) * _bearers(known, pair[1]),
    )[:4]


def _bearers(known: dict[str, Word], word: str) -> int:
    return known[word].bearers if word in known else MANY


def _likeliest(tally: Counter[int], least: int) -> Pool:
    """Those with the most pairs of words, `least` or more: where somebody is found already, one pair is too little."""
    return {customer: {} for customer, pairs in tally.most_common(COMPARED) if pairs >= least}


def with_numbers(lexicon: Lexicon, query: Query, words: list[str], found: Found) -> int:
    """Numbers, e-mails and dates, with words or several of them; returns how many customers meet the whole text."""
    fitter = Fitter(lexicon, words, list(query.numbers))
    parts = len(query.codes) + len(query.emails) + bool(query.dates)
    ends = [number for number in query.numbers if len(number) >= LAST_FOUR]
    pool, narrowed = _pool_called(lexicon, words, ends, query.dates, fitter)
    for number in ends:
        _pool_number(lexicon, number, fitter, pool)
    for code in query.codes:
        _pool(pool, code, by_number(lexicon.connection, code, tuple(READERS)))
    for email in query.emails:
        _pool(pool, email, by_email(lexicon.connection, email) or near_email(lexicon.connection, email))
    for customer in at_houses(lexicon, words, list(query.numbers)):
        pool.setdefault(customer, {})
    if len(pool) > COMPARED_NUMBERED:
        pool = dict(sorted(pool.items(), key=lambda item: -len(item[1]))[:COMPARED_NUMBERED])
    met = compare(lexicon, pool, fitter, found, parts)
    if narrowed and not met:
        met = compare(lexicon, _pool_called(lexicon, [], ends, query.dates, fitter)[0], fitter, found, parts)
    if not met:
        met = _at_misspelt_houses(lexicon, words, query, found, parts)
    return met


def _at_misspelt_houses(lexicon: Lexicon, words: list[str], query: Query, found: Found, parts: int) -> int:
    """Customers at a street with a slip in its name; returns how many meet the whole text but for that."""
    pool = at_misspelt_houses(lexicon, words, list(query.numbers))
    met = 0
    for customer, known in pool.items():
        streets = "".join(known)
        rest = [word for word in words if word not in streets]
        met += compare(lexicon, {customer: known}, Fitter(lexicon, rest, list(query.numbers)), found, parts)
    return met


def _pool_called(
    lexicon: Lexicon, words: list[str], numbers: list[str], dates: tuple[str, ...], fitter: Fitter
) -> tuple[Pool, bool]:
    """Those with a telephone number that ends so or the birth date, and with a word, as far as that is quick to tell.

    Returns also whether others may have been left out. Rows of two indexes are put side by side, which is quicker than
    to look at every customer with such a number.
    """
    pool: Pool = {}
    narrowed = False
    for number in numbers:
        called = _called_ended(lexicon, words, number)
        if called is None:
            _pool_ended(lexicon, number, fitter, pool)
        else:
            _pool(pool, number, [of_phone(back, who, number) for _, back, who in called])
            narrowed = True
    if dates:
        called = those_called(lexicon, words, Some(*born(dates), READ_FOR_DATE))
        alike = (
            by_birth_date(lexicon.connection, dates) if called is None else [of_birth_date(who) for (who,) in called]
        )
        _pool(pool, dates[0], alike)
        narrowed = narrowed or called is not None
    return pool, narrowed


def _called_ended(lexicon: Lexicon, words: list[str], number: str) -> list[Any] | None:
    """Rows of telephone numbers that end so, of those with a word; None where it is quicker to look at all."""
    answers = lexicon.memory.answers
    count = answers.get(("ended", number, 0))
    if count is None:
        count = answers["ended", number, 0] = count_ended(lexicon.connection, number)
    if count <= FEW_ENDED:
        return None
    return those_called(lexicon, words, Some(ENDED, span_of(number), READ_FOR_NAME * count))


def _pool_ended(lexicon: Lexicon, number: str, fitter: Fitter, pool: Pool) -> None:
    """Adds those with a telephone number that ends so and with a name that is like the text, or else some."""
    connection = lexicon.connection
    named = lexicon.memory.named
    if number not in named:
        named[number] = with_names(connection, number)
    rows = named[number]
    _pool(pool, number, [of_phone(back, who, number) for who, _, back in _alike(rows, fitter)])
    if not rows and len(number) == PHONE_DIGITS:
        _pool(pool, number, near_phones(connection, number))
    elif not rows and len(number) == LAST_SEVEN:
        _pool(pool, number, near_parts(connection, number))


def _pool_number(lexicon: Lexicon, number: str, fitter: Fitter, pool: Pool) -> None:
    """Adds those at such a ZIP with a name that is like the text, and those who have any other such number."""
    if len(number) == 5:
        for who, _ in _alike(at_zip(lexicon, number), fitter):
            pool.setdefault(who >> ID_SHIFT, {})
    kinds = (Kind.ACCOUNT,) if len(number) < 6 else (Kind.ACCOUNT, Kind.IMEI, Kind.ICCID, Kind.ESN, Kind.MEID)
    _pool(pool, number, by_number(lexicon.connection, number, kinds))


def _alike(rows: list[Any], fitter: Fitter) -> list[Any]:
    """The rows (who, words of the name, …) with a word that a typed word begins or is like; else some."""
    if not fitter.words:
        return rows[:COMPARED_NUMBERED]
    alike = fitter.resembling(list({word for row in rows for word in row[1].split()}))
    return [row for row in rows if not alike.isdisjoint(row[1].split())] or rows[:A_PAGE]


def _pool(pool: Pool, part: str, numbered: Iterable[Numbered]) -> None:
    for one in numbered:
        parts = pool.setdefault(one.customer_id, {})
        if part not in parts:
            why, detail, mdn = one.told
            parts[part] = Known(one.cost, why, detail, one.account_id, mdn or one.mdn)
