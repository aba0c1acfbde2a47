"""The columns of a file's batch → the columns of the store, such as a name from three of them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import zip_longest

from data.customers.rules import ContactMedium
from data.imports import phones, values
from data.imports.addresses import split_address
from data.imports.dates import Order
from data.imports.fields import DATES, PHONES, Field
from data.imports.mapping import Plan
from data.imports.names import Name, split_name
from data.imports.reasons import Oddity
from data.imports.values import BETWEEN

YEARS_AHEAD = 10  # that a date of two digits may lie ahead
NO_NAME = Name()
NAME_COLUMNS = ("first_name", "middle_name", "last_name", "company_name")  # as the parts of a Name
ADDRESS_COLUMNS = ("street", "street2", "city", "state", "zip")  # as the parts of an Address
COLUMN_OF = {Field.COMPANY: "company_name"}

Columns = dict[str, list[str]]
Contacts = dict[str, list[list[str]]]


class ColumnReader:
    """Reads the columns of one batch; see rows.Rows for what comes out. `odd` counts what is odd."""

    def __init__(
        self,
        raw: list[tuple[str, ...]],
        plan: Plan,
        account_pattern: str,
        today: date,
        orders: Mapping[Field, Order | None],
        odd: Counter[str],
    ) -> None:
        self._raw = raw
        self._plan = plan
        self._pattern = account_pattern
        self._today = today
        self._orders = orders
        self._odd = odd
        self._columns: Columns = {}
        self._contacts: Contacts = {}

    def read(self) -> tuple[Columns, Contacts]:
        """All columns that the plan names."""
        self._names()
        self._addresses()
        self._telephones()
        self._reach()
        self._plainly()
        self._devices()
        self._dates()
        return self._columns, self._contacts

    def _given(self, wanted: Field) -> list[str] | None:
        at = self._plan.column_of(wanted)
        return None if at is None else list(self._raw[at])

    def _clean(self, wanted: Field, *, nothing: bool = True) -> list[str] | None:
        column = self._given(wanted)
        return None if column is None else values.texts(column, self._odd, nothing=nothing)

    def _fill(self, name: str, found: list[str]) -> None:
        """Puts `found` where the column is missing or empty."""
        known = self._columns.get(name)
        self._columns[name] = [a or b for a, b in zip(known, found, strict=True)] if known else found

    def _names(self) -> None:
        """A full name is taken apart where the file has no names in parts, or none for the row."""
        for wanted in (Field.FIRST_NAME, Field.MIDDLE_NAME, Field.LAST_NAME, Field.COMPANY):
            if (column := self._clean(wanted, nothing=wanted is Field.COMPANY)) is not None:
                self._columns[COLUMN_OF.get(wanted, wanted.value)] = column
        whole = self._clean(Field.NAME, nothing=False)
        if whole is None:
            return
        empty = [""] * len(whole)
        first, last = self._columns.get("first_name", empty), self._columns.get("last_name", empty)
        split = [NO_NAME if one or two else split_name(name) for name, one, two in zip(whole, first, last, strict=True)]
        for name, parts in zip(NAME_COLUMNS, zip(*split, strict=True), strict=True):
            self._fill(name, list(parts))

    def _addresses(self) -> None:
        street = self._given(Field.STREET)
        if street is not None and "\n" in BETWEEN.join(street):
            lines = [value.strip().partition("\n") for value in street]
            street = [line for line, _, _ in lines]
            self._columns["street2"] = values.texts([rest for _, _, rest in lines], self._odd)
        if street is not None:
            self._columns["street"] = values.texts(street, self._odd)
        for wanted in (Field.STREET2, Field.CITY, Field.COUNTY):
            if (column := self._clean(wanted)) is not None:
                self._fill(wanted.value, column)
        if (column := self._clean(Field.STATE)) is not None:
            self._columns["state"] = values.states(column, self._odd)
        if (column := self._clean(Field.ZIP)) is not None:
            self._columns["zip"] = values.zips(column, self._odd)
        if (whole := self._given(Field.ADDRESS)) is not None:
            self._whole_addresses(whole)

    def _whole_addresses(self, whole: list[str]) -> None:
        """Addresses in one column fill what the others leave empty."""
        split = [split_address(value) for value in whole]
        if in_one_line := sum(bool(one.street) and not one.city for one in split):
            self._odd[Oddity.ADDRESS_WHOLE] += in_one_line
        for name, parts in zip(ADDRESS_COLUMNS, zip(*split, strict=True), strict=True):
            self._fill(name, values.texts(list(parts), self._odd))

    def _telephones(self) -> None:
        """The first NANP number of the first column is the line's; all others are contacts."""
        given = [(wanted, column) for wanted in PHONES if (column := self._clean(wanted)) is not None]
        plain = [(wanted, phones.plain_numbers(column)) for wanted, column in given]
        if len(given) <= 2 and all(numbers is not None for _, numbers in plain):
            self._plain_telephones({wanted: numbers or [] for wanted, numbers in plain})
            return
        found: list[list[tuple[str, ...]]] = []
        for wanted, column in given:
            read = phones.numbers(column, self._odd)
            if wanted is Field.PHONE:
                self._columns["mdn"] = [phone.mdn for phone in read]
                if any(phone.others for phone in read):
                    found.append([phone.others for phone in read])
            else:
                found.append([phones.contacts(phone) for phone in read])
        if found:
            rows = found[0] if len(found) == 1 else [sum(parts, ()) for parts in zip(*found, strict=True)]
            self._contacts[ContactMedium.PHONE] = _by_place(self._distinct(rows))

    def _plain_telephones(self, found: Mapping[Field, list[str]]) -> None:
        """The same for most files: at most one column of the line's numbers, and one other."""
        for wanted, numbers in found.items():
            if wanted is Field.PHONE:
                self._columns["mdn"] = numbers
            else:
                mdns = found.get(Field.PHONE) or [""] * len(numbers)
                other = ["" if one == mdn else one for one, mdn in zip(numbers, mdns, strict=True)]
                self._contacts[ContactMedium.PHONE] = [other]

    def _distinct(self, found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Each number of a row once, and not the line's own again."""
        mdns = self._columns.get("mdn") or [""] * len(found)
        return [
            tuple(dict.fromkeys(one for one in parts if one != mdn)) if mdn in parts or len(parts) > 1 else parts
            for parts, mdn in zip(found, mdns, strict=True)
        ]

    def _reach(self) -> None:
        if (column := self._clean(Field.EMAIL)) is not None:
            plain = values.are_emails(column)
            self._contacts[ContactMedium.EMAIL] = [column] if plain else _by_place(values.emails(column, self._odd))
        if (column := self._clean(Field.WEB)) is not None:
            self._contacts[ContactMedium.WEB] = [column]

    def _plainly(self) -> None:
        """What is text, and the account number."""
        for wanted in (Field.PLAN, Field.CARRIER, Field.DEALER, Field.AGENT, Field.MAKE, Field.MODEL):
            if (column := self._clean(wanted)) is not None:
                self._columns[wanted.value] = column
        if (column := self._clean(Field.ACCOUNT)) is not None:
            self._columns["account"] = values.accounts(column, self._pattern)

    def _devices(self) -> None:
        """A handset's number goes where it belongs by its look: an ESN column may hold an IMEI."""
        for wanted in (Field.IMEI, Field.MEID, Field.ESN, Field.DEVICE):
            if (column := self._clean(wanted)) is None:
                continue
            read = values.devices(column, self._odd, wanted.value)
            for kind in {kind for kind, _ in read if kind}:
                self._fill(kind, [value if of == kind else "" for of, value in read])
        if (column := self._clean(Field.ICCID)) is not None:
            self._columns["iccid"] = values.iccids(column, self._odd)

    def _dates(self) -> None:
        for wanted in DATES:
            if (column := self._clean(wanted)) is None:
                continue
            order = self._orders.get(wanted)
            if wanted is Field.BIRTH_DATE:
                self._columns["birth_date"] = values.birth_dates(column, self._odd, order, self._today)
            else:
                self._columns[wanted.value] = values.dates(column, self._odd, order, self._today.year + YEARS_AHEAD)


def _by_place(rows: list[tuple[str, ...]]) -> list[list[str]]:
    """The first values of all rows, the second ones, and so on; "" where a row has no more."""
    return list(map(list, zip_longest(*rows, fillvalue=""))) or [[""] * len(rows)]
