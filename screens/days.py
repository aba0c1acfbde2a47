"""A day as forms hold it: shown as agents of this trade write it, read in any usual way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.days import LATEST
from data.errors import Invalid

if TYPE_CHECKING:
    from screens.form import Values

HINT = "MM-DD-YYYY"


def read_day(values: Values, name: str) -> date | None:
    """The day in the field `name`; None for an empty one. Raises Invalid for what is no day."""
    from data.imports.dates import read_date

    typed = values[name].strip()
    day = read_date(typed, None, LATEST.year)
    if typed and day is None:
        raise Invalid({name: f"“{typed[:20]}” is not a day; write it as {HINT}."})
    return day


def must_read_day(values: Values, name: str) -> date:
    """`read_day`, where there must be one."""
    day = read_day(values, name)
    if day is None:
        raise Invalid({name: f"Which day is meant? Write it as {HINT}."})
    return day
