"""Companies are called by their words in order: Lake Prairie Farms is not Prairie Lake Dental."""

from __future__ import annotations

from typing import Any

from data.search.sqlite.lists import listed
from data.search.sqlite.names.flags import BACKWARDS
from data.search.words import split

_COMPANY = "SELECT id, company FROM search_customer WHERE id IN ({marks})"


def in_their_order(
    connection: Any, pair: tuple[str, str], members: list[tuple[int, int]], *, ask: bool
) -> list[tuple[int, int]]:
    """`members` (flags, customer) in order again, the flag left only where a company has the words of `pair` backwards.

    Who is not to be asked for (`ask`) is taken to have them as they were typed.
    """
    doubtful = [customer for flags, customer in members if flags & BACKWARDS] if ask else []
    rows = listed(connection, _COMPANY, doubtful) if doubtful else ()
    backwards = {customer for customer, company in rows if _are_turned(*pair, split(company))}
    return sorted([(flags if customer in backwards else flags & ~BACKWARDS, customer) for flags, customer in members])


def _are_turned(first: str, second: str, words: list[str]) -> bool:
    return first in words and second in words and words.index(second) < words.index(first)
