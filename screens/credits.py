"""Every credit of a case or an account, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from screens import credit_rows as rows
from screens.credit import CreditScreen
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.credits.views import CreditsView

SIDES = 8  # cells beside a row


class CreditsScreen(Workspace):
    """Every credit of the case `case`, or of the account `account`: one of them is named."""

    CSS_PATH = "credit.tcss"
    HELP: ClassVar[str] = "Every request to the carrier and to the dealer, the latest first. Enter opens one."

    list = getters.query_one("#credits-list", Choices)

    @dataclass
    class Came(Message):
        """The credits came from the store."""

        credits: CreditsView

    def __init__(self, *, case: str = "", account: str = "") -> None:
        super().__init__()
        self.case, self.account = case, account

    @property
    def works_on(self) -> str:
        return self.case

    def compose_body(self) -> ComposeResult:
        where = f"case {self.case}" if self.case else f"account {self.account}"
        yield Static(f"Credits of {where}", classes="panel-title", markup=False)
        yield Static("", id="sums", classes="facts", markup=False)
        yield Choices(id="credits-list")

    def desk_came(self) -> None:
        self.read()
        self.app.credits_changed.subscribe(self, lambda _: self.read())

    def on_screen_resume(self) -> None:
        self.action_reload()

    @work(thread=True, exclusive=True, group="credits")
    def read(self) -> None:
        from data.credits.queries import credits_of_account, credits_of_case

        with self.telling():
            found = credits_of_case(self.desk, self.case) if self.case else credits_of_account(self.desk, self.account)
            self.post_message(self.Came(found))

    @on(Came)
    def show(self, message: Came) -> None:
        found = message.credits
        self.query_one("#sums", Static).update(rows.totals(found.totals))
        width = self.app.size.width - SIDES
        self.list.show(
            [(str(view.id), rows.credit_row(view, width)) for view in found.credits],
            empty="No credit was asked for here. r on the case or the account asks for one.",
        )
        self.settle_focus()

    @on(Choices.Selected)
    def open_credit(self, message: Choices.Selected) -> None:
        self.app.push_screen(CreditScreen(int(message.key)))
