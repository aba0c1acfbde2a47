"""A complaint about the device set-up fee, step by step: what to say, then what the customer answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.errors import CarelineError
from screens import words
from screens.desk_app import DeskApp
from screens.overlay import Overlay
from screens.widgets.choices import Answers, Choices
from screens.widgets.keys_line import KeysLine

if TYPE_CHECKING:
    from data.credits.setup_fee import SetupFeeView
    from data.desk import Desk

EXPLAIN, OFFER, TAKEN, REFUSED = "explained", "offered", "taken", "refused"
WIDTH = 66


class SetUpFeeWalk(Overlay[bool | None]):
    """Comes back with whether the customer takes the coupon; None when it was left before there was an answer."""

    CSS_PATH = ["form.tcss", "setup_fee.tcss"]
    HELP: ClassVar[str] = "Say what stands here, then choose what came of it. What was noted is kept with the case."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="walk.leave", tooltip="Leave; what was noted is kept"),
    ]

    app = getters.app(DeskApp)
    choices = getters.query_one(Choices)

    @dataclass
    class Came(Message):
        """How far the walk is."""

        view: SetupFeeView

    @dataclass
    class Wrong(Message):
        """A step could not be noted."""

        error: CarelineError

    def __init__(self, case: str) -> None:
        super().__init__()
        self.case = case
        self._under_way = False

    def compose(self) -> ComposeResult:
        with Vertical(id="form"):
            yield Static(f"Set-up fee on case {self.case}", classes="panel-title", markup=False)
            yield Static("", id="to-say", markup=False)
            yield Answers(id="came")
            yield Static("", id="form-wrong", markup=False)
            yield KeysLine()

    def on_mount(self) -> None:
        from data.credits.setup_fee import setup_fee

        self.take(lambda desk: setup_fee(desk, self.case))

    def take(self, step: Callable[[Desk], SetupFeeView]) -> None:
        """Takes a step, one at a time."""
        if self.app.desk is not None and not self._under_way:
            self._under_way = True
            self.run(self.app.desk, step)

    @work(thread=True, group="walk")
    def run(self, desk: Desk, step: Callable[[Desk], SetupFeeView]) -> None:
        try:
            self.post_message(self.Came(step(desk)))
        except Exception as error:
            self.post_message(self.Wrong(self.app.in_words(error)))

    @on(Came)
    def show(self, message: Came) -> None:
        """Shows what to say and what may come of it; with the customer's answer the walk is over."""
        self._under_way = False
        view = message.view
        if view.accepted is not None:
            self.dismiss(view.accepted)
            return
        told = words.hang(f"“{view.to_say}”", WIDTH, "  ", "  ") if view.to_say else ""
        self.query_one("#to-say", Static).update(Content.assemble((f"{view.next_step}\n", "bold"), told))
        if view.explained_at is None:
            rows = [(EXPLAIN, "I have explained it")]
        elif view.offered_at is None:
            rows = [(OFFER, "I have offered the coupon")]
        else:
            rows = [(TAKEN, "The customer takes the coupon"), (REFUSED, "The customer does not want it")]
        self.choices.show([(key, Content(said)) for key, said in rows])
        self.choices.focus()

    @on(Choices.Selected)
    def choose(self, message: Choices.Selected) -> None:
        from data.credits import setup_fee

        case = self.case
        steps: dict[str, Callable[[Desk], SetupFeeView]] = {
            EXPLAIN: lambda desk: setup_fee.note_explained(desk, case),
            OFFER: lambda desk: setup_fee.note_offered(desk, case),
            TAKEN: lambda desk: setup_fee.note_answer(desk, case, accepted=True),
            REFUSED: lambda desk: setup_fee.note_answer(desk, case, accepted=False),
        }
        self.take(steps[message.key])

    @on(Wrong)
    def tell_wrong(self, message: Wrong) -> None:
        self._under_way = False
        self.query_one("#form-wrong", Static).update(f"! {message.error}")
        self.query_one("#form-wrong").display = True

    def action_leave(self) -> None:
        if not self._under_way:
            self.dismiss(None)
