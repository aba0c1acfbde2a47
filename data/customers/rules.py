"""Names, kinds and states of customers and accounts; what their fields may hold."""

from __future__ import annotations

from enum import StrEnum


class CustomerKind(StrEnum):
    PERSON = "person"
    BUSINESS = "business"


class ContactMedium(StrEnum):
    """TM Forum's medium types, as far as the trade uses them."""

    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"


class AccountStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


def display_name(first: str, middle: str, last: str, company: str) -> str:
    """How a customer is named on screen: "Maria Alvarez", or the company where there is no person."""
    return " ".join(part for part in (first, middle, last) if part) or company


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
