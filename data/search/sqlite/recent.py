"""Whom this agent opened lately: they come a little sooner, however many others match as well."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from data.search.scoring import COMMONNESS_MOST, EXACT_FIRST
from data.search.sqlite.comparing import Pool, compare
from data.search.sqlite.entries import Kept
from data.search.sqlite.fitting import Fitter
from data.search.sqlite.found import Found
from data.search.sqlite.lexicon import Lexicon
from data.text import fold

LATELY = 20  # accounts
_CUSTOMERS = """
    SELECT a.customer_id FROM recently_opened r CROSS JOIN account a ON a.id = r.account_id
    WHERE r.agent_id = ? ORDER BY r.opened_at DESC LIMIT ?"""


class Recent:
    """The customers whom one agent opened lately, asked for where they matter."""

    def __init__(self, connection: Any, agent_id: int) -> None:
        self._connection = connection
        self._agent_id = agent_id

    @cached_property
    def customers(self) -> frozenset[int]:
        """Their ids."""
        return frozenset(row[0] for row in self._connection.execute(_CUSTOMERS, (self._agent_id, LATELY)))

    def add_those_called(self, lexicon: Lexicon, words: list[str], found: Found) -> None:
        """Adds to `found` those whose names begin with all of `words`, where others were left out of it."""
        before = len(found)
        pool: Pool = {kept.id: {} for kept in lexicon.kept(self.customers - found.best.keys()) if _called(kept, words)}
        called = Found()
        compare(lexicon, pool, Fitter(lexicon, words, []), called)
        for one in called.best.values():
            whole = all(why.word == why.typed for why in one.why)  # as those who were found are put in order
            found.add(one._replace(order=one.order - (EXACT_FIRST if whole else COMMONNESS_MOST)))
        found.unbuilt = max(found.unbuilt - (len(found) - before), 0)


def _called(kept: Kept, words: list[str]) -> bool:
    told = fold(f" {kept.first} {kept.middle} {kept.last.replace('-', ' ')} {kept.company}")
    return all(f" {word}" in told for word in words)
