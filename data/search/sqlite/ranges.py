"""What every room of numbers shares: what it asks of the store, and how a customer found by a number is told.

Each room says what it would ask; all is then asked in one statement, since a round trip costs more than a look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from data.search.results import COUNTED, Why

END = "\U0010ffff"  # after everything that begins with what stands before it
LAST_FOUR, LAST_SIX, LAST_SEVEN = 4, 6, 7  # digits that people read out
MOST = COUNTED + 1


class Numbered(NamedTuple):
    """A customer found by a number. `account_id`: the account that the number is of, where that is known."""

    customer_id: int
    cost: float
    why: Why
    detail: str = ""
    account_id: int | None = None
    mdn: str | None = None


class Ask(NamedTuple):
    """Something to ask of the store, and how to tell what comes back.

    `rows`: a SELECT of four columns: a number as it is kept, the customer's id, the account's and the line's number,
    or NULL. `told`: a row → who was found; None where it does not fit after all. `beginning`:
    what is found only begins with what was typed, and comes after all else.
    """

    rows: str
    values: tuple[Any, ...]
    told: Callable[[Any, int, int | None, str | None], Numbered | None]
    beginning: bool = False


def ask(connection: Any, asks: Iterable[Ask]) -> list[Numbered]:
    """Who is found by all of `asks`, in their order."""
    wanted = list(asks)
    if not wanted:
        return []
    statement = " UNION ALL ".join([f"SELECT {place}, * FROM ({one.rows})" for place, one in enumerate(wanted)])
    values = [value for one in wanted for value in one.values]
    told = [wanted[place].told(*row) for place, *row in connection.execute(statement, values)]
    return [one for one in told if one]


def between(digits: str, length: int) -> tuple[int, int]:
    """The lowest and the highest number of `length` digits that begin with `digits`."""
    return int(digits[:length].ljust(length, "0")), int(digits[:length].ljust(length, "9"))
