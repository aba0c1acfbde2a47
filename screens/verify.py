"""Verifying who is on the line: the prompts in their order, one question at a time; Esc leaves, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data.errors import CarelineError
from data.verification.pins import lock_ends
from data.verification.rules import Method, Outcome
from screens import verify_rows as rows
from screens.desk_app import DeskApp
from screens.overlay import Overlay
from screens.patience import tell_of_wait
from screens.telephone import CallCame, CallChanged
from screens.widgets.choices import Answers, Choices
from screens.widgets.keys_line import KeysLine

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.desk import Desk
    from data.verification.views import CallView, VerificationView

POLL = 1.0  # seconds between two looks whether the customer opened the link


class Verify(Overlay[None]):
    """Verifies the customer of the account `number` on the call that goes on."""

    CSS_PATH = "verify.tcss"
    HELP: ClassVar[str] = (
        "Each prompt comes in its turn. Nothing here tells what the account holds or where a message went. "
        "Esc leaves; what was tried is kept, and v comes back to it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="verify.leave", tooltip="Leave; v comes back to where you are"),
        Binding("down", "app.focus_next", show=False, tooltip="From what you type to the answers"),
        Binding("up", "app.focus_previous", show=False, tooltip="Back to what you type"),
    ]

    outlives_call = True
    app = getters.app(DeskApp)
    said = getters.query_one("#said", Input)
    answers = getters.query_one("#verify-answers", Choices)
    wrong = getters.query_one("#verify-wrong", Static)

    @dataclass
    class Came(Message):
        """How the verification stands after what was done; `done`: what came of it. `ticket`: when it was asked for."""

        ticket: int
        view: VerificationView
        call: CallView | None
        done: Any = None

    @dataclass
    class Wrong(Message):
        """It did not go."""

        error: CarelineError

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.view: VerificationView | None = None
        self.now: rows.Ask | None = None
        self._again: Method | None = None  # what is asked although its turn is over
        self._choosing = -1  # which of the two questions of a new PIN is asked; -1: none
        self._chosen = ""
        self._sent = ""  # in a demo, what was sent
        self._once_more = False  # what is sent takes the place of what was sent before
        self._under_way = False  # something is being done, not only read
        self._ticket = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="verify"):
            yield Static("", id="verify-title", classes="panel-title", markup=False)
            yield Static("", id="verify-steps", markup=False)
            yield Static("", id="verify-question", markup=False)
            yield Input(id="said", restrict=r"[\d ]*", max_length=8)
            yield Answers(id="verify-answers")
            yield Static("", id="verify-wrong", markup=False)
            yield KeysLine()

    def on_mount(self) -> None:
        self.said.display = False
        self.do(None)
        self.set_interval(POLL, self.look)

    def look(self) -> None:
        """While a link is on its way: did the customer open it?"""
        waits = self.view and self.turn is Method.LINK and self.view.step(Method.LINK).outcome is Outcome.SENT
        if waits and not self._under_way:
            self.do(None)

    @property
    def turn(self) -> Method | None:
        """The prompt that is asked now."""
        return self._again or (self.view.next if self.view else None)

    def do(self, what: Callable[[Desk], Any] | None) -> None:
        """Does `what` in a worker, or only reads how it stands."""
        if self.app.desk is not None and not self._under_way:
            self._under_way = what is not None
            self._ticket += 1
            tell_of_wait(self, partial(self._waits_for, self._ticket), self._tell)
            self.run_step(self.app.desk, what, self._ticket)

    def _waits_for(self, ticket: int) -> bool:
        return self._under_way and ticket == self._ticket

    @work(thread=True, group="verify")
    def run_step(self, desk: Desk, what: Callable[[Desk], Any] | None, ticket: int) -> None:
        from data.verification.queries import current_call, verification

        try:
            done = what(desk) if what else None
            self.post_message(self.Came(ticket, verification(desk, self.number), current_call(desk), done))
        except Exception as error:
            self.post_message(self.Wrong(self.app.in_words(error)))

    @on(Came)
    def show(self, message: Came) -> None:
        if message.ticket != self._ticket:
            return  # what was read before something was done comes too late
        self._under_way = False
        self.view = message.view
        if message.call != self.app.call:
            self.app.post_message(CallCame(message.call))
        told = self._told(message.done)
        if self._again and not rows.askable(message.view.step(self._again)):
            self._again = None
        choosing = rows.CHOOSING[self._choosing] if self._choosing >= 0 else None
        now = choosing or rows.ask(message.view, self.turn, self._sent)
        if message.done is not None or now != self.now:  # a look whether a link was opened leaves what was said
            self._tell(told)
        self._ask(now)

    def _told(self, done: Any) -> str:
        """What came of what was done, where the steps do not say it."""
        if isinstance(done, str):
            return done
        if (demo := getattr(done, "demo", None)) is not None:
            self._sent = demo
            return "✓ Sent once more; only what was sent last counts." if self._once_more else ""
        if getattr(done, "passed", True):
            return ""
        if done.locked_until:
            assert self.app.desk is not None
            ends = lock_ends(done.locked_until, self.app.desk.now(), self.zone)
            return f"! That is wrong, and the PIN is locked until {ends}."
        return "! That is wrong." if done.tries_left else "! That is wrong, and this PIN is void."

    def _ask(self, ask: rows.Ask) -> None:
        assert self.view is not None
        another, self.now = ask != self.now, ask
        self.query_one("#verify-title", Static).update(f"Verify {self.view.name} · {self.view.account}")
        steps = [rows.step_row(step, self.turn, self.zone) for step in self.view.steps]
        self.query_one("#verify-steps", Static).update(Content("\n").join(steps))
        self.query_one("#verify-question", Static).update(ask.question)
        self.answers.show([(key, Content(text)) for key, text in ask.answers])
        if another:
            self.said.display = bool(ask.typed)
            self.said.password = ask.method is not Method.TEMPORARY_PIN
            self.said.placeholder = ask.typed
            self.said.value = ""
            self.answers.cursor = 0
            (self.said if ask.typed else self.answers).focus()
        else:
            self.said.value = ""

    @property
    def zone(self) -> ZoneInfo:
        """The agent's own time zone."""
        assert self.app.desk is not None
        return self.app.desk.agent.zone

    def _tell(self, sentence: str) -> None:
        self.wrong.update(sentence)
        self.wrong.display = bool(sentence)
        self.wrong.set_class(sentence.startswith("✓"), "-done")

    @on(Wrong)
    def tell_wrong(self, message: Wrong) -> None:
        self._under_way = False
        self.said.value = ""  # nobody sees what stands there, so that it is typed anew
        if self.now in rows.CHOOSING:
            self._choose(0)
        self._tell(f"! {message.error}")

    @on(Input.Submitted, "#said")
    def take_said(self, message: Input.Submitted) -> None:
        from data.verification.own_pin import check_pin
        from data.verification.verifying import check_temporary_pin

        typed = message.value.replace(" ", "")
        if not typed or self.now is None or self._under_way:
            return
        if self._choosing >= 0:
            self._take_chosen(typed)
        else:
            check = check_temporary_pin if self.now.method is Method.TEMPORARY_PIN else check_pin
            self.do(lambda desk: check(desk, self.number, typed))

    def _take_chosen(self, typed: str) -> None:
        from data.verification.own_pin import check_new_pin, set_pin

        def keep(desk: Desk) -> str:
            set_pin(desk, self.number, typed)
            return "✓ The new PIN holds from now on."

        if self._choosing == 0:
            self._chosen, self._choosing = typed, 1
            self.do(lambda desk: check_new_pin(desk, self.number, typed))
        elif typed != self._chosen:
            self._choose(0)
            self._tell("! The two were not the same; nothing was kept.")
        else:
            self._choosing = -1
            self.do(keep)

    def _choose(self, question: int) -> None:
        self._choosing = question
        self._tell("")
        self._ask(rows.CHOOSING[question])

    @on(Choices.Selected, "#verify-answers")
    def take_answer(self, message: Choices.Selected) -> None:
        from data.verification.verifying import call_back, open_link_in_demo, pass_over

        answer, method = message.key, self.turn
        if answer in (rows.TO_NUMBER, rows.TO_ADDRESS) and method:
            self._send(method, to_number=answer == rows.TO_NUMBER)
        elif answer == rows.NEXT and method:
            self._again = None
            self.do(lambda desk: pass_over(desk, self.number, method))
        elif answer == rows.OPEN:
            sent = self._sent
            self.do(lambda desk: open_link_in_demo(desk, sent))
        elif answer == rows.CALLED:
            self.do(lambda desk: call_back(desk, self.number))
        elif answer in (rows.MORE, rows.BACK) and self.view:
            self._again = Method.PIN if answer == rows.MORE else rows.behind(self.view, self.turn)
            self.do(None)
        elif answer == rows.CHOOSE:
            self._choose(0)
        elif self._choosing >= 0:
            self._choosing = -1
            self.do(None)
        else:
            self.dismiss(None)

    def _send(self, method: Method, *, to_number: bool) -> None:
        """Sends the link or the temporary PIN to the number of record, or to the address of record."""
        from data.verification.records import Record
        from data.verification.verifying import send_link, send_temporary_pin

        send = send_link if method is Method.LINK else send_temporary_pin
        record = Record.NUMBER if to_number else Record.ADDRESS
        self._once_more = self.view is not None and self.view.step(method).outcome is Outcome.SENT
        self.do(lambda desk: send(desk, self.number, record))

    @on(CallChanged)
    def leave_with_call(self) -> None:
        """The caller hung up: there is nobody to be verified."""
        if self.app.call is None and self.app.screen is self:
            self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)
