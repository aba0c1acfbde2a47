"""`careline case pending`, `team` and `bulk`: what waits, for whom, and many cases at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.case_words import Numbers, one_of
from console.desks import desk_of
from console.printing import Json, moment, print_json, print_lines, tell

if TYPE_CHECKING:
    from data.cases.bulk import BulkLine
    from data.cases.pending import PendingItem
    from data.desk import Desk


def add_to(group: typer.Typer) -> None:
    """Adds the commands to `careline case`."""
    group.command("pending", help="What waits for me: the CSR Pending Dashboard.")(pending)
    group.command("team", help="How much each agent has, for a lead.")(team)
    group.command("bulk", help="Close, reassign or tag many cases at once.")(bulk)


def pending(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="Only what has these words.")] = "",
    of: Annotated[str | None, typer.Option(metavar="AGENT", help="Another agent's, for a lead.")] = None,
    team: Annotated[bool, typer.Option("--team", help="Everybody's, for a lead.")] = False,
    as_json: Json = False,
) -> None:
    from data.cases.dashboard import pending

    desk = desk_of(context)
    board = pending(desk, of, team=team).filtered(text)
    if as_json:
        print_json(board.items)
        return
    for urgency, items in board.groups:
        print_lines([f"{urgency} · {len(items)}"])
        print_lines(_item(desk, item) for item in items)


def team(context: typer.Context, as_json: Json = False) -> None:
    from data.cases.dashboard import team_load

    loads = team_load(desk_of(context))
    if as_json:
        print_json(loads)
        return
    print_lines(["agent          cases  tasks  overdue  due today"])
    print_lines(f"{one.agent:<13}{one.cases:>7,}{one.tasks:>7,}{one.overdue:>9,}{one.due_today:>11,}" for one in loads)


def bulk(
    context: typer.Context,
    doing: Annotated[str, typer.Argument(help="close, reassign or tag.")],
    with_what: Annotated[str, typer.Argument(help="How they ended, the new owner, or the tag.")],
    numbers: Numbers,
    yes: Annotated[bool, typer.Option("--yes", help="Do it.")] = False,
    as_json: Json = False,
) -> None:
    from data.cases.bulk import Bulk, preview, run

    what, desk = one_of(Bulk, doing), desk_of(context)
    lines = (run if yes else preview)(desk, what, numbers, with_what)
    refused = [line for line in lines if line.reason]
    tell(lines, _bulk_lines(lines, len(refused), done=yes), as_json)
    raise typer.Exit(1 if refused else 0)


def _item(desk: Desk, item: PendingItem) -> str:
    due = f" · due {moment(item.due_at, desk.agent.zone)}" if item.due_at else ""
    who = f" · {item.owner}" if item.owner != desk.agent.name else ""
    age = f"{item.age_days} d"
    return f"  {item.case:<8}  {item.kind:<8}{age:>6}  {item.text} · {item.name}{due} · {item.waiting_on}{who}"


def _bulk_lines(lines: tuple[BulkLine, ...], refused: int, *, done: bool) -> Iterator[str]:
    for line in lines:
        told = f"! {line.reason} {line.remedy}" if line.reason else "✓"
        yield f"{line.number}  {line.subject}  {told}"
    fine = len(lines) - refused
    yield f"{fine:,} done." if done else f"{fine:,} of {len(lines):,} would be done; say --yes to do it."
