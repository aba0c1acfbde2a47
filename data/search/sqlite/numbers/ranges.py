"""What every room of numbers shares: what it asks of the store, and how a customer found by a number is told.

Each room says what it would ask, as a SELECT that reads one index; all are then asked in one statement. Whose the
numbers are is asked for all that were found, and how each is told is worked out for those only who are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from data.search.results import COUNTED, Why
from data.search.sqlite.lists import listed

END = "\U0010ffff"  # after everything that begins with what stands before it
LAST_FOUR, LAST_SIX, LAST_SEVEN = 4, 6, 7  # digits that people read out
MOST = COUNTED + 1
_OF_LINES = """
    SELECT l.id, a.customer_id, a.id, l.mdn FROM line l CROSS JOIN account a ON a.id = l.account_id
    WHERE l.id IN ({marks})"""


class Told(NamedTuple):
    """How a number is told: why it is a hit, what the hit shows of it, and the telephone number that it shows."""

    why: Why
    detail: str = ""
    mdn: str | None = None


class Numbered(NamedTuple):
    """A customer found by `number`, as it is kept. `account_id`, `mdn`: the account and line it is of, where known."""

    customer_id: int
    cost: float
    number: Any
    tell: Callable[[Any], Told]
    account_id: int | None = None
    mdn: str | None = None

    @property
    def partly(self) -> bool:
        """As a candidate has it: all of the text was met."""
        return False

    @property
    def order(self) -> float:
        """Where it comes among candidates: no number is commoner than another."""
        return self.cost

    @property
    def told(self) -> Told:
        """How it is told."""
        return self.tell(self.number)


class Ask(NamedTuple):
    """Something to ask of the store, and what to make of what comes back.

    `rows`: a SELECT of a number as it is kept, the id of the customer whose it is, or of the line where it is
    `of_lines`, and that of the account or NULL. `cost`: what such a number costs; None where it does not fit after
    all. `tell`: how it is told. `beginning`: what is found only begins with what was typed, and comes after all else.
    """

    rows: str
    values: tuple[Any, ...]
    cost: Callable[[Any], float | None]
    tell: Callable[[Any], Told]
    beginning: bool = False
    of_lines: bool = False


def ask(connection: Any, asks: Iterable[Ask]) -> list[Numbered]:
    """Who is found by all of `asks`, in their order."""
    wanted = tuple(asks)
    if not wanted:
        return []
    values = [value for one in wanted for value in one.values]
    rows = connection.execute(_together(tuple([one.rows for one in wanted])), values).fetchall()
    lines = {who for place, _, who, _ in rows if wanted[place].of_lines}
    whose = {row[0]: row for row in listed(connection, _OF_LINES, lines)} if lines else {}
    found = []
    for place, number, who, account_id in rows:
        one = wanted[place]
        if (cost := one.cost(number)) is None:
            continue
        if not one.of_lines:
            found.append(Numbered(who, cost, number, one.tell, account_id))
        elif of := whose.get(who):
            found.append(Numbered(of[1], cost, number, one.tell, of[2], of[3]))
    return found


@lru_cache(maxsize=256)
def _together(rows: tuple[str, ...]) -> str:
    """One statement of several; a round trip costs more than a look-up."""
    return " UNION ALL ".join([f"SELECT {place}, * FROM ({one})" for place, one in enumerate(rows)])


def always(cost: float) -> Callable[[Any], float]:
    """What costs the same whatever the number."""
    return lambda _: cost


def between(digits: str, length: int) -> tuple[int, int]:
    """The lowest and the highest number of `length` digits that begin with `digits`."""
    return int(digits[:length].ljust(length, "0")), int(digits[:length].ljust(length, "9"))
