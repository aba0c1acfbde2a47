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
