"""The MDN (also called MTN): a telephone number of the North American Numbering Plan (NANP)."""

from __future__ import annotations

import re

# NPA [2-9][0-8]X but not N11, 37X or 96X; NXX [2-9]XX.
_NANP = r"(?!.11|37|96)[2-9][0-8][0-9][2-9][0-9]{6}"
_NATIONAL = re.compile(_NANP)
_PLAIN = re.compile(rf"1?{_NANP}")
_FLOATED = re.compile(r"\s*[0-9]{10,11}\.0\s*")  # a spreadsheet took the number for an amount
_POWER = re.compile(r"\s*([2-9])[.,]([0-9]{9})E\+?0?9\s*", re.IGNORECASE)  # the same; with fewer digits it rounded
_EXIT_CODE = re.compile(r"^\D*(?:00|011)\W*1(?=\W*[2-9])")  # dialled from abroad, or Faker's
_SPELLED = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"\b(?:tel|phone|call|cell|mobile|home|work|office|main|fax|mdn|mtn)\b", re.IGNORECASE)
_PUNCTUATION = str.maketrans("", "", "".join(chr(code) for code in range(128) if not chr(code).isalnum()))
_WORDS = frozenset(
    {"tel", "phone", "call", "cell", "mobile", "home", "work", "office", "main", "fax", "mdn", "mtn"}
    | {"x", "ext", "extn", "extension"}
)
LONGEST = 60  # characters; nothing longer is a telephone number


def parse_mdn(text: str) -> str | None:
    """The ten digits of the telephone number that `text` is, or None.

    Takes any punctuation, +1 or 1 before it, words such as "tel" and an extension after it (which is left out).
    """
    if len(text) > LONGEST:
        return None
    digits = text.translate(_PUNCTUATION)
    if _PLAIN.fullmatch(digits):
        return digits[-10:] if "+" not in text or digits[0] == "1" else None  # +212 is Morocco, not New York
    if _FLOATED.fullmatch(text):
        return parse_mdn(text.partition(".")[0])
    if match := _POWER.fullmatch(text):
        return parse_mdn(match[1] + match[2])
    if digits.isascii() and digits.isdigit() and not _EXIT_CODE.match(text):
        return None
    return _parse_with_library(_EXIT_CODE.sub("+1 ", text))


def is_plain_nanp(digits: str) -> bool:
    """Whether `digits` is exactly ten digits that the numbering plan allows."""
    return _NATIONAL.fullmatch(digits) is not None


def show_mdn(mdn: str) -> str:
    """Ten digits as they are read out: "2125550143" → "212-555-0143"; anything else as it is."""
    return f"{mdn[:3]}-{mdn[3:6]}-{mdn[6:]}" if len(mdn) == 10 and mdn.isdigit() else mdn


def _parse_with_library(text: str) -> str | None:
    """What is not plainly written: an extension, a word before the number, digits of another script."""
    words = _SPELLED.findall(text.lower())
    if not _WORDS.issuperset(words) or not any(map(str.isdigit, text)):
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse(_LABEL.sub(" ", text), "US")
    except phonenumbers.NumberParseException:
        return None
    national = str(number.national_number)
    return national if number.country_code == 1 and _NATIONAL.fullmatch(national) else None
