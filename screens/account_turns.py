"""Showing one account after another on the same screen: late answers are dropped, Back returns to the one before."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from screens.account_walk import AccountWalk
from screens.going import Going

if TYPE_CHECKING:
    from data.cases.views import CaseRow
    from data.customers.account_file import AccountFile
    from data.customers.queries import AccountView


class AccountTurns(AccountWalk):
    """Shows account after account: `number` names the one that is shown. A subclass says in `show` how one looks."""

    @dataclass
    class Came(Message):
        """An account came from the store. `turn`: when it was asked for; an answer to an older turn comes too late.

        `going`: the person goes to it, from the one that is shown; `opening`: it counts as opened then.
        """

        turn: int
        file: AccountFile
        going: Going | None
        opening: bool

    def __init__(self) -> None:
        super().__init__()
        self.account: AccountView | None = None
        self.cases: tuple[CaseRow, ...] = ()
        self._before: list[str] = []
        self._turn = 0
        self._left = False

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

    def begin_with(self, file: AccountFile) -> None:
        """Shows that account, with nothing to go back to but the screen below."""
        self._before.clear()
        if self.is_mounted:
            self.search.clear()
        self._turn_to(file)

    def go_on_to(self, file: AccountFile) -> None:
        """Shows that account; back comes back to the one that was shown."""
        if file.account.number != self.number:
            self._before.append(self.number)
        self._turn_to(file)

    def _turn_to(self, file: AccountFile) -> None:
        self._turn += 1
        self.end_walk()
        self._left = False
        self.account, self.cases = file.account, file.cases
        if self.is_mounted:
            self._begin(file.account)
            self.focus_body()  # from the search box, too: the next key is for who was found

    def on_mount(self) -> None:
        if self.account:
            self._begin(self.account)

    def lay_out_anew(self) -> None:
        if self.account:
            self.show(self.account)

    def _begin(self, account: AccountView) -> None:
        """Shows another account than before: from its top, without what was said of the other."""
        self.say("")
        self.show(account)
        self.query_one("#body").scroll_home(animate=False)
        self.settle_focus()

    def action_back(self) -> None:
        if self._before:
            self._go_to(self._before[-1])
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
            self._turn += 1
            self.read(self.number, self._turn)

    def _go_to(self, number: str, *, opening: bool = False) -> None:
        self._turn += 1
        self.read(number, self._turn, self.app.set_out(self), opening=opening)

    @work(thread=True, group="read")
    def read(self, number: str, turn: int, going: Going | None = None, *, opening: bool = False) -> None:
        from data.customers.account_file import account_file

        with self.on_the_way(going) if going else self.telling():
            self.post_message(self.Came(turn, account_file(self.desk, number), going, opening))

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
        account, before = message.file.account, self.number
        if message.going and self.app.arrive(message.going):
            self._turn += 1  # what is being read of the one before comes too late
            if not message.opening:
                self._before.pop()
        elif message.going or message.turn != self._turn:
            return
        self.account, self.cases = account, message.file.cases
        if account.number != before:
            self._begin(account)
        else:
            self.show(account)
        if message.opening:
            self.call_after_refresh(self.keep_opened, account.number)

    @on(AccountWalk.Walked)
    def walk_to(self, message: AccountWalk.Walked) -> None:
        self._go_to(message.number, opening=True)
