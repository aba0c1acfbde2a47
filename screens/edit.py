"""Editing a customer: every field checked by the rules, nothing lost by accident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label, Static

from data.customers.rules import ENROLMENT_FIELDS, FIELD_NAMES, CustomerEdit, CustomerKind, in_words
from data.errors import Invalid
from screens import words
from screens.dialog import Question
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.customers.queries import AccountView, CustomerView

LISTS = ("phones", "emails")
HINTS = {
    "birth_date": "MM-DD-YYYY",
    "state": "two letters",
    "phones": "the preferred one first, commas between",
    "emails": "the preferred one first, commas between",
    "last4_ssn": "kept as it is; type to replace",
    "tribal_id": "kept as it is; type to replace",
}


class EditScreen(Workspace):
    """The customer behind an account, field by field. Ends with what was saved, in a sentence."""

    CSS_PATH = "edit.tcss"
    HELP: ClassVar[str] = (
        "Change what is wrong and save. A field that can't be kept says why, and nothing is saved yet."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", "Save", id="edit.save", tooltip="Save the changes"),
        Binding("down", "app.focus_next", show=False, tooltip="The next field"),
        Binding("up", "app.focus_previous", show=False, tooltip="The field before"),
    ]

    @dataclass
    class Saved(Message):
        """The changes are in the store."""

        account: AccountView

    @dataclass
    class Wrong(Message):
        """Some fields can't be kept. `error` has a sentence for each."""

        error: Invalid

    def __init__(self, account: AccountView) -> None:
        super().__init__()
        self.account = account
        self.before = values(account.customer)
        self._sent: dict[str, str] = {}  # what is being saved; nothing else can be typed meanwhile
        self._ended: str | None = None

    def compose_body(self) -> ComposeResult:
        yield Static(f"Edit {self.account.number}", classes="panel-title", markup=False)
        for name in fields(self.account):
            with Horizontal(classes="field"):
                yield Label(label(name), classes="field-name")
                yield Input(self.before[name], placeholder=HINTS.get(name, ""), id=name)
            yield Static("", id=f"{name}-wrong", classes="wrong", markup=False)

    def desk_came(self) -> None:
        self.call_after_refresh(self.focus_body)

    @property
    def changed(self) -> dict[str, str]:
        """What the person typed that is not what stood there."""
        typed = {name: self.query_one(f"#{name}", Input).value for name in fields(self.account)}
        return {name: value for name, value in typed.items() if value.strip() != self.before[name]}

    @property
    def unsaved(self) -> str:
        return in_words([FIELD_NAMES[name] for name in self.changed])

    def action_save(self) -> None:
        if self._sent:
            return
        self._sent = self.changed
        if not self._sent:
            self.end("Nothing was changed.")
            return
        self.query_one("#body").disabled = True
        self.say("Saving …")
        self.save(edit_of(self._sent))

    def end(self, sentence: str) -> None:
        """Leaves with `sentence`, as soon as nothing lies over the form."""
        self._ended = sentence
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        if self._ended is not None and self.app.screen is self:
            sentence, self._ended = self._ended, None
            self.dismiss(sentence)

    @on(Input.Submitted, ".field Input")
    def next_field(self) -> None:
        self.app.action_focus_next()

    @work(thread=True, group="save")
    def save(self, edit: CustomerEdit) -> None:
        from data.customers.actions import edit_customer

        with self.telling():
            try:
                saved = edit_customer(self.desk, self.account.number, self.account.customer.version, edit)
            except Invalid as wrong:
                self.post_message(self.Wrong(wrong))
            else:
                self.post_message(self.Saved(saved))

    @on(Saved)
    def leave_saved(self) -> None:
        self.end(f"✓ Saved: {in_words([FIELD_NAMES[name] for name in self._sent])}.")

    @on(Workspace.Trouble)
    def go_on_editing(self) -> None:
        """It was not saved: everything typed is still there to be mended."""
        self._sent = {}
        self.query_one("#body").disabled = False
        self.call_after_refresh(self.settle_focus)

    @on(Wrong)
    def show_wrong(self, message: Wrong) -> None:
        self.go_on_editing()
        for name in fields(self.account):
            sentence = message.error.fields.get(name, "")
            place = self.query_one(f"#{name}-wrong", Static)
            place.update(f"! {sentence}")
            place.display = bool(sentence)
        first = next(name for name in fields(self.account) if name in message.error.fields)
        self.query_one(f"#{first}", Input).focus()
        marked = len(message.error.fields)
        self.say(f"! Nothing is saved yet: {marked} {'fields are' if marked > 1 else 'field is'} marked.")

    def action_back(self) -> None:
        if self._sent:
            return
        if not self.unsaved:
            self.dismiss("")
            return
        question = Question(
            f"You changed {self.unsaved} and have not saved.", safe="Keep editing", go_on="Leave unsaved"
        )
        self.app.push_screen(question, self._leave_unsaved)

    def _leave_unsaved(self, leave: bool | None) -> None:
        if leave:
            self.end("Left without saving; nothing was changed.")


def fields(account: AccountView) -> Iterator[str]:
    """The fields that this account's customer has, in the order of the form."""
    business = account.customer.kind is CustomerKind.BUSINESS
    first = ["company_name"] if business else []
    named = [name for name in FIELD_NAMES if name not in first]
    for name in [*first, *named]:
        if account.enrolment is not None or name not in ENROLMENT_FIELDS:
            yield name


def label(name: str) -> str:
    """How the form names a field: "ZIP", "First name"."""
    words = FIELD_NAMES[name]
    return words[:1].upper() + words[1:]


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
    }


def edit_of(changed: dict[str, str]) -> CustomerEdit:
    """What was typed, as the action takes it."""
    lists = {name: tuple(part.strip() for part in changed[name].split(",")) for name in LISTS if name in changed}
    return CustomerEdit(**{**changed, **lists})  # type: ignore[arg-type]
