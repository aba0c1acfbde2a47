"""Customers whose row says something new: what differs is written, the rest stays as it is in the store.

An empty value in a file takes nothing away. A telephone number that the file gives as it gave it before leaves the
line alone, whatever number it has by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from data.customers.fields import MOST_CONTACTS
from data.customers.rules import ContactMedium, CustomerKind
from data.imports.loading import LINE_COLUMNS, Catalog
from data.imports.matching import Changed, name_to_compare
from data.imports.rows import CUSTOMER_COLUMNS, DEVICE_COLUMNS, Rows
from data.lines.rules import LineStatus

Differences = dict[str, tuple[Any, Any]]  # column → before, after


@dataclass(frozen=True)
class Updated:
    """What a row changed of an account: `fields` is empty where all of it stood there already."""

    account_id: int
    at: int
    fields: tuple[str, ...]
    line_id: int | None

    def told(self, field: str) -> Updated:
        """The same with one field more."""
        return replace(self, fields=(*self.fields, field))


class Updater:
    """Applies changed rows of one batch, one after the other."""

    def __init__(self, connection: Any, rows: Rows, catalog: Catalog) -> None:
        self._connection = connection
        self._rows = rows
        self._catalog = catalog

    def apply(self, changed: Changed) -> Updated:
        """Writes what the row says, and remembers the row."""
        fields: list[str] = []
        customer_id = self._one("SELECT customer_id FROM account WHERE id = ?", changed.account_id)[0]
        if changed.leads:
            fields += self._customer(customer_id, changed)
        fields += self._contacts(customer_id, changed)
        if fields:
            self._connection.execute("UPDATE customer SET version = version + 1 WHERE id = ?", (customer_id,))
        line_id, of_line = self._line(changed)
        self._remember(changed)
        return Updated(changed.account_id, changed.at, tuple(dict.fromkeys([*fields, *of_line])), line_id)

    def renames(self, changed: Changed) -> bool:
        """Whether the row gives the customer another name than the store has."""
        named = self._one(
            "SELECT first_name, last_name, customer.company_name FROM customer"
            " JOIN account ON customer_id = customer.id WHERE account.id = ?",
            changed.account_id,
        )
        given = name_to_compare(
            *(self._rows.get(name, changed.at) for name in ("first_name", "last_name", "company_name"))
        )
        return given not in ("", name_to_compare(*named))

    def _customer(self, customer_id: int, changed: Changed) -> list[str]:
        columns = ", ".join(CUSTOMER_COLUMNS)
        before = self._one(f"SELECT {columns} FROM customer WHERE id = ?", customer_id)
        after = [self._rows.get(name, changed.at) for name in CUSTOMER_COLUMNS]
        different = _differences(zip(CUSTOMER_COLUMNS, before, after, strict=True))
        kind = {"kind": CustomerKind.BUSINESS.value} if "company_name" in different else {}
        self._update("customer", customer_id, different, kind)
        account = self._one("SELECT company_name, agent_name FROM account WHERE id = ?", changed.account_id)
        given = (self._rows.get("dealer", changed.at), self._rows.get("agent", changed.at))
        of_account = _differences(zip(("company_name", "agent_name"), account, given, strict=True))
        self._update("account", changed.account_id, of_account)
        return [*different, *({"company_name": "dealer", "agent_name": "agent"}[name] for name in of_account)]

    def _contacts(self, customer_id: int, changed: Changed) -> list[str]:
        """A row that was imported before exchanges its values in their places; another one adds what is missing."""
        fields = []
        for medium, places in self._rows.contacts.items():
            given = [column[changed.at] for column in places if column[changed.at]]
            known = list(
                self._connection.execute(
                    "SELECT id, value FROM contact WHERE customer_id = ? AND medium = ? ORDER BY position, id",
                    (customer_id, medium),
                )
            )
            values = [value for _, value in known]
            for place, value in enumerate(given):
                if value in values or (place >= len(known) and len(values) >= MOST_CONTACTS):
                    continue
                fields.append(FIELD_OF[ContactMedium(medium)])
                if changed.record and changed.leads and place < len(known):
                    self._connection.execute("UPDATE contact SET value = ? WHERE id = ?", (value, known[place][0]))
                else:
                    self._connection.execute(
                        "INSERT INTO contact (customer_id, medium, value, position) VALUES (?, ?, ?, ?)",
                        (customer_id, medium, value, len(values)),
                    )
                values.append(value)
        return fields

    def _line(self, changed: Changed) -> tuple[int | None, list[str]]:
        """The line that the row tells of, found or made, and what of it is different now."""
        given = {name: self._rows.get(name, changed.at) for name in LINE_COLUMNS}
        if not any(given.values()):
            return None, []
        line = self._find_line(changed, given["mdn"])
        if line is None:
            return self._make_line(changed.account_id, given), ["line"]
        line_id, mdn = line
        told_before = changed.record is not None and changed.record.mdn == given["mdn"]
        after: dict[str, Any] = {
            "mdn": mdn if told_before or not given["mdn"] else given["mdn"],
            "activated_on": given["activated"],
            "plan_id": self._catalog.plans.get(given["plan"]),
            "carrier_id": self._catalog.carriers.get(given["carrier"]),
        }
        before = self._one("SELECT mdn, activated_on, plan_id, carrier_id FROM line WHERE id = ?", line_id)
        different = _differences(zip(after, before, after.values(), strict=True))
        self._update("line", line_id, different)
        return line_id, [*different, *self._device(line_id, given)]

    def _find_line(self, changed: Changed, mdn: str) -> tuple[int, str] | None:
        """The account's line of that number; else the one whose number the row gave before; else its only one."""
        lines = list(
            self._connection.execute("SELECT id, mdn FROM line WHERE account_id = ? ORDER BY id", (changed.account_id,))
        )
        record = changed.record
        for wanted in filter(None, (mdn, record.mdn if record else "")):
            if found := next((line for line in lines if line[1] == wanted), None):
                return (found[0], found[1] or "")
        told_before = record is not None and record.mdn == mdn
        if lines and (not mdn or told_before or (changed.leads and len(lines) == 1)):
            return (lines[0][0], lines[0][1] or "")
        return None

    def _make_line(self, account_id: int, given: Mapping[str, str]) -> int:
        made = self._connection.execute(
            "INSERT INTO line (account_id, mdn, status, activated_on, plan_id, carrier_id) VALUES (?, ?, ?, ?, ?, ?)",
            (
                account_id,
                given["mdn"] or None,
                LineStatus.ACTIVE,
                given["activated"] or None,
                self._catalog.plans.get(given["plan"]),
                self._catalog.carriers.get(given["carrier"]),
            ),
        )
        line_id = int(made.lastrowid)
        self._device(line_id, given)
        return line_id

    def _device(self, line_id: int, given: Mapping[str, str]) -> list[str]:
        numbers = [given[name] for name in DEVICE_COLUMNS]
        if not any(numbers):
            return []
        columns = ", ".join(DEVICE_COLUMNS)
        before = self._connection.execute(
            f"SELECT id, {columns} FROM device WHERE line_id = ? ORDER BY id LIMIT 1", (line_id,)
        ).fetchone()
        if before:
            different = _differences(zip(DEVICE_COLUMNS, before[1:], numbers, strict=True))
            self._update("device", before[0], different)
            return list(different)
        places = ", ".join("?" * (len(numbers) + 1))
        self._connection.execute(f"INSERT INTO device (line_id, {columns}) VALUES ({places})", (line_id, *numbers))
        return ["device"]

    def _remember(self, changed: Changed) -> None:
        values = (
            self._rows.handles[changed.at],
            self._rows.hashes[changed.at],
            changed.account_id,
            self._rows.get("mdn", changed.at),
            changed.leads,
        )
        if changed.record and changed.record.id:
            self._connection.execute(
                "UPDATE import_record SET handle = ?, row_hash = ?, account_id = ?, mdn = ?, leads = ? WHERE id = ?",
                (*values, changed.record.id),
            )
        else:
            self._connection.execute(
                "INSERT INTO import_record (handle, row_hash, account_id, mdn, leads) VALUES (?, ?, ?, ?, ?)", values
            )

    def _update(
        self, table: str, row_id: int, different: Differences, besides: Mapping[str, Any] | None = None
    ) -> None:
        values = {name: after for name, (_, after) in different.items()} | dict(besides or {})
        if values:
            assignments = ", ".join(f"{name} = ?" for name in values)
            self._connection.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", (*values.values(), row_id))

    def _one(self, select: str, row_id: int) -> Any:
        return self._connection.execute(select, (row_id,)).fetchone()


FIELD_OF = {ContactMedium.PHONE: "phones", ContactMedium.EMAIL: "emails", ContactMedium.WEB: "web"}


def _differences(triples: Any) -> Differences:
    """What is given and differs."""
    return {name: (before, after) for name, before, after in triples if after and after != before}
