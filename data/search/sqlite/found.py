"""What is gathered while a search widens: candidates with what each costs and why, and how many there are."""

from __future__ import annotations

from typing import NamedTuple

from data.search.results import COUNTED, Why


class Candidate(NamedTuple):
    """A customer who may be meant. `order`: the cost less what commonness gives; the least comes first.

    `account_id`, `mdn`: those that the typed number is of; `detail`: what a hit shows of it.
    """

    customer_id: int
    cost: float
    order: float
    why: tuple[Why, ...]
    inactive: bool = False
    detail: str = ""
    account_id: int | None = None
    mdn: str | None = None


class Found:
    """Candidates by customer, the best of each."""

    def __init__(self) -> None:
        self.best: dict[int, Candidate] = {}
        self.more = False
        self.unbuilt = 0  # customers that match as well, beyond those gathered

    def add(self, candidate: Candidate) -> None:
        known = self.best.get(candidate.customer_id)
        if known is None or candidate.order < known.order:
            self.best[candidate.customer_id] = candidate

    def __len__(self) -> int:
        return len(self.best)

    @property
    def total(self) -> int:
        """How many there are, as far as they are counted."""
        return COUNTED if self.more else min(len(self.best) + self.unbuilt, COUNTED)

    def in_order(self, most: int) -> list[Candidate]:
        """The best `most` candidates."""
        return sorted(self.best.values(), key=_order)[:most]


def _order(candidate: Candidate) -> tuple[float, int]:
    return candidate.order, candidate.customer_id
