"""`careline audit`: what was done and by whom, and whether the record of it is whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from console.days import DAY
from console.desks import desk_of
from console.printing import Json, print_json, print_lines
from console.progress import progress_bar
from data.errors import Misused
from data.text import counted

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

SHOWN = 10  # problems that are told one by one


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="The record of who did what.", no_args_is_help=True)
    group.command("show", help="Show what was done, newest first.")(show)
    group.command("verify", help="Find events that were changed, taken out or put in.")(verify_audit)
    app.add_typer(group, name="audit")


def show(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words that an event has, such as an action's.")] = None,
    account: Annotated[str | None, typer.Option(help="Only what was done on this account.")] = None,
    by: Annotated[str | None, typer.Option("--agent", help="Only what this agent did.")] = None,
    since: Annotated[str | None, typer.Option(metavar=f"{DAY}[THH:MM]", help="Only since then, on your clock.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    as_json: Json = False,
) -> None:
    from data.audit.queries import audit_events

    desk = desk_of(context)
    zone = desk.agent.zone
    begin = _moment(since, zone) if since else None
    found = audit_events(desk, account=account, agent=by, since=begin, words=" ".join(words or []), limit=limit)
    if as_json:
        print_json(found)
        return
    for event in found:
        detail = json.dumps(event.detail, ensure_ascii=False) if event.detail else ""
        told = (
            f"{event.at.astimezone(zone):%m-%d-%Y %H:%M:%S}  {event.agent:<12} {event.action:<22} {event.account:<12}"
        )
        print_lines([f"{event.id:>8}  {told} {detail}".rstrip()])
    if not found:
        print_lines(["Nothing was done that fits."])


def verify_audit(
    context: typer.Context,
    noted: Annotated[
        str | None, typer.Option(metavar="ID:HASH", help="An end that you noted elsewhere: it must still be there.")
    ] = None,
    as_json: Json = False,
) -> None:
    from data.audit.verifying import End, verify
    from data.backups.daily import ends

    desk = desk_of(context)
    kept = [End.parse(noted)] if noted else []
    with progress_bar() as bar:
        verdict = verify(desk, [*kept, *ends(desk.store.path)], lambda done, total: bar("audit", done, total))
    if as_json:
        print_json(vars(verdict) | {"whole": verdict.whole, "end": str(verdict.end)})
    else:
        print_lines([*_some(verdict.problems), *_some(verdict.remarks)])
        print_lines(["The audit is not as it was written." if verdict.problems else "The audit is whole."])
        print_lines([f"{counted(verdict.events, 'event')}; it ends at {verdict.end}"])
    raise typer.Exit(0 if verdict.whole else 3)


def _some(told: list[str]) -> list[str]:
    more = [f"… and {len(told) - SHOWN:,} more."] if len(told) > SHOWN else []
    return told[:SHOWN] + more


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment that `text` names on the agent's clock. Raises Misused where it names none."""
    from datetime import datetime, time

    from data.imports.dates import read_date

    said, _, clock = text.strip().replace("T", " ").partition(" ")
    try:
        day = read_date(said, None, 2099)
        moment = datetime.combine(day, time.fromisoformat(clock or "00:00")) if day else datetime.fromisoformat(text)
    except ValueError:
        raise Misused(f"“{text}” is no day.", "Write it as 11-22-2026, or 11-22-2026T14:30.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
