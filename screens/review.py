"""Reviewing a complaint about a dealer, side by side with the case that it was taken from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from data.complaints.rules import TRANSITIONS, ComplaintState, may_become
from screens import case_rows
from screens import complaint_rows as rows
from screens.account_rows import WIDE
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.views import CaseView
    from data.complaints.views import Preview, WholeComplaint
    from data.desk import Desk
    from data.operators.markets import MarketView

MOVES = {
    "market": (ComplaintState.SENT, Permission.REVIEW_COMPLAINTS),
    "question": (ComplaintState.QUESTIONED, Permission.REVIEW_COMPLAINTS),
    "close": (ComplaintState.CLOSED, Permission.REVIEW_COMPLAINTS),
    "answer": (ComplaintState.WAITING, Permission.WORK_CASES),
}
Step = Callable[["Desk", int, str], "WholeComplaint"]
"""What is done with the complaint of an id, with words: sent back, closed, answered."""
LATEST = 6  # entries of the case that stand beside the complaint


class ReviewScreen(Workspace):
    """The complaint of that id: a lead decides about it, the agent who took it answers questions."""

    CSS_PATH = ["account.tcss", "complaints.tcss"]
    HELP: ClassVar[str] = (
        "The complaint beside its case. s shows the mail to the Market; it goes once you confirm it. Every decision "
        "stays on record."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "market", "Send to Market", id="review.market", tooltip="Preview the mail, then send it"),
        Binding("b", "question", "Ask agent", id="review.question", tooltip="Back to the agent with questions"),
        Binding("x", "close", "Close", id="review.close", tooltip="Close it with a reason; the Market hears nothing"),
        Binding("w", "answer", "Answer", id="review.answer", tooltip="Answer what the lead asked"),
        Binding("M", "place", "Market", id="review.place", tooltip="Say which Market it belongs to"),
        Binding("o", "case", "Case", id="review.case", tooltip="Open the case that it was taken from"),
    ]

    @dataclass
    class Came(Message):
        """The complaint and its case came from the store. `sentence`: what was done, "" where it was only read."""

        whole: WholeComplaint
        case: CaseView
        sentence: str = ""

    @dataclass
    class Previewed(Message):
        """The mail as it would go."""

        mail: Preview

    @dataclass
    class MarketsCame(Message):
        """Every Market."""

        markets: tuple[MarketView, ...]

    def __init__(self, complaint_id: int) -> None:
        super().__init__()
        self.complaint_id = complaint_id
        self.whole: WholeComplaint | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="review-title", classes="panel-title", markup=False)
        with Container(id="account"):
            with Vertical(classes="panel"):
                yield Static("", id="review-facts", classes="facts", markup=False)
                yield Static("What was done", classes="panel-title review-part")
                yield Static("", id="review-story", classes="facts", markup=False)
            with Vertical(classes="panel"):
                yield Static("", id="review-case-title", classes="panel-title", markup=False)
                yield Static("", id="review-case", classes="facts", markup=False)

    def desk_came(self) -> None:
        self.read()

    def on_screen_resume(self) -> None:
        if self.whole is not None:
            self.read()

    @work(thread=True, exclusive=True, group="review")
    def read(self) -> None:
        from data.complaints.queries import complaint

        with self.telling():
            self.post_message(self._came(complaint(self.desk, self.complaint_id)))

    def _came(self, whole: WholeComplaint, sentence: str = "") -> Came:
        """The complaint with its case; in a worker."""
        from data.cases.queries import case

        return self.Came(whole, case(self.desk, whole.complaint.case), sentence)

    @on(Came)
    def show(self, message: Came) -> None:
        self.whole, case = message.whole, message.case
        zone, today, width = self.desk.agent.zone, self.desk.today(), self.app.size.width
        room = (width - 8) * 2 // 5 if width >= WIDE else width - 6
        beside = (width - 8) * 3 // 5 if width >= WIDE else width - 6
        view = message.whole.complaint
        self.query_one("#review-title", Static).update(rows.title(view))
        self.query_one("#review-facts", Static).update(Content("\n").join(rows.facts(view, zone, today, room)))
        self.query_one("#review-story", Static).update(Content("\n").join(rows.story(message.whole, zone, today)))
        self.query_one("#review-case-title", Static).update(case_rows.title(case))
        entries = [case_rows.entry_row(entry, zone, today, beside) for entry in case.timeline[:LATEST]]
        told = [*case_rows.facts(case, zone, beside), Content(""), case_rows.icci(case, zone, today), *entries]
        self.query_one("#review-case", Static).update(Content("\n").join(told))
        if message.sentence:
            self.say(message.sentence)
            self.app.send_mail()  # what was just queued need not wait for the next round
        if self.focused is None:
            self.call_after_refresh(self.settle_focus)
        self.refresh_bindings()

    def is_off(self, action: str) -> bool:
        if self.whole is None or action not in (*MOVES, "place"):
            return super().is_off(action)
        state = self.whole.complaint.state
        if action == "place":
            return not TRANSITIONS[state]
        wanted, permission = MOVES[action]
        return may_become(state, wanted) is not None or not self.desk.may(permission)

    def _may(self, action: str) -> bool:
        """Whether the complaint may be moved on so; says why not."""
        wanted, permission = MOVES[action]
        if self.whole is None or not self.permitted(permission):
            return False
        no = may_become(self.whole.complaint.state, wanted)
        self.say(f"! {no.reason} {no.remedy}" if no else "")
        return no is None

    def _fill_in(self, step: Step, title: str, label: str, deed: str, sentence: str) -> None:
        """Asks for words, and takes `step` with them."""

        def take(desk: Desk, values: Values) -> WholeComplaint:
            return step(desk, self.complaint_id, values["why"])

        form = Form(title, [Field("why", label, long=True)], take, deed)
        self.app.push_screen(form, partial(self.tell, sentence))

    def tell(self, sentence: str, whole: WholeComplaint | None) -> None:
        """Shows what came of a form, beside the case as it then is; says what was done."""
        if whole is not None:
            self.do(lambda desk: whole, sentence)

    def action_question(self) -> None:
        from data.complaints.actions import send_back

        if self._may("question"):
            label = "What the agent is to find out"
            self._fill_in(send_back, "Back to the agent", label, "Send back", "✓ Back with questions.")

    def action_close(self) -> None:
        from data.complaints.actions import close

        if self._may("close"):
            self._fill_in(close, "Close the complaint", "Why", "Close", "✓ Closed; the Market hears nothing.")

    def action_answer(self) -> None:
        from data.complaints.actions import answer

        if self._may("answer") and self.whole:
            title = f"Answer: {self.whole.complaint.outcome}"
            self._fill_in(answer, title, "What you found out", "Answer", "✓ Answered; it is back in review.")

    def action_market(self) -> None:
        if self._may("market"):
            self.preview()

    @work(thread=True, exclusive=True, group="preview")
    def preview(self) -> None:
        from data.complaints.market_mail import preview

        with self.telling():
            self.post_message(self.Previewed(preview(self.desk, self.complaint_id)))

    @on(Previewed)
    def show_preview(self, message: Previewed) -> None:
        from screens.mail import Preview

        self.app.push_screen(Preview(message.mail), self.send_if)

    def send_if(self, why: str | None) -> None:
        """Sends the mail that was previewed, where the lead confirmed it."""
        from data.complaints.actions import send_to_market

        if why is not None:
            self.do(
                lambda desk: send_to_market(desk, self.complaint_id, why), "✓ Sent; its mail to the Market is queued."
            )

    @work(thread=True, group="review-work")
    def do(self, step: Callable[[Desk], WholeComplaint], sentence: str) -> None:
        """Takes a step, and shows the complaint as it is then."""
        with self.telling():
            self.post_message(self._came(step(self.desk), sentence))

    def action_place(self) -> None:
        if self.permitted(Permission.WORK_CASES):
            self.read_markets()

    @work(thread=True, exclusive=True, group="markets")
    def read_markets(self) -> None:
        from data.operators.markets import markets

        with self.telling():
            self.post_message(self.MarketsCame(markets(self.desk)))

    @on(MarketsCame)
    def choose_market(self, message: MarketsCame) -> None:
        rows = [(one.name, f"{one.name} · {one.email or 'no address yet'}") for one in message.markets]
        if rows:
            self.app.push_screen(Menu("Which Market does it belong to?", rows), self.place)
        else:
            self.say("! There is no Market yet. An administrator adds them: careline market set.")

    def place(self, name: str | None) -> None:
        """Gives the complaint to the Market that was chosen."""
        from data.complaints.actions import place

        if name:
            self.do(lambda desk: place(desk, self.complaint_id, name), f"✓ It belongs to the {name} Market.")

    def action_case(self) -> None:
        if self.whole:
            self.open_case(self.whole.complaint.case)
