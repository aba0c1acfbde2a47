"""Home: the search box, who was opened last, and who needs someone today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from data.agents.rules import Permission
from data.text import counted
from screens.search import Search
from screens.widgets.choices import Choices
from screens.words import fit, moment, phone
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.agents.queries import RecentView
    from data.lifeline.views import NeedCount


CREDITS, COMPLAINTS = "credits", "complaints"  # the rows that lead a lead to what waits for their word
PENDING = "pending"  # the row that leads to the dashboard
QUIZ = "quiz"  # the row that leads to what is to be practised
REQUESTS, SHUT_OUT, NO_CODE = "requests", "shut-out", "no-code"  # those that lead to who works here
RECOVERED = "recovered"  # the row that leads to the audit
LEAD_AWAY = "/:?"  # these keys find, name and help, and are never typed first
LETTERS = "letters"  # the row that leads to the mail
SIDES, WHEN = 6, 12  # cells beside a row; of the time in it
SHUT_OUT_FOR = timedelta(days=1)  # how long home tells of wrong passphrases
OPEN = (
    "Nobody signs in here: whoever can open this store's file sits down in it. "
    "A passphrase of the administrator's changes that: careline agent passphrase"
)
DEMO = "A demo: these people are made up. To begin for real: ^q, then careline init"


class BesideBox(Choices):
    """A list of home's: what is typed goes into the search box, so that no letter of a name works as a key."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character is not None and character.isprintable() and character not in LEAD_AWAY

    def on_key(self, event: events.Key) -> None:
        if event.character and self.check_consume_key(event.key, event.character):
            event.stop()
            box = self.screen.query_one(Search).box
            self.screen.set_focus(box)
            box.call_later(box.insert_text_at_cursor, event.character)  # once it took the focus


