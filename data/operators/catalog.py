"""What an operator sells, and the Markets it sells in, as its catalog file (TOML) lists them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any

from data import money
from data.errors import Misused
from data.files import toml_in
from data.operators.rules import market_states, wrong_market
from data.text import clean

KINDS = {
    "carrier": "ocs",
    "plan": "monthly voice text data lifeline",
    "feature": "monthly",
    "market": "states ocr email",
}
DEFAULT_FILE = "catalog.toml"


@dataclass(frozen=True)
class CarrierOffer:
    """A carrier; `ocs`: whether its lines can be read live on the OCS."""

    name: str
    ocs: bool = False


@dataclass(frozen=True)
class PlanOffer:
    """A plan. `monthly` in dollars; `voice` minutes, `text` messages, `data` MB a month: None is unlimited, 0 none."""

    name: str
    monthly: Decimal = Decimal(0)
    voice: int | None = None
    text: int | None = None
    data: int | None = None
    lifeline: bool = False


@dataclass(frozen=True)
class FeatureOffer:
    """Something added to a line. `monthly` in dollars."""

    name: str
    monthly: Decimal = Decimal(0)


@dataclass(frozen=True)
class MarketOffer:
    """A region of the carrier's. `states`: two-letter ones, a space between; `ocr`: On Call Resolutions are allowed."""

    name: str
    states: str = ""
    ocr: bool = False
    email: str = ""


@dataclass(frozen=True)
class Catalog:
    """What an operator sells and where, in the order in which it is listed."""

    carriers: tuple[CarrierOffer, ...] = ()
    plans: tuple[PlanOffer, ...] = ()
    features: tuple[FeatureOffer, ...] = ()
    markets: tuple[MarketOffer, ...] = ()


def default_catalog() -> Catalog:
    """What a new operator sells until it says otherwise."""
    return parse_catalog(default_catalog_text())


def default_catalog_text() -> str:
    """The catalog file that new operators start from, to be copied and changed."""
    return files("data.operators").joinpath(DEFAULT_FILE).read_text("utf-8")


def parse_catalog(text: str) -> Catalog:
    """A catalog file's text → what it lists. Raises Misused with the first thing that can't be so."""
    try:
        read = toml_in(text)
    except tomllib.TOMLDecodeError as error:
        raise Misused(f"The catalog can't be read: {error}.", "See `careline init --show-catalog`.") from None
    if unknown := set(read) - set(KINDS):
        raise _wrong(f"[[{min(unknown)}]] is not known; it lists [[carrier]], [[plan]], [[feature]] and [[market]]")
    return Catalog(
        carriers=tuple(CarrierOffer(_name(row), _yes(row, "ocs")) for row in _rows(read, "carrier")),
        plans=tuple(_plan(row) for row in _rows(read, "plan")),
        features=tuple(FeatureOffer(_name(row), _dollars(row)) for row in _rows(read, "feature")),
        markets=_markets(read),
    )


def _plan(row: Mapping[str, Any]) -> PlanOffer:
    return PlanOffer(
        _name(row), _dollars(row), _allowance(row, "voice"), _allowance(row, "text"), _allowance(row, "data"),
        _yes(row, "lifeline"),
    )  # fmt: skip


def _markets(read: Mapping[str, Any]) -> tuple[MarketOffer, ...]:
    markets = []
    for row in _rows(read, "market"):
        offer = MarketOffer(_name(row), market_states(_text(row, "states")), _yes(row, "ocr"), _text(row, "email"))
        if wrong := wrong_market(offer.states, offer.email):
            raise _wrong(f"“{offer.name}”: {wrong.rstrip('.')}")
        markets.append(offer)
    states = [state for market in markets for state in market.states.split()]
    if twice := [state for state in states if states.count(state) > 1]:
        raise _wrong(f"{twice[0]} is in more than one market")
    return tuple(markets)


def _rows(read: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    rows = read.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(f"each {kind} begins with a line [[{kind}]]")
    known = {"name", *KINDS[kind].split()}
    for row in rows:
        if unknown := set(row) - known:
            raise _wrong(f"a {kind} has no “{min(unknown)}”; it has {', '.join(sorted(known))}")
    names = [_name(row).casefold() for row in rows]
    if twice := [name for name in names if names.count(name) > 1]:
        raise _wrong(f"the {kind} “{twice[0]}” is listed twice")
    return rows


def _name(row: Mapping[str, Any]) -> str:
    name = row.get("name")
    if not isinstance(name, str) or not clean(name):
        raise _wrong('every carrier, plan, feature and market has a name, such as name = "Basic 1000"')
    return clean(name)


def _dollars(row: Mapping[str, Any]) -> Decimal:
    amount = money.parse(str(row.get("monthly", "0")))
    if amount < 0:
        raise _wrong(f"“{_name(row)}” costs less than nothing a month")
    return amount


def _allowance(row: Mapping[str, Any], what: str) -> int | None:
    value = row.get(what)
    if value is not None and (type(value) is not int or value < 0):
        raise _wrong(f"{what} of “{_name(row)}” is a whole number; left out, it is unlimited")
    return value


def _text(row: Mapping[str, Any], what: str) -> str:
    value = row.get(what, "")
    if not isinstance(value, str):
        raise _wrong(f"{what} of “{_name(row)}” is text in quotes")
    return clean(value)


def _yes(row: Mapping[str, Any], what: str) -> bool:
    value = row.get(what, False)
    if not isinstance(value, bool):
        raise _wrong(f"{what} of “{_name(row)}” is true or false")
    return value


def _wrong(what: str) -> Misused:
    return Misused(f"The catalog can't be used: {what}.", "See `careline init --show-catalog`.")
