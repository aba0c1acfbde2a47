"""Promotions: one box for what the customer says, what it was taken for, and which promotions it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from data.agents.rules import Permission
from data.verification.rules import MASK, Field
from screens import promotion_rows as rows
from screens.account_rows import lines_width, who_width
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.promotions.views import Found

SHOWN = 8  # answers


class AskBox(Input):
    """What the customer says; down goes on to the answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab", "screen.answers", "Answers", tooltip="Go on to the answers"),
    ]


class PromotionsScreen(Workspace):
    """What a customer may have been promised: anybody, or the customer of `account`, on its `line`.

    `case`: the one that gets a note of what is done; "" takes the account's newest open one.
    """

    CSS_PATH = "promotion.tcss"
    HELP: ClassVar[str] = (
        "Type what the customer says, as they say it: “may 1st s25 ultra, traded s21 good, $1000, unlimited ultimate, "
        "upgrade, not loyalty”. With an account, what it says of the purchase is filled in. Enter opens a promotion."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,f4", "correct", "Correct", id="promotions.correct", tooltip="Correct what was understood"),
        Binding("n,ctrl+n", "new", "New promotion", id="promotions.new", show=False,
                tooltip="Add a promotion to the catalogue; for leads"),
    ]  # fmt: skip

    box = getters.query_one("#ask", AskBox)
    answers = getters.query_one("#answers", Choices)

    @dataclass
    class Came(Message):
        """Answers came. `turn`: when it was asked; an answer to an older question comes too late."""

        turn: int
        found: Found

    def __init__(self, account: str = "", line: str = "", case: str = "", *, text: str = "") -> None:
        super().__init__()
        self.account, self.line, self.case, self.text = account, line, case, text
        self.given: dict[str, Any] = {}
        self.found: Found | None = None
        self._turn = 0
        self._last = ""  # the line of the promotion that was opened last; what is typed after it may mean another

    @property
    def account_number(self) -> str:
        return self.account

    @property
    def masked(self) -> tuple[Field, ...]:
        return (Field.BILLS,) if self.found is not None and self.found.masked else ()

    def cover(self) -> None:
        if self.account:
            self.found = None
            self.answers.show([])
            for part in ("#chips", "#why"):
                self.query_one(part, Static).update(MASK)

    def compose_body(self) -> ComposeResult:
        yield Static("Promotions", id="promotions-title", classes="panel-title", markup=False)
        yield AskBox(self.text, placeholder="what the customer says", id="ask")
        yield Static("", id="chips", markup=False)
        with Container(id="promotions"):
            with Vertical(classes="panel"):
                yield Choices(id="answers")
            with Vertical(classes="panel", id="why-panel"):
                yield Static("", id="why", classes="facts", markup=False)

    def desk_came(self) -> None:
        self.ask()
        if self.found is None:
            self.box.focus()

    def on_mount(self) -> None:
        super().on_mount()
        self.watch(self.answers, "cursor", self.show_why, init=False)

    def on_screen_resume(self) -> None:
        if self.found is not None:
            self.ask()

    @on(Input.Changed, "#ask")
    def forget_last(self) -> None:
        self._last = ""
        self.ask()

    def ask(self) -> None:
        """Asks anew with what now stands in the box."""
        if self.app.desk is not None:
            self._turn += 1
            self.find(self.box.value, dict(self.given), self.line or self._last, self._turn)

    @work(thread=True, group="promotions")
    def find(self, text: str, given: dict[str, Any], line: str, turn: int) -> None:
        from data.promotions.queries import find

        if turn != self._turn:
            return
        with self.telling():
            found = find(self.desk, text, given, account=self.account or None, line=line or None, limit=SHOWN)
            self.post_message(self.Came(turn, found))

    @on(Came)
    def show(self, message: Came) -> None:
        if message.turn != self._turn:
            return
        self.found = found = message.found
        width = self.app.size.width
        self.query_one("#promotions-title", Static).update(rows.title(self.account, found))
        self.query_one("#chips", Static).update(rows.chips(found))
        self.answers.show(
            [(match.terms.ost, rows.match_row(match, who_width(width))) for match in found.matches],
            empty="The catalogue is empty. A lead adds promotions, or imports them: careline promo import.",
        )
        self.answers.cursor = 0
        self.show_why()

    def show_why(self) -> None:
        """Shows the conditions of the chosen answer, and the nearest one where none fits."""
        if self.found is None or not self.found.matches:
            self.query_one("#why", Static).update("")
            return
        match = self.found.matches[min(self.answers.cursor, len(self.found.matches) - 1)]
        room = lines_width(self.app.size.width)
        self.query_one("#why", Static).update(rows.why(match, self.found.near_miss, room))

    def action_answers(self) -> None:
        if self.answers.can_focus:
            self.answers.focus()

    @on(Input.Submitted, "#ask")
    def go_on(self) -> None:
        """Enter goes on to the answers."""
        self.action_answers()

    @on(Choices.Selected, "#answers")
    def open_promotion(self, message: Choices.Selected) -> None:
        from screens.promotion import PromotionScreen

        if self.found is not None:
            found = self.found
            self._last = found.line or ""
            self.app.push_screen(PromotionScreen(message.key, self.account, found.line_id, found.said, self.case))

    def action_correct(self) -> None:
        from screens.promotion_forms import correcting

        if self.found is not None:
            self.app.push_screen(correcting(self.found), self._take)

    def _take(self, given: dict[str, Any] | None) -> None:
        if given is not None:
            self.given |= given
            self.forget_last()

    def action_new(self) -> None:
        from screens.promotion_forms import editing

        if self.permitted(Permission.EDIT_PROMOTIONS):
            self.app.push_screen(editing(None, self.desk.today()), self._say_saved)

    def _say_saved(self, ost: str | None) -> None:
        if ost:
            self.ask()
            self.say(f"✓ OST {ost} is in the catalogue.")

    def is_off(self, action: str) -> bool:
        if action == "new":
            return self.app.desk is not None and not self.desk.may(Permission.EDIT_PROMOTIONS)
        return super().is_off(action)
