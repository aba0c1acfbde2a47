"""What `careline init` asks on a terminal, with what is usual offered; Enter takes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import typer

from data import money
from data.errors import Invalid, Misused
from data.operators.actions import Founding, check_founding
from data.operators.catalog import CarrierOffer, Catalog, FeatureOffer, PlanOffer, default_catalog
from data.operators.rules import OperatorKind
from data.text import clean

QUESTIONS = {
    "kind": "Kind of operator (reseller or mvno)",
    "name": "Name of the operator",
    "admin": "Sign-in name of the first administrator",
    "time_zone": "Time zone",
    "account_pattern": "How accounts are numbered; {:06d} counts in six digits",
}
T = TypeVar("T")


def ask_founding(founding: Founding, given: Collection[str]) -> Founding:
    """`founding`, with what was not `given` asked for."""
    for field, question in QUESTIONS.items():
        if field not in given:
            founding = _ask(question, str(getattr(founding, field)), partial(_with, founding, field))
    if "catalog" in given:
        return founding
    usual = default_catalog()
    typer.echo("What is sold (each can be left as it is usual, or listed anew):")
    return replace(
        founding,
        catalog=Catalog(
            carriers=_listed("carriers", usual.carriers, _carriers),
            plans=_listed("plans", usual.plans, _plans),
            features=_listed("features", usual.features, _features),
            markets=usual.markets,
        ),
    )


def _with(founding: Founding, field: str, text: str) -> Founding:
    """`founding` with `text` in `field`. Raises Misused with the reason where it can't be."""
    if field == "kind" and text.lower() not in set(OperatorKind):
        raise Misused("Write reseller or mvno.")
    value = OperatorKind(text.lower()) if field == "kind" else text
    changed = replace(founding, **{field: value})  # type: ignore[arg-type]
    check_founding(changed)
    return changed


def _listed(what: str, usual: tuple[T, ...], ask: Callable[[], Iterator[T]]) -> tuple[T, ...]:
    names = ", ".join(str(getattr(each, "name", "")) for each in usual)
    if typer.confirm(f"Usual {what}: {names}. Take these?", default=True):
        return usual
    typer.echo(f"List your {what}; an empty name ends the list.")
    return tuple(ask())


def _carriers() -> Iterator[CarrierOffer]:
    while name := _name("Carrier"):
        yield CarrierOffer(name, typer.confirm("  Can its lines be read live, on the OCS?", default=False))


def _plans() -> Iterator[PlanOffer]:
    while name := _name("Plan"):
        yield PlanOffer(
            name,
            _ask("  Dollars a month", "0", money.parse),
            voice=_ask("  Minutes", "unlimited", _allowance),
            text=_ask("  Text messages", "unlimited", _allowance),
            data=_ask("  MB of data", "unlimited", _allowance),
            lifeline=typer.confirm("  Is it for Lifeline?", default=False),
        )


def _features() -> Iterator[FeatureOffer]:
    while name := _name("Feature"):
        yield FeatureOffer(name, _ask("  Dollars a month", "0", money.parse))


def _name(what: str) -> str:
    return clean(typer.prompt(what, default="", show_default=False))


def _allowance(text: str) -> int | None:
    if text.strip().lower() == "unlimited":
        return None
    if not (text.strip().isascii() and text.strip().isdecimal()):
        raise Misused("Write a whole number, or unlimited.")
    return int(text)


def _ask(question: str, usual: str, read: Callable[[str], Any]) -> Any:
    """Asks until `read` takes the answer."""
    while True:
        try:
            return read(typer.prompt(question, default=usual))
        except Invalid as error:
            typer.echo(error.reason)
        except Misused as error:
            typer.echo(str(error))
