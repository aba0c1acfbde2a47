"""What is gathered while a search widens: candidates with what each costs and why, and how many there are."""

from __future__ import annotations

from collections.abc import Set
from math import inf
from operator import attrgetter
from typing import NamedTuple

from data.search.results import COUNTED, Why
from data.search.scoring import RECENT, SLIP_SWAPPED
from data.search.sqlite.numbers.ranges import Numbered


class Candidate(NamedTuple):
    """A customer who may be meant. `order`: the cost less what commonness gives; the least comes first.

    `account_id`, `mdn`: those that the typed number is of; `detail`: what a hit shows of it.
    `partly`: some of the text was not met at all.
    """

    customer_id: int
    cost: float
    order: float
    why: tuple[Why, ...]
    detail: str = ""
    account_id: int | None = None
    mdn: str | None = None
    partly: bool = False


def _candidate_of(one: Numbered) -> Candidate:
    why, detail, mdn = one.told
    return Candidate(one.customer_id, one.cost, one.order, (why,), detail, one.account_id, mdn or one.mdn)


class Found:
    """Candidates by customer, the best of each; who was found by a number is made a candidate when all are in order."""

    def __init__(self) -> None:
        self.best: dict[int, Candidate | Numbered] = {}
        self.more = False
        self.unbuilt = 0  # customers that match as well, beyond those gathered

    def add(self, candidate: Candidate | Numbered) -> None:
        known = self.best.get(candidate.customer_id)
        if known is None or candidate.order < known.order:
            self.best[candidate.customer_id] = candidate

    def take(self, other: Found, later: float = 0.0) -> None:
        """Adds all that `other` has, by so much `later`."""
        for one in other.best.values():
            self.add(one._replace(order=one.order + later) if later and isinstance(one, Candidate) else one)
        self.more, self.unbuilt = self.more or other.more, self.unbuilt + other.unbuilt

    def leave_out(self, customers: int) -> None:
        """Counts so many more who match as well, but are not gathered."""
        self.unbuilt += max(customers, 0)
        self.more = self.more or len(self.best) + self.unbuilt > COUNTED

    def __len__(self) -> int:
        return len(self.best)

    @property
    def by_words(self) -> list[Candidate]:
        """Those who were not found by a number."""
        return [one for one in self.best.values() if isinstance(one, Candidate)]

    def bears(self, words: Set[str]) -> bool:
        """Whether anybody who meets all of the text has one of `words` itself."""
        return any(why.word in words for one in self.by_words if not one.partly for why in one.why)

    @property
    def nobody(self) -> bool:
        """Whether nobody meets all of the text."""
        return all(candidate.partly for candidate in self.best.values())

    @property
    def least(self) -> float:
        """The least cost so far; infinite where there is nobody."""
        return min((candidate.cost for candidate in self.best.values()), default=inf)

    @property
    def doubtful(self) -> bool:
        """Whether nobody has what was typed, but for slips and sounds."""
        return all(candidate.cost >= SLIP_SWAPPED for candidate in self.best.values())

    @property
    def only_like(self) -> bool:
        """Whether whoever meets all of the text does so by what is only like it."""
        return all(
            isinstance(one, Candidate) and (one.partly or any("like" in why.how for why in one.why))
            for one in self.best.values()
        )

    def all_beyond(self, cost: float) -> bool:
        """Whether everybody costs more."""
        return all(candidate.cost > cost for candidate in self.best.values())

    @property
    def total(self) -> int:
        """How many there are, as far as they are counted."""
        return COUNTED if self.more else min(len(self.best) + self.unbuilt, COUNTED)

    def settle(self) -> bool:
        """Leaves out who meets only a part of the text, where anybody meets all and is as likely.

        Returns whether nobody does.
        """
        whole = {one: candidate for one, candidate in self.best.items() if not candidate.partly}
        if len(whole) == len(self.best):
            return False
        least = min((candidate.order for candidate in whole.values()), default=inf)
        if any(candidate.partly and candidate.order < least for candidate in self.best.values()):
            return True
        self.best = whole
        return False

    def in_order(self, recent: frozenset[int], most: int) -> list[Candidate]:
        """The best `most` candidates; those whom this agent opened lately (`recent`) come a little sooner."""
        candidates = list(self.best.values())
        if len(candidates) > 1:
            candidates = sorted(candidates, key=attrgetter("order"))
            if not recent.isdisjoint(self.best):
                candidates.sort(key=lambda one: one.order - RECENT if one.customer_id in recent else one.order)
        return [_candidate_of(one) if isinstance(one, Numbered) else one for one in candidates[:most]]
