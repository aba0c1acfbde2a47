"""Whom this agent opened lately: they come a little sooner, however many others match as well."""

from __future__ import annotations

from functools import lru_cache

from data.search.scoring import COMMONNESS_MOST, EXACT_FIRST
from data.search.sqlite.comparing import Pool, compare
from data.search.sqlite.entries import Kept
from data.search.sqlite.fitting import Fitter
from data.search.sqlite.found import Found
from data.search.sqlite.lexicon import Lexicon
from data.search.sqlite.lists import listed
from data.search.sqlite.phones import of_customer
from data.text import fold

LATELY = 20  # accounts
_ACCOUNTS = "SELECT account_id FROM recently_opened WHERE agent_id = ? ORDER BY opened_at DESC LIMIT +?"
_CUSTOMERS = "SELECT customer_id FROM account WHERE id IN ({marks})"


class Recent:
    """The customers whom one agent opened lately, asked for where they matter."""

    def __init__(self, lexicon: Lexicon, agent_id: int) -> None:
        self._lexicon = lexicon
        self._agent_id = agent_id

    @property
    def customers(self) -> frozenset[int]:
        """Their ids."""
        opened = self._lexicon.memory.opened
        if self._agent_id not in opened:
            connection = self._lexicon.connection
            accounts = [row[0] for row in connection.execute(_ACCOUNTS, (self._agent_id, LATELY))]
            customers = listed(connection, _CUSTOMERS, accounts) if accounts else ()
            opened[self._agent_id] = frozenset(row[0] for row in customers)
        return opened[self._agent_id]

    def add_those_called(self, lexicon: Lexicon, words: list[str], found: Found) -> None:
        """Adds to `found` those whose names begin with all of `words`, where others were left out of it."""
        before = len(found)
        pool: Pool = {
            kept.id: {} for kept in lexicon.kept_lately(self.customers - found.best.keys()) if _called(kept, words)
        }
        called = Found()
        compare(lexicon, pool, Fitter(lexicon, words, []), called)
        for one in called.by_words:
            whole = all(why.word == why.typed for why in one.why)  # as those who were found are put in order
            found.add(one._replace(order=one.order - (EXACT_FIRST if whole else COMMONNESS_MOST)))
        found.unbuilt = max(found.unbuilt - (len(found) - before), 0)

    def add_those_numbered(self, digits: str, found: Found) -> None:
        """The same for those with telephone numbers that begin or end with `digits`."""
        before = len(found)
        for kept in self._lexicon.kept_lately(self.customers - found.best.keys()):
            for one in of_customer(kept, digits):
                found.add(one)
        found.unbuilt = max(found.unbuilt - (len(found) - before), 0)


def _called(kept: Kept, words: list[str]) -> bool:
    told = _told(kept.first, kept.middle, kept.last, kept.company)
    return all(f" {word}" in told for word in words)


@lru_cache(maxsize=200)
def _told(first: str, middle: str, last: str, company: str) -> str:
    return fold(f" {first} {middle} {last.replace('-', ' ')} {company}")
