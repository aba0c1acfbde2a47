"""A transaction as NLAD takes it: its fields in order, what each may hold, and an enrolment written so.

Dates are mm/dd/yyyy, flags 0 or 1, names plain letters. Fields that Careline has nothing for stay empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data.lifeline.rules import Transaction
from data.states import STATES
from data.text import fold

Record = Mapping[str, str]

NAME = re.compile(r"[A-Za-z '`-]{1,50}")
DATE = re.compile(r"\d\d/\d\d/\d{4}", re.ASCII)
ZIP = re.compile(r"\d{5}(-\d{4})?", re.ASCII)
STREET = re.compile(r"[A-Za-z0-9 #'.,/&-]{1,50}")
FLAG = re.compile(r"[01]")
STATE = re.compile("|".join(STATES))
DIGITS_4, SAC, PHONE = (re.compile(rf"\d{{{count}}}", re.ASCII) for count in (4, 6, 10))
TRIBAL_ID = re.compile(r"[A-Za-z0-9-]{1,20}")
ELIGIBILITY = re.compile(r"[A-Za-z0-9]{1,10}")
ANY = re.compile(r"[ -~]{0,50}")


@dataclass(frozen=True)
class Field:
    """One field. `form`: what it holds in words; `code`: NLAD's answer to anything else, "" where none is published."""

    name: str
    pattern: re.Pattern[str]
    form: str = ""
    needed: bool = False
    code: str = ""


def _date(name: str, *, needed: bool = False, code: str = "") -> Field:
    return Field(name, DATE, "a date, mm/dd/yyyy", needed, code)


def _flag(name: str) -> Field:
    return Field(name, FLAG, "0 or 1")


def _address(prefix: str, *, needed: bool) -> tuple[Field, ...]:
    code = "INVALID_ADDRESS"
    return (
        Field(f"{prefix}Address1", STREET, "a street of up to 50 letters, digits and plain signs", needed, code),
        Field(f"{prefix}Address2", STREET, "up to 50 letters, digits and plain signs", False, code),
        Field(f"{prefix}City", NAME, "a city in plain letters, up to 50", needed, code),
        Field(f"{prefix}State", STATE, "a state's two letters", needed, code),
        Field(f"{prefix}ZipCode", ZIP, "5 digits, or 5 and 4", needed, code),
    )


A_NAME = "letters, spaces, ' ` and -, up to 50"
FIELDS = (
    Field("transactionType", re.compile("|".join(Transaction)), "a transaction type", needed=True),
    _date("transactionEffectiveDate", needed=True),
    Field("sac", SAC, "six digits", needed=True, code="SAC_NOT_SIX_DIGITS"),
    Field("firstName", NAME, A_NAME, needed=True, code="TPIV_FAIL_NAME_SSN4"),
    Field("middleName", NAME, A_NAME, code="TPIV_FAIL_NAME_SSN4"),
    Field("lastName", NAME, A_NAME, needed=True, code="TPIV_FAIL_NAME_SSN4"),
    Field("phoneNumber", PHONE, "the ten digits of the line's number", needed=True),
    Field("last4ssn", DIGITS_4, "four digits", code="TPIV_FAIL_NAME_SSN4"),
    Field("tribalId", TRIBAL_ID, "up to 20 letters, digits and -", code="TPIV_FAIL"),
    _date("dob", needed=True, code="TPIV_FAIL_DOB"),
    Field("serviceType", ANY, "Voice, Broadband or Bundled"),
    _flag("iehFlag"),
    _date("iehCertificationDate"),
    _date("iehRecertificationDate"),
    *_address("primary", needed=True),
    _flag("primaryPermanentAddressFlag"),
    _flag("primaryTribalFlag"),
    _flag("primaryRuralFlag"),
    *_address("mailing", needed=False),
    _date("serviceInitializationDate", needed=True),
    _date("serviceReverificationDate"),
    Field("eligibilityCode", ELIGIBILITY, "up to 10 letters and digits"),
    Field("bqpFirstName", NAME, A_NAME),
    Field("bqpMiddleName", NAME, A_NAME),
    Field("bqpLastName", NAME, A_NAME),
    _date("bqpDob"),
    Field("bqpLast4ssn", DIGITS_4, "four digits"),
    Field("bqpTribalId", TRIBAL_ID, "up to 20 letters, digits and -"),
    _date("linkUpServiceDate"),
    _flag("lifelineTribalBenefitFlag"),
    Field("etcGeneralUse", ANY),
    _flag("tpivFlag"),
)
NAMES = tuple(field.name for field in FIELDS)
ANSWERED_BY_CODE = frozenset(field.name for field in FIELDS if field.code)


