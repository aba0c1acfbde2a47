"""Editing the customer behind an account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from data.customers.rules import ENROLMENT_FIELDS, FIELD_NAMES, ContactMedium, CustomerEdit, CustomerKind
from data.verification.rules import EDIT_LEVEL, MASK, Field
from screens import words
from screens.editing import EditingScreen, Line

if TYPE_CHECKING:
    from data.customers.queries import AccountView, CustomerView

LISTS = ("phones", "emails")
WHY = "why"
MASKED_HINT = "masked; type all of it anew to replace it"
PLACES = {
    "birth_date": Field.BIRTH_DATE,
    "street": Field.STREET,
    "street2": Field.STREET,
    "phones": Field.CONTACTS,
    "emails": Field.CONTACTS,
}
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

    @dataclass
    class MaskChanged(Message):
        """More or less may be seen of the account than before."""

        account: AccountView

    def __init__(self, account: AccountView, first: str = "") -> None:
        self.account = account
        customer = account.customer
        super().__init__(f"Edit {account.number}", lines(account), values(customer), customer.version, first)
        self.number = account.number

    @property
    def account_number(self) -> str:
        return self.number

    @property
    def masked(self) -> tuple[Field, ...]:
        return self.account.masked

    def told(self, names: Iterable[str]) -> str:
        return super().told(name for name in names if name != WHY)  # the reason is nothing of the customer's

    def begin(self) -> None:
        super().begin()
        self._ask_why()
        if self.app.verified and self.account.level < EDIT_LEVEL:
            self.read_mask()  # the caller was verified while this was opened

    def _ask_why(self) -> None:
        """Asks for the reason where no caller is verified."""
        why = self.place(WHY).parent
        assert why is not None
        why.display = self.account.level < EDIT_LEVEL

    def call_changed(self) -> None:
        if not self.app.verified:
            from data.customers.queries import covered_account

            self.follow_mask(self.MaskChanged(covered_account(self.account)))
        self.read_mask()

    @work(thread=True, exclusive=True, group="mask")
    def read_mask(self) -> None:
        from data.customers.queries import account

        with self.telling():
            self.post_message(self.MaskChanged(account(self.desk, self.number)))

    @on(MaskChanged)
    def follow_mask(self, message: MaskChanged) -> None:
        """What was typed stays; what only stood there is shown or masked as it now is."""
        self.account, held = message.account, values(message.account.customer)
        for line in self.lines:
            place = self.place(line.name)
            if place.value.strip() == self.before[line.name] and PLACES.get(line.name):
                place.value = self.before[line.name] = held[line.name]
                behind = PLACES[line.name] in self.account.customer.masked
                place.placeholder = MASKED_HINT if behind else HINTS.get(line.name, "")
        self._ask_why()

    def keep(self, changed: dict[str, str]) -> EditingScreen.Saved | EditingScreen.Overtaken:
        from data.customers.actions import Outdated, edit_customer
        from data.customers.queries import account

        try:
            why = changed.get(WHY, "")
            edit_customer(self.desk, self.number, self.version, edit_of(changed), why)
        except Outdated as outdated:
            now = account(self.desk, self.number).customer
            unseen = ENROLMENT_FIELDS | {name for name, field in PLACES.items() if field in now.masked}
            return self.Overtaken(outdated.told, values(now), now.version, frozenset(unseen & set(outdated.fields)))
        return self.Saved()


def lines(account: AccountView) -> Iterator[Line]:
    """The fields that this account's customer has, in the order of the form."""
    business = account.customer.kind is CustomerKind.BUSINESS
    first = ["company_name"] if business else []
    for name in dict.fromkeys([*first, *FIELD_NAMES]):
        if account.enrolment is not None or name not in ENROLMENT_FIELDS:
            behind = PLACES.get(name) in account.customer.masked
            yield Line(name, FIELD_NAMES[name], MASKED_HINT if behind else HINTS.get(name, ""), private=behind)
    yield Line(WHY, "reason", HINTS[WHY])


def values(customer: CustomerView) -> dict[str, str]:
    """What each field of the form holds at first; what is never shown begins empty."""
    address = customer.address
    return words.fillable(
        {
            "first_name": customer.first_name,
            "middle_name": customer.middle_name,
            "last_name": customer.last_name,
            "company_name": customer.company_name,
            "birth_date": words.day(customer.birth_date) if customer.birth_date else "",
            "street": unmasked(address.street),
            "street2": unmasked(address.street2),
            "city": address.city,
            "county": address.county,
            "state": address.state,
            "zip": address.zip,
            "phones": ", ".join(
                words.phone(contact.value)
                for contact in customer.contacts
                if contact.medium is ContactMedium.PHONE and contact.value != MASK
            ),
            "emails": ", ".join(
                contact.value
                for contact in customer.contacts
                if contact.medium is ContactMedium.EMAIL and contact.value != MASK
            ),
            "last4_ssn": "",
            "tribal_id": "",
            WHY: "",
        }
    )


def unmasked(value: str) -> str:
    """What a field begins with: nothing, where its value is masked."""
    return "" if value == MASK else value


def edit_of(changed: dict[str, str]) -> CustomerEdit:
    """What was typed, as the action takes it."""
    lists = {name: tuple(part.strip() for part in changed[name].split(",")) for name in LISTS if name in changed}
    fields = {name: value for name, value in changed.items() if name != WHY}
    return CustomerEdit(**{**fields, **lists})  # type: ignore[arg-type]
