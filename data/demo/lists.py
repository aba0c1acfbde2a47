"""The lists that the demo is made of (lists.toml, cast.toml), read and ready to draw from."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate
from typing import Any

HEAD_START = 8  # flattens how much oftener the first of a list is drawn than the second


@dataclass(frozen=True)
class Place:
    """A city, with its ZIP codes and area codes."""

    city: str
    county: str
    state: str
    zips: tuple[str, ...]
    area_codes: tuple[str, ...]


@dataclass(frozen=True)
class Handset:
    """A model. `number`: which of esn, meid and imei it has; `begins`: what that number begins with."""

    make: str
    model: str
    number: str
    begins: str


@dataclass(frozen=True)
class Common:
    """Names of which the first are drawn more often, as it is with real names."""

    names: Sequence[str]

    @cached_property
    def _weights(self) -> list[float]:
        return list(accumulate(1 / (rank + HEAD_START) for rank in range(len(self.names))))

    def draw(self, rng: random.Random) -> str:
        """One of the names."""
        return rng.choices(self.names, cum_weights=self._weights)[0]


@dataclass(frozen=True)
class Lists:
    """Everything that lists.toml and cast.toml hold."""

    first_names: Common
    last_names: Common
    middle_names: Common
    company_first: Common
    company_second: Common
    company_last: Common
    street_names: Common
    street_kinds: Common
    whole_streets: Common
    dealers: Common
    dealer_agents: Common
    places: tuple[Place, ...]
    handsets: tuple[Handset, ...]
    cast: tuple[dict[str, Any], ...]

    def place(self, name: str) -> Place:
        """The place of that name, such as "Yonkers NY"."""
        return next(place for place in self.places if f"{place.city} {place.state}" == name)


@cache
def lists() -> Lists:
    """The demo's lists."""
    folder = files("data.demo")
    read = tomllib.loads(folder.joinpath("lists.toml").read_text("utf-8"))
    cast = tomllib.loads(folder.joinpath("cast.toml").read_text("utf-8"))["customer"]
    places = tuple(
        Place(city, county, state, tuple(zips.split()), tuple(area_codes.split()))
        for city, county, state, zips, area_codes in _table(read.pop("places"))
    )
    handsets = tuple(Handset(*row) for row in _table(read.pop("handsets")))
    names = {field: Common([name.strip() for name in text.split(",")]) for field, text in read.items()}
    return Lists(**names, places=places, handsets=handsets, cast=tuple(cast))


def _table(text: str) -> Iterable[list[str]]:
    return ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
