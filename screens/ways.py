"""The ways from any workspace to the others: an account, a case, an article, what waits, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from screens.explaining import show_article
from screens.frame import Frame
from screens.going import Going
from screens.search import Search

if TYPE_CHECKING:
    from data.cases.case_file import CaseFile
    from data.cases.pending import Dashboard
    from data.customers.account_file import AccountFile
    from screens.pending import PendingScreen


class Ways(Frame):
    """A screen from which everything can be opened. What it is about goes along: its account, line and case."""

    @dataclass
    class AccountRead(Message):
        """An account that the person wants to see came from the store."""

        going: Going
        file: AccountFile

    @dataclass
    class CaseRead(Message):
        """A case that the person wants to see came from the store. `said`: what was just done to it."""

        going: Going
        file: CaseFile
        said: str

    @dataclass
    class PendingRead(Message):
        """What waits came from the store, for the dashboard that is to show it."""

        going: Going
        screen: PendingScreen
        dashboard: Dashboard

    @property
    def account_number(self) -> str:
        """The account that this screen is about; "" where it is about none."""
        return ""

    @property
    def case_number(self) -> str:
        """The number of the open case that this screen is about; "" where it is about none."""
        return ""

    @property
    def line_number(self) -> str:
        """The telephone number of the line that this screen is about; "" where it is about none."""
        return ""

    @contextmanager
    def on_the_way(self, going: Going) -> Iterator[None]:
        """Around a worker's reading of what the person goes to: `telling`, and whatever comes of it, they are there."""
        try:
            with self.telling():
                yield
        finally:
            self.call_later(self.app.end_going, going)  # behind what the worker posted

    @on(Search.Chosen)
    def open_chosen(self, message: Search.Chosen) -> None:
        self.open_account(message.account)

    def open_account(self, number: str) -> None:
        """Reads the account `number` and shows it."""
        self.read_account(number, self.app.set_out(self))

    @work(thread=True, exclusive=True, group="account")
    def read_account(self, number: str, going: Going) -> None:
        from data.customers.account_file import account_file

        with self.on_the_way(going):
            self.post_message(self.AccountRead(going, account_file(self.desk, number)))

    @on(AccountRead)
    def show_account(self, message: AccountRead) -> None:
        if self.app.arrive(message.going):
            self.say("")
            self.app.show_account(message.file)

    @on(Search.CaseChosen)
    def open_chosen_case(self, message: Search.CaseChosen) -> None:
        self.open_case(message.number)

    def open_case(self, number: str, said: str = "") -> None:
        """Reads the case `number` and shows it, painted once; `said` tells what was just done to it."""
        self.read_case(number, said, self.app.set_out(self))

    @work(thread=True, exclusive=True, group="open-case")
    def read_case(self, number: str, said: str, going: Going) -> None:
        from data.cases.case_file import case_file

        with self.on_the_way(going):
            self.post_message(self.CaseRead(going, case_file(self.desk, number), said))

    @on(CaseRead)
    def show_case(self, message: CaseRead) -> None:
        if self.app.arrive(message.going):
            self.app.show_case(message.file, message.said)

    def new_case(self, account: str | None, line: str = "") -> None:
        """Opens a case on `account` (its number) and maybe a `line` of it, or with nobody behind it, and shows it."""
        from screens.new_case import new_case_form

        def show(number: str | None) -> None:
            if number:
                self.open_case(number)

        self.app.push_screen(new_case_form(account, line), show)

    @on(Search.ArticleChosen)
    def open_chosen_article(self, message: Search.ArticleChosen) -> None:
        self.search.clear()
        self.open_article(message.slug)

    def open_article(self, slug: str) -> None:
        """Shows the article of that `slug`."""
        show_article(self, slug)

    def go_to(self, place: type[Ways]) -> None:
        """Opens a workspace that is about nothing in particular, where the agent may and is not there already.

        What everybody may see opens even before the store does.
        """
        everybodys = place.needs_permission is Frame.needs_permission
        if (everybodys or self.permitted(place.needs_permission)) and not isinstance(self, place):
            self.app.push_screen(place())

    def action_knowledge(self) -> None:
        from screens.knowledge import KnowledgeScreen

        self.go_to(KnowledgeScreen)

    def action_promotions(self) -> None:
        from screens.promotions import PromotionsScreen

        if not isinstance(self, PromotionsScreen):
            self.app.push_screen(PromotionsScreen(self.account_number, self.line_number, self.case_number))

    def action_pending(self) -> None:
        from screens.pending import PendingScreen

        if not isinstance(self, PendingScreen) and self.app.desk is not None:
            self.read_pending(self.app.kept_screen(PendingScreen), self.app.set_out(self))

    @work(thread=True, exclusive=True, group="open-pending")
    def read_pending(self, screen: PendingScreen, going: Going) -> None:
        with self.on_the_way(going):
            self.post_message(self.PendingRead(going, screen, screen.gather(self.desk)))

    @on(PendingRead)
    def show_pending(self, message: PendingRead) -> None:
        """The dashboard as one left it, with what waits now."""
        if self.app.arrive(message.going):
            message.screen.begin_with(message.dashboard)
            self.app.push_screen(message.screen)

    def action_decide_credits(self) -> None:
        from screens.deciding import DecidingScreen

        self.go_to(DecidingScreen)

    def action_complaints(self) -> None:
        from screens.complaints import ComplaintsScreen

        self.go_to(ComplaintsScreen)

    def action_agents(self) -> None:
        from screens.agents import AgentsScreen

        self.go_to(AgentsScreen)

    def action_audit(self) -> None:
        from screens.audit import AuditScreen

        self.go_to(AuditScreen)

    def action_quiz(self) -> None:
        from screens.quiz import QuizScreen

        self.go_to(QuizScreen)
