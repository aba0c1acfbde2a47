"""Candidates → hits in the order that an agent would call right. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.search.covering import covered, private
from data.search.results import Hit
from data.search.scoring import as_score
from data.search.words import split

if TYPE_CHECKING:
    from data.search.sqlite.found import Candidate


class Row(NamedTuple):
    """What a hit shows of a customer, as the index keeps it; `keys`: see data/search/sqlite/index/entries.py."""

    id: int
    first: str
    middle: str
    last: str
    company: str
    account: str
    status: str
    keys: str
    city: str
    account_id: int | None = None

    @property
    def name(self) -> str:
        """As data.customers.rules.display_name, spelled out here because it runs for every hit."""
        if self.middle:
            return " ".join(part for part in (self.first, self.middle, self.last) if part)
        if self.first and self.last:
            return f"{self.first} {self.last}"
        return self.first or self.last or self.company

    @property
    def lines(self) -> list[str]:
        """The numbers of the customer's lines, as far as they are among those that customers are found by."""
        return [key[1:] for key in self.keys.split() if key[0] == "l"]

    def mdn(self, ending: str | None) -> str | None:
        """The telephone number that ends with `ending`; without one, the number that is shown first."""
        if ending:
            for key in self.keys.split():
                if key.endswith(ending):
                    return key[1:]
            return ending
        return self.keys.partition(" ")[0][1:] if self.keys[:1] == "l" else None


def rank(candidates: list[Candidate], rows: dict[int, Row]) -> tuple[Hit, ...]:
    """The candidates, which stand in order, as hits, what is private in them masked."""
    masked: dict[int, bool] = {}  # by the identity of the reasons, which many share
    scores: dict[float, float] = {}
    hits = []
    for one in candidates:
        if row := rows.get(one.customer_id):
            if (score := scores.get(one.cost)) is None:
                score = scores[one.cost] = as_score(one.cost)
            hit = _hit(one, row, score)
            if (mask := masked.get(id(one.why))) is None:
                mask = masked[id(one.why)] = private(one.why)
            hits.append(covered(hit, row.lines) if mask else hit)
    return tuple(hits)


def _hit(one: Candidate, row: Row, score: float) -> Hit:
    if row.company and (row.first or row.last) and not one.detail:
        one = _told_of_company(one, row)
    return Hit(
        row.id,
        row.account,
        row.name,
        row.mdn(one.mdn),
        row.status,
        row.city,
        score,
        one.detail,
        one.why,
    )


def _told_of_company(one: Candidate, row: Row) -> Candidate:
    """`one`, where what matched is the company of a person: the hit shows the company too."""
    own = split(row.name)
    company = split(row.company)
    why = tuple(
        part._replace(field="detail", how="company" if part.how == "name" else f"company {part.how}")
        if part.field == "name" and part.word in company and part.word not in own
        else part
        for part in one.why
    )
    return one._replace(why=why, detail=row.company) if why != one.why else one
