"""`careline access`: asks for a permission that one lacks; a lead or an administrator decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from console.desks import desk_of
from console.printing import Json, print_lines, tell

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.agents.access import RequestView

Request = Annotated[int, typer.Argument(help="Its number in the list.")]
What = Annotated[str, typer.Argument(help="The permission, in the words of the refusal.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Ask for a permission, and decide what others ask for.", no_args_is_help=True)
    group.command("request", help="Ask for a permission.")(request)
    group.command("list", help="Show what is asked for.")(list_requests)
    group.command("approve", help="Grant what was asked for.")(approve)
    group.command("deny", help="Turn a request down.")(deny)
    group.command("revoke", help="Take a granted permission back.")(revoke)
    app.add_typer(group, name="access")


def request(
    context: typer.Context,
    permission: What,
    reason: Annotated[str, typer.Option(help="What you need it for.")],
    as_json: Json = False,
) -> None:
    from data.agents.access import permission_named, request_access

    asked = request_access(desk_of(context), permission_named(permission), reason)
    tell(asked, f"Asked for, as request {asked.id}; a lead or administrator decides.", as_json)


def list_requests(
    context: typer.Context,
    decided: Annotated[bool, typer.Option("--all", help="Those that are decided, too.")] = False,
    as_json: Json = False,
) -> None:
    from data.agents.access import access_requests

    desk = desk_of(context)
    found = access_requests(desk, waiting=not decided)
    tell(found, [line(one, desk.agent.zone) for one in found] or ["Nothing waits."], as_json)


def line(one: RequestView, zone: ZoneInfo) -> str:
    """A request as a line for a person."""
    answer = f": {one.answer}" if one.answer else ""
    state = one.state if one.decided_at is None else f"{one.state} by {one.decided_by}{answer}"
    asked = f"{one.asked_at.astimezone(zone):%m-%d %H:%M}"
    return f"{one.id:>4}  {asked}  {one.agent} ({one.role}): {one.permission} · “{one.reason}” · {state}"


def approve(
    context: typer.Context,
    number: Request,
    answer: Annotated[str, typer.Option(help="A word to whoever asked.")] = "",
    as_json: Json = False,
) -> None:
    from data.agents.access import approve_access

    done = approve_access(desk_of(context), number, answer)
    tell(done, f"{done.agent} may {done.permission} from now on.", as_json)


def deny(
    context: typer.Context,
    number: Request,
    why: Annotated[str, typer.Option(help="Why not; whoever asked reads it.")],
    as_json: Json = False,
) -> None:
    from data.agents.access import deny_access

    done = deny_access(desk_of(context), number, why)
    tell(done, f"Denied: {done.agent} may not {done.permission}.", as_json)


def revoke(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The agent's sign-in name.")],
    permission: What,
) -> None:
    from data.agents.access import permission_named, revoke_access

    what = permission_named(permission)
    revoke_access(desk_of(context), name, what)
    print_lines([f"{name} may {what} no more."])
