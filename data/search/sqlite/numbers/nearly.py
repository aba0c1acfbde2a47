"""Candidates by a number or code that nobody has as it was typed: by another reading of it, or with a slip in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from data.search.codes import misread
from data.search.recognise import Query, is_hex
from data.search.results import Why
from data.search.scoring import NEAR_NUMBER, slips
from data.search.spelling import DIGITS, one_slip
from data.search.sqlite.index.entries import ID_SHIFT, PHONE_DIGITS
from data.search.sqlite.index.tables import ACCOUNT_VALUE, ICCID_START, IMEI_START, START_DIGITS
from data.search.sqlite.lists import size_for
from data.search.sqlite.numbers.by_kind import LETTERS, MOST_DIGITS, READERS, by_email, by_number, code
from data.search.sqlite.numbers.devices import ICCID_ISSUERS, shown_as
from data.search.sqlite.numbers.phones import near_parts, nearest_phones
from data.search.sqlite.numbers.ranges import LAST_SEVEN, MOST, Ask, Numbered, Told, ask

HEX = DIGITS + "ABCDEF"
ACCOUNT_DIGITS = range(5, MOST_DIGITS + 1)  # of an account number in which a slip is looked for
_ACCOUNTS = f"SELECT number, customer_id, id FROM account WHERE {ACCOUNT_VALUE} IN ({{marks}}) LIMIT {MOST}"
_PSEUDO = f"SELECT substr(key, 2), who >> {ID_SHIFT}, NULL FROM search_number WHERE key IN ({{marks}}) LIMIT {MOST}"
_DEVICES = "SELECT {column}, line_id, NULL FROM device WHERE {column} <> '' AND {where} IN ({{marks}}) LIMIT " + str(
    MOST
)


def nearest_numbered(connection: Any, query: Query) -> tuple[list[Numbered], bool]:
    """Who may be meant by the number that `query` is, which nobody has; and whether they are only near."""
    if read := otherwise_read(connection, query.number):
        return read, False
    text = query.text.lower()
    if not query.number.isdigit() and text[:1].isalpha() and (named := by_email(connection, text)):
        return named, False
    return near_codes(connection, query.number) or _near_phones(connection, query.number), True


def nearly(connection: Any, number: str) -> list[Numbered]:
    """Who has what `number` may be misread from, or else what is one slip from it."""
    return otherwise_read(connection, number) or near_codes(connection, number)


def otherwise_read(connection: Any, number: str) -> list[Numbered]:
    """Who has a code that `number` may be misread from."""
    for other in misread(number):
        if found := by_number(connection, other, tuple(READERS)):
            return found
    return []


def near_codes(connection: Any, number: str) -> list[Numbered]:
    """Who has a handset, a SIM or an account with a number that is one slip from `number`."""
    return ask(connection, [*_near_devices(number), *_near_accounts(number)])


def _near_phones(connection: Any, number: str) -> list[Numbered]:
    """Who has a telephone number that comes near `number`."""
    if not number.isdigit() or len(number) < LAST_SEVEN:
        return []
    return near_parts(connection, number) if len(number) < PHONE_DIGITS else nearest_phones(connection, number)


def _near_devices(number: str) -> Iterator[Ask]:
    if number.isdigit():
        starts = {int(one[:START_DIGITS]) for length in (14, 15) for one in one_slip(number, length, DIGITS)}
        yield from _near("IMEI", number, _DEVICES.format(column="imei", where=IMEI_START), starts)
        whole = {one for length in (19, 20) for one in one_slip(number, length, DIGITS)}
        starts = {int(one[2:][:START_DIGITS]) for one in whole if one.startswith(ICCID_ISSUERS)}
        yield from _near("ICCID", number, _DEVICES.format(column="iccid", where=ICCID_START), starts)
        for name, length, maker in (("MEID", 18, 10), ("ESN", 11, 3)):
            whole = {_in_hex(one, maker) for one in one_slip(number, length, DIGITS)}
            yield from _near_hex(name, f"{name} decimal", number, whole)
    if is_hex(number):
        for name, length in (("MEID", 14), ("ESN", 8)):
            yield from _near_hex(name, name, number, one_slip(number, length, HEX))


def _near_hex(name: str, shown: str, typed: str, whole: set[str]) -> Iterator[Ask]:
    column = name.lower()
    yield from _near(shown, typed, _DEVICES.format(column=column, where=column), whole)
    if name == "ESN":
        keys = {f"p{one}" for one in whole}
        yield from _near(f"p{shown}", typed, _PSEUDO, keys, of_lines=False)


def _in_hex(digits: str, maker: int) -> str:
    """The hex number with a decimal form, whose first digits are the maker's; the serial has six hex digits."""
    return f"{int(digits[:maker]):0{2 if maker == 3 else 8}X}{int(digits[maker:]):06X}"


def _near_accounts(number: str) -> Iterator[Ask]:
    figure = number.lstrip(LETTERS)
    if len(figure) not in ACCOUNT_DIGITS or not figure.isdecimal():
        return
    lengths = range(len(figure) - 1, min(len(figure) + 1, MOST_DIGITS) + 1)
    values = {int(one) for length in lengths for one in one_slip(figure, length, DIGITS)}
    letters = figure != number

    def cost(account: str) -> float | None:
        own = code(account)
        return NEAR_NUMBER if slips(number, own if letters else own.lstrip(LETTERS), 1) <= 1 else None

    def tell(account: str) -> Told:
        return Told(Why("account, nearly", account, "", "account"))

    yield Ask(_among(_ACCOUNTS, values), _padded(values), cost, tell)


def _near(name: str, typed: str, rows: str, values: Collection[Any], *, of_lines: bool = True) -> Iterator[Ask]:
    """Those of the `rows` with one of `values` that are one slip from what was typed, in the form called `name`."""
    if not values:
        return
    yield Ask(_among(rows, values), _padded(values), _cost(name, typed), partial(_tell, name), of_lines=of_lines)


def _cost(name: str, typed: str) -> Callable[[str], float | None]:
    def cost(value: str) -> float | None:
        shown = shown_as(name, value)
        near = min(slips(typed, shown, 1), slips(typed, shown[:14], 1)) if name == "IMEI" else slips(typed, shown, 1)
        return NEAR_NUMBER if near <= 1 else None

    return cost


def _tell(name: str, value: str) -> Told:
    shown = shown_as(name, value)
    return Told(Why(f"{name}, nearly", shown, "", "detail"), shown)


def _among(rows: str, values: Collection[Any]) -> str:
    return rows.format(marks=", ".join("?" * size_for(len(values))))


def _padded(values: Collection[Any]) -> tuple[Any, ...]:
    return (*values, *(None for _ in range(size_for(len(values)) - len(values))))
