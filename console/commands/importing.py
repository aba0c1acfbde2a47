"""`careline import customers FILE`: customers from another system's file, after a look at what each column holds."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from console.ctrl_c import INTERRUPTED, ctrl_c
from console.desks import desk_of
from console.printing import Json, cells, padded, print_json, print_lines
from console.progress import progress_bar
from data.errors import CarelineError, Misused
from data.text import counted

if TYPE_CHECKING:
    from data.desk import Desk
    from data.imports.mapping import Plan
    from data.imports.reading import Table
    from data.imports.running import Report

SAMPLES = 3  # values of a column that are shown
WIDEST = 28  # characters of one of them
LINE = 100  # characters of all that is shown of a column


def register(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    group = typer.Typer(help="Bring in customers from another system's file.", no_args_is_help=True)
    group.callback()(lambda: None)  # keeps `customers` a word of its own
    group.command("customers", help="Import a CSV of customers, new and known ones.")(customers)
    app.add_typer(group, name="import")


def customers(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV, of whatever make.", show_default=False)],
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column holds a field; FIELD= leaves it out. Repeat."),
    ] = None,
    save_map: Annotated[
        Path | None, typer.Option(metavar="M.toml", help="Keep the columns' map for next time.")
    ] = None,
    use_map: Annotated[Path | None, typer.Option(metavar="M.toml", help="Take a map that was kept.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Such as cp1252; found out by itself otherwise.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="What stands between values; found out otherwise.")] = None,
    header: Annotated[
        bool | None, typer.Option("--header/--no-header", help="Whether the first row names the columns.")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows go. [FILE.rejects.csv]", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen; change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether the columns are right.")] = False,
    as_json: Json = False,
) -> None:
    from data.agents.rules import Permission
    from data.desk import permit
    from data.imports.mapping import check
    from data.imports.maps import save_plan
    from data.imports.reading import open_table
    from data.operators.queries import operator

    desk = desk_of(context)
    table = open_table(file, encoding=encoding, delimiter=_one_sign(delimiter), named=header)
    permit(desk, Permission.IMPORT_CUSTOMERS)
    plan = _plan(table, map_ or [], use_map)
    asks = not yes and not as_json and at_terminal()
    if not as_json:
        if operator(desk).demo:
            print_lines(["This is the demo operator's store. One of your own is made by careline init."])
        _show(table, plan)
    if asks:
        plan = _asked(table, plan)
    check(plan)
    if save_map:
        save_plan(plan, table.header, save_map)
    if not (asks or yes or dry_run):
        _refuse_unseen(table, plan, as_json=as_json)
    _import(desk, table, plan, rejects, dry_run=dry_run, as_json=as_json)


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _plan(table: Table, corrections: list[str], saved: Path | None) -> Plan:
    from data.imports.mapping import corrected
    from data.imports.maps import load_plan
    from data.imports.proposing import propose

    pairs = []
    for correction in corrections:
        field, equals, column = correction.partition("=")
        if not equals:
            raise Misused(f"“{correction}” does not say which column.", "Write --map FIELD=COLUMN.")
        pairs.append((field, column))
    plan = load_plan(saved, table.header) if saved else propose(table.header, table.sample, named=table.named)
    return corrected(plan, table.header, pairs)


def _one_sign(delimiter: str | None) -> str | None:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
    sign = named.get(delimiter.lower(), delimiter) if delimiter else None
    if sign is not None and (len(sign) != 1 or sign in '"\r\n'):
        raise Misused(f"“{delimiter}” can't stand between values.", "Give one sign, or the word tab.")
    return sign


def _show(table: Table, plan: Plan) -> None:
    """What each column was taken for, with some of its values, each on a line of the terminal's."""
    from rich.cells import set_cell_size

    signs = {",": "commas", ";": "semicolons", "\t": "tabs"}
    between = signs.get(table.dialect.delimiter, f"“{table.dialect.delimiter}”")
    headings = "" if table.named else ", without headings"
    rows = counted(table.rows_about, "row")
    print_lines([f"{table.path.name}: about {rows}, {table.survey.encoding}, {between}{headings}."])
    names = [*map(_short, table.header)]
    room = min(LINE, get_terminal_size((LINE, 0)).columns - 1)
    width = max((cells(names[index]) for index in plan.columns.values()), default=0)
    for field, index in sorted(plan.columns.items(), key=lambda pair: pair[1]):
        values = [_short(row[index]) for row in table.sample if len(row) > index and row[index].strip()][:SAMPLES]
        guess = " (a guess)" if field in plan.unsure else ""
        line = f"  {field:<14} ← {padded(names[index], width)}{guess}  {' | '.join(values) or '(empty)'}"
        print_lines([line if cells(line) <= room else f"{set_cell_size(line, room - 1)}…"])
    left = [name for index, name in enumerate(table.header) if index not in plan.columns.values()]
    if left:
        print_lines([f"  left out: {', '.join(map(_short, left))}"])


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= WIDEST else plain[: WIDEST - 1] + "…"


