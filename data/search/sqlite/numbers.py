"""Candidates by a number or another text that is one whole: account, e-mail, birth date; telephones and handsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from data.search.results import Kind, Why
from data.search.scoring import ENDING, EXACT, PREFIX, SLIP, within_slips
from data.search.sqlite.devices import by_esn, by_iccid, by_imei, by_meid
from data.search.sqlite.phones import by_phone, near_phones
from data.search.sqlite.ranges import END, LAST_FOUR, LAST_SIX, MOST, Numbered
from data.search.sqlite.tables import ACCOUNT_VALUE

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EMAIL_START, EMAILS = 3, 3_000  # letters that must agree, and e-mails that are compared then
MOST_DIGITS = 19  # of a number that fits an integer column
_NOT_CODE = re.compile(r"[\W_]+")


def by_number(
    connection: Any, number: str, kinds: tuple[Kind, ...], wanted: int = MOST, *, near: bool = True
) -> list[Numbered]:
    """Who has `number` (compact, upper case), or part of it, in any of the forms that `kinds` names.

    At most `wanted` of each kind, those that fit best.
    """
    found: list[Numbered] = []
    for kind in kinds:
        if reader := READERS.get(kind):
            found += islice(reader(connection, number), wanted)
    if near and Kind.MDN in kinds and not any(one.cost == EXACT for one in found) and 9 <= len(number) <= 11:
        found = near_phones(connection, number) + found
    return found


def count_partial(connection: Any, number: str) -> int:
    """How many telephone and handset numbers begin or end with `number`, counted as far as counting goes."""
    back = number[::-1]
    spans = [("line", "mdn", number)] + [("search_phone", "back", back)] * (len(number) >= LAST_FOUR)
    spans += [("device", "imei", number), ("device", "iccid", number)] * (len(number) >= LAST_SIX)
    return sum(
        connection.execute(
            f"SELECT count(*) FROM"
            f" (SELECT 1 FROM {table} WHERE {column} <> '' AND {column} >= ? AND {column} < ? LIMIT ?)",
            (beginning, beginning + END, MOST),
        ).fetchone()[0]
        for table, column, beginning in spans
    )


def by_email(connection: Any, email: str) -> list[Numbered]:
    """Who has an e-mail that begins with `email`."""
    rows = connection.execute(
        "SELECT customer_id, value FROM contact WHERE medium = 'email' AND lower(value) >= ? AND lower(value) < ?"
        " ORDER BY lower(value) LIMIT ?",
        (email, email + END, MOST),
    )
    return [
        Numbered(who, EXACT if value.lower() == email else PREFIX, Why("e-mail", value, email, "detail"), value)
        for who, value in rows
    ]


def near_email(connection: Any, email: str) -> list[Numbered]:
    """Who has an e-mail that two slips make of `email`, not in its first letters."""
    rows = connection.execute(
        "SELECT customer_id, value FROM contact WHERE medium = 'email' AND lower(value) >= ? AND lower(value) < ?"
        " LIMIT ?",
        (email[:EMAIL_START], email[:EMAIL_START] + END, EMAILS),
    ).fetchall()
    near = dict(within_slips(email, list({value.lower() for _, value in rows}), 2))
    return [
        Numbered(who, SLIP * near[value.lower()], Why("e-mail, nearly", value, "", "detail"), value)
        for who, value in rows
        if value.lower() in near
    ]


def by_birth_date(connection: Any, days: tuple[str, ...]) -> list[Numbered]:
    """Who was born on one of `days`; the day itself is in no hit."""
    marks = ", ".join("?" * len(days))
    rows = connection.execute(
        f"SELECT id FROM customer WHERE birth_date IN ({marks}) AND birth_date IS NOT NULL LIMIT ?", (*days, MOST)
    )
    return [Numbered(who, EXACT, Why("birth date", "", "", "")) for (who,) in rows]


def by_account(connection: Any, number: str) -> Iterator[Numbered]:
    """Account numbers that begin with `number`, or whose figure it is: 93298 is SV093298, sv-93298 too."""
    rows = connection.execute(
        "SELECT customer_id, number, id FROM account WHERE number >= ? AND number < ? LIMIT ?",
        (number, number + END, MOST),
    ).fetchall()
    figure = number.lstrip(LETTERS)
    if figure.isdecimal() and len(figure) < MOST_DIGITS:
        rows += connection.execute(
            f"SELECT customer_id, number, id FROM account WHERE {ACCOUNT_VALUE} = ? LIMIT ?", (int(figure), MOST)
        ).fetchall()
    letters = number[: len(number) - len(figure)]
    for who, account, account_id in rows:
        compact = code(account)
        if not compact.startswith(letters):
            continue
        cost = _account_cost(number, compact, figure)
        yield Numbered(who, cost, Why("account", account, figure, "account"), account_id=account_id)


def _account_cost(typed: str, account: str, figure: str) -> float:
    """Whole, or all its digits: exact; its figure without the leading zeros: after telephone numbers that end so."""
    if typed == account or (typed == figure and account.lstrip(LETTERS) == figure):
        return EXACT
    return PREFIX if account.startswith(typed) else ENDING + PREFIX / 2


def code(text: str) -> str:
    """An account number's letters and digits, upper case."""
    return _NOT_CODE.sub("", text).upper()


READERS = {
    Kind.MDN: by_phone,
    Kind.ACCOUNT: by_account,
    Kind.IMEI: by_imei,
    Kind.ICCID: by_iccid,
    Kind.ESN: by_esn,
    Kind.MEID: by_meid,
}
