"""`careline call`: begins, shows and ends the agent's call; and who looked at many accounts without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.desks import desk_of
from console.printing import Json, moment, print_json, print_lines, tell

if TYPE_CHECKING:
    from data.desk import Desk
    from data.verification.views import CallView


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="The call that goes on.", no_args_is_help=True)
    group.command("begin", help="Begin a call.")(begin)
    group.command("show", help="Show who is on the line, and how far verified.")(show)
    group.command("end", help="End the call; everything private is masked again.")(end)
    group.command("keep", help="Go on with a call that broke off; the caller is verified anew.")(keep)
    group.command("looks", help="Show who opened many accounts without a call.")(looks)
    group.command("seen", help="Note that such a notice was seen.")(seen)
    app.add_typer(group, name="call")


def begin(
    context: typer.Context,
    account: Annotated[str | None, typer.Argument(help="Who is on the line, where that is known.")] = None,
    as_json: Json = False,
) -> None:
    from data.verification.actions import begin_call

    desk = desk_of(context)
    _tell(desk, begin_call(desk, account), as_json)


def show(context: typer.Context, as_json: Json = False) -> None:
    from data.verification.queries import current_call

    desk = desk_of(context)
    _tell(desk, current_call(desk), as_json)


def end(context: typer.Context, as_json: Json = False) -> None:
    from data.verification.actions import end_call

    desk = desk_of(context)
    _tell(desk, end_call(desk), as_json)


def keep(context: typer.Context, as_json: Json = False) -> None:
    from data.verification.actions import keep_call

    desk = desk_of(context)
    _tell(desk, keep_call(desk), as_json)


def looks(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Those that were seen, too.")] = False,
    as_json: Json = False,
) -> None:
    from data.verification.queries import bulk_looks

    desk = desk_of(context)
    found = bulk_looks(desk, seen=everything)
    if as_json:
        print_json(found)
        return
    zone = desk.agent.zone
    for one in found:
        span = f"{moment(one.since, zone)} to {one.until.astimezone(zone):%H:%M}"
        by = f", seen by {one.seen_by}" if one.seen_by else ""
        print_lines([f"{one.id:>6}  {one.agent}: {one.accounts} accounts without a call, {span}{by}"])
    print_lines([f"{len(found):,} to look at." if not everything else f"{len(found):,} in all."])


def seen(
    context: typer.Context,
    notice: Annotated[int, typer.Argument(help="Its number, as `careline call looks` shows it.")],
    as_json: Json = False,
) -> None:
    from data.verification.actions import see_bulk_look

    see_bulk_look(desk_of(context), notice)
    tell({"seen": notice}, "Noted.", as_json)


def _tell(desk: Desk, call: CallView | None, as_json: bool) -> None:
    tell(_facts(desk, call) if call else None, _line(desk, call) if call else "Nobody is on the line.", as_json)


def _facts(desk: Desk, call: CallView) -> dict[str, Any]:
    return {
        "id": call.id,
        "account": call.account,
        "name": call.name,
        "begun_at": call.begun_at,
        "ended_at": call.ended_at,
        "seconds": call.seconds(desk.now()),
        "verified": bool(call.level),
        "method": call.method,
        "outgoing": call.outgoing,
    }


def _line(desk: Desk, call: CallView) -> str:
    minutes, seconds = divmod(call.seconds(desk.now()), 60)
    who = f"{call.name} ({call.account})" if call.account else "somebody"
    over = ", ended" if call.ended_at else ""
    return f"{minutes:02}:{seconds:02}  {who} · {call.told}{over}"
