"""`careline complaint report`: complaints counted over a period, as bars, as JSON or as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.days import DAY, DAYS
from console.desks import desk_of
from console.printing import Json, cells, padded, tell
from data.errors import Misused
from data.files import new_file

if TYPE_CHECKING:
    from data.complaints.queries import By
    from data.complaints.views import ReportRow

BAR, NAME = 30, 40  # cells of the longest bar and of the longest name


def report(
    context: typer.Context,
    by: Annotated[str, typer.Option(help="dealer, store, rep, reason or outcome.")] = "dealer",
    since: Annotated[
        datetime | None, typer.Option("--from", formats=DAYS, metavar=DAY, help="The first day; without it, 30 days.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=DAYS, metavar=DAY, help="The last day; today.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--csv", help="Write it into this new CSV file.")] = None,
    as_json: Json = False,
) -> None:
    from data.complaints import queries
    from data.complaints.rules import report_from

    if by not in set(queries.By):
        raise Misused(f"A report is not made by “{by}”.", f"Say one of {', '.join(queries.By)}.")
    desk = desk_of(context)
    last = until.date() if until else desk.today()
    first = since.date() if since else report_from(last)
    rows = queries.report(desk, queries.By(by), first, last)
    if out:
        with new_file(out, "Name another with --csv.") as file:
            file.write(queries.report_csv(queries.By(by), rows).encode())
    tell(
        [vars(row) | {"states": dict(row.states)} for row in rows],
        _bars(queries.By(by), rows, f"{first:%m-%d-%Y} to {last:%m-%d-%Y}"),
        as_json,
    )


def _bars(by: By, rows: tuple[ReportRow, ...], period: str) -> Iterator[str]:
    from rich.cells import set_cell_size

    yield f"Complaints by {by}, {period}"
    most = max((row.count for row in rows), default=1)
    width = min(NAME, max((cells(row.name) for row in rows), default=0))
    for row in rows:
        name = padded(row.name if cells(row.name) <= width else f"{set_cell_size(row.name, width - 1)}…", width)
        states = ", ".join(f"{count} {state}" for state, count in row.states)
        yield f"  {name} {'█' * max(1, row.count * BAR // most):<{BAR}} {row.count:>5}  {states}"
    yield f"{sum(row.count for row in rows):,} in all."