def record(row: Any, kind: Transaction, effective: date) -> dict[str, str]:
    """The transaction `kind` for an enrolment. `row` is a row of queries.WHOLE; `etcGeneralUse` is its account."""
    return dict.fromkeys(NAMES, "") | {
        "transactionType": kind,
        "transactionEffectiveDate": day_text(effective),
        "sac": row.sac,
        "firstName": plain_name(row.first_name),
        "middleName": plain_name(row.middle_name),
        "lastName": plain_name(row.last_name),
        "phoneNumber": row.mdn or "",
        "last4ssn": row.last4_ssn,
        "tribalId": row.tribal_id,
        "dob": day_text(row.birth_date),
        "serviceType": _service_type(row),
        "iehFlag": _flag_text(row.household_certified_on is not None),
        "iehCertificationDate": day_text(row.household_certified_on),
        "primaryAddress1": plain(row.street),
        "primaryAddress2": plain(row.street2),
        "primaryCity": plain_name(row.city),
        "primaryState": row.residence,
        "primaryZipCode": row.zip,
        "primaryPermanentAddressFlag": _flag_text(row.permanent_address),
        "primaryTribalFlag": _flag_text(row.tribal_address),
        "primaryRuralFlag": _flag_text(row.rural_address),
        "serviceInitializationDate": day_text(row.initiated_on),
        "serviceReverificationDate": day_text(row.recertified_on),
        "eligibilityCode": row.eligibility_code,
        "lifelineTribalBenefitFlag": _flag_text(row.tribal_address),
        "etcGeneralUse": row.number,
    }


def wrong_fields(given: Record) -> tuple[Field, ...]:
    """The fields of a record that hold what they can't, or nothing where they must hold something; in order."""
    return tuple(field for field in FIELDS if not _fits(field, given.get(field.name, "")))


def _fits(field: Field, value: str) -> bool:
    if not value:
        return not field.needed
    return bool(field.pattern.fullmatch(value)) and (field.pattern is not DATE or parse_day(value) is not None)


def day_text(day: date | None) -> str:
    """A date as NLAD writes it: mm/dd/yyyy; "" for None."""
    return f"{day:%m/%d/%Y}" if day else ""


def parse_day(text: str) -> date | None:
    """mm/dd/yyyy → the date, or None where it is no day of the calendar."""
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def plain(text: str) -> str:
    """A name or an address without accents and typographic quotes, which NLAD does not take: "Núñez" → "Nunez"."""
    text = text.replace("’", "'").replace("‘", "'").replace("–", "-")
    return "".join(char if char.isascii() else _plain_letter(char) for char in text)


def plain_name(text: str) -> str:
    """`plain`, and without full stops: "St. Louis" → "St Louis"."""
    return plain(text).replace(".", "")


def _plain_letter(char: str) -> str:
    folded = fold(char)
    return folded.capitalize() if char.isupper() else folded


def _service_type(row: Any) -> str:
    """What the line's plan gives; an allowance of NULL is unlimited, and a line without a plan is taken for a phone."""
    voice, data = row.voice_minutes != 0, row.plan_id is not None and row.data_mb != 0
    return "Bundled" if voice and data else "Broadband" if data else "Voice"


def _flag_text(value: bool) -> str:
    return "1" if value else "0"
