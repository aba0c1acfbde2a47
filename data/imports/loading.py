"""New customers into the store: a batch at a time, a statement for each table, ids given out in the rows' order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress, repeat
from typing import Any

from data.columns import utc_text
from data.customers.rules import AccountStatus, ContactMedium, CustomerKind
from data.imports.bulk import insert, next_id
from data.imports.rows import CUSTOMER_COLUMNS, DEVICE_COLUMNS, LIFELINE_COLUMNS, Rows
from data.lines.rules import LineStatus

LINE_COLUMNS = ("mdn", "plan", "carrier", "activated", *DEVICE_COLUMNS, *LIFELINE_COLUMNS)
"""What a row must have one of to have a line."""


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


@dataclass(frozen=True)
class Catalog:
    """The ids of plans and carriers by the names that the rows give; a name that is missing here is left out."""

    plans: Mapping[str, int]
    carriers: Mapping[str, int]


def load(
    connection: Any,
    rows: Rows,
    new: Sequence[int],
    numbers: Sequence[str],
    ids: Ids,
    catalog: Catalog,
    now: datetime,
    today: str,
) -> dict[int, int]:
    """Writes the rows at the indexes `new` as customers, each with an account of those `numbers`, and a line.

    Returns which lines were made: row index → line id.
    """
    part = _Part(rows, new)
    size = len(new)
    customers = range(ids.customer, ids.customer + size)
    accounts = range(ids.account, ids.account + size)
    company = part.column("company_name")
    insert(
        connection,
        "customer",
        {"id": customers}
        | {name: part.column(name) for name in CUSTOMER_COLUMNS if name != "birth_date"}
        | {
            "kind": [CustomerKind.BUSINESS if name else CustomerKind.PERSON for name in company],
            "birth_date": [day or None for day in part.column("birth_date")],
            "version": repeat(1),
            "created_at": repeat(utc_text(now)),
        },
    )
    for medium, given in rows.contacts.items():
        _load_contacts(connection, ContactMedium(medium), customers, part.pick(given))
    activated = part.column("activated")
    insert(
        connection,
        "account",
        {
            "id": accounts,
            "customer_id": customers,
            "number": numbers,
            "status": repeat(AccountStatus.ACTIVE),
            "company_name": part.column("dealer"),
            "agent_name": part.column("agent"),
            "opened_on": [day or today for day in activated],
        },
    )
    lines = _load_lines(connection, part, accounts, ids.line, catalog)
    insert(
        connection,
        "import_record",
        {
            "handle": part.pick(rows.handles),
            "row_hash": part.pick(rows.hashes),
            "account_id": accounts,
            "mdn": part.column("mdn"),
            "leads": repeat(1),
        },
    )
    return lines


class _Part:
    """Some rows of a batch, or all of it."""

    def __init__(self, rows: Rows, indexes: Sequence[int]) -> None:
        self.indexes = indexes
        self._rows = rows
        self._whole = len(indexes) == len(rows)

    def column(self, name: str) -> Sequence[str]:
        return self.pick(self._rows.column(name))

    def pick(self, values: Sequence[Any]) -> Sequence[Any]:
        return values if self._whole else [values[at] for at in self.indexes]


def _load_contacts(
    connection: Any, medium: ContactMedium, customers: Sequence[int], given: Sequence[tuple[str, ...]]
) -> None:
    rows = [
        (customer, medium, value, position)
        for customer, values in zip(customers, given, strict=True)
        for position, value in enumerate(values)
    ]
    connection.executemany("INSERT INTO contact (customer_id, medium, value, position) VALUES (?, ?, ?, ?)", rows)


def _load_lines(
    connection: Any, part: _Part, accounts: Sequence[int], first_line: int, catalog: Catalog
) -> dict[int, int]:
    """A line for each row that tells of one, and its handset."""
    columns = {name: part.column(name) for name in LINE_COLUMNS}
    has_line = list(map(any, zip(*columns.values(), strict=True)))
    lines = range(first_line, first_line + sum(has_line))
    chosen = {name: list(compress(column, has_line)) for name, column in columns.items()}
    insert(
        connection,
        "line",
        {
            "id": lines,
            "account_id": compress(accounts, has_line),
            "mdn": [mdn or None for mdn in chosen["mdn"]],
            "status": repeat(LineStatus.ACTIVE),
            "activated_on": [day or None for day in chosen["activated"]],
            "plan_id": map(catalog.plans.get, chosen["plan"]),
            "carrier_id": map(catalog.carriers.get, chosen["carrier"]),
        },
    )
    devices = [chosen[name] for name in DEVICE_COLUMNS]
    has_device = list(map(any, zip(*devices, strict=True)))
    if any(has_device):
        given: dict[str, Iterable[Any]] = {"line_id": compress(lines, has_device)}
        given |= {name: compress(column, has_device) for name, column in zip(DEVICE_COLUMNS, devices, strict=True)}
        insert(connection, "device", given)
    return dict(zip(compress(part.indexes, has_line), lines, strict=True))
