"""The commonest names with a word, one customer of each, where more have it than anybody looks through."""

from __future__ import annotations

from typing import Any

from data.search.sqlite.index.entries import FIRST, LAST, OTHER, OTHER_SHIFT, ROLE_SHIFT
from data.search.sqlite.lists import listed
from data.search.sqlite.names.flags import ROLES

NAMES = 64  # of which one customer is met
_UNLIKELY = 1 | OTHER << ROLE_SHIFT | OTHER << OTHER_SHIFT  # bits of a who: closed, or met by a middle name
_ID_BITS = 57  # of a who, above which stands what makes it come later
# `later`: what makes those come after who are not met with the word in the role that was meant.
_NAMES = f"""
    SELECT b, count(*) AS bearers, min(who + ((who & {_UNLIKELY}) << {_ID_BITS + 1}){{later}}) & {(1 << _ID_BITS) - 1}
    FROM search_pair WHERE {{where}} GROUP BY b ORDER BY bearers DESC, b LIMIT {NAMES}"""
_NAMES_ALL = _NAMES.format(later="", where="a = ?")
_NAMES_BESIDE = {
    role: _NAMES.format(
        later=f" + ((who & {ROLES << ROLE_SHIFT} = {role << ROLE_SHIFT}) << {_ID_BITS})" if role != OTHER else "",
        where="b IN ({marks}) AND a = ?",
    )
    for role in (LAST, FIRST, OTHER)
}


def names_with(
    connection: Any, word: int, others: list[str] | None = None, later: int = OTHER
) -> list[tuple[str, int, int]]:
    """The commonest names with `word` (an id), beside one of `others`: that one, how many bear it, the first who does.

    `later`: the role of `word` in the names of those who are not the first.
    """
    if others is None:
        return list(connection.execute(_NAMES_ALL, (word,)))
    return list(listed(connection, _NAMES_BESIDE[later], others, word)) if others else []
