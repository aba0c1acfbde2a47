"""Customers with a typed word among some whom a number or a date has found: two indexes put side by side."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from data.search.sqlite.entries import ID_SHIFT
from data.search.sqlite.lexicon import Lexicon
from data.search.sqlite.lists import listed

SHORTEST = 5  # letters of a word that tells enough: a slip seldom makes another name of it
ALL = 1_000  # words that one begins: more than that are not looked for
Bearers = dict[int, int]  # words by id, each with how many have it


class Some(NamedTuple):
    """Customers whom something else has found: a SELECT whose first column is their `id`, and its values.

    `read`: how many bearers of words may be read before it is quicker to look at all of these customers.
    """

    rows: str
    values: tuple[Any, ...]
    read: int


def those_called(lexicon: Lexicon, words: list[str], some: Some) -> list[Any] | None:
    """The rows of those of `some` who have one of `words` or its nickname; else of those with what one is like.

    Of several words it is the one that fewest have. None where that cannot be told so, or is not quick.
    """
    telling = [word for word in words if len(word) >= SHORTEST]
    for way in (_itself, _like) if telling else ():
        rarest = min((found for word in telling if (found := way(lexicon, word))), key=_count, default={})
        if _count(rarest) > some.read:
            return None
        if rarest and (both := _both(lexicon.connection, rarest, some)):
            return both
    return [] if telling else None


def _both(connection: Any, bearers: Bearers, some: Some) -> list[Any]:
    """Those of `some` who are among the bearers of words."""
    found = listed(connection, _called(some.rows), bearers, *some.values, before=some.values)
    return list(found)


@lru_cache(maxsize=8)
def _called(some: str) -> str:
    """Bearers are read in order and sought among `some`; hardly one of them is there."""
    return f"""
        SELECT * FROM ({some}) WHERE id IN (
          SELECT who >> {ID_SHIFT} FROM search_pair
          WHERE a IN ({{marks}}) AND who >> {ID_SHIFT} IN (SELECT id FROM ({some})))"""


def _count(bearers: Bearers) -> int:
    return sum(bearers.values())


def _itself(lexicon: Lexicon, word: str) -> Bearers:
    called = (*lexicon.themselves([word]).values(), *lexicon.nicknames(word))
    return {meaning.id: meaning.bearers for meaning in called}


def _like(lexicon: Lexicon, word: str) -> Bearers:
    like = (*lexicon.known(lexicon.near(word).whole).values(), *lexicon.begun(word, ALL))
    return {one.id: one.bearers for one in like} | _itself(lexicon, word)
