"""What a column of a customer file may hold, what headers call it, and how its values look. Pure."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from data.identifiers import parse_esn, parse_iccid, parse_imei, parse_mdn, parse_meid
from data.imports.dates import looks_like_date
from data.imports.values import several


class Field(StrEnum):
    """What a column may be mapped to; the value is what `--map` takes."""

    ACCOUNT = "account"
    NAME = "name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    COMPANY = "company"
    PHONE = "phone"
    PHONE2 = "phone2"
    PHONE3 = "phone3"
    EMAIL = "email"
    WEB = "web"
    ADDRESS = "address"
    STREET = "street"
    STREET2 = "street2"
    CITY = "city"
    COUNTY = "county"
    STATE = "state"
    ZIP = "zip"
    BIRTH_DATE = "birth_date"
    DEVICE = "device"
    ESN = "esn"
    MEID = "meid"
    IMEI = "imei"
    ICCID = "iccid"
    MAKE = "make"
    MODEL = "model"
    PLAN = "plan"
    CARRIER = "carrier"
    DEALER = "dealer"
    AGENT = "agent"
    ACTIVATED = "activated"
    LIFELINE_START = "lifeline_start"
    LIFELINE_RECERTIFIED = "lifeline_recertified"
    LIFELINE_EXPIRES = "lifeline_expires"


PHONES = (Field.PHONE, Field.PHONE2, Field.PHONE3)
NAMES = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.COMPANY)
ADDRESSES = (Field.ADDRESS, Field.STREET, Field.STREET2, Field.CITY, Field.COUNTY, Field.STATE, Field.ZIP)
DATES = (
    Field.BIRTH_DATE,
    Field.ACTIVATED,
    Field.LIFELINE_START,
    Field.LIFELINE_RECERTIFIED,
    Field.LIFELINE_EXPIRES,
)


def looks_like_email(text: str) -> bool:
    """Whether `text` is an e-mail address, roughly."""
    name, _, host = next(iter(several(text)), "").strip("<> ").rpartition("@")
    return bool(name) and "." in host and " " not in host


def looks_like_phone(text: str) -> bool:
    """Whether `text` is a telephone number, of whatever country, roughly; of several, the first."""
    text = next(iter(several(text)), "")
    digits = sum(map(str.isdigit, text))
    return parse_mdn(text) is not None or (7 <= digits <= 17 and digits * 2 >= len(text.strip()) and "/" not in text)


def _is_device(text: str) -> bool:
    return bool(parse_imei(text) or parse_meid(text) or parse_esn(text)) or _is_long_number(text)


def _is_long_number(text: str) -> bool:
    return 11 <= sum(map(str.isdigit, text)) <= 22


def _is_sim(text: str) -> bool:
    return parse_iccid(text) is not None or _is_long_number(text)


def _is_postcode(text: str) -> bool:
    return len(text.strip()) <= 10 and any(map(str.isdigit, text))


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text)) and "@" not in text


def _is_short(text: str) -> bool:
    return len(text.strip()) <= 40 and any(map(str.isalnum, text)) and "@" not in text


TITLES: dict[Field, str] = {
    Field.PHONE: "telephone of the line",
    Field.PHONE2: "further telephone",
    Field.PHONE3: "further telephone",
    Field.ACCOUNT: "account number",
    Field.NAME: "full name",
    Field.FIRST_NAME: "first name",
    Field.MIDDLE_NAME: "middle name",
    Field.LAST_NAME: "last name",
    Field.COMPANY: "company",
    Field.EMAIL: "e-mail",
    Field.WEB: "web site",
    Field.ADDRESS: "whole address in one column",
    Field.STREET: "street",
    Field.STREET2: "second line of the street",
    Field.CITY: "city",
    Field.COUNTY: "county",
    Field.STATE: "state",
    Field.ZIP: "ZIP",
    Field.BIRTH_DATE: "birth date",
    Field.DEVICE: "handset number (ESN, MEID or IMEI)",
    Field.ESN: "ESN",
    Field.MEID: "MEID",
    Field.IMEI: "IMEI",
    Field.ICCID: "SIM (ICCID)",
    Field.MAKE: "handset's make",
    Field.MODEL: "handset's model",
    Field.PLAN: "plan",
    Field.CARRIER: "carrier",
    Field.DEALER: "dealer (who sold it)",
    Field.AGENT: "agent (who sold it)",
    Field.ACTIVATED: "activated on",
    Field.LIFELINE_START: "Lifeline since",
    Field.LIFELINE_RECERTIFIED: "Lifeline recertified on",
    Field.LIFELINE_EXPIRES: "Lifeline expires on",
}
"""What a person is told that a field is."""

LOOKS: dict[Field, Callable[[str], bool]] = {
    **dict.fromkeys(DATES, looks_like_date),
    Field.ACCOUNT: _is_short,
    Field.NAME: _has_letter,
    Field.FIRST_NAME: _has_letter,
    Field.LAST_NAME: _has_letter,
    Field.COMPANY: _has_letter,
    Field.PHONE: looks_like_phone,
    Field.PHONE2: looks_like_phone,
    Field.PHONE3: looks_like_phone,
    Field.EMAIL: looks_like_email,
    Field.CITY: _has_letter,
    Field.STATE: _has_letter,
    Field.ZIP: _is_postcode,
    Field.DEVICE: _is_device,
    Field.ESN: _is_device,
    Field.MEID: _is_device,
    Field.IMEI: _is_device,
    Field.ICCID: _is_sim,
}
"""Tests that most values of a field pass; a field without one may hold anything."""
