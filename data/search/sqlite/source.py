"""What the rows say of customers now, in the shape that the index keeps (Kept)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from data.identifiers import pseudo_esn
from data.search.sqlite.entries import Kept

AT_ONCE = 2_000  # customers read in one statement

# Active first, then the oldest: the account that a hit shows.
_FIRST_ACCOUNT = """(
    SELECT a.id FROM account a WHERE a.customer_id = c.id
    ORDER BY CASE a.status WHEN 'active' THEN 0 WHEN 'suspended' THEN 1 ELSE 2 END, a.id LIMIT 1)"""
_LINES = """(
    SELECT group_concat(CASE WHEN mdn <> '' THEN mdn END, ' ') FROM (
        SELECT l.mdn FROM account a JOIN line l ON l.account_id = a.id WHERE a.customer_id = c.id
        ORDER BY a.id <> p.id, CASE l.status WHEN 'active' THEN 0 WHEN 'suspended' THEN 1 ELSE 2 END, l.id))"""
_PHONES = """(
    SELECT group_concat(value, char(31)) FROM (
        SELECT value FROM contact k WHERE k.customer_id = c.id AND k.medium = 'phone' ORDER BY k.position, k.id))"""
_ACCOUNTS = (
    "(SELECT group_concat(number, char(31)) FROM (SELECT number FROM account a WHERE a.customer_id = c.id ORDER BY id))"
)
_MEIDS = """(
    SELECT group_concat(meid, ' ') FROM (
        SELECT CASE WHEN d.meid <> '' THEN d.meid ELSE substr(d.imei, 1, 14) END AS meid
        FROM account a JOIN line l ON l.account_id = a.id JOIN device d ON d.line_id = l.id
        WHERE a.customer_id = c.id AND (d.meid <> '' OR d.imei LIKE '99%') ORDER BY d.id))"""
_SELECT = f"""
    SELECT c.id, c.kind, c.first_name, c.middle_name, c.last_name, c.company_name, c.street, c.city, c.state, c.zip,
        p.id, coalesce(p.number, ''), coalesce(p.status, ''), {_LINES}, {_PHONES}, {_ACCOUNTS}, {_MEIDS}
    FROM customer c LEFT JOIN account p ON p.id = {_FIRST_ACCOUNT}"""
_OF = f"{_SELECT} WHERE c.id = ?"
_AFTER = f"{_SELECT} WHERE c.id > ? ORDER BY c.id LIMIT {AT_ONCE}"

_NOT_DIGIT = re.compile(r"\D+", re.ASCII)
_NOT_CODE = re.compile(r"[\W_]+")


def kept_now(connection: Any, customer_id: int) -> Kept | None:
    """What the rows say of one customer; None where there is none."""
    row = connection.execute(_OF, (customer_id,)).fetchone()
    return _kept(row) if row else None


def all_kept(connection: Any) -> Iterator[Kept]:
    """What the rows say of every customer, by id."""
    last = 0
    while rows := connection.execute(_AFTER, (last,)).fetchall():
        yield from map(_kept, rows)
        last = rows[-1][0]


def phone_digits(text: str) -> str:
    """The digits of a telephone number as they are entered: without punctuation and the leading 1 of the NANP."""
    digits = text if text.isdigit() else _NOT_DIGIT.sub("", text)
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def code(text: str) -> str:
    """An account number's letters and digits, upper case."""
    return text if text.isalnum() and text.isupper() else _NOT_CODE.sub("", text).upper()


def _kept(row: Any) -> Kept:
    lines, phones, accounts, meids = row[13:]
    keys = ["l" + mdn for mdn in lines.split()] if lines else []
    mdn = keys[0][1:] if keys else None
    if phones:
        own = set(keys)
        said = [digits for value in phones.split("\x1f") if (digits := phone_digits(value))]
        keys += ["t" + digits for digits in said if "l" + digits not in own]
    if accounts:
        keys += ["a" + number for text in accounts.split("\x1f") if (number := code(text))]
    if meids:
        keys += ["p" + pseudo_esn(meid) for meid in meids.split() if len(meid) == 14]
    return Kept._make((*row[:13], mdn, " ".join(dict.fromkeys(keys))))
