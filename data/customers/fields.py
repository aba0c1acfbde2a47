"""What each field of a customer may hold: the value as the store keeps it, or one sentence on what is wrong.

Only what an edit changes is checked, so that an odd value that came with a file never keeps an agent from mending
another field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container
from datetime import date, datetime
from typing import Any

from data.customers.rules import FIELD_NAMES, CustomerEdit, CustomerKind
from data.errors import Invalid
from data.identifiers import parse_mdn
from data.states import STATES
from data.text import clean
from data.verification.rules import MASK, MASKED_VALUE

NAME_LENGTH = 50  # NLAD's own limit
LINE_LENGTH = 100
MOST_CONTACTS = 10  # of one medium
OLDEST = 120  # years
DATE_FORMS = ("%m-%d-%Y", "%m/%d/%Y", "%Y-%m-%d")
NAME_SIGNS = frozenset(" .,'’`ʻ-")
ZIP = re.compile(r"(\d{5})(?:-?(\d{4}))?", re.ASCII)
FOREIGN = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)  # E.164
PUNCTUATION = str.maketrans("", "", " .-()/\u00a0")
EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@(?:[^\s@,;<>\".]{1,63}\.)+[^\s@,;<>\".\d]{2,63}")


def changes(edit: CustomerEdit, current: dict[str, Any], kind: CustomerKind, today: date) -> dict[str, Any]:
    """The fields that `edit` would change and their new values, as the store keeps them.

    `current`: each field of CustomerEdit as it stands. Raises Invalid with a sentence for each field that can't be.
    """
    readers = READERS | {
        "birth_date": lambda typed: birth_date(typed, today),
        "phones": lambda typed: _each("phones", typed, _phone, known=current["phones"]),
        "emails": lambda typed: _each("emails", typed, _email, known=current["emails"]),
    }
    changed: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field, typed in vars(edit).items():
        if typed is None or typed == current[field]:
            continue
        if MASK in (typed if isinstance(typed, tuple) else str(typed)):
            wrong[field] = MASKED_VALUE
            continue
        try:
            value = readers[field](typed)
        except ValueError as error:
            wrong[field] = str(error)
            continue
        if value != current[field]:
            changed[field] = value
    wrong |= _without_a_name(current | changed, changed.keys() - wrong.keys(), kind)
    if wrong:
        raise Invalid(wrong)
    return changed


def _without_a_name(after: dict[str, Any], touched: set[str], kind: CustomerKind) -> dict[str, str]:
    if kind is CustomerKind.BUSINESS:
        missing = "company_name" in touched and not after["company_name"]
        return {"company_name": "A business needs a company name."} if missing else {}
    missing = bool(touched & {"first_name", "last_name"}) and not (after["first_name"] or after["last_name"])
    return {"last_name": "A customer needs a name."} if missing else {}


def birth_date(typed: date | str, today: date) -> date | None:
    """A birth date as typed → the date, None for "". Raises ValueError with the sentence."""
    if isinstance(typed, str) and not typed.strip():
        return None
    day = typed if isinstance(typed, date) else _day(typed.strip())
    if day > today:
        raise ValueError("The birth date lies in the future.")
    if day.year < today.year - OLDEST:
        raise ValueError(f"The birth date lies more than {OLDEST} years back.")
    return day


def _day(text: str) -> date:
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    raise ValueError(f"“{clean(text, 30)}” is not a date; write it as MM-DD-YYYY.")


def _name(field: str) -> Callable[[str], str]:
    def read(typed: str) -> str:
        value = _line(field, NAME_LENGTH)(typed)
        if value and not _is_name(value):
            raise ValueError(f"The {FIELD_NAMES[field]} holds letters, spaces, hyphens, apostrophes and periods only.")
        return value

    return read


def _is_name(value: str) -> bool:
    """Letters of any script with their marks, and the signs that names have; at least one letter."""
    kinds = [unicodedata.category(char)[0] for char in value if char not in NAME_SIGNS]
    return "L" in kinds and set(kinds) <= {"L", "M"}


def _line(field: str, limit: int = LINE_LENGTH) -> Callable[[str], str]:
    def read(typed: str) -> str:
        value = clean(typed, limit + 1)
        if len(value) > limit:
            raise ValueError(f"The {FIELD_NAMES[field]} is longer than {limit} characters.")
        return value

    return read


def _state(typed: str) -> str:
    value = clean(typed).upper()
    if value and value not in STATES:
        raise ValueError(f"“{clean(typed, 20)}” is not a state; write its two letters, such as NY.")
    return value


def _zip(typed: str) -> str:
    value = clean(typed)
    if not value:
        return ""
    found = ZIP.fullmatch(value)
    if not found:
        raise ValueError(f"“{clean(typed, 20)}” is not a ZIP; write 12345 or 12345-6789.")
    return "-".join(part for part in found.groups() if part)


def _phone(typed: str) -> str:
    value = clean(typed)
    if mdn := parse_mdn(value):
        return mdn
    if FOREIGN.fullmatch(foreign := value.translate(PUNCTUATION)) and not foreign.startswith("+1"):
        return foreign
    raise ValueError(
        f"“{clean(typed, 30)}” is not a phone number; write 212-555-0143, or + and the country code first."
    )


def _email(typed: str) -> str:
    value = clean(typed, 255)
    if len(value) > 254 or not EMAIL.fullmatch(value):
        raise ValueError(f"“{clean(typed, 40)}” is not an e-mail address; write it as name@example.com.")
    return value


def _each(field: str, typed: tuple[str, ...], read: Callable[[str], str], *, known: Container[str]) -> tuple[str, ...]:
    """Every contact of one medium, each once; one that is `known` already stays as it came."""
    values = tuple(dict.fromkeys(one if one in known else read(one) for one in typed if one.strip()))
    if len(values) > MOST_CONTACTS:
        raise ValueError(f"There is room for {MOST_CONTACTS} {FIELD_NAMES[field]}.")
    return values


def _last4(typed: str) -> str:
    value = clean(typed)
    if value and not (len(value) == 4 and value.isascii() and value.isdecimal() and value != "0000"):
        raise ValueError("The last four of the SSN are four digits, and not 0000.")
    return value


READERS: dict[str, Callable[[Any], Any]] = {
    "first_name": _name("first_name"),
    "middle_name": _name("middle_name"),
    "last_name": _name("last_name"),
    "company_name": _line("company_name"),
    "street": _line("street"),
    "street2": _line("street2"),
    "city": _line("city"),
    "county": _line("county"),
    "state": _state,
    "zip": _zip,
    "last4_ssn": _last4,
    "tribal_id": _line("tribal_id", NAME_LENGTH),
}
