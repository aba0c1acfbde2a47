"""What the rows say of customers now, in the shape that the index keeps (Kept)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from data.identifiers import pseudo_esn
from data.search.sqlite.entries import Kept
from data.search.words import street_parts

AT_ONCE = 5_000  # ids read at once
Row = tuple[Any, ...]

_CUSTOMERS = """
    SELECT id, first_name, middle_name, last_name, company_name, city, state, zip, street
    FROM customer WHERE id BETWEEN ? AND ? ORDER BY id"""
# The account that a hit shows comes first: an active one, then the oldest.
_ACCOUNTS = """
    SELECT customer_id, id, number, status FROM account WHERE customer_id BETWEEN ? AND ?
    ORDER BY customer_id, CASE status WHEN 'active' THEN 0 WHEN 'suspended' THEN 1 ELSE 2 END, id"""
_LINES = """
    SELECT a.customer_id, a.id, l.mdn, l.status FROM account a JOIN line l ON l.account_id = a.id
    WHERE a.customer_id BETWEEN ? AND ? AND l.mdn <> '' ORDER BY a.customer_id, l.id"""
_PHONES = """
    SELECT customer_id, value FROM contact WHERE customer_id BETWEEN ? AND ? AND medium = 'phone'
    ORDER BY customer_id, position, id"""
_MEIDS = """
    SELECT a.customer_id, CASE WHEN d.meid <> '' THEN d.meid ELSE substr(d.imei, 1, 14) END
    FROM account a JOIN line l ON l.account_id = a.id JOIN device d ON d.line_id = l.id
    WHERE a.customer_id BETWEEN ? AND ? AND (d.meid <> '' OR d.imei LIKE '99%') ORDER BY a.customer_id, d.id"""
_LINE_ORDER = {"active": 0, "suspended": 1}

_NOT_DIGIT = re.compile(r"\D+", re.ASCII)
_MEID = re.compile(r"[0-9A-F]{14}")


def kept_now(connection: Any, customer_id: int) -> Kept | None:
    """What the rows say of one customer; None where there is none."""
    return next(kept_between(connection, customer_id, customer_id), None)


def all_kept(connection: Any) -> Iterator[Kept]:
    """What the rows say of every customer, by id."""
    return map(Kept._make, all_rows(connection))


def all_rows(connection: Any) -> Iterator[Row]:
    """The same, each as a row of search_customer."""
    row = connection.execute("SELECT min(id), max(id) FROM customer").fetchone()
    if row[0] is not None:
        for low in range(row[0], row[1] + 1, AT_ONCE):
            yield from _rows_between(connection, low, low + AT_ONCE - 1)


def phone_digits(text: str) -> str:
    """The digits of a telephone number as they are entered: without punctuation and the leading 1 of the NANP."""
    digits = text if text.isascii() and text.isdigit() else _NOT_DIGIT.sub("", text)
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def kept_between(connection: Any, low: int, high: int) -> Iterator[Kept]:
    """What the rows say of the customers with ids from `low` to `high`."""
    return map(Kept._make, _rows_between(connection, low, high))


def _rows_between(connection: Any, low: int, high: int) -> Iterator[Row]:
    span = (low, high)
    accounts = {row[0]: row[1:] for row in reversed(connection.execute(_ACCOUNTS, span).fetchall())}
    lines = _grouped(connection, _LINES, span)
    phones = _grouped(connection, _PHONES, span)
    meids = _grouped(connection, _MEIDS, span)
    for row in connection.execute(_CUSTOMERS, span).fetchall():
        id = row[0]
        account = accounts.get(id, (None, "", ""))
        mdns = _line_numbers(lines.get(id, ()), account[0])
        yield _row(row, account, _keys(mdns, phones.get(id), meids.get(id)))


def _grouped(connection: Any, statement: str, span: tuple[int, int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in connection.execute(statement, span).fetchall():
        if row[0] in found:
            found[row[0]].append(row)
        else:
            found[row[0]] = [row]
    return found


def _line_numbers(lines: Any, account_id: int | None) -> list[str]:
    """The numbers of a customer's lines, first the one that a hit shows: of the account shown, active."""
    if len(lines) > 1:
        lines = sorted(lines, key=lambda line: (line[1] != account_id, _LINE_ORDER.get(line[3], 2)))
    return [line[2] for line in lines]


def _keys(mdns: list[str], phones: Any, meids: Any) -> str:
    keys = ["l" + mdn for mdn in mdns]
    if phones:
        said = [phone_digits(value) for _, value in phones]
        keys += ["t" + digits for digits in said if digits and digits not in mdns]
    if meids:
        keys += ["p" + pseudo_esn(meid) for _, meid in meids if _MEID.fullmatch(meid)]
    return keys[0] if len(keys) == 1 else " ".join(dict.fromkeys(keys))


def _row(row: Any, account: Row, keys: str) -> Row:
    street = row[-1]
    return (*row[:-1], " ".join(street_parts(street)) if street else "", *account, keys)
