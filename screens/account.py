"""The account: what matters first, then who, lines, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from data.operators.functions import Place
from screens import account_rows as rows
from screens import functions
from screens.case_rows import case_row
from screens.widgets.choices import Choices
from screens.widgets.notices import Notices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.views import CaseRow
    from data.customers.queries import AccountView


class AccountScreen(Workspace):
    """One account after another: `number` names it, everything else comes from the store; back goes back."""

    CSS_PATH = "account.tcss"
    HELP: ClassVar[str] = (
        "Important Information stands first; Enter on a row does what it asks for. "
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
    who = getters.query_one("#who", Static)
    lines = getters.query_one("#lines", Choices)
    cases_list = getters.query_one("#cases", Choices)
    timeline = getters.query_one("#timeline", Choices)

    @dataclass
    class Reread(Message):
        """The account came from the store once more."""

        account: AccountView
        cases: tuple[CaseRow, ...]

    @dataclass
    class Submitted(Message):
        """The vendor answered; `sentence` tells how."""

        sentence: str

    def __init__(self) -> None:
        super().__init__()
        self.account: AccountView | None = None
        self.cases: tuple[CaseRow, ...] = ()
        self._before: list[str] = []
        self._left = False
        self._width = 0

    @property
    def number(self) -> str:
        """The number of the account that is shown."""
        return self.account.number if self.account else ""

    def begin_with(self, account: AccountView, cases: tuple[CaseRow, ...]) -> None:
        """Shows `account`, with nothing to go back to but the screen below."""
        self._before.clear()
        self._turn_to(account, cases)

    def go_on_to(self, account: AccountView, cases: tuple[CaseRow, ...]) -> None:
        """Shows `account`; back comes back to the one that was shown."""
        if account.number != self.number:
            self._before.append(self.number)
        self._turn_to(account, cases)

    def _turn_to(self, account: AccountView, cases: tuple[CaseRow, ...]) -> None:
        self.account, self.cases = account, cases
        self._left = False
        if self.is_mounted:
            self._fill(account)

    def on_mount(self) -> None:
        if self.account:
            self._fill(self.account)

    def on_resize(self, event: events.Resize) -> None:
        if self.account and event.size.width != self._width:
            self.show(self.account)

    def _fill(self, account: AccountView) -> None:
        self.say("")
        self.show(account)
        self.call_after_refresh(self.focus_body)

    def action_back(self) -> None:
        if self._before:
            self.reread(self._before.pop())
        else:
            super().action_back()

    def compose_body(self) -> ComposeResult:
        yield Notices()
        with Container(id="account"):
            with Vertical(classes="panel", id="who-panel"):
                yield Static("", id="who-title", classes="panel-title", markup=False)
                yield Static("", id="who", markup=False)
            with Vertical(classes="panel", id="lines-panel"):
                yield Static("Lines", classes="panel-title")
                yield Choices(id="lines")
            with Vertical(classes="panel", id="cases-panel"):
                yield Static("Cases", classes="panel-title")
                yield Choices(id="cases")
            with Vertical(classes="panel", id="timeline-panel"):
                yield Static("Timeline", classes="panel-title")
                yield Choices(id="timeline")

    def on_screen_resume(self) -> None:
        if self._left:
            self._left = False
            self.action_reload()

    def on_screen_suspend(self) -> None:
        self._left = True

    def action_reload(self) -> None:
        self.reread(self.number)

    @work(thread=True, exclusive=True, group="account")
    def reread(self, number: str) -> None:
        with self.telling():
            self._post_reread(number)

    def _post_reread(self, number: str) -> None:
        from data.cases.queries import cases_of
        from data.customers.queries import account

        read = account(self.desk, number)
        self.post_message(self.Reread(read, cases_of(self.desk, read.id)))

    @on(Reread)
    def show_reread(self, message: Reread) -> None:
        self.account, self.cases = message.account, message.cases
        self.show(message.account)

    def show(self, account: AccountView) -> None:
        """Puts what the account holds on the screen."""
        self._width = self.app.size.width
        self.refresh_bindings()
        self.notices.show(account.notices)
        self.query_one("#who-title", Static).update(rows.title(account))
        self.who.update(Content("\n").join(rows.who(account)))
        width = rows.lines_width(self._width)
        self.lines.show([(str(line.id), rows.line_row(line, width)) for line in account.lines], empty="No line yet.")
        self.cases_list.show([(row.number, case_row(row)) for row in self.cases], empty="No case. C opens one.")
        today, zone = self.desk.today(), self.desk.agent.zone
        self.timeline.show(
            [(str(place), rows.timeline_row(entry, zone, today)) for place, entry in enumerate(account.timeline)],
            empty="Nothing has happened here yet.",
        )

    @on(OptionList.OptionSelected, "#lines")
    def open_line(self, message: OptionList.OptionSelected) -> None:
        from screens.line import LineScreen

        if self.account and message.option_id:
            self.app.push_screen(LineScreen(self.account.number, int(message.option_id)))

    @on(Notices.Chosen)
    def do_remedy(self, message: Notices.Chosen) -> None:
        if message.action:
            self.call_next(self.run_action, message.action)

    def action_edit(self) -> None:
        from screens.edit import EditScreen

        if self.account:
            self.app.push_screen(EditScreen(self.account), self.tell_edited)

    def tell_edited(self, sentence: str | None) -> None:
        """Says what the edit came to, where it was begun."""
        self.say(sentence or "")

    @work(thread=True, exclusive=True, group="submit")
    def action_submit(self) -> None:
        from data.lifeline.actions import submit

        with self.telling():
            outcome = submit(self.desk, self.number)
            self.post_message(self.Submitted(outcome.sentence))

    @on(Submitted)
    def show_submitted(self, message: Submitted) -> None:
        self.say(message.sentence)
        self.action_reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.account is None or functions.has(action, self.account.operator_kind)

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

    @on(OptionList.OptionSelected, "#cases")
    def open_case(self, message: OptionList.OptionSelected) -> None:
        from screens.case import CaseScreen

        if message.option_id:
            self.app.push_screen(CaseScreen(message.option_id))

    def action_new_case(self) -> None:
        from screens.case import CaseScreen
        from screens.new_case import new_case_form

        def show(number: str | None) -> None:
            if number:
                self.app.push_screen(CaseScreen(number))

        self.app.push_screen(new_case_form(self.number), show)

    def action_timeline(self) -> None:
        self.timeline.focus()

    def action_copy(self) -> None:
        self.copy(self.number)

    @work(thread=True, exclusive=True, group="neighbor")
    def action_neighbor(self, step: int) -> None:
        from data.agents.queries import recently_opened

        with self.telling():
            numbers = [row.account for row in recently_opened(self.desk, 50)]
            if self.number in numbers:
                place = numbers.index(self.number) + step
                if 0 <= place < len(numbers):
                    self._post_reread(numbers[place])
