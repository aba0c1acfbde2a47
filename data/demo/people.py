"""Who the demo's customers are: people and businesses, where they live, and how to reach them."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from data.customers.rules import CustomerKind
from data.demo.lists import Common, Lists, Place
from data.demo.numbers import Numbers
from data.text import fold

BUSINESSES = 0.12  # of all customers
TWINS = 0.05  # customers who are easily taken for an earlier one
MIDDLE_NAMES = 0.15
APARTMENTS = 0.25
ZIP_PLUS_4 = 0.3
MAIL_HOSTS = Common(("example.com", "example.net", "example.org"))  # RFC 2606: nobody's
ALIKE = {
    "Smith": "Smyth", "Johnson": "Johnston", "Thompson": "Thomson", "Stevens": "Stephens", "Phillips": "Philips",
    "Peterson": "Petersen", "Clark": "Clarke", "Reed": "Reid", "Nguyen": "Nguyễn", "Alvarez": "Álvarez",
    "John": "Jon", "Katherine": "Catherine", "Robert": "Bob", "William": "Bill", "Elizabeth": "Liz", "Sarah": "Sara",
    "Michael": "Mike", "Stephen": "Steven", "Brian": "Bryan", "Jeffrey": "Geoffrey", "Anne": "Ann", "José": "Jose",
}  # fmt: skip


@dataclass(frozen=True)
class Who:
    """A customer: the columns of `customer`, the place, and the contacts."""

    values: dict[str, Any]
    place: Place
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    web: tuple[str, ...] = ()


@dataclass
class People:
    """Draws customers. `today`: the day that ages count to."""

    lists: Lists
    numbers: Numbers
    rng: random.Random
    today: date
    _earlier: deque[Who] = field(default_factory=lambda: deque(maxlen=400))

    def draw(self, wanted: Mapping[str, Any]) -> Who:
        """One customer; what `wanted` (an entry of cast.toml) leaves out is drawn."""
        place = self.lists.place(wanted["place"]) if "place" in wanted else self.rng.choice(self.lists.places)
        twin = None if wanted or self.rng.random() >= TWINS or not self._earlier else self.rng.choice(self._earlier)
        if "company_name" in wanted or (not wanted and not twin and self.rng.random() < BUSINESSES):
            return self._business(place, wanted)
        who = self._twin(twin) if twin else self._person(place, wanted)
        self._earlier.append(who)
        return who

    def _person(self, place: Place, wanted: Mapping[str, Any]) -> Who:
        first = wanted.get("first_name") or self.lists.first_names.draw(self.rng)
        middle = self.lists.middle_names.draw(self.rng) if self.rng.random() < MIDDLE_NAMES else ""
        values = {
            "kind": CustomerKind.PERSON,
            "first_name": first,
            "middle_name": wanted.get("middle_name", "" if wanted else middle),
            "last_name": wanted.get("last_name") or self.lists.last_names.draw(self.rng),
            "birth_date": wanted.get("birth_date") or self._birth_date(),
        }
        return self._reachable(values | self._address(place), place)

    def _business(self, place: Place, wanted: Mapping[str, Any]) -> Who:
        values: dict[str, Any] = {
            "kind": CustomerKind.BUSINESS,
            "company_name": wanted.get("company_name") or self._company(),
        }
        if "first_name" in wanted or self.rng.random() < 0.6:
            values["first_name"] = wanted.get("first_name") or self.lists.first_names.draw(self.rng)
            values["last_name"] = wanted.get("last_name") or self.lists.last_names.draw(self.rng)
        who = self._reachable(values | self._address(place), place)
        site = _plain(str(values["company_name"]))[:30]
        return Who(who.values, place, who.phones, (f"office@{site}.example",), (f"https://www.{site}.example",))

    def _twin(self, other: Who) -> Who:
        """Someone easily taken for `other`: of the same household, of the same name elsewhere, or spelt alike."""
        sort = self.rng.choice(("household", "namesake", "alike"))
        values = dict(other.values) | {"birth_date": self._birth_date()}
        if sort == "household":
            values["first_name"] = self.lists.first_names.draw(self.rng)
            return self._reachable(values, other.place)
        if sort == "alike":
            for name in ("first_name", "last_name"):
                values[name] = ALIKE.get(values[name], values[name])
        place = self.rng.choice(self.lists.places)
        return self._reachable(values | self._address(place), place)

    def _reachable(self, values: dict[str, Any], place: Place) -> Who:
        phones = tuple(self.numbers.telephone(place) for _ in range(self.rng.choice((0, 1, 1, 2))))
        emails: tuple[str, ...] = ()
        if values.get("last_name") and self.rng.random() < 0.7:
            name = f"{_plain(values['first_name'])}.{_plain(values['last_name'])}"
            digits = self.rng.choice(("", "", str(self.rng.randrange(2, 99))))
            emails = (f"{name}{digits}@{MAIL_HOSTS.draw(self.rng)}",)
        return Who(values, place, phones, emails)

    def _address(self, place: Place) -> dict[str, str]:
        street = f"{self.lists.street_names.draw(self.rng)} {self.lists.street_kinds.draw(self.rng)}"
        if self.rng.random() < 0.06:
            street = self.lists.whole_streets.draw(self.rng)
        code = self.rng.choice(place.zips)
        plus_4 = f"-{self.rng.randrange(1000, 9999)}" if self.rng.random() < ZIP_PLUS_4 else ""
        return {
            "street": f"{self.rng.randrange(1, 9900)} {street}",
            "street2": f"Apt {self.rng.randrange(1, 40)}" if self.rng.random() < APARTMENTS else "",
            "city": place.city,
            "county": place.county,
            "state": place.state,
            "zip": code + plus_4,
        }

    def _company(self) -> str:
        parts = [self.lists.company_first.draw(self.rng), self.lists.company_second.draw(self.rng)]
        if self.rng.random() < 0.5:
            parts.append(self.lists.company_last.draw(self.rng))
        return " ".join(parts)

    def _birth_date(self) -> date:
        return self.today - timedelta(days=self.rng.randrange(19 * 366, 94 * 365))


def _plain(name: str) -> str:
    return "".join(char for char in fold(name) if char.isascii() and char.isalnum()) or "customer"
