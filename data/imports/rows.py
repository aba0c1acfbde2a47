"""A batch of a file's rows → customers as the store keeps them, column by column, and the rejected rows. Pure."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.imports.columns import ColumnReader
from data.imports.dates import Order
from data.imports.fields import NAMES, Field
from data.imports.identity import handles, hashes
from data.imports.mapping import Plan
from data.imports.parsing import TOO_LONG, Batch
from data.imports.reasons import Oddity, Rejection
from data.imports.values import BETWEEN
from data.text import clean

MOST_CHARACTERS = 1_000  # of a value; a longer one is no customer's
ACCOUNT_LENGTH = 40
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)

CUSTOMER_COLUMNS = (
    *("first_name", "middle_name", "last_name", "company_name", "birth_date"),
    *("street", "street2", "city", "county", "state", "zip"),
)
DEVICE_COLUMNS = ("esn", "meid", "imei", "iccid", "make", "model")
LIFELINE_COLUMNS = ("lifeline_start", "lifeline_recertified", "lifeline_expires")


@dataclass(frozen=True)
class Context:
    """What reading a row depends on besides the row. `orders`: of each date column; `today`: the agent's day."""

    header: tuple[str, ...]
    plan: Plan
    account_pattern: str
    today: date
    orders: Mapping[Field, Order | None]


@dataclass(frozen=True)
class Rejected:
    """A row that can't be used, as the file has it; `line` counts from 1."""

    line: int
    row: Sequence[str]
    why: Rejection


@dataclass
class Rows:
    """Usable rows, column by column: `columns[name][i]` belongs to the row of line `lines[i]`.

    Each of CUSTOMER_COLUMNS, DEVICE_COLUMNS and LIFELINE_COLUMNS, and account, mdn, plan, carrier, dealer, agent and
    activated, is a list of text ("" for nothing; days in ISO form), or missing where the file has no such column;
    `contacts` maps a medium to columns like these: every row's first value, every row's second, and so on; there is at
    least one. `hashes` and `handles` say which row it is: see identity.py.
    """

    lines: Sequence[int]
    columns: dict[str, list[str]] = field(default_factory=dict)
    contacts: dict[str, list[list[str]]] = field(default_factory=dict)
    hashes: Sequence[int] = ()
    handles: Sequence[int] = ()
    odd: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def read(self) -> int:
        """Rows read, usable or not."""
        return len(self.lines) + len(self.rejected)

    def __getstate__(self) -> dict[str, Any]:
        """For another process: a column travels much quicker in one piece."""
        columns = {name: BETWEEN.join(column) for name, column in self.columns.items()}
        contacts = {medium: list(map(BETWEEN.join, places)) for medium, places in self.contacts.items()}
        return self.__dict__ | {"lines": array("q", self.lines), "columns": columns, "contacts": contacts}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.columns = {name: column.split(BETWEEN) for name, column in state["columns"].items()}
        self.contacts = {medium: [one.split(BETWEEN) for one in all] for medium, all in state["contacts"].items()}

    def get(self, name: str, index: int) -> str:
        """A row's value, "" where the file has no such column."""
        column = self.columns.get(name)
        return column[index] if column else ""

    def column(self, name: str) -> Sequence[str]:
        """All values of a column; empty ones where the file has none."""
        return self.columns.get(name) or [""] * len(self.lines)


def prepare(batch: Batch, context: Context) -> Rows:
    """Reads a batch. What is wrong with a row is in `rejected`, what is odd about a value counted in `odd`."""
    rows = Rows([])
    for line, row, why in batch.broken:
        rows.rejected.append(Rejected(line, row, Rejection.TOO_LONG if why == TOO_LONG else Rejection.UNCLOSED))
    lines, raw = _fitted(batch, len(context.header), rows)
    columns = list(zip(*raw, strict=True))
    wrong = _wrong(raw, columns, context) if raw else {}
    if wrong:
        rows.rejected += [Rejected(lines[at], raw[at], why) for at, why in wrong.items() if why]
        lines = [line for at, line in enumerate(lines) if at not in wrong]
        columns = list(zip(*(row for at, row in enumerate(raw) if at not in wrong), strict=True))
    rows.lines = lines
    if lines:
        reader = ColumnReader(columns, context.plan, context.account_pattern, context.today, context.orders, rows.odd)
        rows.columns, rows.contacts = reader.read()
        rows.hashes = hashes(rows.columns, rows.contacts)
        rows.handles = handles(rows.columns, rows.contacts, len(lines))
    rows.rejected.sort(key=lambda rejected: rejected.line)
    return rows


def _fitted(batch: Batch, width: int, rows: Rows) -> tuple[list[int], list[Sequence[str]]]:
    """The rows with as many values as there are columns: a few missing at the end are empty, more are rejected."""
    if set(map(len, batch.rows)) == {width}:
        return batch.lines, list(batch.rows)
    lines: list[int] = []
    fitted: list[Sequence[str]] = []
    for line, row in zip(batch.lines, batch.rows, strict=True):
        if not any(map(str.strip, row)):
            continue
        if len(row) > width and any(map(str.strip, row[width:])):
            rows.rejected.append(Rejected(line, row, Rejection.TOO_MANY))
        elif len(row) * 2 < width:
            rows.rejected.append(Rejected(line, row, Rejection.TOO_FEW))
        else:
            if len(row) < width:
                rows.odd[Oddity.SHORT_ROW] += 1
            lines.append(line)
            fitted.append([*row[:width], *[""] * (width - len(row))])
    return lines, fitted


def _wrong(raw: list[Sequence[str]], columns: list[tuple[str, ...]], context: Context) -> dict[int, Rejection | None]:
    """The rows, by index, that can't be used; with None those that are blank."""
    plan, header = context.plan, context.header
    wrong = _nameless(raw, [columns[at] for at in map(plan.column_of, NAMES) if at is not None])
    if max(map(len, map("".join, raw))) > MOST_CHARACTERS:
        for index in plan.columns.values():
            wrong |= {at: Rejection.TOO_LONG for at, value in enumerate(columns[index]) if len(value) > MOST_CHARACTERS}
    first = next(iter(plan.columns.values()))
    if header[first] in columns[first]:
        wrong |= {at: Rejection.HEADINGS for at, row in enumerate(raw) if tuple(row) == header}
    account = plan.column_of(Field.ACCOUNT)
    return wrong | (_wrong_accounts(columns[account]) if account is not None else {})


def _nameless(raw: list[Sequence[str]], named: list[tuple[str, ...]]) -> dict[int, Rejection | None]:
    told: list[str] = []
    for column in [*named, map("".join, zip(*named, strict=True))]:  # mostly, one column names everybody
        told = list(map(str.strip, column))
        if all(told) and "".join(told).isprintable():
            return {}
    return {
        at: Rejection.NO_NAME if any(map(str.strip, raw[at])) else None
        for at, name in enumerate(told)
        if not clean(name)
    }


def _wrong_accounts(column: Sequence[str]) -> dict[int, Rejection | None]:
    wrong: dict[int, Rejection | None] = {}
    if max(map(len, column)) > ACCOUNT_LENGTH:
        wrong |= {at: Rejection.ACCOUNT_LONG for at, value in enumerate(column) if len(clean(value)) > ACCOUNT_LENGTH}
    if "+" in BETWEEN.join(column):
        wrong |= {at: Rejection.ACCOUNT_ROUNDED for at, value in enumerate(column) if _ROUNDED.fullmatch(value.strip())}
    return wrong
