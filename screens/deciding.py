"""What waits for a lead's word: the requests for credits, On Call Resolutions first, as they come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from data.credits.steps import Step
from screens import credit_rows as rows
from screens.credit import CreditScreen
from screens.credit_forms import decision_form, undo_of
from screens.credits import SIDES
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.credits.views import CreditView, WholeCredit


class DecidingScreen(Workspace):
    """What waits for this lead's word, On Call Resolutions first; it shows what comes while one looks."""

    CSS_PATH = "credit.tcss"
    needs_permission: ClassVar[Permission] = Permission.DECIDE_CREDITS
    HELP: ClassVar[str] = (
        "Every request that waits for a lead, On Call Resolutions first. A new one shows by itself. Below stands what "
        "else was asked for on the same case, where all of it together passes a limit."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "approve", "Approve", id="deciding.approve", tooltip="Approve the chosen request"),
        Binding("x", "deny", "Deny", id="deciding.deny", tooltip="Deny the chosen request, and say why"),
        Binding("o", "case", "Case", id="deciding.case", tooltip="Open the case of the chosen request"),
    ]

    list = getters.query_one("#waiting-list", Choices)

    @dataclass
    class Came(Message):
        """The chosen request came from the store."""

        whole: WholeCredit

    def compose_body(self) -> ComposeResult:
        yield Static("Waiting for your word", classes="panel-title")
        yield Choices(id="waiting-list")
        yield Static("", id="chosen", markup=False)

    def desk_came(self) -> None:
        self.watch(self.app, "waiting", self.show)
        self.watch(self.list, "cursor", self.look_closer, init=False)

    def show(self) -> None:
        """Shows what waits as of the last look; the chosen row stays the chosen one."""
        width = self.app.size.width - SIDES
        self.list.show(
            [(str(view.id), rows.credit_row(view, width, whose=True)) for view in self.app.waiting],
            empty="Nothing waits for your word. What is asked for shows here by itself.",
        )
        self.look_closer()
        if self.focused is None or not self.focused.can_focus:
            self.call_after_refresh(self.settle_focus)

    def on_screen_resume(self) -> None:
        if self.app.desk is not None:
            self.app.look_for_credits()

    def lay_out_anew(self) -> None:
        self.show()

    def look_closer(self) -> None:
        """Reads all that whoever decides about the chosen request must see."""
        self.refresh_bindings()
        if self.list.chosen is None:
            self.query_one("#chosen", Static).display = False
        else:
            self.read(int(self.list.chosen))

    @work(thread=True, exclusive=True, group="closer")
    def read(self, credit_id: int) -> None:
        from data.credits.queries import credit

        with self.telling():
            self.post_message(self.Came(credit(self.desk, credit_id)))

    @on(Came)
    def show_closer(self, message: Came) -> None:
        """Shows it below the list, unless another was chosen meanwhile."""
        whole = message.whole
        if self.list.chosen != str(whole.credit.id):
            return
        place = self.query_one("#chosen", Static)
        place.display = True
        place.update(Content("\n").join(rows.to_decide(whole, self.app.size.width - SIDES)))

    @property
    def chosen(self) -> CreditView | None:
        """The request under the cursor."""
        return next((view for view in self.app.waiting if str(view.id) == self.list.chosen), None)

    def is_off(self, action: str) -> bool:
        return self.chosen is None if action in ("approve", "deny", "case") else super().is_off(action)

    def action_approve(self) -> None:
        self._decide(Step.APPROVE, "approved")

    def action_deny(self) -> None:
        self._decide(Step.DENY, "denied")

    def _decide(self, step: Step, done: str) -> None:
        if self.chosen is None:
            self.say("Nothing waits for your word.")
            return
        view = self.chosen

        def tell(whole: WholeCredit | None) -> None:
            if whole is not None:
                self.app.undoable = undo_of(view.id)
                self.say(f"✓ Credit {view.id} of {view.shown_amount} is {done}. u undoes it.")
                self.app.look_for_credits()

        self.app.push_screen(decision_form(view, step), tell)

    def action_case(self) -> None:
        if self.chosen and self.chosen.case:
            self.open_case(self.chosen.case)
        else:
            self.say("This request belongs to an account, not to a case.")

    @on(Choices.Selected)
    def open_credit(self, message: Choices.Selected) -> None:
        self.app.push_screen(CreditScreen(int(message.key)))
