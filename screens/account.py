"""The account: what matters first, then who, lines, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.operators.functions import Place
from screens import account_rows as rows
from screens import functions
from screens.account_billing import AccountBilling
from screens.account_credits import AccountCredits, CreditsLine
from screens.account_turns import AccountTurns
from screens.case_rows import case_row
from screens.lifeline_deeds import LifelineDeeds
from screens.widgets.choices import Choices
from screens.widgets.notices import Notices
from screens.widgets.panel import Columns, Facts, Panel

if TYPE_CHECKING:
    from data.customers.queries import AccountView
    from data.verification.rules import Field


class AccountScreen(AccountBilling, AccountCredits, LifelineDeeds, AccountTurns):
    """One account after another: `number` names it, everything else comes from the store; back goes back."""

    CSS_PATH = "account.tcss"
    HELP: ClassVar[str] = (
        "Important Information stands first, then who it is, their lines, their cases and what happened. "
        "Enter on a line opens its service details."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *functions.bindings(Place.ACCOUNT),
        Binding("y", "copy", "Copy", id="account.copy", show=False, tooltip="Copy the account number"),
        Binding("left_square_bracket", "neighbor(1)", "Previous", id="account.previous", show=False,
                tooltip="The account you opened before this one"),
        Binding("right_square_bracket", "neighbor(-1)", "Next", id="account.next", show=False,
                tooltip="The account you opened after this one"),
    ]  # fmt: skip

    notices = getters.query_one(Notices)
    who = getters.query_one("#who", Facts)
    lines = getters.query_one("#lines", Choices)
    cases_list = getters.query_one("#cases", Choices)
    timeline = getters.query_one("#timeline", Choices)

    @property
    def masked(self) -> tuple[Field, ...]:
        return self.account.masked if self.account else ()

    def cover(self) -> None:
        from data.customers.queries import covered_account

        if self.account:
            self.account = covered_account(self.account)
            self.show(self.account)

    def compose_body(self) -> ComposeResult:
        yield Notices()
        with Columns(id="account"):
            with Panel(id="who-panel"):
                yield Facts(id="who-title", classes="panel-title")
                yield Facts(id="who", classes="facts")
            with Panel(id="lines-panel"):
                yield Static("Lines, with what remains", classes="panel-title")
                yield Choices(id="lines")
            with Panel(id="cases-panel"):
                yield Static("Cases", classes="panel-title")
                yield Choices(id="cases")
                yield CreditsLine()
            with Panel(id="timeline-panel"):
                yield Static("Timeline", classes="panel-title")
                yield Choices(id="timeline", does=None)

    def show(self, account: AccountView) -> None:
        """Puts what the account holds on the screen."""
        self.refresh_bindings()
        self.notices.show(account.notices)
        self.query_one("#who-title", Facts).update(rows.title(account))
        room, width = rows.who_width(self.app.size.width), rows.lines_width(self.app.size.width)
        self.who.update(Content("\n").join(rows.who(account, room)))
        columns = rows.rooms(account.lines, width)
        shown = [(str(line.id), rows.line_row(line, width, columns)) for line in account.lines]
        self.lines.show(shown, empty="No line yet.")
        self.cases_list.show([(row.number, case_row(row, room)) for row in self.cases], empty="No case. C opens one.")
        self.query_one(CreditsLine).show(account.number)
        today, zone = self.desk.today(), self.desk.agent.zone
        self.timeline.show(
            [
                (str(place), rows.timeline_row(entry, zone, today, width - 10))
                for place, entry in enumerate(account.timeline)
            ],
            empty="Nothing has happened here yet.",
        )

    @on(Choices.Selected, "#lines")
    def open_line(self, message: Choices.Selected) -> None:
        from screens.line import LineScreen

        if self.account and message.key:
            self.app.push_screen(LineScreen(self.account.number, int(message.key)))

    @property
    def topics(self) -> Iterator[str]:
        """The warning that is chosen is nearer than the account."""
        if self.notices.chosen is not None:
            yield f"notice.{self.notices.chosen.kind}"
        yield from super().topics

    @on(Notices.Chosen)
    def do_remedy(self, message: Notices.Chosen) -> None:
        if self.act_on(message.notice):
            return
        if message.action == "edit" and message.notice.field:
            self.edit(message.notice.field)
        elif message.action:
            self.call_next(self.run_action, message.action)
        else:
            self.say(message.notice.how)

    def action_edit(self) -> None:
        self.edit()

    def edit(self, first: str = "") -> None:
        """Opens the customer's form, at the field `first`."""
        from screens.edit import EditScreen

        if self.account:
            self.app.push_screen(EditScreen(self.account, first), self.tell_edited)

    def tell_edited(self, sentence: str | None) -> None:
        """Says what the edit came to, where it was begun."""
        self.say(sentence or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        there = self.account is None or functions.has(action, self.account.operator_kind)
        return super().check_action(action, parameters) if there else False

    def is_off(self, action: str) -> bool:
        nobody_to_tell = action == "submit" and self.account is not None and self.account.enrolment is None
        return nobody_to_tell or (self.app.desk is not None and not functions.permitted(action, self.desk))

    def action_services(self) -> None:
        from screens.services import ServicesScreen

        self.app.push_screen(ServicesScreen(self.number))

    def action_services_area(self) -> None:
        self.lines.focus()

    def action_cases(self) -> None:
        self.cases_list.focus()

    @on(Choices.Selected, "#cases")
    def open_chosen_row(self, message: Choices.Selected) -> None:
        if message.key:
            self.open_case(message.key)

    def action_new_case(self) -> None:
        self.new_case(self.number)

    def action_timeline(self) -> None:
        self.timeline.focus()

    def action_copy(self) -> None:
        self.copy(self.number)
