"""Editing the customer behind an account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.customers.rules import ENROLMENT_FIELDS, FIELD_NAMES, CustomerEdit, CustomerKind
from data.verification.rules import EDIT_LEVEL
from screens import words
from screens.editing import EditingScreen, Line

if TYPE_CHECKING:
    from data.customers.queries import AccountView, CustomerView

LISTS = ("phones", "emails")
WHY = "why"
HINTS = {
    "birth_date": "MM-DD-YYYY",
    "state": "two letters",
    "phones": "the preferred one first, commas between",
    "emails": "the preferred one first, commas between",
    "last4_ssn": "kept as it is; type to replace",
    "tribal_id": "kept as it is; type to replace",
    WHY: "no caller is verified: say why you edit",
}


class EditScreen(EditingScreen):
    """The customer behind `account`, field by field; `first` has the focus."""

    def __init__(self, account: AccountView, first: str = "") -> None:
        customer = account.customer
        super().__init__(f"Edit {account.number}", lines(account), values(customer), customer.version, first)
        self.number = account.number

    @property
    def account_number(self) -> str:
        return self.number

    def keep(self, changed: dict[str, str]) -> EditingScreen.Saved | EditingScreen.Overtaken:
        from data.customers.actions import Outdated, edit_customer
        from data.customers.queries import account

        try:
            why = changed.get(WHY, "")
            edit_customer(self.desk, self.number, self.version, edit_of(changed), why)
        except Outdated as outdated:
            now = account(self.desk, self.number).customer
            hidden = ENROLMENT_FIELDS & set(outdated.fields)
            return self.Overtaken(outdated.told, values(now), now.version, hidden)
        return self.Saved()


def lines(account: AccountView) -> Iterator[Line]:
    """The fields that this account's customer has, in the order of the form."""
    business = account.customer.kind is CustomerKind.BUSINESS
    first = ["company_name"] if business else []
    for name in dict.fromkeys([*first, *FIELD_NAMES]):
        if account.enrolment is not None or name not in ENROLMENT_FIELDS:
            yield Line(name, FIELD_NAMES[name], HINTS.get(name, ""))
    if account.level < EDIT_LEVEL:
        yield Line(WHY, "reason", HINTS[WHY])


def values(customer: CustomerView) -> dict[str, str]:
    """What each field of the form holds at first; what is never shown begins empty."""
    address = customer.address
    return {
        "first_name": customer.first_name,
        "middle_name": customer.middle_name,
        "last_name": customer.last_name,
        "company_name": customer.company_name,
        "birth_date": words.day(customer.birth_date) if customer.birth_date else "",
        "street": address.street,
        "street2": address.street2,
        "city": address.city,
        "county": address.county,
        "state": address.state,
        "zip": address.zip,
        "phones": ", ".join(words.phone(contact.value) for contact in customer.contacts if contact.medium == "phone"),
        "emails": ", ".join(contact.value for contact in customer.contacts if contact.medium == "email"),
        "last4_ssn": "",
        "tribal_id": "",
        WHY: "",
    }


def edit_of(changed: dict[str, str]) -> CustomerEdit:
    """What was typed, as the action takes it."""
    lists = {name: tuple(part.strip() for part in changed[name].split(",")) for name in LISTS if name in changed}
    fields = {name: value for name, value in changed.items() if name != WHY}
    return CustomerEdit(**{**fields, **lists})  # type: ignore[arg-type]
