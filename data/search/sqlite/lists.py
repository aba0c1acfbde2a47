"""Statements over lists of values: few sizes, so that each is prepared once for a connection.

For the same reason a limit is written LIMIT +?, here and elsewhere: where it is a bare ?, SQLite prepares the statement
anew whenever it is bound.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

SIZES = (1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024)


def size_for(count: int) -> int:
    """The size of list that holds `count` values."""
    return SIZES[at] if (at := bisect_left(SIZES, count)) < len(SIZES) else count


@lru_cache(maxsize=512)
def _with_marks(statement: str, mark: str, count: int) -> str:
    return statement.format(marks=", ".join([mark] * count))


def listed(connection: Any, statement: str, values: Collection[Any], *others: Any, before: tuple[Any, ...] = ()) -> Any:
    """Runs `statement`, which has {marks} where `values` go, and then `others`; values left over are NULL."""
    size = size_for(len(values))
    left_over = repeat(None, size - len(values))
    return connection.execute(_with_marks(statement, "?", size), (*before, *values, *left_over, *others))


def tabled(connection: Any, statement: str, rows: Collection[tuple[Any, ...]], *others: Any) -> Any:
    """The same for a table of rows of one width, {marks} standing in VALUES; rows left over are all NULL."""
    size, width = size_for(len(rows)), len(next(iter(rows)))
    mark = "(" + ", ".join("?" * width) + ")"
    left_over = repeat(None, width * (size - len(rows)))
    return connection.execute(_with_marks(statement, mark, size), (*chain.from_iterable(rows), *left_over, *others))
