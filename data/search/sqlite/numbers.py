"""Candidates by a number: telephone, account, handset, SIM, e-mail, birth date. Each reading is a range of an index."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from data.search.recognise import is_hex
from data.search.results import COUNTED, Kind, Why
from data.search.scoring import BEGINNING, ENDING, EXACT, NEAR_NUMBER, PREFIX, SLIP, slips, within_slips
from data.search.sqlite.entries import BACKWARDS, ID_SHIFT
from data.search.sqlite.tables import ACCOUNT_VALUE

END = "\U0010ffff"  # after everything that begins with what stands before it
SHORTEST_MIDDLE = 3  # digits of a telephone number's beginning; fewer are a beginning of everything
LAST_FOUR = 4
LAST_SIX = 6
SERIAL_BITS = 24  # of an ESN's and a MEID's decimal serial
MOST = COUNTED + 1
FARTHEST = 3  # digits that may differ where nothing nearer is found
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EMAIL_START, EMAILS = 3, 3_000  # letters that must agree, and e-mails that are compared then
MOST_DIGITS = 19  # of a number that fits an integer column
_NOT_CODE = re.compile(r"[\W_]+")


class Numbered(NamedTuple):
    """A customer found by a number. `account`: the account that the number is of, where that is known."""

    customer_id: int
    cost: float
    why: Why
    detail: str = ""
    account_id: int | None = None
    mdn: str | None = None


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
        found = _near_phones(connection, number) + found
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


def phones(connection: Any, digits: str) -> list[tuple[str, int, str]]:
    """Telephone numbers that are `digits` or end with them: (the number backwards, who, the words of the name)."""
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    if len(digits) < LAST_FOUR:
        return []
    return list(_range(connection, "search_phone", "back, who, words", "back", digits[::-1]))


def of_phone(back: str, who: int, digits: str) -> Numbered:
    """A row of `phones` as found by `digits`."""
    number = back[::-1]
    whole = len(number) <= len(digits)
    how = "MDN" if whole else f"MDN ending {digits}"
    return Numbered(who >> ID_SHIFT, EXACT if whole else ENDING, Why(how, number, digits[-10:], "mdn"), mdn=number)


def _phones(connection: Any, digits: str) -> Iterator[Numbered]:
    if not digits.isdigit():
        return
    rows = phones(connection, digits)
    for back, who, _ in sorted(rows, key=_open_first):
        yield of_phone(back, who, digits)
    if SHORTEST_MIDDLE <= len(digits) < 10:
        beginning = digits[1:] if digits[0] == "1" else digits
        for who, number in _line_numbers(connection, beginning):
            yield Numbered(who, BEGINNING, Why(f"MDN beginning {beginning}", number, beginning, "mdn"), mdn=number)


def _open_first(row: tuple[str, int, str]) -> tuple[int, int]:
    return row[1] & 1, row[1]


def _line_numbers(connection: Any, beginning: str) -> Iterator[tuple[int, str]]:
    yield from connection.execute(
        "SELECT a.customer_id, l.mdn FROM line l CROSS JOIN account a ON a.id = l.account_id"
        " WHERE l.mdn >= ? AND l.mdn < ? LIMIT ?",
        (beginning, beginning + END, MOST),
    )
    for key, who in _range(connection, "search_number", "key, who", "key", "t" + beginning):
        yield who >> ID_SHIFT, key[1:]


def _near_phones(connection: Any, digits: str) -> list[Numbered]:
    """Who has a number one digit off, or two digits swapped, or one missing or too many."""
    marks = sorted({number[::-1] for number in near_numbers(digits)})
    rows = connection.execute(
        f"SELECT back, who FROM search_phone WHERE back IN ({', '.join('?' * len(marks))}) LIMIT 200", marks
    )
    return [
        Numbered(who >> ID_SHIFT, NEAR_NUMBER, Why("MDN, one digit different", back[::-1], "", "mdn"), mdn=back[::-1])
        for back, who in rows
    ]


def near_numbers(digits: str) -> set[str]:
    """Ten-digit numbers that a slip makes `digits` of: one digit wrong, missing or extra, or two neighbours swapped."""
    found: set[str] = set()
    if len(digits) == 11:
        found = {digits[:at] + digits[at + 1 :] for at in range(11)}
    elif len(digits) == 9:
        found = {digits[:at] + digit + digits[at:] for at in range(10) for digit in "0123456789"}
    elif len(digits) == 10:
        found = {digits[:at] + digit + digits[at + 1 :] for at in range(10) for digit in "0123456789"}
        found |= {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(9)}
    return found - {digits}


def nearest_phones(connection: Any, digits: str) -> list[Numbered]:
    """Who has a telephone number with the same last four digits that is least unlike `digits`."""
    digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    found = []
    for back, who, _ in phones(connection, digits[-LAST_FOUR:]):
        mdn = back[::-1]
        distance = slips(digits, mdn, FARTHEST)
        if distance <= FARTHEST:
            found.append(
                Numbered(who >> ID_SHIFT, NEAR_NUMBER * distance, Why("MDN, nearest", mdn, "", "mdn"), mdn=mdn)
            )
    return found


def _accounts(connection: Any, number: str) -> Iterator[Numbered]:
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


def _imeis(connection: Any, number: str) -> Iterator[Numbered]:
    if number.isdigit() and len(number) >= LAST_SIX:
        typed = number[:14] if len(number) in (15, 16) else number
        ends = [number[-LAST_SIX:]]
        if len(number) in (LAST_SIX, 14):  # said without the check digit, which may be any
            ends += [number[1 - LAST_SIX :] + check for check in "0123456789"]
        yield from _devices(connection, "imei", "IMEI", number, [(typed, typed + END)], ends)


def _iccids(connection: Any, number: str) -> Iterator[Numbered]:
    digits = number.rstrip("F")
    if digits.isdigit() and len(digits) >= LAST_SIX:
        yield from _devices(connection, "iccid", "ICCID", digits, [(digits, digits + END)], [digits[-LAST_SIX:]])


def _esns(connection: Any, number: str) -> Iterator[Numbered]:
    if len(number) < 5 or len(number) > 11:
        return
    if is_hex(number) and len(number) <= 8:
        ends = [number[-LAST_SIX:]] if len(number) >= LAST_SIX else []
        yield from _devices(connection, "esn", "ESN", number, [(number, number + END)], ends)
        yield from _pseudo(connection, "pESN", number, [(number, number + END)])
    if number.isdigit():
        ranges = _hex_ranges(number, maker_digits=3, maker_hex=2)
        yield from _devices(connection, "esn", "ESN decimal", number, ranges, _hex_ends(number))
        yield from _pseudo(connection, "pESN decimal", number, ranges)


def _meids(connection: Any, number: str) -> Iterator[Numbered]:
    if len(number) < 5 or len(number) > 18:
        return
    if is_hex(number) and len(number) <= 15:
        typed = number[:14]
        ends = [typed[-LAST_SIX:]] if len(typed) >= LAST_SIX else []
        yield from _devices(connection, "meid", "MEID", typed, [(typed, typed + END)], ends)
    if number.isdigit():
        ranges = _hex_ranges(number, maker_digits=10, maker_hex=8)
        yield from _devices(connection, "meid", "MEID decimal", number, ranges, _hex_ends(number))


def _devices(
    connection: Any, column: str, name: str, typed: str, ranges: list[tuple[str, str]], ends: list[str]
) -> Iterator[Numbered]:
    """Handsets whose `column` lies in one of `ranges`, or ends with one of `ends` and fits all of `typed`."""
    seen = set()
    for low, high in ranges:
        for row in connection.execute(
            f"{_DEVICE.format(column=column)} AND d.{column} >= ? AND d.{column} < ? LIMIT ?", (low, high, MOST)
        ):
            seen.add(row[3])
            yield _of_device(row, name, typed, ending=False)
    if not ends:
        return
    marks = ", ".join("?" * len(ends))
    for row in connection.execute(
        f"{_DEVICE.format(column=column)} AND substr(d.{column}, -6) IN ({marks}) LIMIT ?", (*ends, MOST)
    ):
        if row[3] not in seen and _ends_with(row[0], name, typed):
            yield _of_device(row, name, typed, ending=True)


_DEVICE = """
    SELECT d.{column}, a.customer_id, a.id, d.id, l.mdn
    FROM device d CROSS JOIN line l ON l.id = d.line_id CROSS JOIN account a ON a.id = l.account_id
    WHERE d.{column} <> ''"""


_BACKWARDS = f"""
    SELECT n.key, n.who FROM json_each(?) v
    CROSS JOIN search_number n ON n.key >= v.value AND n.key < v.value || '{END}'"""


def _of_device(row: Any, name: str, typed: str, *, ending: bool) -> Numbered:
    value, customer_id, account_id, _, mdn = row
    shown = _shown(value, name)
    whole = shown == typed or (name == "IMEI" and value[:14] == typed)
    how = name if whole else f"{name} ending {typed}" if ending else f"{name} beginning {typed}"
    cost = EXACT if whole else PREFIX if ending else BEGINNING
    return Numbered(customer_id, cost, Why(how, shown, typed, "detail"), shown, account_id, mdn or None)


def _shown(value: str, name: str) -> str:
    from data.identifiers import esn_decimal, meid_decimal

    if name.endswith("ESN decimal"):
        return esn_decimal(value)
    return meid_decimal(value) if name == "MEID decimal" else value


def _ends_with(value: str, name: str, typed: str) -> bool:
    if name == "IMEI" and (value[:14].endswith(typed[:14]) or value[:14] == typed[:14]):
        return True  # without its check digit, or with a software version
    return _shown(value, name).endswith(typed)


def _pseudo(connection: Any, name: str, typed: str, ranges: list[tuple[str, str]]) -> Iterator[Numbered]:
    """Handsets whose pseudo-ESN begins with, or ends with, what was typed."""
    for low, high in ranges:
        for key, who in connection.execute(
            "SELECT key, who FROM search_number WHERE key >= ? AND key < ? LIMIT ?", ("p" + low, "p" + high, MOST)
        ):
            shown = _shown(key[1:], name)
            how = name if shown == typed else f"{name} beginning {typed}"
            cost = EXACT if shown == typed else BEGINNING
            yield Numbered(who >> ID_SHIFT, cost, Why(how, shown, typed, "detail"), shown)
    ends = [typed] if name == "pESN" else _hex_ends(typed)
    backs = [f"{BACKWARDS}p{end[::-1]}" for end in ends] if len(typed) >= LAST_SIX else []
    if backs:
        for key, who in connection.execute(_BACKWARDS, (json.dumps(backs),)):
            shown = _shown(key[:1:-1], name)
            if shown.endswith(typed) and shown != typed:
                why = Why(f"{name} ending {typed}", shown, typed, "detail")
                yield Numbered(who >> ID_SHIFT, PREFIX, why, shown)


def _hex_ranges(digits: str, *, maker_digits: int, maker_hex: int) -> list[tuple[str, str]]:
    """The hex numbers whose decimal form (maker, then eight digits of serial) begins with `digits`, as a text range."""
    if len(digits) > maker_digits + 8:
        return []
    maker, serial = digits[:maker_digits], digits[maker_digits:]
    low, high = _decimal_range(maker, maker_digits)
    most = (1 << 4 * maker_hex) - 1
    if low > most:
        return []
    if not serial:
        return [(f"{low:0{maker_hex}X}", f"{min(high, most):0{maker_hex}X}" + END)]
    first, last = _decimal_range(serial, 8)
    top = (1 << SERIAL_BITS) - 1
    if first > top:
        return []
    return [(f"{low:0{maker_hex}X}{first:06X}", f"{low:0{maker_hex}X}{min(last, top):06X}" + END)]


def _decimal_range(digits: str, length: int) -> tuple[int, int]:
    """The lowest and the highest number of `length` digits that begin with `digits`."""
    missing = length - len(digits)
    return int(digits) * 10**missing, (int(digits) + 1) * 10**missing - 1


def _hex_ends(digits: str) -> list[str]:
    """The last six hex digits of every number whose decimal serial ends with the last six of `digits`."""
    if len(digits) < LAST_SIX:
        return []
    ending = int(digits[-LAST_SIX:])
    return [f"{serial:06X}" for serial in range(ending, 1 << SERIAL_BITS, 10**LAST_SIX)]


def _range(connection: Any, table: str, columns: str, column: str, beginning: str) -> Any:
    return connection.execute(
        f"SELECT {columns} FROM {table} WHERE {column} >= ? AND {column} < ? LIMIT ?",
        (beginning, beginning + END, MOST),
    )


READERS = {
    Kind.MDN: _phones,
    Kind.ACCOUNT: _accounts,
    Kind.IMEI: _imeis,
    Kind.ICCID: _iccids,
    Kind.ESN: _esns,
    Kind.MEID: _meids,
}
