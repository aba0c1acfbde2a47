"""Which rows of a batch are new, which were imported before, and whose customer a changed one is.

A row is known again by what it says in full (its hash): then nothing happens. Otherwise its account number decides;
where it has none, a customer who was imported under the same e-mail (else address, else name) and has the same name
or number, or whose line has the same number and who has the same name. Each imported row is matched by one row of a
file only: a second one with the same account number is a further line of it, and without one it is someone else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from data.imports.bulk import rows_with
from data.imports.reasons import Oddity
from data.imports.rows import Rows
from data.text import fold


class Known(NamedTuple):
    """An import_record; `id` 0 for one that is only just being written."""

    id: int
    row_hash: int
    account_id: int
    mdn: str
    leads: bool


class Changed(NamedTuple):
    """A row that tells something new of an account: its index `at`, the record that it replaces, if it replaces one.

    `leads`: whether it says who the customer is, or only tells of a further line.
    """

    at: int
    account_id: int
    record: Known | None
    leads: bool


@dataclass
class Sorted:
    """What the rows of a batch are; `new` in the rows' order. `taken`: ids of the records that were matched."""

    new: list[int] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    taken: set[int] = field(default_factory=set)
    odd: Counter[str] = field(default_factory=Counter)


class Claims:
    """Which records this run has matched already: a bit for each that was there when it began."""

    def __init__(self, last_record: int) -> None:
        self._last = last_record
        self._bits = bytearray(last_record // 8 + 1)

    def has(self, record_id: int) -> bool:
        """Whether the record is taken, or was written by this run itself."""
        return not 0 < record_id <= self._last or bool(self._bits[record_id >> 3] & 1 << (record_id & 7))

    def take(self, record_ids: Iterable[int]) -> None:
        """Takes records."""
        for record_id in record_ids:
            if record_id <= self._last:
                self._bits[record_id >> 3] |= 1 << (record_id & 7)


def sort_out(connection: Any, rows: Rows, claims: Claims, next_account_id: int) -> Sorted:
    """Says what each row is. The account of the k-th new row will have the id `next_account_id` + k."""
    return _Sorter(connection, rows, claims, next_account_id).sort()


class _Sorter:
    def __init__(self, connection: Any, rows: Rows, claims: Claims, next_account_id: int) -> None:
        self._connection = connection
        self._rows = rows
        self._claims = claims
        self._next_account_id = next_account_id
        self._numbers = rows.column("account")
        self._mdns = rows.column("mdn")
        self._records: dict[int, list[Known]] = {}
        self._accounts: dict[str, int] = {}
        self._owners: dict[str, list[int]] = {}
        self._names: dict[int, str] = {}
        self._of_owner: dict[int, list[Known]] = {}
        self._same: set[int] = set()  # rows that say what a record says
        self._out = Sorted()

    def sort(self) -> Sorted:
        self._look_up()
        rows, out = self._rows, self._out
        seen = Counter(rows.handles) if len(set(rows.handles)) < len(rows) else {}
        busy: set[int] = set()
        if self._records or seen:
            busy = {at for at, handle in enumerate(rows.handles) if handle in self._records or seen.get(handle, 1) > 1}
        if self._accounts:
            busy |= {at for at, number in enumerate(self._numbers) if number in self._accounts}
        if self._owners:
            busy |= {at for at, mdn in enumerate(self._mdns) if mdn in self._owners}
        if not busy:
            out.new = list(range(len(rows)))
        else:
            self._look_up_names(busy)
            self._take_the_same(busy)
            for at in range(len(rows)):
                if at in busy:
                    self._decide(at)
                else:
                    out.new.append(at)
        self._count_shared()
        return out

    def _look_up(self) -> None:
        connection = self._connection
        found = (
            "SELECT handle, record.id, row_hash, account_id, mdn, leads"
            " FROM wanted JOIN import_record AS record ON handle = value ORDER BY record.id"
        )
        for handle, *record in rows_with(connection, found, self._rows.handles):
            self._records.setdefault(handle, []).append(Known(*record))
        numbers = filter(None, self._numbers)
        numbered = "SELECT number, account.id FROM wanted JOIN account ON number = value"
        self._accounts = dict(rows_with(connection, numbered, numbers))
        owned = "SELECT mdn, account_id FROM wanted JOIN line ON mdn = value"
        for mdn, account_id in rows_with(connection, owned, filter(None, self._mdns)):
            self._owners.setdefault(mdn, []).append(account_id)

    def _look_up_names(self, busy: set[int]) -> None:
        """The names of customers who may be meant by rows without an account number."""
        wanted: set[int] = set()
        for at in busy:
            if not self._numbers[at]:
                wanted.update(record.account_id for record in self._records.get(self._rows.handles[at], []))
                wanted.update(self._owners.get(self._mdns[at], []))
        named = (
            "SELECT account.id, first_name, last_name, customer.company_name FROM wanted JOIN account"
            " ON account.id = value JOIN customer ON customer.id = customer_id"
        )
        for account_id, *names in rows_with(self._connection, named, wanted):
            self._names[account_id] = name_to_compare(*names)
        recorded = (
            "SELECT record.id, row_hash, account_id, mdn, leads"
            " FROM wanted JOIN import_record AS record ON account_id = value ORDER BY record.id"
        )
        for record in rows_with(self._connection, recorded, wanted):
            self._of_owner.setdefault(record[2], []).append(Known(*record))

    def _take_the_same(self, busy: Iterable[int]) -> None:
        """Rows that say what a record says are that record's, before a row that is only like it may have it."""
        for at in sorted(busy):
            records = self._records.get(self._rows.handles[at], [])
            same = (record for record in records if record.row_hash == self._rows.hashes[at])
            if free := next(filter(self._is_free, same), None):
                self._out.taken.add(free.id)
                self._same.add(at)

    def _decide(self, at: int) -> None:
        records = self._records.get(self._rows.handles[at], [])
        if at in self._same:
            self._out.unchanged += 1
        elif any(record.row_hash == self._rows.hashes[at] for record in records):
            self._out.odd[Oddity.REPEATED] += 1
            self._out.unchanged += 1
        elif self._numbers[at]:
            self._decide_by_number(at, records)
        else:
            self._decide_by_person(at, records)

    def _decide_by_number(self, at: int, records: list[Known]) -> None:
        number, mdn = self._numbers[at], self._mdns[at]
        account_id = self._accounts.get(number)
        if account_id is None:
            self._accounts[number] = self._add(at)
            return
        free = [record for record in records if self._is_free(record)]
        record = next((one for one in free if one.mdn == mdn), free[0] if free else None)
        leads = record.leads if record else not records
        self._change(at, account_id, record, leads=leads)

    def _decide_by_person(self, at: int, records: list[Known]) -> None:
        rows, mdn = self._rows, self._mdns[at]
        name = name_to_compare(rows.get("first_name", at), rows.get("last_name", at), rows.get("company_name", at))
        same_handle = [
            (self._names.get(record.account_id) != name, record.mdn != mdn or not mdn, record.id, record)
            for record in records
            if self._is_free(record)
        ]
        likely = sorted(one for one in same_handle if not (one[0] and one[1]))
        if likely:
            record = likely[0][-1]
            self._change(at, record.account_id, record, leads=record.leads)
            return
        for account_id in self._owners.get(mdn, []):
            if self._names.get(account_id) == name and self._is_ours_to_match(account_id):
                free = [record for record in self._of_owner.get(account_id, []) if self._is_free(record)]
                self._change(at, account_id, free[0] if free else None, leads=True)
                return
        self._add(at)

    def _is_ours_to_match(self, account_id: int) -> bool:
        """Whether an account was there before this run, and is not matched by another row yet."""
        records = self._of_owner.get(account_id, [])
        touched = any(one.account_id == account_id for one in self._out.changed)
        return not touched and (not records or any(map(self._is_free, records)))

    def _is_free(self, record: Known) -> bool:
        return record.id not in self._out.taken and not self._claims.has(record.id)

    def _add(self, at: int) -> int:
        account_id = self._next_account_id + len(self._out.new)
        self._out.new.append(at)
        self._remember(at, account_id, leads=True)
        return account_id

    def _change(self, at: int, account_id: int, record: Known | None, *, leads: bool) -> None:
        if record:
            self._out.taken.add(record.id)
        self._out.changed.append(Changed(at, account_id, record, leads))
        self._remember(at, account_id, leads=leads)

    def _remember(self, at: int, account_id: int, *, leads: bool) -> None:
        record = Known(0, self._rows.hashes[at], account_id, self._mdns[at], leads)
        self._records.setdefault(self._rows.handles[at], []).append(record)

    def _count_shared(self) -> None:
        """New lines whose number another customer's line has too."""
        new = self._out.new
        given = list(filter(None, self._mdns if len(new) == len(self._rows) else [self._mdns[at] for at in new]))
        distinct = set(given)
        shared = len(given) - len(distinct) + len(distinct & self._owners.keys())
        if shared:
            self._out.odd[Oddity.MDN_SHARED] += shared


def name_to_compare(first: str, last: str, company: str) -> str:
    """A name to compare: the person's, else the company's."""
    return fold(f"{first} {last}".strip() or company)
