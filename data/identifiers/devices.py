"""The numbers of a handset and its SIM: ESN, MEID, IMEI, ICCID, and every form of them that a person may read out."""

from __future__ import annotations

import hashlib
import re

from data.identifiers.luhn import luhn_digit, luhn_holds

_LABEL = re.compile(r"\W*(?:p?esn|meid|imei(?:sv)?|iccid|sim)\b\W*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-_.,:;/#'\"()]+")
_FLOATED = re.compile(r"\d+\.0")
_ESN_HEX = re.compile(r"[0-9A-F]{8}")
_ESN_DECIMAL = re.compile(r"[0-9]{11}")
_MEID_HEX = re.compile(r"[0-9A-F]{14}")
_MEID_OTHER = re.compile(r"[0-9A-F]{15}|[0-9]{18,19}")
_IMEI = re.compile(r"[0-9]{14,16}")
_ICCID = re.compile(r"(89[0-9]{17,18})F?")
_SERIAL_BITS = 24
LONGEST = 60  # characters; nothing longer is a device number
DUAL_MODE = "99"  # the range of IMEIs whose first 14 digits are the handset's MEID too


def parse_esn(text: str) -> str | None:
    """The ESN in `text`, hex or decimal, as 8 hex digits; None where there is none."""
    number = _compact(text)
    if number.startswith("0X"):
        number = number[2:]
    if _ESN_HEX.fullmatch(number):
        return number
    if _ESN_DECIMAL.fullmatch(number):
        maker, serial = int(number[:3]), int(number[3:])
        if maker < 1 << 8 and serial < 1 << _SERIAL_BITS:
            return f"{maker:02X}{serial:06X}"
    return None


def parse_meid(text: str) -> str | None:
    """The MEID in `text`, hex or decimal, with its check digit or without, as 14 hex digits; None where there is none.

    Fourteen decimal digits are a MEID as well as an IMEI; who asks must know which is meant.
    """
    number = _compact(text)
    if _MEID_HEX.fullmatch(number):
        return number
    if not _MEID_OTHER.fullmatch(number):
        return None
    from stdnum import meid
    from stdnum.exceptions import ValidationError

    try:
        return str(meid.validate(number))
    except ValidationError:
        return None


def parse_imei(text: str) -> str | None:
    """The IMEI in `text` as 15 digits: 14 get their check digit, 16 (with a software version) lose the version.

    None where there is none, or where the check digit is wrong.
    """
    number = _compact(text)
    if not _IMEI.fullmatch(number):
        return None
    if len(number) == 15:
        return number if luhn_holds(number) else None
    return number[:14] + luhn_digit(number[:14])


def parse_iccid(text: str) -> str | None:
    """The ICCID in `text`: 19 or 20 digits that start with 89; None where there is none.

    Whether its check digit holds is `iccid_checks`: real ones circulate that fail, so it decides nothing.
    """
    match = _ICCID.fullmatch(_compact(text))
    return match[1] if match else None


def iccid_checks(iccid: str) -> bool:
    """Whether the check digit of `iccid` (digits) holds: the last of all, or of the first 19 of 20."""
    return luhn_holds(iccid) or (len(iccid) == 20 and luhn_holds(iccid[:19]))


def esn_decimal(esn: str) -> str:
    """8 hex digits → 11 decimal digits: 3 for the maker, 8 for the serial."""
    return f"{int(esn[:2], 16):03d}{int(esn[2:], 16):08d}"


def meid_decimal(meid: str) -> str:
    """14 hex digits → 18 decimal digits: 10 for the maker, 8 for the serial."""
    return f"{int(meid[:8], 16):010d}{int(meid[8:], 16):08d}"


def pseudo_esn(meid: str) -> str:
    """The pseudo-ESN of a MEID (14 hex digits): 80 and the last 6 hex digits of the SHA-1 over its 7 bytes."""
    return "80" + hashlib.sha1(bytes.fromhex(meid), usedforsecurity=False).hexdigest()[-6:].upper()


def forms(*, esn: str = "", meid: str = "", imei: str = "", iccid: str = "") -> tuple[tuple[str, str], ...]:
    """Every form of one handset's numbers, as (what it is, the text); what is not canonical comes as it is."""
    found: list[tuple[str, str]] = []
    if esn:
        found += _esn_forms("ESN", esn)
    if meid:
        found += _meid_forms(meid)
    if imei:
        found += _imei_forms(imei, meid)
    if iccid:
        found.append(("ICCID", iccid))
    return tuple(found)


def show_meid(meid: str) -> str:
    """A MEID in pairs: "A0 00 00 00 00 23 29"."""
    return " ".join(meid[at : at + 2] for at in range(0, len(meid), 2))


def show_imei(imei: str) -> str:
    """An IMEI as it is printed on a box: "49-015420-323751-8"."""
    return "-".join(part for part in (imei[:2], imei[2:8], imei[8:14], imei[14:]) if part)


def show_iccid(iccid: str) -> str:
    """An ICCID in groups of four: "8901 4103 2111 1851 0720"."""
    return " ".join(iccid[at : at + 4] for at in range(0, len(iccid), 4))


def _esn_forms(name: str, esn: str) -> list[tuple[str, str]]:
    if not _ESN_HEX.fullmatch(esn):
        return [(name, esn)]
    return [(name, esn), (f"{name} decimal", esn_decimal(esn))]


def _meid_forms(meid: str) -> list[tuple[str, str]]:
    if not _MEID_HEX.fullmatch(meid):
        return [("MEID", meid)]
    return [("MEID", meid), ("MEID decimal", meid_decimal(meid)), *_esn_forms("pESN", pseudo_esn(meid))]


def _imei_forms(imei: str, meid: str) -> list[tuple[str, str]]:
    found = [("IMEI", imei)]
    if _IMEI.fullmatch(imei) and len(imei) == 15:
        found.append(("IMEI 14 digits", imei[:14]))
        if imei.startswith(DUAL_MODE) and not meid:
            found += _meid_forms(imei[:14])[1:]
    return found


def _compact(text: str) -> str:
    """`text` without its label and separators, in upper case; "" where it is too long to be a number."""
    if text.isalnum() and text.isascii():
        return text.upper() if len(text) <= LONGEST else ""
    if len(text) > LONGEST:
        return ""
    plain = text.strip()
    if _FLOATED.fullmatch(plain):  # a spreadsheet took the number for an amount
        return plain[:-2]
    return _SEPARATORS.sub("", _LABEL.sub("", plain, count=1)).upper()
