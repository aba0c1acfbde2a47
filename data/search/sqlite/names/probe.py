"""One way to customers with two words: what the first and the second mean, and what it costs to be found by them."""

from __future__ import annotations

from typing import NamedTuple

from data.search.results import Why
from data.search.scoring import ALSO_BEGUN
from data.search.sqlite.words.meanings import Meaning, beginning_cost

PROBES = """
    WITH probe(key, a, low, high) AS (VALUES {marks})
    SELECT probe.key, p.b, p.who FROM probe CROSS JOIN search_pair p
    ON p.a = probe.a AND p.b >= probe.low AND p.b < probe.high LIMIT +?"""
TYPED = ("name", "city")  # how a word is told that was typed as it is


class Probe(NamedTuple):
    """Rows that begin with a word (`a`) and have beside it what `b` means; `turned`: b was typed before a."""

    a: Meaning
    b: Meaning
    turned: bool

    def cost(self, b: str) -> float:
        """What it costs that `b` was found beside the first word."""
        meant = self.b
        cost = self.a.cost + meant.cost
        if not meant.open or b == meant.word:
            return cost
        longer = beginning_cost(meant.word, b, ended=meant.ended)
        return cost + longer + (0.0 if self.a.how in TYPED else ALSO_BEGUN)

    def why(self, b: str) -> tuple[Why, Why]:
        """Why, in the order that was typed."""
        first, second = self.a.why, self.b.why_of(b)
        return (second, first) if self.turned else (first, second)
