"""What the rows say of customers now, in the shape that the index keeps (Kept)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from data.identifiers import pseudo_esn
from data.search.sqlite.index.entries import Kept
from data.search.words import street_parts

AT_ONCE = 5_000  # ids read at once
Row = tuple[Any, ...]

_CUSTOMERS = """
    SELECT id, first_name, middle_name, last_name, company_name, city, state, zip, street
    FROM customer WHERE id BETWEEN ? AND ? ORDER BY id"""
_HELD = """
    SELECT a.customer_id, a.id, a.number, a.status, l.mdn, l.status, l.id,
        CASE WHEN d.meid <> '' THEN d.meid WHEN d.imei >= '99' AND d.imei < '9:' THEN substr(d.imei, 1, 14) END, d.id
    FROM account a LEFT JOIN line l ON l.account_id = a.id LEFT JOIN device d ON d.line_id = l.id
    WHERE a.customer_id BETWEEN ? AND ? ORDER BY a.customer_id, a.id, l.id, d.id"""
_PHONES = """
    SELECT customer_id, value FROM contact WHERE customer_id BETWEEN ? AND ? AND medium = 'phone'
    ORDER BY customer_id, position, id"""
_STATUS_ORDER = {"active": 0, "suspended": 1}

_NO_ACCOUNT = (None, "", "")
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
    held = _grouped(connection.execute(_HELD, span))
    phones = _grouped(connection.execute(_PHONES, span))
    for row in connection.execute(_CUSTOMERS, span).fetchall():
        id, street = row[0], row[-1]
        account, mdns, meids = _of_lines(held[id]) if id in held else (_NO_ACCOUNT, [], [])
        keys = _keys(mdns, phones.get(id), meids)
        yield (*row[:-1], " ".join(street_parts(street)) if street else "", *account, keys)


def _grouped(rows: Any) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows.fetchall():
        if row[0] in found:
            found[row[0]].append(row)
        else:
            found[row[0]] = [row]
    return found


def _of_lines(held: list[Row]) -> tuple[Row, list[str], list[str]]:
    """The account that a hit shows, the numbers of all lines, and their MEIDs.

    The account is an active one, then the oldest; the first line is the one that the hit shows: its own, and active.
    """
    shown = held[0]
    if len(held) > 1 and len({(row[1], row[5]) for row in held}) > 1:
        shown = min(held, key=lambda row: (_order(row[3]), row[1]))
        held = sorted(held, key=lambda row: (row[1] != shown[1], _order(row[5]), row[6]))
    devices = [(row[8], row[7]) for row in held if row[7]]
    meids = [meid for _, meid in sorted(devices)] if devices else []
    return shown[1:4], [row[4] for row in held if row[4]], meids


def _order(status: str) -> int:
    return _STATUS_ORDER.get(status, 2)


def _keys(mdns: list[str], phones: list[Row] | None, meids: list[str]) -> str:
    if len(mdns) == 1 and not phones and not meids:
        return "l" + mdns[0]
    keys = ["l" + mdn for mdn in mdns]
    if phones:
        said = [phone_digits(value) for _, value in phones]
        keys += ["t" + digits for digits in said if digits and digits not in mdns]
    if meids:
        keys += ["p" + pseudo_esn(meid) for meid in meids if _MEID.fullmatch(meid)]
    return " ".join(dict.fromkeys(keys))
