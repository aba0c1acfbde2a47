"""A credit: what was asked for, who decided and why, its Release Agreement, and the step that is next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from data.agents.rules import Permission
from data.credits.steps import SETTLED, Step, hindrance, permission
from data.desk import permit
from data.errors import Refused
from screens import agreement, words
from screens import credit_forms as forms
from screens import credit_rows as rows
from screens.account_rows import who_width
from screens.desk_app import Undo
from screens.dialog import Question
from screens.menu import Menu
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.credits.views import WholeCredit
    from data.desk import Desk

STEPS = {"approve": Step.APPROVE, "deny": Step.DENY, "withdraw": Step.WITHDRAW, "issue": Step.ISSUE}
AGREEMENT = (Step.DRAW_UP, *SETTLED)


class CreditScreen(Workspace):
    """The credit of that id."""

    CSS_PATH = ["account.tcss", "credit.tcss"]
    HELP: ClassVar[str] = (
        "Next says who has the next move. A credit of $200 or more is issued once its Release Agreement is signed; "
        "A draws it up and notes how far it is. Enter on a version saves its PDF."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "approve", "Approve", id="credit.approve", tooltip="Approve what somebody else asked for"),
        Binding("x", "deny", "Deny", id="credit.deny", tooltip="Deny it, and say why"),
        Binding("i", "issue", "Issue", id="credit.issue", tooltip="Note that it was issued, or its next month"),
        Binding("A", "agreement", "Agreement", id="credit.agreement", tooltip="Draw up, send, sign or save it"),
        Binding("w", "withdraw", "Withdraw", id="credit.withdraw", tooltip="Take it back, or the months left of it"),
        Binding("o", "case", "Case", id="credit.case", tooltip="Open the case that it belongs to"),
    ]  # fmt: skip

    versions = getters.query_one("#versions", Choices)

    @dataclass
    class Came(Message):
        """The credit came from the store. `sentence`: what was done to it, "" where it was only read.

        `turn`: when a read was asked for; None where it comes from what was done, which no older read replaces.
        """

        whole: WholeCredit
        sentence: str = ""
        turn: int | None = None

    def __init__(self, credit_id: int) -> None:
        super().__init__()
        self.credit_id = credit_id
        self.whole: WholeCredit | None = None
        self.turn = 0  # how often something was done here

    @property
    def works_on(self) -> str:
        return (self.whole.credit.case or "") if self.whole else ""

    def compose_body(self) -> ComposeResult:
        yield Static("", id="credit-title", classes="panel-title", markup=False)
        with Container(id="account"):
            with Vertical(classes="panel"):
                yield Static("", id="credit-facts", classes="facts", markup=False)
            with Vertical(classes="panel"):
                yield Static("Release Agreement", classes="panel-title")
                yield Choices(id="versions", does=("Save PDF", "Save the PDF of the chosen version once more"))
                yield Static("What happened", classes="panel-title credit-story")
                yield Static("", id="steps", classes="facts", markup=False)

    def desk_came(self) -> None:
        self.action_reload()
        self.app.credits_changed.subscribe(self, lambda _: self.action_reload())

    def on_screen_resume(self) -> None:
        if self.whole is not None:
            self.action_reload()

    def action_reload(self) -> None:
        self.read(self.turn)

    @work(thread=True, exclusive=True, group="credit")
    def read(self, turn: int) -> None:
        from data.credits.queries import credit

        with self.telling():
            self.post_message(self.Came(credit(self.desk, self.credit_id), turn=turn))

    @work(thread=True, group="credit-work")
    def do(self, step: Callable[[Desk], WholeCredit], sentence: str) -> None:
        """Takes a step that needs no form."""
        with self.telling():
            self.post_message(self.Came(step(self.desk), sentence))

    @on(Came)
    def show(self, message: Came) -> None:
        if message.turn is None:
            self.turn += 1
        elif message.turn != self.turn:
            self.action_reload()  # what was read may be from before something was done
            return
        self.whole = whole = message.whole
        zone, today = self.desk.agent.zone, self.desk.today()
        room = who_width(self.app.size.width)
        self.query_one("#credit-title", Static).update(rows.title(whole.credit))
        facts = rows.facts(whole, zone, today, room)
        self.query_one("#credit-facts", Static).update(Content("\n").join(facts))
        needed = "None yet. A draws it up." if whole.credit.release_agreement else "It needs none."
        self.versions.show(
            [(str(one.version), rows.agreement_row(one, zone, today)) for one in reversed(whole.agreements)],
            empty=needed,
        )
        steps = [rows.step_row(step, zone, today) for step in reversed(whole.steps)]
        self.query_one("#steps", Static).update(Content("\n").join(steps))
        if message.sentence:
            self.say(message.sentence)
        if self.focused is None:
            self.call_after_refresh(self.settle_focus)
        self.refresh_bindings()

    def why_not(self, step: Step) -> str:
        """Why that step can't be taken now, and what to do instead; "" where it can."""
        if self.whole is None:
            return "The credit is being read."
        try:
            permit(self.desk, permission(step))
        except Refused as refused:
            return str(refused)
        decides = self.desk.may(Permission.DECIDE_CREDITS)
        no = hindrance(step, self.whole.credit, self.desk.agent.name, decides=decides)
        return f"{no.reason} {no.remedy}" if no else ""

    def is_off(self, action: str) -> bool:
        if self.whole is None:
            return super().is_off(action)
        if action == "agreement":
            return not self.agreement_choices
        if action == "case":
            return not self.whole.credit.case
        return bool(self.why_not(STEPS[action])) if action in STEPS else super().is_off(action)

    def fill_in(self, form: ModalScreen[Any], sentence: str, undo: Undo | None = None) -> None:
        """Opens a form that comes back with the credit as it is then, or None."""

        def tell(whole: WholeCredit | None) -> None:
            if whole is not None:
                self.app.undoable = undo or self.app.undoable
                self.post_message(self.Came(whole, sentence))

        self.app.push_screen(form, tell)

    def action_approve(self) -> None:
        self._decide(Step.APPROVE, "✓ Approved. u undoes it.")

    def action_deny(self) -> None:
        self._decide(Step.DENY, "✓ Denied. u undoes it.")

    def _decide(self, step: Step, sentence: str) -> None:
        if self.may_go_on(step) and self.whole:
            self.fill_in(forms.decision_form(self.whole.credit, step), sentence, forms.undo_of(self.credit_id))

    def action_withdraw(self) -> None:
        if self.may_go_on(Step.WITHDRAW) and self.whole:
            self.fill_in(
                forms.withdrawal_form(self.credit_id), "✓ Withdrawn. u undoes it.", forms.undo_of(self.credit_id)
            )

    def may_go_on(self, step: Step) -> bool:
        """Whether `step` can be taken; says why not."""
        why_not = self.why_not(step)
        self.say(f"! {why_not}" if why_not else "")
        return not why_not

    def action_issue(self) -> None:
        """What was issued can't be undone, so it is asked about first."""
        if not self.may_go_on(Step.ISSUE) or self.whole is None:
            return
        view = self.whole.credit
        what = f"{words.money(view.amount)} was issued"
        if view.months > 1:
            what = f"month {view.months_issued + 1} of {view.months} was issued"
        question = Question(f"Note that {what}? That can't be undone.", safe="Not yet", go_on="It was issued")
        self.app.push_screen(question, partial(self.issue_if, view.months_issued + 1))

    def issue_if(self, month: int, sure: bool | None) -> None:
        """Notes that the month that was asked about was issued, where the person is sure."""
        from data.credits.actions import issue

        if sure:
            self.do(partial(issue, credit_id=self.credit_id, month=month), "✓ Issued.")

    @property
    def agreement_choices(self) -> list[tuple[str, str]]:
        """What can be done with the agreement now."""
        if self.whole is None:
            return []
        lawful = {step for step in AGREEMENT if not self.why_not(step)}
        return agreement.choices(self.whole.credit, lawful)

    def action_agreement(self) -> None:
        if choices := self.agreement_choices:
            self.app.push_screen(Menu(f"Release Agreement of credit {self.credit_id}", choices), self.agree)
        else:
            self.may_go_on(Step.DRAW_UP)

    def agree(self, chosen: str | None) -> None:
        """Does what was chosen from the menu."""
        if chosen and self.whole:
            self.app.push_screen(agreement.form(self.whole.credit, chosen), self.tell_agreed)

    def tell_agreed(self, sentence: str | None) -> None:
        """Says what the agreement's form came to."""
        if sentence:
            self.say(sentence)

    @on(Choices.Selected, "#versions")
    def save_version(self, message: Choices.Selected) -> None:
        """Enter on a version: its own PDF, also where a newer one replaces it."""
        if message.key:
            self.app.push_screen(agreement.saving_form(self.credit_id, int(message.key)), self.tell_agreed)

    def action_case(self) -> None:
        if self.whole and self.whole.credit.case:
            self.open_case(self.whole.credit.case)
        else:
            self.say("! This credit belongs to the account, not to a case.")
