"""Customers with a typed word, all of them: for who has another list to compare that with."""

from __future__ import annotations

from typing import Any, TypeVar

from data.search.sqlite.entries import ID_SHIFT
from data.search.sqlite.lexicon import Lexicon
from data.search.sqlite.lists import listed

SHORTEST = 5  # letters of a word that tells enough: a slip seldom makes another name of it
ALL = 1_000  # words that one begins: more than that are not looked for
_BEARERS = f"SELECT who >> {ID_SHIFT} FROM search_pair WHERE a IN ({{marks}})"
Row = TypeVar("Row", bound=tuple[Any, ...])
Bearers = dict[int, int]  # words by id, each with how many have it


def those_called(lexicon: Lexicon, words: list[str], rows: list[Row], read: int) -> list[Row] | None:
    """Those of `rows`, each beginning with a customer, who have one of `words`; else those with what one is like.

    Of several words it is the one that fewest have. None where that cannot be told so, or these are too many, so that
    nobody comes before those who fit better: `read` of them for each row cost as much as looking at the rows.
    """
    telling = [word for word in words if len(word) >= SHORTEST]
    for way in (_itself, _like) if telling else ():
        rarest = min((found for word in telling if (found := way(lexicon, word))), key=_count, default={})
        if _count(rarest) > read * len(rows):
            return None
        customers = {customer for (customer,) in listed(lexicon.connection, _BEARERS, rarest)} if rarest else set()
        if both := [row for row in rows if row[0] in customers]:
            return both
    return [] if telling else None


def _count(bearers: Bearers) -> int:
    return sum(bearers.values())


def _itself(lexicon: Lexicon, word: str) -> Bearers:
    return {meaning.id: meaning.bearers for meaning in lexicon.themselves([word]).values()}


def _like(lexicon: Lexicon, word: str) -> Bearers:
    near = {one.id: one.bearers for one in lexicon.known(lexicon.near(word).whole).values()}
    others = (*lexicon.plain(word, ALL), *lexicon.nicknames(word))
    return near | {meaning.id: meaning.bearers for meaning in others}
