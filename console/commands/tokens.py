"""`careline token`: what scripts sign in with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from console.desks import desk_of
from console.printing import Json, print_json, print_lines, tell
from data.agents.rules import MOST_TOKEN_DAYS, TOKEN_DAYS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.agents.tokens import TokenView

RIGHT = "What it may do, in words; may be given several times. Left out: read accounts."


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="What scripts sign in with.", no_args_is_help=True)
    group.command("make", help="Make a token; it is shown once.")(make)
    group.command("list", help="Show the tokens that still open.")(list_tokens)
    group.command("revoke", help="End a token at once.")(revoke)
    app.add_typer(group, name="token")


def make(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What it is for.")],
    right: Annotated[list[str] | None, typer.Option(help=RIGHT)] = None,
    days: Annotated[int, typer.Option(help=f"How long it lives, up to {MOST_TOKEN_DAYS} days.")] = TOKEN_DAYS,
    for_agent: Annotated[str | None, typer.Option("--for", help="Whose; an administrator says another's.")] = None,
    as_json: Json = False,
) -> None:
    from data.agents.access import permission_named
    from data.agents.tokens import USUAL_RIGHTS, make_token

    rights = [permission_named(one) for one in right] if right else USUAL_RIGHTS
    desk = desk_of(context)
    made = make_token(desk, name, rights=rights, days=days, agent=for_agent)
    if as_json:
        print_json(made)
    else:
        print_lines(
            [
                f"Token, shown this once: {made.secret}",
                line(made.token, desk.agent.zone),
                "A script gives it in CARELINE_TOKEN.",
            ]
        )


def list_tokens(
    context: typer.Context,
    everybodys: Annotated[bool, typer.Option("--everybody", help="Everybody's, for an administrator.")] = False,
    ended: Annotated[bool, typer.Option("--ended", help="Those that ended, too.")] = False,
    as_json: Json = False,
) -> None:
    from data.agents.tokens import tokens

    desk = desk_of(context)
    found = tokens(desk, everybodys=everybodys, ended=ended)
    tell(found, [line(one, desk.agent.zone) for one in found] or ["No token is open."], as_json)


def line(one: TokenView, zone: ZoneInfo) -> str:
    """A token as a line for a person."""
    end = "ended" if one.ended else f"until {one.expires_at.astimezone(zone):%m-%d-%Y}"
    return f"{one.id:>4}  {one.agent}: {one.name} · {', '.join(one.rights)} · {end}"


def revoke(context: typer.Context, token: Annotated[int, typer.Argument(help="Its number in the list.")]) -> None:
    from data.agents.tokens import revoke_token

    ended = revoke_token(desk_of(context), token)
    print_lines([f"The token “{ended.name}” of {ended.agent} opens nothing any more."])
