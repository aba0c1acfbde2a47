"""Whom this agent opened lately: they come a little sooner, however many others match as well."""

from __future__ import annotations

from data.search.scoring import COMMONNESS_MOST, EXACT_FIRST
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import Kept
from data.search.sqlite.lists import listed
from data.search.sqlite.numbers.phones import of_customer
from data.search.sqlite.texts.comparing import Pool, compare
from data.search.sqlite.texts.fitting import Fitter
from data.search.sqlite.words.lexicon import Lexicon
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

    @property
    def _names(self) -> list[tuple[Kept, str]]:
        """What the index keeps of them, and how they are called: folded, a space before each word."""
        names = self._lexicon.memory.opened_names
        if self._agent_id not in names:
            names[self._agent_id] = [(kept, _told(kept)) for kept in self._lexicon.kept(self.customers)]
        return names[self._agent_id]

    def add_those_called(self, lexicon: Lexicon, words: list[str], found: Found) -> None:
        """Adds to `found` those whose names begin with all of `words`, where others were left out of it."""
        beginnings = [f" {word}" for word in words]
        pool: Pool = {
            kept.id: {}
            for kept, told in self._names
            if all(beginning in told for beginning in beginnings) and kept.id not in found.best
        }
        if not pool:
            return
        before, called = len(found), Found()
        compare(lexicon, pool, Fitter(lexicon, words, []), called)
        for one in called.by_words:
            whole = all(why.word == why.typed for why in one.why)  # as those who were found are put in order
            found.add(one._replace(order=one.order - (EXACT_FIRST if whole else COMMONNESS_MOST)))
        found.unbuilt = max(found.unbuilt - (len(found) - before), 0)

    def add_those_numbered(self, digits: str, found: Found) -> None:
        """The same for those with telephone numbers that begin or end with `digits`."""
        before = len(found)
        for kept, _ in self._names:
            if digits in kept.keys and kept.id not in found.best:
                for one in of_customer(kept, digits):
                    found.add(one)
        found.unbuilt = max(found.unbuilt - (len(found) - before), 0)


def _told(kept: Kept) -> str:
    return fold(f" {kept.first} {kept.middle} {kept.last.replace('-', ' ')} {kept.company}")