def _asked(table: Table, plan: Plan) -> Plan:
    """The plan that the person at the terminal agrees to."""
    from data.imports.mapping import check, corrected

    while True:
        answer = typer.prompt("Import like this? yes, no, or a correction such as phone=Mobile", default="yes").strip()
        if answer.lower() in ("n", "no", "q"):
            raise typer.Abort
        try:
            if answer.lower() in ("y", "yes"):
                check(plan)
                return plan
            field, _, column = answer.partition("=")
            plan = corrected(plan, table.header, [(field, column)])
        except Misused as error:
            print_lines([str(error)])
        else:
            _show(table, plan)


def _refuse_unseen(table: Table, plan: Plan, *, as_json: bool) -> None:
    """Raises Misused where nobody can look at the columns; a program may take them, unless names are a guess."""
    from data.imports.fields import NAMES

    if not table.named and plan.unsure.intersection(NAMES):
        raise Misused(
            f"Nothing was written: {table.path.name} has no headings, and which columns hold the names is a guess.",
            "Look with --dry-run; then say --yes, or name the columns: --map first_name=1 --map last_name=2.",
        )
    if not as_json:
        raise Misused(
            "Nothing was written: there is no terminal to ask whether the columns are right.",
            "Say --yes to import like this, or --map FIELD=COLUMN --yes to correct it first.",
        )


def _import(desk: Desk, table: Table, plan: Plan, rejects: Path | None, *, dry_run: bool, as_json: bool) -> None:
    from data.imports.running import FINDABLE, Report, import_customers

    report = Report()
    try:
        with ctrl_c() as pressed, progress_bar() as show:

            def tell(what: str, done: int, total: int) -> None:
                pressed.waits = what != FINDABLE  # the rows are kept by then
                show(what, done, total)

            import_customers(
                desk, table, plan,
                report=report, rejects=rejects, dry_run=dry_run, progress=tell, stopped=pressed, share=True,
            )  # fmt: skip
    except (CarelineError, KeyboardInterrupt) as error:
        report.stopped = report.stopped or isinstance(error, KeyboardInterrupt)
        if report.read or report.stopped:
            _tell(report, table, plan, dry_run=dry_run, as_json=as_json)
        if isinstance(error, CarelineError):
            if report.read and not (dry_run or as_json):
                print_lines(["It broke off here. What was read so far is kept; the file, imported again, goes on."])
            raise
        raise typer.Exit(INTERRUPTED) from None
    _tell(report, table, plan, dry_run=dry_run, as_json=as_json)
    if report.stopped:
        raise typer.Exit(INTERRUPTED)


def _tell(report: Report, table: Table, plan: Plan, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "read": report.read,
                "added": report.added,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "rejected": report.rejected,
                "warnings": dict(report.warnings.most_common()),
                "rejections": dict(report.rejections.most_common()),
                "rejects": str(report.rejects) if report.rejects else None,
                "stopped": report.stopped,
                "findable": report.findable,
                "dry_run": dry_run,
                "map": {field.value: table.header[index] for field, index in plan.columns.items()},
            }
        )
        return
    would = "would be " if dry_run else ""
    print_lines(
        [
            f"{report.read:,} read: {report.added:,} {would}added, {report.updated:,} {would}updated, "
            f"{report.unchanged:,} unchanged, {report.rejected:,} rejected, {report.warnings.total():,} warnings."
        ]
    )
    print_lines(f"  {count:>9,} rejected: the row {why}" for why, count in report.rejections.most_common())
    print_lines(f"  {count:>9,} warned of: {why}" for why, count in report.warnings.most_common())
    if report.rejects:
        print_lines([f"The rejected rows are in {report.rejects}: mend them there, and import that file."])
    if report.stopped:
        print_lines(["Stopped. All that was read is kept; import the file again to go on where it stopped."])
    if report.added and not report.findable and not dry_run:
        print_lines(["Search does not find all of them yet: import the file again, or say careline doctor --repair."])
