"""Customers compared with a whole text."""

from __future__ import annotations

from data.search.results import COUNTED
from data.search.sqlite.found import Found
from data.search.sqlite.texts.fitting import Fitter, Known
from data.search.sqlite.words.lexicon import Lexicon

COMPARED = 80  # customers that are compared with a text of words only
Pool = dict[int, dict[str, Known]]  # customers, each with the parts of the text that an index has found there


def compare(lexicon: Lexicon, pool: Pool, fitter: Fitter, found: Found, parts: int = 0) -> int:
    """Adds the customers of `pool` as they fit; returns how many met all, `parts` beside the fitter's included."""
    met = 0
    for kept in lexicon.kept(pool.keys()):
        candidate = fitter.fit(kept, pool[kept.id], parts)
        met += not candidate.partly
        found.add(candidate)
    found.more = found.more or len(found) > COUNTED
    return met


def compare_nearly(lexicon: Lexicon, pool: Pool, fitter: Fitter, found: Found, parts: int = 0) -> int:
    """Adds those who meet all but for a slip beside the name: as meeting a part only, so that they hide nobody."""
    own = Found()
    met = compare(lexicon, pool, fitter, own, parts)
    for one in own.by_words:
        if not one.partly:
            found.add(one._replace(partly=True))
    return met
