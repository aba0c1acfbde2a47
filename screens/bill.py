"""A bill beside a quote: what stands on it, what was quoted, and what the difference is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data import money
from data.errors import Misused
from data.verification.rules import MASK, Field
from screens import bill_rows as rows
from screens import words
from screens.account_billing import AccountBilling
from screens.account_rows import lines_width, who_width
from screens.dialog import Question
from screens.widgets.choices import Choices

if TYPE_CHECKING:
    from data.billing.views import BillView, Explained, Letter


class BillScreen(AccountBilling):
    """The newest bill of the account `number`, or the next one's estimate."""

    CSS_PATH = "bill.tcss"
    HELP: ClassVar[str] = (
        "Type what the dealer quoted a month and press Enter; for single lines write 0143=85 0187=40 (the end of the "
        "number is enough). A quote includes the autopay discount and leaves taxes and fees out. Enter on a part with "
        "an OST number opens that promotion."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,ctrl+n", "next", "Next bill", id="bill.next", tooltip="What the next bill will be; again: back"),
        Binding("m,ctrl+f9", "mail", "Mail estimate", id="bill.mail", tooltip="Mail the next bill's estimate"),
        Binding("p,ctrl+f6", "promotions", "Promotions", id="bill.promotions", tooltip="Look for a promotion"),
        Binding("E,ctrl+f8", "eligibility", "Eligibility", id="bill.eligibility", show=False,
                tooltip="What the account may have now"),
        Binding("y", "copy", "Copy", id="bill.copy", show=False, tooltip="Copy the root cause"),
    ]  # fmt: skip

    box = getters.query_one("#quoted", Input)
    parts = getters.query_one("#parts", Choices)

    @dataclass
    class Came(Message):
        """A bill came from the store."""

        bill: BillView

    @dataclass
    class WasExplained(Message):
        """The bill stands beside the quote."""

        found: Explained

    @dataclass
    class LetterCame(Message):
        """The mail as it would go."""

        letter: Letter

    @dataclass
    class Mailed(Message):
        """The mail is in the queue."""

        letter: Letter

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.bill: BillView | None = None
        self.found: Explained | None = None

    @property
    def account_number(self) -> str:
        return self.number

    @property
    def masked(self) -> tuple[Field, ...]:
        return (Field.BILLS,) if self.bill is None else ()

    def cover(self) -> None:
        self.bill = self.found = None
        self.parts.show([])
        for part in ("#cause", "#items"):
            self.query_one(part, Static).update(MASK)

    def compose_body(self) -> ComposeResult:
        yield Static(f"Bill of {self.number}", id="bill-title", classes="panel-title", markup=False)
        yield Input(placeholder="what the dealer quoted a month, such as 206.78", id="quoted")
        with Container(id="bill"):
            with Vertical(classes="panel", id="parts-panel"):
                yield Static("", id="cause", classes="facts", markup=False)
                yield Choices(id="parts")
            with Vertical(classes="panel"):
                yield Static("", id="items", classes="facts", markup=False)

    def desk_came(self) -> None:
        self.read()
        if self.bill is None:
            self.box.focus()

    def action_reload(self) -> None:
        self.read(self.bill is not None and self.bill.estimated)
        self.explain_quote()

    def on_screen_resume(self) -> None:
        if self.bill is not None:
            self.action_reload()

    @work(thread=True, exclusive=True, group="bill")
    def read(self, following: bool = False) -> None:
        from data.billing.queries import bill, estimate

        with self.telling():
            self.post_message(self.Came((estimate if following else bill)(self.desk, self.number)))

    @on(Came)
    def show(self, message: Came) -> None:
        self.bill = message.bill
        if self.box.disabled:
            self.box.disabled = False
            self.box.focus()
        self.query_one("#bill-title", Static).update(rows.title(message.bill))
        room = lines_width(self.app.size.width)
        self.query_one("#items", Static).update(Content("\n").join(rows.items(message.bill, room)))
        if self.found is None:
            told = words.muted("Enter after a quote says what the difference is made of.")
            self.query_one("#cause", Static).update(told)

    @on(AccountBilling.Trouble)
    def leave_box(self) -> None:
        """Without a bill there is nothing to compare with: the letters are keys again, as `v` is where it is masked."""
        if self.bill is None:
            self.parts.show([])
            self.box.disabled = True
            self.focus_body()

    @on(Input.Submitted, "#quoted")
    def explain_quote(self) -> None:
        """Sets the bill beside what stands in the box."""
        try:
            whole, lines = rows.quoted(self.box.value, self._numbers)
        except Misused as error:
            self.say(f"! {self.app.note_refusal(error)}")
            return
        if whole is not None or lines:
            self.say("")
            self.explain(whole, lines)

    @property
    def _numbers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.line for item in self.bill.items if item.line)) if self.bill else ()

    @work(thread=True, exclusive=True, group="explain")
    def explain(self, whole: Decimal | None, lines: dict[str, Decimal]) -> None:
        from data.billing.queries import explain_bill

        with self.telling():
            self.post_message(self.WasExplained(explain_bill(self.desk, self.number, whole, lines)))

    @on(WasExplained)
    def show_explained(self, message: WasExplained) -> None:
        self.found = found = message.found
        self.show(self.Came(found.bill))
        room = who_width(self.app.size.width)
        self.query_one("#cause", Static).update(rows.cause(found, room))
        self.parts.show([(str(place), rows.part_row(part, room)) for place, part in enumerate(found.parts)])
        if self.parts.can_focus:
            self.parts.focus()

    @on(Choices.Selected, "#parts")
    def open_part(self, message: Choices.Selected) -> None:
        from screens.promotion import PromotionScreen

        part = self.found.parts[message.index] if self.found else None
        if part and part.ost:
            self.app.push_screen(PromotionScreen(part.ost, self.number, part.line_id))
        elif part:
            self.say(f"{money.show(part.amount)}: {part.text}.")

    def action_next(self) -> None:
        if self.bill is not None:
            self.read(not self.bill.estimated)

    @work(thread=True, group="letter")
    def action_mail(self) -> None:
        from data.billing.mailing import estimate_letter

        with self.telling():
            self.post_message(self.LetterCame(estimate_letter(self.desk, self.number)))

    @on(LetterCame)
    def ask_mail(self, message: LetterCame) -> None:
        letter = message.letter
        self.show(self.Came(letter.bill))
        if not letter.to:
            self.say("! There is no mail address of record on this account. Read the estimate to the customer.")
            return
        ask = (
            f"Mail the estimate of {money.show(letter.bill.total)} for {words.day(letter.bill.bill_on)} to {letter.to}?"
        )
        self.app.push_screen(Question(ask, safe="Not now", go_on="Mail it"), self._mail_if)

    def _mail_if(self, sure: bool | None) -> None:
        if sure:
            self.mail()

    @work(thread=True, group="letter-work")
    def mail(self) -> None:
        from data.billing.mailing import mail_estimate

        with self.telling():
            self.post_message(self.Mailed(mail_estimate(self.desk, self.number)))

    @on(Mailed)
    def tell_mailed(self, message: Mailed) -> None:
        self.say(f"✓ The estimate is in the queue for {message.letter.to}.")

    def action_copy(self) -> None:
        if self.found:
            self.copy(self.found.root_cause)
