"""Names, kinds and states of customers and accounts, and what an edit of a customer holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class CustomerKind(StrEnum):
    """Who a customer is."""

    PERSON = "person"
    BUSINESS = "business"


class ContactMedium(StrEnum):
    """TM Forum's medium types, as far as the trade uses them."""

    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"


class AccountStatus(StrEnum):
    """Whether an account is served; the value is what a person sees."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class CustomerEdit:
    """What a form or a script wants changed: None leaves a field as it is, "" or () empties it.

    `birth_date` as a person types it (MM-DD-YYYY) or a date. `phones` and `emails`: all of them, the preferred one
    first. `last4_ssn` and `tribal_id` belong to the account's Lifeline enrolment.
    """

    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    company_name: str | None = None
    birth_date: date | str | None = None
    street: str | None = None
    street2: str | None = None
    city: str | None = None
    county: str | None = None
    state: str | None = None
    zip: str | None = None
    phones: tuple[str, ...] | None = None
    emails: tuple[str, ...] | None = None
    last4_ssn: str | None = None
    tribal_id: str | None = None


FIELD_NAMES = {
    "first_name": "first name",
    "middle_name": "middle name",
    "last_name": "last name",
    "company_name": "company",
    "birth_date": "birth date",
    "street": "street",
    "street2": "apartment or unit",
    "city": "city",
    "county": "county",
    "state": "state",
    "zip": "ZIP",
    "phones": "phones",
    "emails": "e-mail addresses",
    "last4_ssn": "last four of the SSN",
    "tribal_id": "tribal ID",
}
"""How each field of an edit is called on screen and in a sentence."""

ENROLMENT_FIELDS = frozenset({"last4_ssn", "tribal_id"})
PRIVATE_FIELDS = ENROLMENT_FIELDS | {"birth_date", "street", "street2", "phones", "emails"}
"""The audit keeps that these changed, never what they held."""


def display_name(first: str, middle: str, last: str, company: str) -> str:
    """How a customer is named on screen: "Maria Alvarez", or the company where there is no person."""
    return " ".join(part for part in (first, middle, last) if part) or company


def name_of(who: Any) -> str:
    """`display_name` of a customer's row, or of any other that has the four parts of their name."""
    return display_name(who.first_name, who.middle_name, who.last_name, who.company_name)


def spellings(number: str) -> tuple[str, ...]:
    """How an account number may stand in the store: as typed, else in capitals; sv093298 is SV093298."""
    typed = number.strip()
    return tuple(dict.fromkeys((typed, typed.upper())))


def in_words(fields: list[str]) -> str:
    """Field names as a sentence lists them: ["zip", "city"] → "ZIP and city"."""
    names = [FIELD_NAMES.get(field, field) for field in fields]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
