"""Candidates by the number of a handset or a SIM, in any of its forms: whole, its beginning, its last six.

The rows hold hex; a decimal form is a range of hex numbers, and its last six digits are those of seventeen serials.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from data.search.recognise import is_hex
from data.search.results import Why
from data.search.scoring import BEGINNING, EXACT, PREFIX
from data.search.sqlite.entries import BACKWARDS, ID_SHIFT
from data.search.sqlite.ranges import END, LAST_SIX, MOST, Numbered

SERIAL_BITS = 24  # of an ESN's and a MEID's decimal serial


def by_imei(connection: Any, number: str) -> Iterator[Numbered]:
    if number.isdigit() and len(number) >= LAST_SIX:
        typed = number[:14] if len(number) in (15, 16) else number
        ends = [number[-LAST_SIX:]]
        if len(number) in (LAST_SIX, 14):  # said without the check digit, which may be any
            ends += [number[1 - LAST_SIX :] + check for check in "0123456789"]
        yield from _devices(connection, "imei", "IMEI", number, [(typed, typed + END)], ends)


def by_iccid(connection: Any, number: str) -> Iterator[Numbered]:
    digits = number.rstrip("F")
    if digits.isdigit() and len(digits) >= LAST_SIX:
        yield from _devices(connection, "iccid", "ICCID", digits, [(digits, digits + END)], [digits[-LAST_SIX:]])


def by_esn(connection: Any, number: str) -> Iterator[Numbered]:
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


def by_meid(connection: Any, number: str) -> Iterator[Numbered]:
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
