"""`careline doctor`: looks a store over and says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from console.desks import sit_down
from console.printing import Json, print_json, print_lines
from console.progress import progress_bar

if TYPE_CHECKING:
    from console.settings import Settings
    from data.doctor import Examination

SIGNS = {"good": "✓", "warning": "▲", "trouble": "!"}
LABEL = 12  # cells
TROUBLE = 3


def register(app: typer.Typer) -> None:
    """Adds the command to `app`."""
    app.command("doctor", help="Look the store over: is it sound, and what is to be done?")(doctor)


def doctor(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Make the search index anew where it is wrong.")] = False,
    as_json: Json = False,
) -> None:
    from data.doctor import examine

    settings: Settings = context.obj
    with progress_bar() as progress:
        examination = examine(settings.unlocked_store(), progress)
    if repair and examination.index_is_wrong:
        examination = _repaired(settings)
    if as_json:
        print_json(
            {
                "store": str(examination.path),
                "healthy": examination.healthy,
                "findings": examination.findings,
            }
        )
    else:
        print_lines(_lines(examination))
    if not examination.healthy:
        raise typer.Exit(TROUBLE)


def _repaired(settings: Settings) -> Examination:
    from data.doctor import examine
    from data.doctor import repair as repair_index

    desk = sit_down(settings)
    with progress_bar() as progress:
        repair_index(desk, lambda done, total: progress("making the search index", done, total))
        desk.store.close()
        return examine(settings.unlocked_store(), progress)


def _lines(examination: Examination) -> list[str]:
    lines = []
    for finding in examination.findings:
        lines.append(f"{SIGNS[finding.health]} {finding.check:{LABEL}} {finding.found}")
        if finding.remedy:
            lines.append(f"{'':{LABEL + 3}}{finding.remedy}")
    return [*lines, "All is well." if examination.healthy else "It needs mending: see the lines with !."]
