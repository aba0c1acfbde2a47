"""The credits of an account: what they come to on one line, the list of them, and asking for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from screens import credit_rows
from screens.asking_credit import AskingCredit
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.views import CaseRow
    from data.credits.views import CreditsView
    from data.customers.queries import AccountView


class CreditsLine(Static):
    """How many credits an account has and what they come to; its room stays, so that nothing moves when they come."""

    @dataclass
    class Came(Message):
        """The credits of the account `number` came from the store."""

        number: str
        credits: CreditsView

    def __init__(self) -> None:
        super().__init__(id="credits-line", markup=False)
        self.number = ""

    @work(thread=True, group="credits-line")
    def read(self, number: str) -> None:
        """Reads the credits of the account `number`."""
        from data.credits.queries import credits_of_account

        workspace = cast(Workspace, self.screen)
        with workspace.telling():
            self.post_message(self.Came(number, credits_of_account(workspace.desk, number)))

    def show(self, number: str) -> None:
        """Shows the credits of that account as soon as they are read; until then nothing, not another account's."""
        if number != self.number:
            self.number = number
            self.update("")
        self.read(number)

    @on(Came)
    def show_came(self, message: Came) -> None:
        """Shows what came, unless another account is shown meanwhile."""
        if message.number != self.number:
            return
        count = len(message.credits.credits)
        told = f"{count:,} · {credit_rows.totals(message.credits.totals)}" if count else "none. r asks for one."
        self.update(Content.assemble(("Credits  ", "bold $primary"), told))


class AccountCredits(AskingCredit):
    """What an account screen does about credits; `account` and `cases` are as they were last read."""

    account: AccountView | None
    cases: tuple[CaseRow, ...]

    def action_credit(self) -> None:
        from screens.new_credit import credit_form

        if self.account is not None and self.permitted(Permission.REQUEST_CREDITS):
            self.app.push_screen(credit_form(account=self.account.number, cases=self.cases), self.tell_asked)

    def action_credits(self) -> None:
        from screens.credits import CreditsScreen

        if self.account is not None:
            self.app.push_screen(CreditsScreen(account=self.account.number))
