"""The account: what matters first, then who, lines, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.operators.functions import Place
from screens import account_rows as rows
from screens import functions
from screens.account_billing import AccountBilling
from screens.account_credits import AccountCredits, CreditsLine
from screens.account_walk import AccountWalk
from screens.case_rows import case_row
from screens.lifeline_deeds import LifelineDeeds
from screens.widgets.choices import Choices
from screens.widgets.notices import Notices
from screens.widgets.panel import Columns, Facts, Panel

if TYPE_CHECKING:
    from data.cases.views import CaseRow
    from data.customers.queries import AccountView
    from data.verification.rules import Field


class AccountScreen(AccountBilling, AccountCredits, LifelineDeeds, AccountWalk):
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

    @dataclass
    class Came(Message):
        """An account came from the store. `turn`: when it was asked for; an answer to an older turn comes too late."""

        turn: int
        account: AccountView
        cases: tuple[CaseRow, ...]
        opening: bool

    def __init__(self) -> None:
        super().__init__()
        self.account: AccountView | None = None
        self.cases: tuple[CaseRow, ...] = ()
        self._before: list[str] = []
        self._turn = 0
        self._left = False
        self._width = 0

    @property
    def number(self) -> str:
        """The number of the account that is shown."""
        return self.account.number if self.account else ""

    @property
    def account_number(self) -> str:
        return self.number

    @property
    def masked(self) -> tuple[Field, ...]:
        return self.account.masked if self.account else ()

    def cover(self) -> None:
        from data.customers.queries import covered_account

        if self.account:
            self.account = covered_account(self.account)
            self.show(self.account)

    def begin_with(self, account: AccountView, cases: tuple[CaseRow, ...]) -> None:
        """Shows `account`, with nothing to go back to but the screen below."""
        self._before.clear()
        if self.is_mounted:
            self.search.clear()
        self._turn_to(account, cases)

    def go_on_to(self, account: AccountView, cases: tuple[CaseRow, ...]) -> None:
        """Shows `account`; back comes back to the one that was shown."""
        if account.number != self.number:
            self._before.append(self.number)
        self._turn_to(account, cases)

    def _turn_to(self, account: AccountView, cases: tuple[CaseRow, ...]) -> None:
        self._turn += 1
        self.end_walk()
        self._left = False
        self.account, self.cases = account, cases
        if self.is_mounted:
            self._begin(account)
            self.focus_body()  # from the search box, too: the next key is for who was found

    def on_mount(self) -> None:
        if self.account:
            self._begin(self.account)

    def on_resize(self, event: events.Resize) -> None:
        if self.account and event.size.width != self._width:
            self.show(self.account)

    def _begin(self, account: AccountView) -> None:
        """Shows another account than before: from its top, without what was said of the other."""
        self.say("")
        self.show(account)
        self.query_one("#body").scroll_home(animate=False)
        self.settle_focus()

    def action_back(self) -> None:
        if self._before:
            self._ask_for(self._before.pop())
        else:
            if self.app.telephone:
                self.app.telephone.end_visit()
            super().action_back()

    def compose_body(self) -> ComposeResult:
        yield Notices()
        with Columns(id="account"):
            with Panel(id="who-panel"):
                yield Facts(id="who-title", classes="panel-title")
                yield Facts(id="who", classes="facts")
            with Panel(id="lines-panel"):
                yield Static("Lines", classes="panel-title")
                yield Choices(id="lines")
            with Panel(id="cases-panel"):
                yield Static("Cases", classes="panel-title")
                yield Choices(id="cases")
                yield CreditsLine()
            with Panel(id="timeline-panel"):
                yield Static("Timeline", classes="panel-title")
                yield Choices(id="timeline")

    def on_screen_resume(self) -> None:
        if self._left:
            self._left = False
            self.action_reload()

    def on_screen_suspend(self) -> None:
        self._left = True

    def action_reload(self) -> None:
        if self.account:
            self._ask_for(self.number)

    def _ask_for(self, number: str, *, opening: bool = False) -> None:
        self._turn += 1
        self.read(number, self._turn, opening=opening)

    @work(thread=True, group="read")
    def read(self, number: str, turn: int, *, opening: bool) -> None:
        from data.cases.queries import cases_of
        from data.customers.queries import account

        with self.telling():
            read = account(self.desk, number)
            self.post_message(self.Came(turn, read, cases_of(self.desk, read.id), opening))

    @work(thread=True, group="opened")
    def keep_opened(self, number: str) -> None:
        """Writes down that the account was opened; asked for once it is painted, so that nobody waits for the disk."""
        from data.customers.actions import open_account

        with self.telling():
            open_account(self.desk, number)
            if self.app.telephone:
                self.app.telephone.look()  # the account may be on the call now

    @on(Came)
    def show_came(self, message: Came) -> None:
        if message.turn != self._turn:
            return
        another = message.account.number != self.number
        self.account, self.cases = message.account, message.cases
        if another:
            self._begin(message.account)
        else:
            self.show(message.account)
        if message.opening:
            self.call_after_refresh(self.keep_opened, message.account.number)

    def show(self, account: AccountView) -> None:
        """Puts what the account holds on the screen."""
        self._width = self.app.size.width
        self.refresh_bindings()
        self.notices.show(account.notices)
        self.query_one("#who-title", Facts).update(rows.title(account))
        self.who.update(Content("\n").join(rows.who(account, rows.who_width(self._width))))
        width = rows.lines_width(self._width)
        self.lines.show([(str(line.id), rows.line_row(line, width)) for line in account.lines], empty="No line yet.")
        room = rows.who_width(self._width)
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

    @on(AccountWalk.Walked)
    def walk_to(self, message: AccountWalk.Walked) -> None:
        self._ask_for(message.number, opening=True)
