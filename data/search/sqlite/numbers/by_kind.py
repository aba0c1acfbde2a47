"""Candidates by a number or another text that is one whole: account, e-mail, birth date; telephones and handsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from json import dumps
from operator import attrgetter
from typing import Any

from data.search.results import Kind, Why
from data.search.scoring import ENDING, EXACT, PREFIX, SLIP, within_slips
from data.search.spelling import one_slip
from data.search.sqlite.index.entries import ID_SHIFT, PHONE_DIGITS, ZIP
from data.search.sqlite.index.tables import ACCOUNT_VALUE, BIRTH_DAY, ICCID_START, IMEI_START, START_DIGITS
from data.search.sqlite.lists import size_for
from data.search.sqlite.numbers.devices import by_esn, by_iccid, by_imei, by_meid
from data.search.sqlite.numbers.phones import by_phone
from data.search.sqlite.numbers.ranges import END, LAST_FOUR, LAST_SIX, MOST, Ask, Numbered, Told, always, ask, between

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EMAIL_START, EMAILS = 3, 3_000  # letters that must agree, and e-mails that are compared then
MOST_DIGITS = 18  # of a number that an integer column holds, whichever it is
ZIP_DIGITS = 5
_ACCOUNTS = "SELECT number, customer_id, id FROM account WHERE number >= ? AND number < ? LIMIT +?"
_ACCOUNTS_OF = f"SELECT number, customer_id, id FROM account WHERE {ACCOUNT_VALUE} = ? LIMIT +?"
_AT_ZIP = f"""
    SELECT '', who >> {ID_SHIFT}, NULL FROM search_pair
    WHERE a = (SELECT id FROM search_word WHERE word = ?) LIMIT +?"""
_EMAILS = """
    SELECT customer_id, value FROM contact
    WHERE medium = 'email' AND lower(value) IN (SELECT value FROM json_each(?))"""
_EMAILS_BEGUN = """
    SELECT customer_id, value FROM contact
    WHERE medium = 'email' AND lower(value) >= ? AND lower(value) < ? LIMIT +?"""
EMAIL_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789._-"
_NOT_CODE = re.compile(r"[\W_]+")


def by_number(connection: Any, number: str, kinds: tuple[Kind, ...], wanted: int = MOST) -> list[Numbered]:
    """Who has `number` (compact, upper case), or part of it, in any of the forms that `kinds` names.

    At most `wanted` of each form, those that fit best; by its beginning only where others are fewer, or may be.
    """
    asks = [one for kind in kinds if kind in READERS for one in READERS[kind](number, wanted)]
    if len(number) >= LAST_SIX:
        return ask(connection, sorted(asks, key=attrgetter("beginning")))
    found = ask(connection, [one for one in asks if not one.beginning])
    if len(found) < wanted:
        found += ask(connection, [one for one in asks if one.beginning])
    return found


def count_partial(connection: Any, number: str) -> int:
    """How many numbers begin or end with `number`, or customers are at that ZIP, counted as far as counting goes."""
    if not number.isdigit():
        return 0
    spans: list[tuple[str, Any, Any]] = [("line WHERE mdn >= ? AND mdn < ?", number, number + END)]
    if len(number) >= LAST_FOUR:
        spans.append(("search_phone WHERE back BETWEEN ? AND ?", *between(number[::-1], PHONE_DIGITS)))
    if len(number) >= LAST_SIX:
        starts = ((IMEI_START, "imei", number), (ICCID_START, "iccid", number[2:]))
        spans += [
            (f"device WHERE {start} BETWEEN ? AND ? AND {column} <> ''", *between(digits, START_DIGITS))
            for start, column, digits in starts
        ]
    counts = " + ".join([f"(SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT {MOST}))" for rows, _, _ in spans])
    values = [value for _, low, high in spans for value in (low, high)]
    at_zip = "coalesce((SELECT count FROM search_word WHERE word = ?), 0)"
    return int(connection.execute(f"SELECT {counts} + {at_zip}", (*values, ZIP + number)).fetchone()[0])


def by_zip(number: str, wanted: int) -> Iterator[Ask]:
    """What to ask for who lives at this ZIP."""
    if len(number) == ZIP_DIGITS and number.isdigit():
        yield Ask(_AT_ZIP, (ZIP + number, wanted), always(ENDING), lambda _: Told(Why("ZIP", number, number, "")))


def by_email(connection: Any, email: str) -> list[Numbered]:
    """Who has an e-mail that begins with `email`."""
    rows = connection.execute(
        "SELECT customer_id, value FROM contact WHERE medium = 'email' AND lower(value) >= ? AND lower(value) < ?"
        " ORDER BY lower(value) LIMIT +?",
        (email, email + END, MOST),
    )
    tell = partial(_of_email, "e-mail", email)
    return [Numbered(who, EXACT if value.lower() == email else PREFIX, value, tell) for who, value in rows]


def _of_email(how: str, typed: str, value: str) -> Told:
    return Told(Why(how, value, typed, "detail"), value)


def near_email(connection: Any, email: str) -> list[Numbered]:
    """Who has the same e-mail at another provider, or with another + or none; else one that a slip makes of it, or two.

    Of these last, the first letters must agree.
    """
    local, _, provider = email.partition("@")
    rows = connection.execute(_EMAILS_BEGUN, (f"{local}@", f"{local}@{END}", EMAILS)).fetchall()
    if rows:
        return [_near_email(2, value, who) for who, value in rows]
    own = local.partition("+")[0]  # what follows is the owner's addition, which few say
    said = (f"{own}+",) if own == local else (f"{own}+", f"{own}@")
    if rows := [row for start in said for row in connection.execute(_EMAILS_BEGUN, (start, start + END, EMAILS))]:
        return [_near_email(2, value, who) for who, value in rows]
    lengths = range(len(local) - 1, len(local) + 2)
    slipped = [f"{one}@{provider}" for length in lengths for one in one_slip(local, length, EMAIL_LETTERS)]
    if rows := connection.execute(_EMAILS, (dumps(slipped),)).fetchall():
        return [_near_email(1, value, who) for who, value in rows]
    start = email[:EMAIL_START]
    rows = connection.execute(_EMAILS_BEGUN, (start, start + END, EMAILS)).fetchall()
    near = dict(within_slips(email, {value.lower() for _, value in rows}, 2))
    return [_near_email(near[value.lower()], value, who) for who, value in rows if value.lower() in near]


def _near_email(slips: int, value: str, who: int) -> Numbered:
    return Numbered(who, SLIP * slips, value, partial(_of_email, "e-mail, nearly", ""))


def by_birth_date(connection: Any, days: tuple[str, ...], cost: float = EXACT) -> list[Numbered]:
    """Who was born on one of `days`; the day itself is in no hit."""
    return [of_birth_date(who, cost) for (who,) in connection.execute(*born(days))]


def born(days: tuple[str, ...], most: int = MOST) -> tuple[str, tuple[int | None, ...]]:
    """A SELECT of the ids of who was born on one of `days`, and its values."""
    size = size_for(len(days))
    marks = ", ".join("?" * size)
    rows = f"SELECT id FROM customer WHERE {BIRTH_DAY} IN ({marks}) AND birth_date IS NOT NULL LIMIT +?"
    return rows, (*(int(day.replace("-", "")) for day in days), *repeat(None, size - len(days)), most)


def of_birth_date(who: int, cost: float = EXACT) -> Numbered:
    """A customer found by the birth date, which the hit does not show."""
    return Numbered(who, cost, "", lambda _: Told(Why("birth date", "", "", "")))


def by_account(number: str, wanted: int) -> Iterator[Ask]:
    """Account numbers that begin with `number`, or whose figure it is: 93298 is SV093298, sv-93298 too."""
    figure = number.lstrip(LETTERS)
    letters = number[: len(number) - len(figure)]

    def cost(account: str) -> float | None:
        compact = code(account)
        return _account_cost(number, compact, figure) if compact.startswith(letters) else None

    def tell(account: str) -> Told:
        return Told(Why("account", account, figure, "account"))

    yield Ask(_ACCOUNTS, (number, number + END, wanted), cost, tell)
    if figure.isdecimal() and len(figure) <= MOST_DIGITS:
        yield Ask(_ACCOUNTS_OF, (int(figure), wanted), cost, tell)


def _account_cost(typed: str, account: str, figure: str) -> float:
    """Whole, or all its digits: exact; its figure without the leading zeros: after telephone numbers that end so."""
    if typed == account or (typed == figure and account.lstrip(LETTERS) == figure):
        return EXACT
    return PREFIX if account.startswith(typed) else ENDING + PREFIX / 2


def code(text: str) -> str:
    """An account number's letters and digits, upper case."""
    return _NOT_CODE.sub("", text).upper()


READERS = {
    Kind.ZIP: by_zip,
    Kind.MDN: by_phone,
    Kind.ACCOUNT: by_account,
    Kind.IMEI: by_imei,
    Kind.ICCID: by_iccid,
    Kind.ESN: by_esn,
    Kind.MEID: by_meid,
}
