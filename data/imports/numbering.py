"""Account numbers for customers who come without one: the next in the operator's pattern that nobody has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from data.identifiers import account_value
from data.imports.bulk import rows_with
from data.operators.rules import account_number


def number_accounts(connection: Any, given: list[str], highest_in_file: Callable[[], int]) -> list[str]:
    """`given` with a number for each ""; none that an account has, or that the file gives to another row.

    `highest_in_file` is asked once for the highest number of the operator's own pattern in the whole file.
    """
    missing = given.count("")
    if not missing:
        return given
    pattern, following = connection.execute("SELECT account_pattern, next_account FROM operator").fetchone()
    taken = set(given)
    following = max(following, highest_in_file() + 1)
    free: list[str] = []
    while len(free) < missing:
        numbers = [account_number(pattern, value) for value in range(following, following + missing - len(free))]
        following += len(numbers)
        taken.update(_known(connection, numbers))
        free += [number for number in numbers if number not in taken]
    connection.execute("UPDATE operator SET next_account = ?", (following,))
    fresh = iter(free)
    return [number or next(fresh) for number in given]


def _known(connection: Any, numbers: Sequence[str]) -> Iterable[str]:
    """Those of consecutive `numbers` that an account has, and maybe others."""
    if len(numbers[0]) == len(numbers[-1]):  # then they stand in the index as they follow each other
        found = connection.execute("SELECT number FROM account WHERE number BETWEEN ? AND ?", (numbers[0], numbers[-1]))
    else:
        found = rows_with(connection, "SELECT number FROM wanted JOIN account ON number = value", numbers)
    return [number for (number,) in found]


def highest(numbers: Iterable[str], pattern: str) -> int:
    """The highest number of `pattern` among account numbers; 0 where there is none."""
    return max((account_value(number, pattern) or 0 for number in numbers), default=0)
