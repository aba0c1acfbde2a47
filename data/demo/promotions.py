"""The demo operator's promotions catalogue (promotions.toml), moved by whole years so that it is never out of date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from data.demo.rows import Rows
from data.promotions.conditions import Facts, check, eligible
from data.promotions.files import read_toml
from data.promotions.names import key
from data.promotions.reading import read_terms
from data.promotions.records import columns_of
from data.promotions.rules import Gives, Terms
from data.promotions.tables import PromotionRevision

WRITTEN_ON = date(2026, 11, 22)  # the day that promotions.toml was written for
YEAR = re.compile(r"\b20\d\d\b")
MADE_BY = "lead03"
ON_A_BILL = (Gives.MONTHLY, Gives.ONE_TIME)


@dataclass(frozen=True)
class Offers:
    """What stands on a bill, by the device that it is for: each revision with its id."""

    by_device: Mapping[str, Sequence[tuple[int, Terms]]]

    @classmethod
    def add(cls, rows: Rows, today: date, zone: ZoneInfo) -> Offers:
        """Adds the catalogue to `rows`."""
        found = defaultdict(list)
        for number, terms in enumerate(catalogue(whole_years(today)), start=1):
            at = datetime.combine(terms.valid_from - timedelta(9), time(10), zone)
            values = {"made_by": MADE_BY, "made_at": at, "edition": number}
            revision = rows.add(PromotionRevision, **columns_of(terms), **values)
            for device in terms.devices if terms.gives in ON_A_BILL else ():
                found[key(device)].append((revision, terms))
        return cls(found)

    def fitting(self, facts: Facts) -> tuple[int, Terms] | None:
        """A promotion that a purchase qualifies for, the one that gives most."""
        likely = self.by_device.get(key(facts.device or ""), ())
        found = [one for one in likely if eligible(check(one[1], facts))]
        return max(found, key=lambda one: one[1].cents, default=None)


@cache
def catalogue(years: int = 0) -> tuple[Terms, ...]:
    """The catalogue's revisions, so many years later than they are written."""
    text = files("data.demo").joinpath("promotions.toml").read_text("utf-8")
    return tuple(_later(read_terms(entry.plain), years) for entry in read_toml(text))


def _later(terms: Terms, years: int) -> Terms:
    first, last = terms.valid_from, terms.valid_to
    moved = (
        last.replace(year=last.year + years, day=min(last.day, 28) if last.month == 2 else last.day) if last else None
    )
    name = YEAR.sub(lambda year: str(int(year[0]) + years), terms.name)
    return replace(terms, name=name, valid_from=first.replace(year=first.year + years), valid_to=moved)


def whole_years(today: date) -> int:
    """The whole years from WRITTEN_ON to `today`, rounded down."""
    passed = today.year - WRITTEN_ON.year
    return passed - ((today.month, today.day) < (WRITTEN_ON.month, WRITTEN_ON.day))
