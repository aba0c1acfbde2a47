"""Customers with a name like the words typed, among those whom the end of a telephone number or a date leads to.

They are too many to look at each: rows of two indexes are put side by side, first for just the words, then for what
these are like; the names of all are read where no other way is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from data.search.sqlite.index.entries import CITY, ID_SHIFT, PHONE_DIGITS
from data.search.sqlite.lists import listed
from data.search.sqlite.numbers.by_kind import born, by_birth_date, of_birth_date
from data.search.sqlite.numbers.phones import ENDED, count_ended, near_parts, near_phones, of_phone, span_of, with_names
from data.search.sqlite.numbers.ranges import LAST_SEVEN, Numbered
from data.search.sqlite.texts.fitting import Fitter
from data.search.sqlite.words.lexicon import Lexicon
from data.search.sqlite.words.meanings import END
from data.search.sqlite.words.memory import Named

READ_FOR_NAME = 60  # bearers of a word that are read in the time of one customer's name
READ_FOR_DATE = 30_000  # the same in the time of comparing all who were born on one day
READ_FOR_SLIPS = 30_000  # such a number that all customers take longer than the slips in a word that somebody has
BORN_ABOUT = 5_000  # customers born on one of many days, among whom a name is sought
FEW_ENDED = 24  # telephone numbers with one end, all of which are sooner looked at
SHORTEST = 5  # letters of a word that tells enough: a slip seldom makes another name of it
NO_NAME = 2  # letters of a word that is no name yet
ALL = 1_000  # words that one begins: more than that are not looked for
ALIKE = 120  # customers with a name like the text that are compared with it, those with most of its words first
SOME = 10  # that are shown where nobody has a name like it
Bearers = dict[int, int]  # words by id, each with how many have it
_BEARING = "a IN ({marks})"
_BESIDE = "a = ? AND b >= ? AND b < ?"


class Some(NamedTuple):
    """Customers whom something else has found: a SELECT whose first column is their `id`, and its values.

    `read`: how many bearers of a word may be read before it is quicker to look at all of these customers.
    """

    rows: str
    values: tuple[Any, ...]
    read: int


def ended_so(lexicon: Lexicon, number: str, fitter: Fitter) -> Iterator[list[Numbered]]:
    """Those with a telephone number that ends with `number` and such a name, the likeliest first."""
    counts = lexicon.memory.counts
    count = counts.get(("ended", number))
    if count is None:
        count = counts["ended", number] = count_ended(lexicon.connection, number)
    if count > FEW_ENDED:
        some = Some(ENDED, span_of(number), READ_FOR_NAME * count)
        for rows in those_called(lexicon, fitter.words, some):
            yield _all_ended(lexicon, number, fitter) if rows is None else _phones(rows, number)
    else:
        yield _all_ended(lexicon, number, fitter)


def born_then(lexicon: Lexicon, days: tuple[str, ...], fitter: Fitter) -> Iterator[list[Numbered]]:
    """Those born on one of `days` with such a name, the likeliest first."""
    for rows in those_called(lexicon, fitter.words, Some(*born(days), READ_FOR_DATE)):
        yield by_birth_date(lexicon.connection, days) if rows is None else [of_birth_date(who) for (who,) in rows]


def born_about(lexicon: Lexicon, days: tuple[str, ...], fitter: Fitter) -> Iterator[list[int]]:
    """Those born on one of many `days` with such a name, the likeliest first; nobody where too many may be meant."""
    for rows in those_called(lexicon, fitter.words, Some(*born(days, BORN_ABOUT), READ_FOR_DATE)) if days else ():
        if rows is not None:
            yield [who for (who,) in rows]


def those_called(lexicon: Lexicon, words: list[str], some: Some) -> Iterator[list[Any] | None]:
    """The rows of those of `some` who are called so, the likeliest first; each step costs more than the one before.

    None at the end where others may be meant: all of `some` are to be looked at then.
    """
    return _of_one_word(lexicon, words[0], some) if len(words) == 1 else _of_words(lexicon, words, some)


def _of_one_word(lexicon: Lexicon, word: str, some: Some) -> Iterator[list[Any] | None]:
    """Those who have the word or its nickname; what a slip or a sound makes of it; what two slips make of it."""
    own = _few(_itself(lexicon, word), some) if len(word) >= SHORTEST else None
    like = far = None
    if own is not None:
        yield _bearing(lexicon, {word: own}, some)
        if some.read >= READ_FOR_SLIPS or not own:
            like = _few(_like(lexicon, word), some)
    if like is not None:
        yield _bearing(lexicon, {word: like}, some, "like")
        far = _few(_far(lexicon, word), some) if own else None
    if far is not None:
        yield _bearing(lexicon, {word: far}, some, "far")
    else:
        yield None


def _of_words(lexicon: Lexicon, words: list[str], some: Some) -> Iterator[list[Any] | None]:
    """Those who have the first two words; one of the words, or its nickname; what a slip or a sound makes of one."""
    pair = _pair(lexicon, words[0], words[1]) if len(words) > 1 else None
    if pair:
        yield _beside(lexicon, pair, some)
    named = bool(pair) and len(words) == 2 and _are_names(lexicon, words, pair)
    telling = [word for word in words if len(word) >= SHORTEST]
    few = {word: own for word in telling if (own := _few(_itself(lexicon, word), some)) is not None}
    if few and (named or len(few) == len(telling)):
        yield _bearing(lexicon, few, some)
    if few and (named or list(few) == [word for word in words if len(word) > NO_NAME]):
        like = {word: near for word in few if (near := _few(_like(lexicon, word), some)) is not None}
        yield _bearing(lexicon, like, some, "like")
        if named or len(like) == len(few) or _met(lexicon, pair):
            return
    yield None


def _few(bearers: Bearers, some: Some) -> Bearers | None:
    """`bearers`, where they are so few that they are sooner read than all of `some`."""
    return bearers if sum(bearers.values()) <= some.read else None


def _are_names(lexicon: Lexicon, words: list[str], pair: tuple[int, str, str] | None) -> bool:
    """Whether somebody has the two words, and neither is a city, or the second its beginning: both are of a name."""
    first, second = words
    city = len(second) <= NO_NAME or lexicon.known([CITY + first]) or lexicon.begun(CITY + second, 1)
    return not city and _met(lexicon, pair)


def _met(lexicon: Lexicon, pair: tuple[int, str, str] | None) -> bool:
    """Whether anybody has the two words, which are hardly slips of others then."""
    return bool(
        pair and lexicon.connection.execute(f"SELECT 1 FROM search_pair WHERE {_BESIDE} LIMIT 1", pair).fetchone()
    )


def _beside(lexicon: Lexicon, pair: tuple[int, str, str], some: Some) -> list[Any]:
    """Those of `some` who have both words."""
    answers, key = lexicon.memory.answers, ("beside", f"{pair} {some.values}", 0)
    if key not in answers:
        values = *some.values, *pair, *some.values
        answers[key] = lexicon.connection.execute(_among(some.rows, _BESIDE), values).fetchall()
    return answers[key]  # type: ignore[no-any-return]


def _bearing(lexicon: Lexicon, bearers: dict[str, Bearers], some: Some, how: str = "bearing") -> list[Any]:
    """Those of `some` who have one of the words that those typed are taken for."""
    answers, key = lexicon.memory.answers, (how, f"{list(bearers)} {some.values}", 0)
    if key not in answers:
        words = {word for one in bearers.values() for word in one} or {0}
        rows = listed(lexicon.connection, _among(some.rows, _BEARING), words, *some.values, before=some.values)
        answers[key] = rows.fetchall()
    return answers[key]  # type: ignore[no-any-return]


def _pair(lexicon: Lexicon, first: str, second: str) -> tuple[int, str, str] | None:
    """The range of those with both words, one of which may be the beginning of theirs."""
    known = lexicon.known([first, second])
    for one, other in ((first, second), (second, first)):
        if one in known:
            return known[one].id, other, other + END
    return None


@lru_cache(maxsize=8)
def _among(some: str, who: str) -> str:
    """Bearers of a word are read in order and sought among `some`; hardly one of them is there."""
    return f"""
        SELECT * FROM ({some}) WHERE id IN (
          SELECT who >> {ID_SHIFT} FROM search_pair
          WHERE {who} AND who >> {ID_SHIFT} IN (SELECT id FROM ({some})))"""


def _itself(lexicon: Lexicon, word: str) -> Bearers:
    called = (*lexicon.themselves([word]).values(), *lexicon.nicknames(word))
    return {meaning.id: meaning.bearers for meaning in called}


def _like(lexicon: Lexicon, word: str) -> Bearers:
    like = (*lexicon.known(lexicon.near(word).whole).values(), *lexicon.begun(word, ALL))
    return {one.id: one.bearers for one in like}


def _far(lexicon: Lexicon, word: str) -> Bearers:
    """The words that two slips make of it."""
    return {one.id: one.bearers for one in lexicon.known(lexicon.near(word, 2).whole).values()}


def _phones(rows: list[tuple[int, int, int]], number: str) -> list[Numbered]:
    return [of_phone(back, who, number) for _, back, who in rows]


def _all_ended(lexicon: Lexicon, number: str, fitter: Fitter) -> list[Numbered]:
    """Those with a telephone number that ends so and with a name that is like the text, or else some."""
    connection, named = lexicon.connection, lexicon.memory.named
    if number not in named:
        named[number] = Named.of(with_names(connection, number))
    if not named[number].rows and len(number) == PHONE_DIGITS:
        return near_phones(connection, number)
    if not named[number].rows and len(number) == LAST_SEVEN:
        return near_parts(connection, number)
    return [of_phone(back, who, number) for who, _, back in alike(named[number], fitter)]


def alike(named: Named, fitter: Fitter, some: int = SOME) -> list[Any]:
    """The rows with a word that a typed word begins or is like, those with most such words first; else `some`."""
    if not fitter.words:
        return named.rows
    met: Counter[int] = Counter()
    words = list(named.bearing)
    for typed in fitter.words:
        met.update({place for word in fitter.resembling(typed, words) for place in named.bearing.get(word, ())})
    places = sorted(met, key=lambda place: -met[place])[:ALIKE]
    return [named.rows[place] for place in places] or named.rows[:some]
