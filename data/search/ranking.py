"""Candidates → hits in the order that an agent would call right. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from data.search.results import Hit
from data.search.scoring import RECENT, UNTYPED, as_score
from data.search.words import split

if TYPE_CHECKING:
    from data.search.sqlite.found import Candidate


class Row(NamedTuple):
    """What a hit shows of a customer, as the index keeps it."""

    id: int
    first: str
    middle: str
    last: str
    company: str
    account: str
    status: str
    mdn: str | None
    city: str
    recent: int

    @property
    def name(self) -> str:
        """As data.customers.rules.display_name, spelled out here because it runs for every hit."""
        if self.middle:
            return " ".join(part for part in (self.first, self.middle, self.last) if part)
        if self.first and self.last:
            return f"{self.first} {self.last}"
        return self.first or self.last or self.company


def rank(candidates: list[Candidate], rows: dict[int, Row], limit: int) -> tuple[Hit, ...]:
    """The best `limit` as hits; what this agent opened lately comes a little higher."""
    ordered = [
        (one.order + _leaning(one, row), place)
        for place, one in enumerate(candidates)
        if (row := rows.get(one.customer_id))
    ]
    ordered.sort()
    return tuple(_hit(candidates[place], rows[candidates[place].customer_id]) for _, place in ordered[:limit])


def _leaning(one: Candidate, row: Row) -> float:
    """What a customer's own row says for (below 0) or against its coming sooner than others that match as well."""
    double = "-" in row.last or " " in row.last
    untyped = UNTYPED * ((row.middle != "") + double) if len(one.why) == 2 else 0.0
    return untyped - (RECENT if row.recent else 0.0)


def _hit(one: Candidate, row: Row) -> Hit:
    if row.company and (row.first or row.last) and not one.detail:
        one = _told_of_company(one, row)
    return Hit(
        row.id,
        row.account,
        row.name,
        one.mdn or row.mdn,
        row.status,
        row.city,
        as_score(one.cost),
        one.detail,
        one.why,
    )


def _told_of_company(one: Candidate, row: Row) -> Candidate:
    """`one`, where what matched is the company of a person: the hit shows the company too."""
    own = split(row.name)
    company = split(row.company)
    why = tuple(
        part._replace(field="detail", how="company")
        if part.field == "name" and part.word in company and part.word not in own
        else part
        for part in one.why
    )
    return one._replace(why=why, detail=row.company) if why != one.why else one
