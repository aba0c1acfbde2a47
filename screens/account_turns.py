"""Showing one account after another on the same screen: late answers are dropped, Back returns to the one before."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.message import Message

from screens.account_walk import AccountWalk

if TYPE_CHECKING:
    from data.cases.views import CaseRow
    from data.customers.queries import AccountView


class AccountTurns(AccountWalk):
    """Shows account after account: `number` names the one that is shown. A subclass says in `show` how one looks."""

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

    @abstractmethod
    def show(self, account: AccountView) -> None:
        """Puts what the account holds on the screen."""

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

    @on(AccountWalk.Walked)
    def walk_to(self, message: AccountWalk.Walked) -> None:
        self._ask_for(message.number, opening=True)
