"""`careline case`: open, find and read cases, note and log, move on, close, clone.

The rest of the work on one case stands in casework.py, what waits and many cases at once in pending.py.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands import casework, pending
from console.commands.case_words import Due, Number, document, kept_filter, one_of, read_due_time, tell_case
from console.desks import desk_of
from console.printing import Json, moment, print_json, print_lines, tell
from data.files import new_file
from data.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from data.cases.views import CaseRow, CaseView

LIMIT, MOST = 100, 100_000  # cases that are listed where nobody says how many; in a file or a document
Text = Annotated[str, typer.Argument(help="What to say.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Cases: open, find, work, close, clone.", no_args_is_help=True)
    group.command("list", help="List cases, or find them by case number, MTN or account.")(list_)
    group.command("show", help="Show a case, whole.")(show)
    group.command("open", help="Open a case on an account, a line, or nobody.")(open_)
    group.command("note", help="Add a note; @name tells an agent.")(note)
    group.command("icci", help="Log what to say if the customer calls in, and the next step.")(icci)
    group.command("move", help="Change the status.")(move)
    group.command("close", help="Close a case, saying how it ended.")(close)
    group.command("clone", help="Make a new case from a closed one.")(clone)
    casework.add_to(group)
    pending.add_to(group)
    app.add_typer(group, name="case")


def list_(
    context: typer.Context,
    find: Annotated[str | None, typer.Argument(help="A case number, an MTN or an account number.")] = None,
    status: Annotated[str | None, typer.Option(help="Such as Open, or “Pending carrier”.")] = None,
    category: Annotated[str | None, typer.Option(help="Such as Promotion or Billing.")] = None,
    priority: Annotated[str | None, typer.Option(help="Low, Normal, High or Urgent.")] = None,
    owner: Annotated[str | None, typer.Option(help="A sign-in name, or: me, nobody.")] = None,
    tag: Annotated[str | None, typer.Option(help="Cases with that tag.")] = None,
    text: Annotated[str, typer.Option(help="Words of the subject.")] = "",
    due: Annotated[str | None, typer.Option(help="overdue or today.")] = None,
    older: Annotated[int | None, typer.Option(min=0, metavar="DAYS", help="Opened longer ago.")] = None,
    orphan: Annotated[bool, typer.Option("--orphan", help="The Orphan Account's.")] = False,
    under_way: Annotated[bool, typer.Option("--under-way", help="Those that are not closed.")] = False,
    kept: Annotated[str | None, typer.Option("--filter", metavar="NAME", help="A filter that you keep.")] = None,
    save: Annotated[str | None, typer.Option(metavar="NAME", help="Keep this filter under a name.")] = None,
    csv: Annotated[str | None, typer.Option(metavar="FILE", help="Write a CSV; it must not exist yet.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=MOST, help="How many at most; 100, and all in a file.")
    ] = None,
    as_json: Json = False,
) -> None:
    from data.cases.filters import CaseFilter, list_cases, save_filter
    from data.cases.queries import find_cases

    desk = desk_of(context)
    shown = limit or (LIMIT if csv is None and not as_json else MOST)
    if find is not None:
        rows = find_cases(desk, find)
    else:
        wanted = CaseFilter(
            status=status, category=category, priority=priority, owner=owner, tag=tag, text=text, due=due,
            older_than_days=older, orphan=orphan, under_way=under_way,
        )  # fmt: skip
        if kept is not None:
            wanted = kept_filter(desk, kept, wanted)
        if save is not None:
            save_filter(desk, save, wanted)
        rows = list_cases(desk, wanted, shown + 1)
    _print_rows(rows[:shown], csv, as_json, desk.agent.zone, more=len(rows) > shown)
    if find is not None and not rows:
        raise typer.Exit(1)


def show(context: typer.Context, number: Number, as_json: Json = False) -> None:
    from data.cases.queries import case

    desk = desk_of(context)
    view = case(desk, number)
    tell(document(view), _whole(view, desk.agent.zone), as_json)


def open_(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="What it is about, in a few words.")],
    account: Annotated[str | None, typer.Option(help="The account's number.")] = None,
    mdn: Annotated[str | None, typer.Option("--mdn", "--mtn", help="The line's telephone number.")] = None,
    category: Annotated[str, typer.Option(help="Such as Promotion or Billing.")] = "Other",
    priority: Annotated[str, typer.Option(help="Low, Normal, High or Urgent.")] = "Normal",
    contact: Annotated[str | None, typer.Option(help="Whom to reach, and how; the customer's own without it.")] = None,
    owner: Annotated[str | None, typer.Option(help="Whose it is; yours without it.")] = None,
    due: Due = None,
    as_json: Json = False,
) -> None:
    from data.cases.actions import open_case
    from data.cases.queries import case
    from data.cases.rules import Category, Priority

    desk = desk_of(context)
    opened = open_case(
        desk,
        subject,
        account=account,
        mdn=mdn,
        category=one_of(Category, category),
        priority=one_of(Priority, priority),
        contact=contact,
        owner=owner,
        due_at=read_due_time(due, desk),
    )
    made = case(desk, opened.number)
    tell_case(made, f"Case {made.number} opened for {made.name}.", as_json)


def note(context: typer.Context, number: Number, text: Text, as_json: Json = False) -> None:
    from data.cases.actions import add_note

    tell_case(add_note(desk_of(context), number, text), "Noted.", as_json)


def icci(
    context: typer.Context,
    number: Number,
    text: Text,
    next_step: Annotated[str, typer.Option("--next", help="The next step.")] = "",
    as_json: Json = False,
) -> None:
    from data.cases.actions import log_icci

    tell_case(log_icci(desk_of(context), number, text, next_step), "Logged.", as_json)


def move(
    context: typer.Context,
    number: Number,
    status: Annotated[str, typer.Argument(help="Such as Open, “Pending carrier” or Resolved.")],
    resolution: Annotated[str, typer.Option(help="How it ended, for Resolved and Closed.")] = "",
    as_json: Json = False,
) -> None:
    from data.cases.actions import change_status
    from data.cases.rules import Status

    view = change_status(desk_of(context), number, one_of(Status, status), resolution=resolution)
    tell_case(view, f"Case {view.number} is {view.status}.", as_json)


def close(
    context: typer.Context,
    number: Number,
    resolution: Annotated[str, typer.Option(help="How it ended.")] = "",
    as_json: Json = False,
) -> None:
    move(context, number, "Closed", resolution, as_json)


def clone(
    context: typer.Context,
    number: Number,
    anyway: Annotated[bool, typer.Option("--anyway", help="Also where it was cloned before.")] = False,
    as_json: Json = False,
) -> None:
    from data.cases.actions import clone as clone_case
    from data.cases.queries import case

    desk = desk_of(context)
    made = case(desk, clone_case(desk, number, anyway=anyway).number)
    tell_case(made, f"Case {made.number} cloned from {made.source}.", as_json)


def _print_rows(rows: tuple[CaseRow, ...], csv: str | None, as_json: bool, zone: ZoneInfo, *, more: bool) -> None:
    from data.cases.exporting import as_csv, facts

    if csv is not None:
        with new_file(Path(csv), "Name another with --csv.") as file:
            file.write(as_csv(rows).encode())
    if as_json:
        print_json([facts(row) for row in rows])
        return
    print_lines(_row(row, zone) for row in rows)
    besides = "; there are more: --limit says how many to list" if more else ""
    print_lines([f"{counted(len(rows), 'case')}{f', written to {csv}' if csv else ''}{besides}."])


def _row(row: CaseRow, zone: ZoneInfo) -> str:
    due = f" · due {moment(row.due_at, zone)}" if row.due_at and not row.closed_at else ""
    return f"{row.number}  {row.status:<16}  {row.owner or 'nobody':<10}  {row.subject} · {row.name}{due}"


def _whole(view: CaseView, zone: ZoneInfo) -> Iterator[str]:
    yield f"Case {view.number} · {view.status} · {view.subject}"
    yield from (f"{label:<12}{text}" for label, text in _about(view, zone) if text)
    for title, lines in _parts(view, zone):
        if lines:
            yield ""
            yield title
            yield from (f"  {line}" for line in lines)


def _about(view: CaseView, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    from data.cases.time import clock_text
    from data.identifiers import show_mdn

    yield "Customer", f"{view.name}{f' · {view.account}' if view.account else ''}"
    yield "Line", " · ".join(filter(None, (show_mdn(view.mdn) if view.mdn else "", view.device)))
    yield "Reach", view.contact
    yield "Category", f"{view.category} · {view.priority}"
    yield "Owner", view.owner or "nobody"
    yield "Due", moment(view.due_at, zone) if view.due_at else ""
    yield "Opened", f"{moment(view.opened_at, zone)} by {view.opened_by}"
    yield "Closed", f"{moment(view.closed_at, zone)}: {view.resolution}" if view.closed_at else ""
    yield "Tags", ", ".join(view.tags)
    yield "Worked", f"{clock_text(view.worked)}{_by_agent(view)}" if view.time else ""
    yield "Here now", ", ".join(other.agent for other in view.others)


def _by_agent(view: CaseView) -> str:
    from data.cases.time import clock_text

    each = ", ".join(f"{one.agent} {clock_text(one.seconds)} in {one.visits}" for one in view.time)
    return f" ({each})"


def _parts(view: CaseView, zone: ZoneInfo) -> Iterator[tuple[str, list[str]]]:
    icci = [f"{moment(e.at, zone)}  {' → '.join(filter(None, (e.text, e.next_step)))} · {e.agent}" for e in view.icci]
    yield "If customer calls in", icci
    yield (
        "Tasks",
        [f"{'✓' if t.done_at else '·'} {t.id}  {t.text} · {t.owner}{_due(t.due_at, zone)}" for t in view.tasks],
    )
    yield "Links", [f"{link.how} {link.number} · {link.status} · {link.subject}" for link in view.links]
    yield "Timeline", [f"{moment(e.at, zone)}  {e.kind:<9}  {e.text} · {e.agent}" for e in view.timeline]


def _due(at: datetime | None, zone: ZoneInfo) -> str:
    return f" · due {moment(at, zone)}" if at else ""
