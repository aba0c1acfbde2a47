"""`careline lifeline`: submit to the vendor, see what is due, and keep what happens to a customer's Lifeline.

`careline lifeline submit --due` is for a daily timer: see docs/lifeline.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.commands import enrolments
from console.desks import desk_of
from console.printing import Json, print_json, print_lines, tell
from console.progress import progress_bar
from data.errors import Misused

if TYPE_CHECKING:
    from data.lifeline.actions import DailyRun, NotSent

SHOWN = 20  # accounts listed for a person where something went wrong; --json has them all


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Lifeline: submit, see what is due, enroll, recertify, end.", no_args_is_help=True)
    group.command("submit", help="Submit a customer, or all that wait with --due.")(submit)
    group.command("due", help="List certifications that end soon or have ended.")(due)
    group.command("needs", help="Count who needs someone today.")(needs)
    group.command("batch", help="Write what waits for a vendor that takes files.")(batch)
    group.command("answers", help="Keep a vendor's file of answers.")(answers)
    enrolments.add_to(group)
    app.add_typer(group, name="lifeline")


def submit(
    context: typer.Context,
    account: Annotated[str | None, typer.Argument(help="The account's number, such as SV093298.")] = None,
    due: Annotated[bool, typer.Option("--due", help="Submit everything that nobody submitted by hand.")] = False,
    transfer: Annotated[bool, typer.Option("--transfer", help="Ask NLAD to move the benefit here.")] = False,
    as_json: Json = False,
) -> None:
    from data.lifeline import actions
    from data.lifeline.rules import Outcome

    if due == (account is not None):
        raise Misused("Name one account, or say --due.", "careline lifeline submit SV093298")
    if account is None:
        with progress_bar() as show:
            run = actions.submit_due(desk_of(context), progress=lambda done, total: show("Submitting", done, total))
        _tell_run(run, as_json)
        raise typer.Exit(1 if run.not_sent else 0)
    done = actions.submit(desk_of(context), account, transfer=transfer)
    tell(done, done.sentence, as_json)
    raise typer.Exit(1 if done.outcome is Outcome.REFUSED else 0)


def due(
    context: typer.Context,
    within: Annotated[int, typer.Option(min=0, max=366, help="Days from today.", metavar="DAYS")],
    as_json: Json = False,
) -> None:
    from data.identifiers import show_mdn
    from data.lifeline import queries

    rows = queries.due(desk_of(context), within)
    if as_json:
        print_json(rows)
        return
    room = max((len(row.account) for row in rows), default=0)
    for row in rows:
        left = f"{row.days_left} left" if row.days_left >= 0 else f"{-row.days_left} ago"
        phone = show_mdn(row.mdn) if row.mdn else "no number"
        print_lines(
            [f"{row.expires_on:%m-%d-%Y}  {left:>9}  {row.account:<{room}}  {phone:<12}  {row.phase:<21}  {row.name}"]
        )
    print_lines([f"{len(rows):,} due within {within} days or overdue."])


def needs(context: typer.Context, as_json: Json = False) -> None:
    from data.lifeline import queries

    counts = queries.needs_someone(desk_of(context))
    tell(
        {count.need.name.lower(): count.count for count in counts},
        (f"{count.count:>9,}  {count.title}" for count in counts),
        as_json,
    )


def batch(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="The CSV to write; it must not exist yet.")],
    vendor: Annotated[str, typer.Option(help="xerox, state or nlad.")] = "xerox",
    as_json: Json = False,
) -> None:
    from data.lifeline.files import write_batch
    from data.lifeline.rules import Vendor

    if vendor.upper() not in Vendor.__members__:
        raise Misused(f"There is no vendor called {vendor}.", "Say xerox, state or nlad.")
    written = write_batch(desk_of(context), Vendor[vendor.upper()], file)
    if as_json:
        print_json(written)
    else:
        where = f"to {written.file}" if written.written else "so no file was made"
        print_lines([f"{written.written:,} written for {written.vendor}, {where}."])
        _list(written.left_out, "left out")
    raise typer.Exit(1 if written.left_out else 0)


def answers(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A CSV with the columns etcGeneralUse and errorCode.")],
    as_json: Json = False,
) -> None:
    from data.lifeline.files import read_answers
    from data.lifeline.rules import Outcome

    read = read_answers(desk_of(context), file)
    if as_json:
        print_json(read)
    else:
        refused = sum(one.outcome is Outcome.REFUSED for one in read.kept)
        print_lines([f"{len(read.kept) - refused:,} accepted, {refused:,} refused."])
        print_lines(f"  {one.account}: {one.sentence}" for one in read.kept if one.outcome is Outcome.REFUSED)
        _list(read.unused, "not kept")
    raise typer.Exit(1 if read.unused else 0)


def _tell_run(run: DailyRun, as_json: bool) -> None:
    from data.lifeline.rules import Outcome

    counts: dict[str, Any] = {
        "accepted": run.count(Outcome.ACCEPTED),
        "refused": run.count(Outcome.REFUSED),
        "not_sent": len(run.not_sent),
        "waiting": {vendor.name.lower(): count for vendor, count in run.waiting.items()},
    }
    if as_json:
        print_json(counts | {"submitted": run.submitted, "failures": run.not_sent})
        return
    print_lines([f"{counts['accepted']:,} accepted, {counts['refused']:,} refused, {counts['not_sent']:,} not sent."])
    refused = [one for one in run.submitted if one.outcome is Outcome.REFUSED]
    print_lines(f"  {one.account}: {one.sentence}" for one in refused[:SHOWN])
    if len(refused) > SHOWN:
        print_lines([f"  and {len(refused) - SHOWN:,} more."])
    _list(run.not_sent, "not sent")
    for vendor, count in run.waiting.items():
        print_lines([f"{count:,} wait for {vendor}: careline lifeline batch FILE --vendor {vendor.name.lower()}"])


def _list(some: tuple[NotSent, ...], what: str) -> None:
    print_lines(f"  {one.account}, {what}: {one.reason}" for one in some[:SHOWN])
    if len(some) > SHOWN:
        print_lines([f"  and {len(some) - SHOWN:,} more {what}."])
