"""So many made-up customers that they are not held in memory: each is read from Careline's store when it is wanted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from benchmarks.search.people import Customer, people

_CUSTOMER = """
    SELECT c.id, c.first_name, c.middle_name, c.last_name, c.company_name, coalesce(c.birth_date, ''), c.street, c.city,
      c.state, c.zip, a.number, a.status,
      coalesce((SELECT value FROM contact WHERE customer_id = c.id AND medium = 'email'), ''),
      coalesce((SELECT value FROM contact WHERE customer_id = c.id AND medium = 'phone'), '')
    FROM customer c JOIN account a ON a.customer_id = c.id WHERE c.id = ?"""
_LINES = """
    SELECT l.mdn, d.esn, d.meid, d.imei, d.iccid FROM line l JOIN device d ON d.line_id = l.id
    WHERE l.account_id = ? ORDER BY l.id"""


class Stored(Sequence[Customer]):
    """`count` customers of the store at `path`, made with `seed`."""

    def __init__(self, path: Path, count: int, seed: int) -> None:
        self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._count = count
        self._seed = seed

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Customer]:
        """All of them, made once more, which is quicker."""
        return people(self._count, self._seed)

    @overload
    def __getitem__(self, index: int) -> Customer: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Customer]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self._count))]
        row = self._connection.execute(_CUSTOMER, (index + 1,)).fetchone()
        return Customer(*row, lines=list(self._connection.execute(_LINES, (index + 1,))))
