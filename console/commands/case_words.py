"""What the commands on cases share: their arguments, how these are read, and how the case is printed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from console.printing import tell
from data.errors import Misused, NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from data.cases.filters import CaseFilter
    from data.cases.views import CaseView
    from data.desk import Desk

One = TypeVar("One", bound=StrEnum)

Number = Annotated[str, typer.Argument(help="The case's number, such as 01013864.")]
Numbers = Annotated[list[str], typer.Argument(help="The cases' numbers.")]
Due = Annotated[
    str | None,
    typer.Option(metavar="MM-DD-YYYY [HH:MM]", help="Until when, in your time zone; also tomorrow, or in 3 days."),
]


def tell_case(view: CaseView, sentence: str, as_json: bool) -> None:
    """Prints what was done to a case: `sentence` for a person, the case as it now stands for a program."""
    tell(document(view), sentence, as_json)


def document(view: CaseView) -> dict[str, Any]:
    """The case as `--json` prints it: all of it, and the ICCI log and the seconds worked besides."""
    return {**vars(view), "icci": view.icci, "worked": view.worked}


def read_due_time(due: str | None, desk: Desk) -> datetime | None:
    """A due time as typed, read as the console reads it. Raises Misused for what is none."""
    from data.cases.due import read_due

    try:
        return read_due(due or "", desk.now(), desk.agent.zone)
    except ValueError as error:
        raise Misused(str(error), "Nothing was changed.") from None


def one_of(kind: type[One], text: str) -> One:
    """The member whose value is `text` in any case of letters. Raises Misused, naming all there are."""
    for one in kind:
        if one.value.lower() == text.strip().lower():
            return one
    raise Misused(f"“{text}” is none of them.", f"Say one of: {', '.join(kind)}.")


def kept_filter(desk: Desk, name: str, narrower: CaseFilter) -> CaseFilter:
    """The filter that the agent keeps under `name`, with what the command line says besides."""
    from dataclasses import replace

    from data.cases.filters import CaseFilter, saved_filters

    kept = saved_filters(desk)
    if name not in kept:
        names = ", ".join(kept) or "none yet"
        raise NotFound(f"You keep no filter called {name}.", f"You keep: {names}.")
    said = {field: value for field, value in vars(narrower).items() if value != getattr(CaseFilter(), field)}
    return replace(kept[name], **said)
