"""Terms as the store keeps them and as files and forms write them: one plain form each way, checked field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from data.money import from_cents
from data.promotions.rules import (
    Ends,
    Gives,
    Kind,
    Loyalty,
    Shape,
    Terms,
    TradeInOffer,
)
from data.promotions.tables import PromotionRevision

FIELDS = (
    "ost", "name", "gives", "amount", "percent", "months", "valid_from", "valid_to", "devices", "trade_ins", "plans",
    "kinds", "loyalty", "current", "stacks", "tenure_days", "arrival_days", "begins", "ends", "notes",
)  # fmt: skip
"""What a promotion has in a file, in this order."""

Plain = Mapping[str, Any]  # field → text, number, yes or no, list, as a TOML file has it
Word = TypeVar("Word", bound=StrEnum)
USUAL = Terms(ost="", name="", gives=Gives.ONE_TIME, valid_from=date(2000, 1, 1))


def terms_of(row: PromotionRevision) -> Terms:
    """A row of the store → terms."""
    return Terms(
        ost=row.ost,
        name=row.name,
        gives=Gives(row.gives),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        cents=row.cents,
        percent=row.percent,
        months=row.months,
        devices=tuple(json.loads(row.devices)),
        trade_ins=tuple(
            TradeInOffer(tuple(one["devices"]), {Shape(shape): cents for shape, cents in one["amounts"].items()})
            for one in json.loads(row.trade_ins)
        ),
        plans=tuple(json.loads(row.plans)),
        kinds=tuple(map(Kind, json.loads(row.kinds))),
        loyalty=Loyalty(row.loyalty),
        current=row.current,
        stacks=row.stacks,
        tenure_days=row.tenure_days,
        arrival_days=row.arrival_days,
        begins=(row.begins_first, row.begins_last),
        ends=tuple(map(Ends, json.loads(row.ends))),
        notes=row.notes,
    )


def columns_of(terms: Terms) -> dict[str, Any]:
    """Terms → the columns of a row."""
    trade_ins = [{"devices": one.devices, "amounts": _amounts(one)} for one in terms.trade_ins]
    same = (
        "ost name gives cents percent months valid_from valid_to loyalty current stacks tenure_days arrival_days notes"
    )
    return {name: getattr(terms, name) for name in same.split()} | {
        "devices": _json(terms.devices),
        "trade_ins": _json(trade_ins),
        "plans": _json(terms.plans),
        "kinds": _json(terms.kinds),
        "ends": _json(terms.ends),
        "begins_first": terms.begins[0],
        "begins_last": terms.begins[1],
    }


def plain_of(terms: Terms) -> dict[str, Any]:
    """Terms as a TOML file has them; what is as usual is left out."""
    amount = str(from_cents(terms.cents)) if terms.cents else None
    trade_ins = [
        {"devices": list(one.devices)} | {shape: str(from_cents(cents)) for shape, cents in _amounts(one).items()}
        for one in terms.trade_ins
    ]
    values: dict[str, Any] = {"ost": terms.ost, "name": terms.name, "gives": terms.gives.value, "amount": amount}
    for name in ("percent", "months", "valid_from", "valid_to", "devices", "plans", "kinds", "loyalty", "current"):
        values[name] = _plain(getattr(terms, name), getattr(USUAL, name))
    values |= {"valid_from": terms.valid_from, "trade_ins": trade_ins or None}
    for name in ("stacks", "tenure_days", "arrival_days", "begins", "ends", "notes"):
        values[name] = _plain(getattr(terms, name), getattr(USUAL, name))
    if values["begins"]:
        values["begins"] = "{}-{}".format(*terms.begins)
    return {name: values[name] for name in FIELDS if values[name] is not None}


def trade_ins_text(terms: Terms) -> str:
    """The phones that are taken in, as a cell of a CSV file has them."""
    return " | ".join(
        f"{', '.join(one.devices)}: {', '.join(f'{shape} {from_cents(cents)}' for shape, cents in one.amounts.items())}"
        for one in terms.trade_ins
    )


def cells_of(terms: Terms) -> dict[str, str]:
    """Terms as the cells of a CSV file and the fields of a form have them; what is as usual is left out."""
    cells = {}
    for name, value in plain_of(terms).items():
        yes = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else None
        cells[name] = yes or (" | ".join(map(str, value)) if isinstance(value, list) else str(value))
    return cells | ({"trade_ins": trade_ins_text(terms)} if terms.trade_ins else {})


def _amounts(offer: TradeInOffer) -> dict[str, int]:
    return {shape.value: cents for shape, cents in offer.amounts.items()}


def _plain(value: Any, usual: Any) -> Any:
    if value == usual:
        return None
    return list(map(str, value)) if isinstance(value, tuple) else str(value) if isinstance(value, StrEnum) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
