"""How a day is typed on the command line."""

from __future__ import annotations

from datetime import date

from data.errors import Misused

DAYS = ["%m-%d-%Y", "%Y-%m-%d"]  # the forms that typer reads
DAY = "MM-DD-YYYY"  # how `--help` shows the first of them


def read_day(text: str) -> date | None:
    """The day that `text` names, written in any usual way; None for an empty text. Raises Misused for no day."""
    from data.imports.dates import read_date

    if not text:
        return None
    day = read_date(text, None, 2099)
    if day is None:
        raise Misused(f"“{text[:30]}” is not a day.", f"Write it as {DAY}.")
    return day
