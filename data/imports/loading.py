"""New customers into the store: a batch is staged once, then one statement a table takes its columns from there.

Ids are given out in the rows' order, so that a row's customer, account and line are known before they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from data.columns import utc_text
from data.customers.rules import AccountStatus, CustomerKind
from data.imports.bulk import insert, next_id
from data.imports.rows import CUSTOMER_COLUMNS, DEVICE_COLUMNS, LIFELINE_COLUMNS, Rows
from data.lines.rules import LineStatus

LINE_COLUMNS = ("mdn", "plan", "carrier", "activated", *DEVICE_COLUMNS, *LIFELINE_COLUMNS)
"""What a row must have one of to have a line."""

_DATES = frozenset({"birth_date", "activated"})
_STAGED = "temp.import_staged"


@dataclass(frozen=True)
class Ids:
    """The ids that the next rows get."""

    customer: int
    account: int
    line: int

    @classmethod
    def next(cls, connection: Any) -> Ids:
        """As the store's tables stand."""
        return cls(*(next_id(connection, table) for table in ("customer", "account", "line")))

    def customers(self, count: int) -> tuple[int, int]:
        """The first and last id of the next `count` customers."""
        return self.customer, self.customer + count - 1


@dataclass(frozen=True)
class Catalog:
    """The ids of plans and carriers by the names that the rows give; a name that is missing here is left out."""

    plans: Mapping[str, int]
    carriers: Mapping[str, int]


class Loader:
    """Writes the rows at the indexes `new`: a customer each, an account of those `numbers`, and mostly a line."""

    def __init__(
        self, connection: Any, rows: Rows, new: Sequence[int], numbers: Sequence[str], ids: Ids, catalog: Catalog
    ) -> None:
        self._connection = connection
        self._rows = rows
        self._new = new
        self._whole = len(new) == len(rows)
        self._ids = ids
        self._staged: dict[str, Iterable[Any]] = {
            "id": range(ids.customer, ids.customer + len(new)),
            "number": numbers,
            "handle": self._pick(rows.handles),
            "row_hash": self._pick(rows.hashes),
        }
        self._staged |= {name: self._pick(column) for name, column in rows.columns.items() if name != "account"}
        for name, known in (("plan", catalog.plans), ("carrier", catalog.carriers)):
            if name in rows.columns:
                self._staged[f"{name}_id"] = list(map(known.get, self._pick(rows.columns[name])))
        self._contacts = self._stage_contacts()
        self._lines = self._number_lines()

    @property
    def lines(self) -> dict[int, int]:
        """Which rows have a line, and its id: row index → line id."""
        return {at: line for at, line in zip(self._new, self._lines, strict=True) if line}

    def load(self, now: datetime, today: str) -> None:
        """Writes all rows."""
        if not self._new:
            return
        self._connection.execute(f"CREATE TEMP TABLE import_staged (id INTEGER PRIMARY KEY, {self._columns()})")
        insert(self._connection, _STAGED, self._staged)
        self._load_customers(utc_text(now))
        self._load_contacts()
        self._load_accounts(today)
        if "line_id" in self._staged:
            self._load_lines()
        self._connection.execute(f"DROP TABLE {_STAGED}")

    def _pick(self, values: Sequence[Any]) -> Sequence[Any]:
        return values if self._whole else [values[at] for at in self._new]

    def _columns(self) -> str:
        return ", ".join(name for name in self._staged if name != "id")

    def _stage_contacts(self) -> list[tuple[str, str, int]]:
        """Stages a column for each place of each medium; returns (column, medium, position)."""
        found = []
        for medium, places in self._rows.contacts.items():
            for position, values in enumerate(places):
                name = f"{medium}_{position}"
                self._staged[name] = self._pick(values)
                found.append((name, medium, position))
        return found

    def _number_lines(self) -> Sequence[int | None]:
        """The id of each row's line; None for a row that tells of none."""
        told = [self._staged[name] for name in LINE_COLUMNS if name in self._staged]
        nothing = [None] * len(self._new)
        if not any(map(any, told)):
            return nothing
        fresh = count(self._ids.line)
        if any("" not in column for column in told):
            found: Sequence[int | None] = range(self._ids.line, self._ids.line + len(self._new))
        else:
            found = [next(fresh) if any(values) else None for values in zip(*told, strict=True)]
        self._staged["line_id"] = found
        return found

    def _given(self, name: str, otherwise: str = "''") -> str:
        """The staged column, as SQL; what stands for it where the file has none."""
        if name not in self._staged:
            return "NULL" if name in _DATES else otherwise
        return f"nullif({name}, '')" if name in _DATES else name

    def _load_customers(self, now: str) -> None:
        columns = ", ".join(CUSTOMER_COLUMNS)
        given = ", ".join(map(self._given, CUSTOMER_COLUMNS))
        kind = f"CASE {self._given('company_name')} WHEN '' THEN ? ELSE ? END"
        self._connection.execute(
            f"INSERT INTO customer (id, {columns}, kind, version, created_at)"
            f" SELECT id, {given}, {kind}, 1, ? FROM {_STAGED}",
            (CustomerKind.PERSON, CustomerKind.BUSINESS, now),
        )

    def _load_contacts(self) -> None:
        for name, medium, position in self._contacts:
            self._connection.execute(
                "INSERT INTO contact (customer_id, medium, value, position)"
                f" SELECT id, ?, {name}, ? FROM {_STAGED} WHERE {name} <> ''",
                (medium, position),
            )

    def _load_accounts(self, today: str) -> None:
        apart = self._ids.account - self._ids.customer
        self._connection.execute(
            "INSERT INTO account (id, customer_id, number, status, company_name, agent_name, opened_on)"
            f" SELECT id + ?, id, number, ?, {self._given('dealer')}, {self._given('agent')},"
            f" coalesce({self._given('activated')}, ?) FROM {_STAGED}",
            (apart, AccountStatus.ACTIVE, today),
        )
        self._connection.execute(
            "INSERT INTO import_record (handle, row_hash, account_id, mdn, leads)"
            f" SELECT handle, row_hash, id + ?, {self._given('mdn')}, 1 FROM {_STAGED}",
            (apart,),
        )

    def _load_lines(self) -> None:
        mdn = f"nullif({self._given('mdn')}, '')"
        plan, carrier = self._given("plan_id", "NULL"), self._given("carrier_id", "NULL")
        self._connection.execute(
            "INSERT INTO line (id, account_id, mdn, status, activated_on, plan_id, carrier_id)"
            f" SELECT line_id, id + ?, {mdn}, ?, {self._given('activated')}, {plan}, {carrier}"
            f" FROM {_STAGED} WHERE line_id IS NOT NULL",
            (self._ids.account - self._ids.customer, LineStatus.ACTIVE),
        )
        known = [name for name in DEVICE_COLUMNS if name in self._staged]
        if known:
            self._connection.execute(
                f"INSERT INTO device (line_id, {', '.join(DEVICE_COLUMNS)})"
                f" SELECT line_id, {', '.join(map(self._given, DEVICE_COLUMNS))} FROM {_STAGED}"
                f" WHERE {' || '.join(known)} <> ''"
            )