class HomeScreen(Workspace):
    """Where an agent starts: the focus is in the search box."""

    AUTO_FOCUS = "#search-box"
    HELP: ClassVar[str] = (
        "Type what the caller says; from the lists, too, it goes into the box. Below stand the accounts you opened "
        "last, and who needs someone."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Lists", id="home.lists", tooltip="From the box to the lists, and on"),
        Binding(
            "ctrl+n",
            "new_case",
            "New case",
            id="home.new-case",
            tooltip="Open a case with nobody behind it: the Orphan Account's",
        ),
    ]

    needs = getters.query_one("#needs", Choices)
    recent = getters.query_one("#recent", Choices)

    @dataclass
    class Loaded(Message):
        """What home shows came from the store: how many there are of each, and the accounts that were opened last."""

        pending: int
        requests: int
        shut_out: int
        recovered: int
        no_code: bool
        letters: int
        complaints: int
        practice: int
        needs: tuple[NeedCount, ...]
        recent: tuple[RecentView, ...]

    loaded: Loaded | None = None
    """What home shows; None before it came."""

    def on_mount(self) -> None:
        super().on_mount()
        self.watch(self.app, "waiting", self.count_credits, init=False)

    def desk_came(self) -> None:
        self.loaded = None
        if not self.query_one("#body").children:  # nothing but the box is drawn before there is something to show
            self.query_one("#body").mount_all(self.lists())
        self.load()

    def lists(self) -> Iterator[Widget]:
        """In a demo, how to begin for real; then who needs someone, and who was opened last."""
        if self.app.demo:
            yield Static(DEMO, id="demo-hint", classes="panel", markup=False)
        yield Vertical(Static("Needs someone today", classes="panel-title"), BesideBox(id="needs"), classes="panel")
        yield Vertical(Static("Recently opened", classes="panel-title"), BesideBox(id="recent"), classes="panel")
        if self.app.free and not self.app.demo:
            yield Static(OPEN, id="open-hint", classes="panel", markup=False)

    def on_screen_resume(self) -> None:
        self.action_reload()
        if self.search.box.value:
            self.search.begin()  # the hits are still there; typing replaces the text

    def action_call(self) -> None:
        """Who begins a call here is about to type what the caller says."""
        if self.app.call is None and not self.search.box.has_focus:
            self.search.begin()
        super().action_call()

    @on(Search.Left)
    def stay_in_the_box(self, message: Search.Left) -> None:
        """Who empties the box here is about to type the next name."""
        if message.emptied:
            message.prevent_default()

    @work(thread=True, exclusive=True, group="home")
    def load(self) -> None:
        with self.telling():
            from data.agents.access import waiting_requests
            from data.agents.queries import (
                RECOVERED_FOR,
                lacks_recovery_code,
                recently_opened,
                recovered_since,
                shut_out_since,
            )
            from data.cases.dashboard import pending_count
            from data.complaints.queries import review_queue
            from data.lifeline.queries import needs_someone
            from data.mail.letters import letters_waiting
            from data.quiz.waiting import waiting_to_practise

            desk = self.desk
            self.post_message(
                self.Loaded(
                    pending=pending_count(desk),
                    requests=waiting_requests(desk),
                    shut_out=len(shut_out_since(desk, desk.now() - SHUT_OUT_FOR)),
                    recovered=len(recovered_since(desk, desk.now() - RECOVERED_FOR)),
                    no_code=lacks_recovery_code(desk),
                    letters=letters_waiting(desk),
                    complaints=len(review_queue(desk)) if desk.may(Permission.REVIEW_COMPLAINTS) else 0,
                    practice=waiting_to_practise(desk),
                    needs=needs_someone(desk),
                    recent=recently_opened(desk, 10),
                )
            )

    def count_credits(self) -> None:
        """Home says how many credits wait, like the bar above it."""
        if self.loaded is not None and self.app.desk is not None:
            self.show(self.loaded)

    @on(Loaded)
    def show(self, message: Loaded) -> None:
        self.loaded = message
        at_once = sum(credit.ocr for credit in self.app.waiting)
        of_them = f", with {counted(at_once, 'On Call Resolution')}" if at_once else ""
        mine = [
            (key, count_row(count, title))
            for key, count, title in (
                (CREDITS, len(self.app.waiting), f"Credits to decide{of_them}"),
                (COMPLAINTS, message.complaints, "Dealer complaints to review"),
                (PENDING, message.pending, "Waiting for you: cases, tasks, mentions"),
                (REQUESTS, message.requests, "Access requests to decide"),
                (RECOVERED, message.recovered, "An administrator got in by the recovery code this week"),
                (SHUT_OUT, message.shut_out, "Agents shut out by wrong passphrases since yesterday"),
                (NO_CODE, message.no_code, "Recovery code to make, for when the last administrator forgets"),
                (LETTERS, message.letters, "Letters to post to customers whom nothing else reaches"),
                (QUIZ, message.practice, "Quiz clues to practice again"),
            )
            if count
        ]
        self.needs.show(
            [*mine, *((need.need, count_row(need.count, need.title)) for need in message.needs if need.count)],
            empty="Nobody is waiting: no Lifeline date is near, nothing failed, nothing is unsubmitted.",
        )
        numbers = max((len(row.account) for row in message.recent), default=0)
        self.recent.show(
            [(row.account, recent_row(row, self, numbers)) for row in message.recent],
            empty="Accounts you open will stand here. Begin by typing a name or a number above.",
        )

    def action_new_case(self) -> None:
        self.new_case(None)

    @on(Choices.Selected, "#recent")
    def open_recent(self, message: Choices.Selected) -> None:
        if message.key:
            self.open_account(message.key)

    @on(Choices.Selected, "#needs")
    def open_need(self, message: Choices.Selected) -> None:
        from screens.needs import NeedScreen

        if message.key == QUIZ:
            self.action_quiz()
        elif message.key == CREDITS:
            self.action_decide_credits()
        elif message.key == COMPLAINTS:
            self.action_complaints()
        elif message.key == PENDING:
            self.action_pending()
        elif message.key in (REQUESTS, SHUT_OUT, NO_CODE):
            self.action_agents()
        elif message.key == RECOVERED:
            self.action_audit()
        elif message.key == LETTERS:
            from screens.mail import MailScreen

            self.go_to(MailScreen)
        elif message.key:
            self.app.push_screen(NeedScreen(message.key))


def count_row(count: int, title: str) -> Content:
    """A count and what it counts: "  12  Recertification is due"."""
    return Content.assemble((f"{count:>6,}  ", "bold"), title)


def recent_row(row: RecentView, screen: HomeScreen, numbers: int) -> Content:
    """When, account (in a column of `numbers` cells), phone, name."""
    desk = screen.desk
    told = f"{row.account:<{numbers}}  {phone(row.mdn):<12}  "
    room = max(12, screen.app.size.width - SIDES - WHEN - len(told))
    return Content.assemble(
        (f"{moment(row.opened_at, desk.agent.zone, desk.today()):>{WHEN - 2}}  ", "$muted"),
        told,
        fit(row.name, room).rstrip(),
    )
