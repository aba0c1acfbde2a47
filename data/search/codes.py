"""Codes whose letters and digits were taken for one another: SV2IO435 is SV210435, 5V093298 SV093298. Pure."""

from __future__ import annotations

from data.search.recognise import is_hex

_AS_DIGITS = str.maketrans("OQDILSBZG", "000115826")
_AS_HEX = str.maketrans("OQILSZG", "0011526")
_AS_LETTERS = str.maketrans("01258", "OIZSB")
_HEX_LENGTHS = (8, 14)  # of an ESN, a MEID
PREFIX_LETTERS = 3  # that an account number begins with, at most
UNSAID = "0X"  # before a hex number


def misread(code: str) -> list[str]:
    """What else `code` (compact, upper case, with letters and digits) may be, likelier first; [] for other texts."""
    if code.isdigit() or code.isalpha():
        return []
    found = [code[len(UNSAID) :]] if code.startswith(UNSAID) else []
    hexadecimal = (found or [code])[0].translate(_AS_HEX)
    if len(hexadecimal) in _HEX_LENGTHS and is_hex(hexadecimal):
        found.append(hexadecimal)
    found += [code[:letters] + code[letters:].translate(_AS_DIGITS) for letters in range(PREFIX_LETTERS, -1, -1)]
    found += [one[:2].translate(_AS_LETTERS) + one[2:] for one in found]
    return [one for one in dict.fromkeys(found) if one != code]
