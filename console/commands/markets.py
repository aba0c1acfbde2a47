"""`careline market`: the carrier's regions, listed, changed and added."""

from __future__ import annotations

from typing import Annotated

import typer

from console.desks import desk_of
from console.printing import Json, print_json, print_lines, tell


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="The carrier's Markets.", no_args_is_help=True)
    group.command("list", help="Show every Market.")(list_markets)
    group.command("set", help="Change a Market, or add one.")(set_market)
    app.add_typer(group, name="market")


def list_markets(context: typer.Context, as_json: Json = False) -> None:
    from data.operators.markets import markets

    found = markets(desk_of(context))
    if as_json:
        print_json(found)
        return
    for market in found:
        ocr = "allows On Call Resolutions" if market.allows_ocr else "no On Call Resolutions"
        print_lines([f"{market.name}: {market.states or 'no state yet'}", f"  {ocr} · {market.email or 'no address'}"])


def set_market(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The Market's name.")],
    states: Annotated[str | None, typer.Option(help="The states that it covers, such as “NJ NY”.")] = None,
    ocr: Annotated[bool | None, typer.Option("--ocr/--no-ocr", help="Whether it allows On Call Resolutions.")] = None,
    email: Annotated[str | None, typer.Option(help="Where complaints about its dealers go.")] = None,
    as_json: Json = False,
) -> None:
    from data.operators.markets import set_market as set_it

    desk = desk_of(context)
    view = set_it(desk, name, states=states, allows_ocr=ocr, email=email)
    tell(view, f"{view.name} is set.", as_json)
