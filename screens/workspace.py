"""The one frame around everything: the bar, the search box, the workspace, the keys that matter here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from data.agents.rules import Permission
from data.errors import CarelineError
from screens import functions
from screens.desk_app import DeskApp, Undo
from screens.explaining import find_article, show_article, topic_of
from screens.keys import working
from screens.search import Search
from screens.telephone import CallChanged, reveal, verify
from screens.widgets.bar import Bar
from screens.widgets.keys_line import KeysLine

if TYPE_CHECKING:
    from data.cases.pending import Dashboard
    from data.cases.views import CaseRow, CaseView
    from data.customers.queries import AccountView
    from data.desk import Desk
    from data.verification.rules import Field
    from screens.pending import PendingScreen


class Workspace(Screen[str]):
    """A screen in the common frame. A workspace fills in `compose_body` and `desk_came`; it may end with a sentence.


    Its queries and actions run in thread workers that post messages; `telling()` around them shows what goes wrong.
    """

    HELP: ClassVar[str] = ""
    needs_permission: ClassVar[Permission] = Permission.READ_ACCOUNTS
    """What it takes to see this workspace at all."""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,f2", "find", "Find", id="find", tooltip="Go to the search box, from anywhere"),
        Binding("escape", "back", "Back", id="back", tooltip="One step back"),
        Binding("question_mark,f1", "help", "Help", id="help", tooltip="Every key that works here"),
        Binding("colon,ctrl+p", "app.command_palette", "Menu", id="command", tooltip="Do anything by its name"),
        Binding(
            "d,f9", "pending", "Pending", id="pending", show=False, tooltip="What waits for you, the most urgent first"
        ),
        Binding("u", "undo", "Undo", id="undo", show=False, tooltip="Take back the last thing that can be taken back"),
        Binding(
            "O,ctrl+l",
            "decide_credits",
            "To decide",
            id="decide-credits",
            show=False,
            tooltip="The credits that wait for your word, On Call Resolutions first",
        ),
        Binding(
            "Q,ctrl+g",
            "complaints",
            "Complaints",
            id="complaints",
            show=False,
            tooltip="Complaints about dealers that wait for review",
        ),
        Binding("f3", "call", "Call", id="call", show=False, tooltip="Begin a call, or end the one that goes on"),
        Binding(
            "v",
            "verify",
            "Verify",
            id="verify",
            show=False,
            tooltip="Verify who is on the line, so that what is masked opens",
        ),
        Binding(
            "V",
            "reveal",
            "Show masked",
            id="reveal",
            show=False,
            tooltip="Show one masked field without a verified caller; it asks why",
        ),
        Binding(
            "W,ctrl+b",
            "agents",
            "Who works here",
            id="agents",
            show=False,
            tooltip="Agents, access requests and invitation codes",
        ),
        Binding(
            "z,ctrl+t",
            "quiz",
            "Quiz",
            id="quiz",
            show=False,
            tooltip="Decks to practice and to play; class games and results for trainers",
        ),
        Binding(
            "L,alt+l",
            "audit",
            "Audit",
            id="audit",
            show=False,
            tooltip="The record of who did what, and whether it is whole",
        ),
        Binding("h", "explain", "How", id="explain", show=False, tooltip="The article that explains this"),
        Binding(
            "I,ctrl+o",
            "knowledge",
            "Infomanager",
            id="knowledge",
            show=False,
            tooltip="Articles about plans, promotions, policies and procedures",
        ),
        Binding(
            "p,alt+p",
            "promotions",
            "Promotions",
            id="promotions",
            show=False,
            tooltip="Look for what a customer was promised, and put it on the line",
        ),
        Binding("f5", "reload", "Reload", id="reload", show=False, tooltip="Read this again from the store"),
    ]

    _refused_about = ""
    """The action that was refused last, as the audit calls it."""

    app = getters.app(DeskApp)
    search = getters.query_one(Search)
    trouble = getters.query_one("#trouble", Static)

    @dataclass
    class Trouble(Message):
        """A query or an action did not go through; `error` says why and what to do."""

        error: CarelineError

    @dataclass
    class Undone(Message):
        """Something was taken back. `sentence` says what."""

        sentence: str

    @dataclass
    class CaseRead(Message):
        """A case that the person wants to see came from the store. `said`: what was just done to it."""

        case: CaseView
        said: str

    @dataclass
    class PendingRead(Message):
        """What waits came from the store, for the dashboard that is to show it."""

        screen: PendingScreen
        dashboard: Dashboard

    @dataclass
    class AccountRead(Message):
        """An account that the person wants to see came from the store."""

        account: AccountView
        cases: tuple[CaseRow, ...]

    def compose(self) -> ComposeResult:
        yield Bar()
        yield Search()
        with VerticalScroll(id="body", can_focus=False):
            yield from self.compose_body()
        yield Static(id="trouble", markup=False)
        yield KeysLine()

    def compose_body(self) -> ComposeResult:
        """What stands in the frame."""
        yield from ()

    def on_mount(self) -> None:
        self.watch(self.app, "desk", self._desk_changed)

    def _desk_changed(self, desk: Desk | None) -> None:
        if desk is not None and self.permitted(self.needs_permission):
            self.desk_came()

    def desk_came(self) -> None:
        """The store is open: time to load what this workspace shows."""

    @property
    def desk(self) -> Desk:
        """The desk; only to be asked for after `desk_came`."""
        assert self.app.desk is not None
        return self.app.desk

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Around a worker's call: what Careline refuses or can't do is shown in place, in words."""
        try:
            yield
        except CarelineError as error:
            self.post_message(self.Trouble(error))
        except Exception as error:
            self.post_message(self.Trouble(self.app.mistake(error)))

    @on(Trouble)
    def show_trouble(self, message: Trouble) -> None:
        self._refused_about = message.error.about
        self.say(f"! {self.app.note_refusal(message.error)}")

    @property
    def topics(self) -> Iterator[str]:
        """What an article might explain here, the nearest first: what was refused, then this place."""
        yield self._refused_about
        yield topic_of(self)

    def action_explain(self) -> None:
        self.run_worker(partial(find_article, self, tuple(self.topics)), thread=True, group="explain")

    def open_article(self, slug: str) -> None:
        """Shows the article of that `slug`."""
        show_article(self, slug)

    def action_promotions(self) -> None:
        from screens.promotions import PromotionsScreen

        if not isinstance(self, PromotionsScreen):
            self.app.push_screen(PromotionsScreen(self.account_number, self.line_number, self.case_number))

    def action_knowledge(self) -> None:
        from screens.knowledge import KnowledgeScreen

        if not isinstance(self, KnowledgeScreen):
            self.app.push_screen(KnowledgeScreen())

    def copy(self, text: str) -> None:
        """Puts `text` on the person's clipboard (OSC 52), and says so."""
        self.app.copy_to_clipboard(text)
        self.say(f"Copied: {text}")

    def say(self, sentence: str) -> None:
        """Shows `sentence` above the keys; an empty one takes it away."""
        if sentence or self.trouble.display:
            self.trouble.update(sentence)
            self.trouble.display = bool(sentence)

    @on(Search.Finding)
    def make_room(self, message: Search.Finding) -> None:
        self.set_class(message.active, "-finding")

    @on(Search.Left)
    def leave_search(self) -> None:
        self.focus_body()

    @on(Search.Chosen)
    def open_chosen(self, message: Search.Chosen) -> None:
        self.open_account(message.account)

    @on(Search.ArticleChosen)
    def open_chosen_article(self, message: Search.ArticleChosen) -> None:
        self.search.clear()
        self.open_article(message.slug)

    @on(Search.CaseChosen)
    def open_chosen_case(self, message: Search.CaseChosen) -> None:
        self.open_case(message.number)

    @work(thread=True, exclusive=True, group="open-case")
    def open_case(self, number: str, said: str = "") -> None:
        """Reads the case `number` and shows it, painted once; `said` tells what was just done to it."""
        from data.cases.queries import case

        with self.telling():
            self.post_message(self.CaseRead(case(self.desk, number), said))

    @on(CaseRead)
    def show_case(self, message: CaseRead) -> None:
        from screens.case import CaseScreen

        self.app.push_screen(CaseScreen(message.case.number, message.said, message.case))

    @work(thread=True, exclusive=True, group="account")
    def open_account(self, number: str) -> None:
        """Reads the account `number` and shows it."""
        from data.cases.queries import cases_of
        from data.customers.queries import account

        with self.telling():
            read = account(self.desk, number)
            self.post_message(self.AccountRead(read, cases_of(self.desk, read.id)))

    def new_case(self, account: str | None) -> None:
        """Opens a case on `account` (its number), or with nobody behind it, and shows it."""
        from screens.new_case import new_case_form

        def show(number: str | None) -> None:
            if number:
                self.open_case(number)

        self.app.push_screen(new_case_form(account), show)

    @on(AccountRead)
    def show_account(self, message: AccountRead) -> None:
        self.say("")
        self.app.show_account(message.account, message.cases)

    def focus_body(self) -> None:
        """Puts the focus where the work is: the body's first place that takes it, or the body itself, to scroll it."""
        body = self.query_one("#body")
        body.can_focus = False
        first = next((widget for widget in self.focus_chain if body in widget.ancestors), None)
        body.can_focus = first is None
        self.set_focus(first or body, scroll_visible=False)  # what stands first stays in sight

    def settle_focus(self) -> None:
        """`focus_body`, unless the person is typing meanwhile."""
        if not isinstance(self.focused, Input):
            self.focus_body()

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

    @property
    def masked(self) -> tuple[Field, ...]:
        """What is masked here."""
        return ()

    @on(CallChanged)
    def take_call_changed(self) -> None:
        self.call_changed()

    def call_changed(self) -> None:
        """The call began, ended, or its caller was verified: what is shown is read anew, masked as it now is."""
        if self.is_mounted and self.app.desk is not None:
            if not self.app.verified:
                self.cover()
            self.action_reload()

    def cover(self) -> None:
        """Masks at once what is shown, without waiting for the store; nothing private stands on most screens."""

    @property
    def unsaved(self) -> str:
        """What would be lost by leaving now, in words; "" for nothing."""
        return ""

    def commands(self) -> Iterator[SystemCommand]:
        """Every key that works here, for the palette."""
        for one in working(self):
            if one.named:
                keys = " ".join(one.keys)
                yield SystemCommand(
                    one.name, f"{one.help} ({keys})", partial(self.app.run_action, one.action, one.node)
                )

    def is_off(self, action: str) -> bool:
        """Whether `action` would be refused here; its key is dim then, and says why when pressed."""
        if action == "undo":
            return self.app.undoable is None
        return self.app.desk is not None and not functions.permitted(action, self.app.desk)

    def action_undo(self) -> None:
        undo, self.app.undoable = self.app.undoable, None
        if undo is None:
            self.say("There is nothing to undo: nothing was done in this session that can be taken back.")
        else:
            self.undo(undo)

    @work(thread=True, group="undo")
    def undo(self, undo: Undo) -> None:
        """Takes something back."""
        with self.telling():
            undo.run(self.desk)
            self.post_message(self.Undone(undo.done))

    @on(Undone)
    def tell_undone(self, message: Undone) -> None:
        self.action_reload()
        self.say(message.sentence)

    def permitted(self, permission: Permission) -> bool:
        """Whether the agent who sits here may do what `permission` says; says why not."""
        from data.desk import permit

        try:
            permit(self.desk, permission)
        except CarelineError as error:
            self.say(f"! {self.app.note_refusal(error)}")
            return False
        return True

    def action_call(self) -> None:
        if self.app.telephone is not None:
            self.app.telephone.lift_or_hang_up(self.account_number)

    def action_verify(self) -> None:
        verify(self)

    def action_reveal(self) -> None:
        reveal(self)

    def action_find(self) -> None:
        self.search.begin()

    def action_back(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def action_help(self) -> None:
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen.about(self))

    def action_pending(self) -> None:
        from screens.pending import PendingScreen

        if not isinstance(self, PendingScreen) and self.app.desk is not None:
            self.read_pending(self.app.free_pending_screen())

    @work(thread=True, exclusive=True, group="open-pending")
    def read_pending(self, screen: PendingScreen) -> None:
        with self.telling():
            self.post_message(self.PendingRead(screen, screen.gather(self.desk)))

    @on(PendingRead)
    def show_pending(self, message: PendingRead) -> None:
        """The dashboard as one left it, with what waits now."""
        if message.screen not in self.app.screen_stack:
            message.screen.begin_with(message.dashboard)
            self.app.push_screen(message.screen)

    def action_decide_credits(self) -> None:
        from screens.deciding import DecidingScreen

        if self.permitted(Permission.DECIDE_CREDITS) and not isinstance(self, DecidingScreen):
            self.app.push_screen(DecidingScreen())

    def action_complaints(self) -> None:
        from screens.complaints import ComplaintsScreen

        if self.permitted(Permission.REVIEW_COMPLAINTS) and not isinstance(self, ComplaintsScreen):
            self.app.push_screen(ComplaintsScreen())

    def action_agents(self) -> None:
        from screens.agents import AgentsScreen

        if self.permitted(AgentsScreen.needs_permission) and not isinstance(self, AgentsScreen):
            self.app.push_screen(AgentsScreen())

    def action_audit(self) -> None:
        from screens.audit import AuditScreen

        if self.permitted(AuditScreen.needs_permission) and not isinstance(self, AuditScreen):
            self.app.push_screen(AuditScreen())

    def action_quiz(self) -> None:
        from screens.quiz import QuizScreen

        if not isinstance(self, QuizScreen):
            self.app.push_screen(QuizScreen())

    def action_reload(self) -> None:
        if self.app.desk is not None and self.permitted(self.needs_permission):
            self.desk_came()
