"""What a value looks like where no heading says what it is. Pure; see also fields.LOOKS."""

from __future__ import annotations

import re
from collections.abc import Callable

from data.identifiers import iccid_checks, is_plain_nanp, parse_iccid, parse_imei, parse_mdn
from data.imports.fields import Field, looks_like_email, looks_like_phone
from data.states import STATES

_STREET = re.compile(r"\d+\w? (?:[NSEW]{1,2}\.? )?[A-Za-z][A-Za-z.' -]+(?:#?\w+)?")
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")

Test = Callable[[str], bool]


def is_plain_phone(text: str) -> bool:
    """Whether `text` is a telephone number by its punctuation or its +."""
    return not text.isdigit() and (parse_mdn(text) is not None or (text.startswith("+") and looks_like_phone(text)))


def is_bare_phone(text: str) -> bool:
    """Whether `text` is the bare digits of a North American number."""
    return is_plain_nanp(text) or (len(text) == 11 and text[0] == "1" and is_plain_nanp(text[1:]))


def is_iccid(text: str) -> bool:
    """Whether `text` is a SIM's number, by its check digit."""
    iccid = parse_iccid(text)
    return iccid is not None and iccid_checks(iccid)


def is_imei(text: str) -> bool:
    """Whether `text` is an IMEI."""
    return len(text) >= 15 and parse_imei(text) is not None


def is_web(text: str) -> bool:
    """Whether `text` is a web address."""
    return text.lower().startswith(("http://", "https://", "www."))


def is_state(text: str) -> bool:
    """Whether `text` is two letters of a state."""
    return text in STATES


def is_street(text: str) -> bool:
    """Whether `text` is a house number and a street."""
    return _STREET.fullmatch(text) is not None


def is_whole_address(text: str) -> bool:
    """Whether `text` is an address of several parts."""
    return text.count(",") >= 2 or "\n" in text


def is_zip(text: str) -> bool:
    """Whether `text` is a ZIP."""
    return _ZIP.fullmatch(text) is not None


def is_words(text: str) -> bool:
    """Whether `text` is words without a digit."""
    return not any(map(str.isdigit, text)) and any(map(str.isalpha, text)) and "@" not in text and "/" not in text


def is_word(text: str) -> bool:
    """Whether `text` is one word."""
    return " " not in text and is_words(text)


def is_several_words(text: str) -> bool:
    """Whether `text` is more than one word."""
    return " " in text and is_words(text)


UNMISTAKABLE: dict[Field, Test] = {
    Field.EMAIL: looks_like_email,
    Field.WEB: is_web,
    Field.ICCID: is_iccid,
    Field.IMEI: is_imei,
    Field.STATE: is_state,
    Field.STREET: is_street,
}
"""Fields that a column is taken for by its values alone."""
