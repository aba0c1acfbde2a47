"""Candidates by the number of a handset or a SIM, in any of its forms: whole, its beginning, its last six.

The rows hold hex; a decimal form is a range of hex numbers, and its last six digits are indexed as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from data.search.recognise import is_hex
from data.search.results import Why
from data.search.scoring import BEGINNING, DEVICE_ENDING, EXACT, LAST_SIX_READ_OUT
from data.search.sqlite.index.entries import DECIMAL_END, ID_SHIFT
from data.search.sqlite.index.tables import (
    ICCID_END,
    ICCID_START,
    IMEI_END,
    IMEI_START,
    START_DIGITS,
    decimal_end,
    imei_ends,
)
from data.search.sqlite.numbers.ranges import END, LAST_SIX, Ask, Told, between

ICCID_ISSUERS = "89"  # what every ICCID begins with
PSEUDO = ("80", "128")  # what every pseudo-ESN begins with, and its decimal form
SERIAL_BITS = 24  # of an ESN's and a MEID's decimal serial
LONGEST_END = 8  # characters of a number's end that somebody reads out; more are taken for its beginning
WHOLE = {  # from how many characters on a number is not the beginning of one
    "IMEI": 14, "ICCID": 18, "ESN": 8, "ESN decimal": 11, "MEID": 14, "MEID decimal": 18, "pESN": 8, "pESN decimal": 11,
}  # fmt: skip
ESN_DECIMAL_END, MEID_DECIMAL_END = decimal_end("esn"), decimal_end("meid")

_DEVICE = "SELECT {column}, line_id, NULL FROM device WHERE {column} <> '' AND {where} LIMIT +?"
_PSEUDO = f"SELECT substr(key, 2), who >> {ID_SHIFT}, NULL FROM search_number WHERE key >= ? AND key < ? LIMIT +?"
_PSEUDO_DECIMAL = f"""
    SELECT '{PSEUDO[0]}' || substr(key, {2 + LAST_SIX}), who >> {ID_SHIFT}, NULL
    FROM search_number WHERE key >= ? AND key < ? LIMIT +?"""


@cache
def _between(column: str, start: str) -> str:
    return _DEVICE.format(column=column, where=f"{start} BETWEEN ? AND ?")


@cache
def _begun(column: str) -> str:
    return _DEVICE.format(column=column, where=f"{column} >= ? AND {column} < ?")


@cache
def _ended(column: str, end: str, ends: int) -> str:
    return _DEVICE.format(column=column, where=f"{end} IN ({', '.join('?' * ends)})")


def by_imei(number: str, wanted: int) -> Iterator[Ask]:
    """IMEIs that begin with `number`, or end with its last six digits, the check digit said or not."""
    if not (number.isdigit() and len(number) >= LAST_SIX):
        return
    typed = number[:14] if len(number) in (15, 16) else number
    yield _Form("IMEI", number, typed).ask(_between("imei", IMEI_START), (*between(typed, START_DIGITS), wanted))
    for ends in imei_ends(int(number[-LAST_SIX:])):
        yield from _ending("imei", IMEI_END, ends, wanted, "IMEI", number)


def by_iccid(number: str, wanted: int) -> Iterator[Ask]:
    """ICCIDs that begin with `number`, or end with its last six digits."""
    digits = number.rstrip("F")
    if digits.isdigit() and len(digits) >= LAST_SIX:
        if digits.startswith(ICCID_ISSUERS):
            span = between(digits[2:], START_DIGITS)
            yield _Form("ICCID", digits, digits).ask(_between("iccid", ICCID_START), (*span, wanted))
        yield from _ending("iccid", ICCID_END, (int(digits[-LAST_SIX:]),), wanted, "ICCID", digits)


def by_esn(number: str, wanted: int) -> Iterator[Ask]:
    """ESNs and pseudo-ESNs, in hex and in decimal, that begin with `number`, or end with its last six."""
    if not 5 <= len(number) <= 11:
        return
    if is_hex(number) and len(number) <= 8:
        span = (number, number + END)
        yield _Form("ESN", number, number).ask(_begun("esn"), (*span, wanted))
        yield from _ending("esn", "substr(esn, -6)", (number[-LAST_SIX:],), wanted, "ESN", number)
        yield from _pseudo("pESN", number, [span], (_PSEUDO, "p" + PSEUDO[0] + number[-LAST_SIX:]), wanted)
    if number.isdigit():
        spans = _hex_ranges(number, maker_digits=3, maker_hex=2)
        for span in spans:
            yield _Form("ESN decimal", number).ask(_begun("esn"), (*span, wanted))
        yield from _ending("esn", ESN_DECIMAL_END, (int(number[-LAST_SIX:]),), wanted, "ESN decimal", number)
        end = _PSEUDO_DECIMAL, DECIMAL_END + number[-LAST_SIX:]
        yield from _pseudo("pESN decimal", number, spans, end, wanted)


def by_meid(number: str, wanted: int) -> Iterator[Ask]:
    """MEIDs, in hex and in decimal, that begin with `number`, or end with its last six."""
    if not 5 <= len(number) <= 18:
        return
    if is_hex(number) and len(number) <= 15:
        typed = number[:14]
        yield _Form("MEID", typed, typed).ask(_begun("meid"), (typed, typed + END, wanted))
        yield from _ending("meid", "substr(meid, -6)", (typed[-LAST_SIX:],), wanted, "MEID", typed)
    if number.isdigit():
        for span in _hex_ranges(number, maker_digits=10, maker_hex=8):
            yield _Form("MEID decimal", number).ask(_begun("meid"), (*span, wanted))
        yield from _ending("meid", MEID_DECIMAL_END, (int(number[-LAST_SIX:]),), wanted, "MEID decimal", number)
        yield from _dual_mode(number, wanted)


def _dual_mode(number: str, wanted: int) -> Iterator[Ask]:
    """IMEIs of the dual-mode range whose first 14 digits are the MEID with the decimal form `number`."""
    from data.identifiers import DUAL_MODE, parse_meid

    meid = parse_meid(number) if len(number) == WHOLE["MEID decimal"] else None
    if meid and meid.isdigit() and meid.startswith(DUAL_MODE):
        span = between(meid, START_DIGITS)
        yield _Form("MEID decimal", number, meid).ask(_between("imei", IMEI_START), (*span, wanted))


class _Form(NamedTuple):
    """A number taken for one of the form called `name`. `start`: what it must begin with as it is kept.

    `ending`: what was typed is its end.
    """

    name: str
    typed: str
    start: str = ""
    ending: bool = False

    def ask(self, rows: str, values: tuple[Any, ...], *, of_lines: bool = True) -> Ask:
        beginning = not self.ending and len(self.typed) < WHOLE[self.name]
        return Ask(rows, values, self.cost, self.tell, beginning, of_lines)

    def cost(self, value: str) -> float | None:
        if not value.startswith(self.start):
            return None
        shown = self._shown(value)
        whole = self._is_whole(value, shown)
        if self.ending and not self._ends(value, shown):
            return None
        if whole:
            return EXACT
        if self.ending:
            return LAST_SIX_READ_OUT if len(self.typed) == LAST_SIX and self.name != "ICCID" else DEVICE_ENDING
        return BEGINNING

    def tell(self, value: str) -> Told:
        shown = self._shown(value)
        how = self.name
        if not self._is_whole(value, shown):
            how += f" ending {self.typed}" if self.ending else f" beginning {self.typed}"
        return Told(Why(how, shown, self.typed, "detail"), shown)

    def _shown(self, value: str) -> str:
        return shown_as(self.name, value)

    def _is_whole(self, value: str, shown: str) -> bool:
        return shown == self.typed or (self.name == "IMEI" and value[:14] == self.typed[:14])

    def _ends(self, value: str, shown: str) -> bool:
        """Whether the number ends as typed, an IMEI with or without its check digit."""
        return shown.endswith(self.typed) or (self.name == "IMEI" and value[:14].endswith(self.typed))


def _ending(column: str, expression: str, ends: tuple[Any, ...], wanted: int, name: str, typed: str) -> Iterator[Ask]:
    """Handsets whose `column` ends as typed; `ends`: what `expression`, its last six, may be then."""
    if LAST_SIX <= len(typed) <= LONGEST_END:
        yield _Form(name, typed, ending=True).ask(_ended(column, expression, len(ends)), (*ends, wanted))


def shown_as(name: str, value: str) -> str:
    """`value` in the form called `name`."""
    if not name.endswith("decimal"):
        return value
    from data.identifiers import esn_decimal, meid_decimal

    return meid_decimal(value[:14]) if name == "MEID decimal" else esn_decimal(value)


def _pseudo(name: str, typed: str, spans: list[tuple[str, str]], end: tuple[str, str], wanted: int) -> Iterator[Ask]:
    """Handsets whose pseudo-ESN begins with what was typed, or ends so: `end` is a SELECT and the key it looks for."""
    for low, high in spans if typed.startswith(PSEUDO) else ():
        yield _Form(name, typed).ask(_PSEUDO, ("p" + low, "p" + high, wanted), of_lines=False)
    if LAST_SIX <= len(typed) <= LONGEST_END:
        rows, key = end
        yield _Form(name, typed, ending=True).ask(rows, (key, key + END, wanted), of_lines=False)


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
