"""What an account may have now, at a glance: early upgrade, return by label, set-up fee, loyalty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from data.verification.rules import MASK, Field
from screens import bill_rows as rows
from screens.account_billing import AccountBilling
from screens.dialog import Question
from screens.menu import Menu
from screens.widgets.choices import Choices

if TYPE_CHECKING:
    from data.billing.views import Eligibility, LabelView, LineEligibility


class EligibilityScreen(AccountBilling):
    """What the account `number` may have now; Enter on a line asks for a return label, or follows it."""

    CSS_PATH = "bill.tcss"
    HELP: ClassVar[str] = (
        "Early upgrade: half of the device payment agreement is paid; this is not a trade-in. Return by label: within "
        "30 days of the purchase, when no store is near. Enter on a line asks for its label, or notes how far it is."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p,ctrl+f6", "promotions", "Promotions", id="eligibility.promotions", tooltip="Look for a promotion"),
        Binding("b,ctrl+f7", "bill", "Bill", id="eligibility.bill", tooltip="The bill of this account"),
    ]

    lines = getters.query_one("#may-have", Choices)

    @dataclass
    class Came(Message):
        """It came from the store. `sentence`: what was done, "" where it was only read."""

        found: Eligibility
        sentence: str = ""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.found: Eligibility | None = None

    @property
    def account_number(self) -> str:
        return self.number

    @property
    def masked(self) -> tuple[Field, ...]:
        return (Field.BILLS,) if self.found is None else ()

    def cover(self) -> None:
        self.found = None
        self.query_one("#glance", Static).update(MASK)
        self.lines.show([])

    def compose_body(self) -> ComposeResult:
        yield Static(f"What {self.number} may have", classes="panel-title", markup=False)
        yield Static("", id="glance", classes="facts", markup=False)
        yield Static("Lines", classes="panel-title further")
        yield Choices(id="may-have", does=("Label", "Ask for a return label, or follow the one that is under way"))

    def desk_came(self) -> None:
        self.read()

    @work(thread=True, exclusive=True, group="eligibility")
    def read(self) -> None:
        from data.billing.eligibility import eligibility

        with self.telling():
            self.post_message(self.Came(eligibility(self.desk, self.number)))

    @on(Came)
    def show(self, message: Came) -> None:
        self.found = message.found
        width = self.app.size.width - 6
        self.query_one("#glance", Static).update(rows.glance(message.found, width))
        self.lines.show(
            [(str(line.line_id), rows.line_row(line, width)) for line in message.found.lines],
            empty="No line is billed.",
        )
        if message.sentence:
            self.say(message.sentence)
        self.settle_focus()

    @on(Choices.Selected, "#may-have")
    def open_line(self, message: Choices.Selected) -> None:
        """Asks for a label, or follows the one that is under way."""
        from data.billing.labels import NEXT, LabelState

        line = self.found.lines[message.index] if self.found else None
        if line is None or line.return_by_label is None or line.agreement_id is None:
            self.say("Nothing is paid off on this line.")
            return
        following = NEXT[LabelState(line.label.state)] if line.label else ()
        if line.label and following:
            menu = Menu(
                f"The label for {line.device} is {line.label.state}. Now it is", [(one, one) for one in following]
            )
            self.app.push_screen(menu, partial(self._note_if, line.label))
        elif line.return_by_label.allowed is False:
            self.say(f"Return by label, {line.return_by_label.in_words}.")
        else:
            self._ask_label(line)

    def _ask_label(self, line: LineEligibility) -> None:
        unknown = line.return_by_label is not None and line.return_by_label.allowed is None
        sure = " The customer says that no store is near." if unknown else ""
        question = f"Send a return label for {line.device} to the address of record?{sure}"
        asking = Question(question, safe="Not now", go_on="Ask for it")
        self.app.push_screen(asking, partial(self._request_if, line.agreement_id or 0))

    def _request_if(self, agreement_id: int, sure: bool | None) -> None:
        if sure:
            self.request(agreement_id)

    def _note_if(self, label: LabelView, state: str | None) -> None:
        if state:
            self.note(label, state)

    @work(thread=True, group="label-work")
    def request(self, agreement_id: int) -> None:
        from data.billing.eligibility import eligibility
        from data.billing.labels import request_label

        with self.telling():
            label = request_label(self.desk, agreement_id, no_store_near=True)
            sentence = f"✓ Label {label.id} for {label.device} is asked for, to {label.sent_to}."
            self.post_message(self.Came(eligibility(self.desk, self.number), sentence))

    @work(thread=True, group="label-work")
    def note(self, label: LabelView, state: str) -> None:
        from data.billing.eligibility import eligibility
        from data.billing.labels import LabelState, note_label

        with self.telling():
            done = note_label(self.desk, label.id, LabelState(state))
            self.post_message(self.Came(eligibility(self.desk, self.number), f"✓ Label {done.id} is {done.state}."))
