"""`careline rule`: the operator's custom rules, listed, set and unset."""

from __future__ import annotations

from typing import Annotated

import typer

from console.desks import desk_of
from console.printing import Json, print_json, print_lines

NAME = "The rule's name, as `careline rule list` shows it."


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    rules = typer.Typer(help="The operator's custom rules.", no_args_is_help=True)
    rules.command("list", help="Show every custom rule and what it is set to.")(list_rules)
    rules.command("set", help="Set a custom rule.")(set_rule)
    rules.command("unset", help="Take a custom rule back to what holds without it.")(unset_rule)
    app.add_typer(rules, name="rule")


def list_rules(
    context: typer.Context,
    as_json: Json = False,
) -> None:
    from data.operators.queries import custom_rule
    from data.operators.rules import CUSTOM_RULES

    desk = desk_of(context)
    values = {name: custom_rule(desk, name) for name in CUSTOM_RULES}
    if as_json:
        print_json(values)
    else:
        for name, value in values.items():
            print_lines([f"{name}: {'not set' if value is None else value}", f"  {CUSTOM_RULES[name]}"])


def set_rule(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=NAME)],
    value: Annotated[str, typer.Argument(help="What it is to hold.")],
) -> None:
    from data.operators.actions import set_rule as set_it

    set_it(desk_of(context), name, value)
    print_lines([f"{name.strip().upper()} is {value.strip()}."])


def unset_rule(context: typer.Context, name: Annotated[str, typer.Argument(help=NAME)]) -> None:
    from data.operators.actions import unset_rule as unset_it

    unset_it(desk_of(context), name)
    print_lines([f"{name.strip().upper()} is not set."])
