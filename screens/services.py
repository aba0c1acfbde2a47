"""Services, a reseller's menu: the lines of an account with plan, carrier, features and what remains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.verification.rules import MASK, Field
from screens import words
from screens.line import carrier
from screens.widgets.choices import Choices
from screens.widgets.gauge import balances_row
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.customers.queries import AccountView
    from data.lines.views import LineView


class ServicesScreen(Workspace):
    """Every line of the account `number`; Enter opens one."""

    CSS_PATH = "services.tcss"
    HELP: ClassVar[str] = "Every service of this account. Enter opens its details."

    services = getters.query_one("#services", Choices)

    @dataclass
    class Loaded(Message):
        """The account came from the store."""

        account: AccountView

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.account: AccountView | None = None

    @property
    def account_number(self) -> str:
        return self.number

    @property
    def masked(self) -> tuple[Field, ...]:
        return self.account.masked if self.account else ()

    def cover(self) -> None:
        from data.customers.queries import covered_account

        if self.account:
            self.show(self.Loaded(covered_account(self.account)))

    def compose_body(self) -> ComposeResult:
        yield Static(f"Services of {self.number}, with what remains", classes="panel-title", markup=False)
        yield Choices(id="services")

    def desk_came(self) -> None:
        self.load()

    @work(thread=True, exclusive=True, group="services")
    def load(self) -> None:
        from data.customers.queries import account

        with self.telling():
            self.post_message(self.Loaded(account(self.desk, self.number)))

    @on(Loaded)
    def show(self, message: Loaded) -> None:
        self.account = message.account
        lines = message.account.lines
        self.services.show(
            [(str(line.id), service_row(line, self.app.size.width - 6)) for line in lines], empty="No service yet."
        )
        self.settle_focus()

    @on(Choices.Selected)
    def open_line(self, message: Choices.Selected) -> None:
        from screens.line import LineScreen

        if message.key:
            self.app.push_screen(LineScreen(self.number, int(message.key)))


def service_row(line: LineView, width: int) -> Content:
    """A service in up to three rows: number, state and plan; carrier and features; what remains."""
    plan = f"{line.plan.name}, {words.money(line.plan.monthly)}" if line.plan else "no plan"
    features = ", ".join(feature.name for feature in line.features) or "no features"
    if Field.PLAN in line.masked:
        plan = features = MASK
    rows = [
        Content.assemble((f"{words.phone(line.mdn):<14}", "bold"), words.state(line.status), "  ", words.plain(plan)),
        Content(words.hang(f"{carrier(line)} · {features}", width)),
    ]
    if line.balances:
        rows.append(balances_row(line.balances, width))
    return Content("\n").join(rows)
