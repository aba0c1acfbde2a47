"""Candidates by the number of a handset or a SIM, in any of its forms: whole, its beginning, its last six.

The rows hold hex; a decimal form is a range of hex numbers, and its last six digits are those of seventeen serials.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from data.search.recognise import is_hex
from data.search.results import Why
from data.search.scoring import BEGINNING, EXACT, PREFIX
from data.search.sqlite.entries import BACKWARDS, ID_SHIFT
from data.search.sqlite.ranges import END, LAST_SIX, Ask, Numbered, between
from data.search.sqlite.tables import ICCID_END, ICCID_START, IMEI_END, IMEI_START, START_DIGITS

SERIAL_BITS = 24  # of an ESN's and a MEID's decimal serial
LONGEST_END = 8  # characters of a number's end that somebody reads out; more are taken for its beginning
WHOLE = {  # from how many characters on a number is not the beginning of one
    "IMEI": 14, "ICCID": 18, "ESN": 8, "ESN decimal": 11, "MEID": 14, "MEID decimal": 18, "pESN": 8, "pESN decimal": 11,
}  # fmt: skip

_DEVICE = """
    SELECT d.{column}, a.customer_id, a.id, l.mdn
    FROM device d CROSS JOIN line l ON l.id = d.line_id CROSS JOIN account a ON a.id = l.account_id
    WHERE d.{column} <> '' AND {where} LIMIT ?"""
_PSEUDO = f"SELECT {{shown}}, who >> {ID_SHIFT}, NULL, NULL FROM search_number WHERE {{where}} LIMIT ?"


def by_imei(number: str, wanted: int) -> Iterator[Ask]:
    if not (number.isdigit() and len(number) >= LAST_SIX):
        return
    typed = number[:14] if len(number) in (15, 16) else number
    span = between(typed, START_DIGITS)
    yield _asked("imei", f"{IMEI_START} BETWEEN ? AND ?", span, wanted, "IMEI", number, typed)
    ends = [int(number[-LAST_SIX:])]
    if len(number) == LAST_SIX:  # said without the check digit, which may be any
        ends += [int(number[1 - LAST_SIX :] + check) for check in "0123456789"]
    yield from _ending("imei", IMEI_END, ends, wanted, "IMEI", number)


def by_iccid(number: str, wanted: int) -> Iterator[Ask]:
    digits = number.rstrip("F")
    if digits.isdigit() and len(digits) >= LAST_SIX:
        span = between(digits[2:], START_DIGITS)
        yield _asked("iccid", f"{ICCID_START} BETWEEN ? AND ?", span, wanted, "ICCID", digits, digits)
        yield from _ending("iccid", ICCID_END, [int(digits[-LAST_SIX:])], wanted, "ICCID", digits)


def by_esn(number: str, wanted: int) -> Iterator[Ask]:
    if not 5 <= len(number) <= 11:
        return
    if is_hex(number) and len(number) <= 8:
        yield _asked("esn", "d.esn >= ? AND d.esn < ?", (number, number + END), wanted, "ESN", number, number)
        yield from _ending("esn", "substr(esn, -6)", [number[-LAST_SIX:]], wanted, "ESN", number)
        yield from _pseudo("pESN", number, [(number, number + END)], [number], wanted)
    if number.isdigit():
        spans = _hex_ranges(number, maker_digits=3, maker_hex=2)
        for span in spans:
            yield _asked("esn", "d.esn >= ? AND d.esn < ?", span, wanted, "ESN decimal", number)
        yield from _ending("esn", "substr(esn, -6)", _hex_ends(number), wanted, "ESN decimal", number)
        yield from _pseudo("pESN decimal", number, spans, _hex_ends(number), wanted)


def by_meid(number: str, wanted: int) -> Iterator[Ask]:
    if not 5 <= len(number) <= 18:
        return
    if is_hex(number) and len(number) <= 15:
        typed = number[:14]
        yield _asked("meid", "d.meid >= ? AND d.meid < ?", (typed, typed + END), wanted, "MEID", typed, typed)
        yield from _ending("meid", "substr(meid, -6)", [typed[-LAST_SIX:]], wanted, "MEID", typed)
    if number.isdigit():
        for span in _hex_ranges(number, maker_digits=10, maker_hex=8):
            yield _asked("meid", "d.meid >= ? AND d.meid < ?", span, wanted, "MEID decimal", number)
        yield from _ending("meid", "substr(meid, -6)", _hex_ends(number), wanted, "MEID decimal", number)


def _asked(
    column: str, where: str, values: tuple[Any, ...], wanted: int, name: str, typed: str, start: str = ""
) -> Ask:
    """Handsets whose `column` meets `where`, which must begin with `start`."""
    told = partial(_of_device, name, typed, start, False)
    return Ask(_DEVICE.format(column=column, where=where), (*values, wanted), told, len(typed) < WHOLE[name])


def _ending(column: str, end: str, ends: list[Any], wanted: int, name: str, typed: str) -> Iterator[Ask]:
    """Handsets whose `column` ends as typed; `ends`: what its last six may be then."""
    if ends and LAST_SIX <= len(typed) <= LONGEST_END:
        where = f"{end} IN ({', '.join('?' * len(ends))})"
        told = partial(_of_device, name, typed, "", True)
        yield Ask(_DEVICE.format(column=column, where=where), (*ends, wanted), told)


def _of_device(
    name: str,
    typed: str,
    start: str,
    ending: bool,
    value: str,
    customer_id: int,
    account_id: int | None,
    mdn: str | None,
) -> Numbered | None:
    if not value.startswith(start):
        return None
    shown = _shown(value, name)
    if ending and not _ends_with(value, shown, name, typed):
        return None
    whole = shown == typed or (name == "IMEI" and value[:14] == typed[:14])
    how = name if whole else f"{name} ending {typed}" if ending else f"{name} beginning {typed}"
    cost = EXACT if whole else PREFIX if ending else BEGINNING
    return Numbered(customer_id, cost, Why(how, shown, typed, "detail"), shown, account_id, mdn)


def _shown(value: str, name: str) -> str:
    if not name.endswith("decimal"):
        return value
    from data.identifiers import esn_decimal, meid_decimal

    return meid_decimal(value) if name == "MEID decimal" else esn_decimal(value)


def _ends_with(value: str, shown: str, name: str, typed: str) -> bool:
    """Whether the number ends as typed, an IMEI with or without its check digit."""
    return shown.endswith(typed) or (name == "IMEI" and value[:14].endswith(typed))


def _pseudo(name: str, typed: str, spans: list[tuple[str, str]], ends: list[str], wanted: int) -> Iterator[Ask]:
    """Handsets whose pseudo-ESN begins with, or ends with, what was typed."""
    for low, high in spans:
        rows = _PSEUDO.format(shown="substr(key, 2)", where="key >= ? AND key < ?")
        yield Ask(
            rows, ("p" + low, "p" + high, wanted), partial(_of_pseudo, name, typed, False), len(typed) < WHOLE[name]
        )
    if LAST_SIX <= len(typed) <= LONGEST_END:
        rows = _PSEUDO.format(shown="substr(key, 3)", where=" OR ".join(["(key >= ? AND key < ?)"] * len(ends)))
        backs = [f"{BACKWARDS}p{end[::-1]}" for end in ends]
        values = tuple(value for back in backs for value in (back, back + END))
        yield Ask(rows, (*values, wanted), partial(_of_pseudo, name, typed, True))


def _of_pseudo(name: str, typed: str, ending: bool, value: str, customer_id: int, *_: Any) -> Numbered | None:
    shown = _shown(value[::-1] if ending else value, name)
    if ending and (shown == typed or not shown.endswith(typed)):
        return None
    whole = shown == typed
    how = name if whole else f"{name} ending {typed}" if ending else f"{name} beginning {typed}"
    cost = EXACT if whole else PREFIX if ending else BEGINNING
    return Numbered(customer_id, cost, Why(how, shown, typed, "detail"), shown)


def _hex_ranges(digits: str, *, maker_digits: int, maker_hex: int) -> list[tuple[str, str]]:
    """The hex numbers whose decimal form (maker, then eight digits of serial) begins with `digits`, as a text range."""
    if len(digits) > maker_digits + 8:
        return []
    maker, serial = digits[:maker_digits], digits[maker_digits:]
    low, high = between(maker, maker_digits)
    most = (1 << 4 * maker_hex) - 1
    if low > most:
        return []
    if not serial:
        return [(f"{low:0{maker_hex}X}", f"{min(high, most):0{maker_hex}X}" + END)]
    first, last = between(serial, 8)
    top = (1 << SERIAL_BITS) - 1
    if first > top:
        return []
    return [(f"{low:0{maker_hex}X}{first:06X}", f"{low:0{maker_hex}X}{min(last, top):06X}" + END)]


def _hex_ends(digits: str) -> list[str]:
    """The last six hex digits of every number whose decimal serial ends with the last six of `digits`."""
    if len(digits) < LAST_SIX:
        return []
    ending = int(digits[-LAST_SIX:])
    return [f"{serial:06X}" for serial in range(ending, 1 << SERIAL_BITS, 10**LAST_SIX)]
