"""A promotion: its terms and revisions, and what putting it on the line would do, done on one key."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from data.errors import Refused
from data.verification.rules import MASK
from screens import promotion_rows as rows
from screens import words
from screens.account_rows import lines_width, who_width
from screens.asking import Asking
from screens.desk_app import Undo
from screens.dialog import Question

if TYPE_CHECKING:
    from data.cases.views import CaseRow
    from data.desk import Desk
    from data.promotions.views import OnLine, PcaPreview, RevisionView


class PromotionScreen(Asking):
    """The promotion `ost`, for the line `line_id` of `account`. `said`: facts that the caller told, by name.

    `case`: the one that gets a note; "" takes the account's newest open one.
    """

    CSS_PATH = "promotion.tcss"
    HELP: ClassVar[str] = (
        "PCA puts a promotion that fits on the line at once. Where it does not fit, the screen says which condition "
        "is not met; a credit is the next best step then."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,ctrl+s", "apply", "Apply (PCA)", id="promotion.apply", tooltip="Put it on the line"),
        Binding("r,ctrl+r", "credit", "Credit", id="promotion.credit", tooltip="Ask for a credit instead"),
        Binding("e,f4", "edit", "New revision", id="promotion.edit", show=False,
                tooltip="Change its terms from a day on; for leads"),
        Binding("y", "copy", "Copy", id="promotion.copy", show=False, tooltip="Copy the OST number"),
    ]  # fmt: skip

    @dataclass
    class Came(Message):
        """The promotion came. `seen`: what it would do on the line, None where it can't be put there: `refused`.

        `turn`: when it was asked for.
        """

        turn: int
        revisions: tuple[RevisionView, ...]
        seen: PcaPreview | None
        refused: str
        on_line: tuple[OnLine, ...]

    @dataclass
    class CasesCame(Message):
        """The account's cases came, for a credit that is asked for instead."""

        cases: tuple[CaseRow, ...]

    @dataclass
    class Applied(Message):
        """It is on the line."""

        done: OnLine

    def __init__(
        self,
        ost: str,
        account: str = "",
        line_id: int | None = None,
        said: Mapping[str, Any] | None = None,
        case: str = "",
    ) -> None:
        super().__init__()
        self.ost, self.account, self.line_id, self.said, self.case = ost, account, line_id, dict(said or {}), case
        self.seen: PcaPreview | None = None
        self.revisions: tuple[RevisionView, ...] = ()
        self._turn = 0  # counts the reads

    @property
    def account_number(self) -> str:
        return self.account

    def cover(self) -> None:
        self.seen = None
        for part in ("#pca", "#conditions", "#having"):
            self.query_one(part, Static).update(MASK)

    def compose_body(self) -> ComposeResult:
        yield Static("", id="promotion-title", classes="panel-title", markup=False)
        with Container(id="promotions"):
            with Vertical(classes="panel", id="pca-panel"):
                yield Static("On the line", classes="panel-title")
                yield Static("", id="pca", classes="facts", markup=False)
                yield Static("", id="conditions", classes="facts", markup=False)
                yield Static("", id="having", classes="facts", markup=False)
            with Vertical(classes="panel"):
                yield Static("Terms", classes="panel-title")
                yield Static("", id="terms", classes="facts", markup=False)
                yield Static("Revisions", classes="panel-title further")
                yield Static("", id="revisions", classes="facts", markup=False)

    def desk_came(self) -> None:
        self.read_anew()

    def on_screen_resume(self) -> None:
        if self.revisions:
            self.read_anew()

    def read_anew(self) -> None:
        """Reads it as it is now; what was asked for earlier comes too late."""
        self._turn += 1
        self.read(self._turn)

    @work(thread=True, exclusive=True, group="promotion")
    def read(self, turn: int) -> None:
        from data.promotions.pca import preview
        from data.promotions.queries import promotion, promotions_of_line

        with self.telling():
            found = promotion(self.desk, self.ost)
            seen, refused = None, ""
            having: tuple[OnLine, ...] = ()
            if self.line_id is not None:
                try:
                    seen = preview(self.desk, self.line_id, self.ost, self.said, self.case)
                except Refused as error:
                    refused = self.app.note_refusal(error)
                with suppress(Refused):  # masked, as the refusal above says
                    having = promotions_of_line(self.desk, self.line_id)
            self.post_message(self.Came(turn, found, seen, refused, having))

    @on(Came)
    def show(self, message: Came) -> None:
        if message.turn != self._turn:
            return
        self.revisions, self.seen = message.revisions, message.seen
        self.show_on_line(message.on_line, message.refused, who_width(self.app.size.width))
        self.show_terms(lines_width(self.app.size.width))
        self.refresh_bindings()
        self.settle_focus()

    def show_on_line(self, on_line: tuple[OnLine, ...], refused: str, width: int) -> None:
        """What it would do on the line, that the line has it, or why it can't be put there; and what the line has."""
        standing = next((one for one in on_line if one.ost == self.ost and one.ended_on is None), None)
        others = [one for one in on_line if one is not standing]
        having = [words.muted("The line has or had"), *rows.on_line(others, width)] if others else []
        conditions = rows.conditions(self.seen.conditions, width) if self.seen else []
        if self.seen:
            told = rows.preview(self.seen, width)
        elif standing:
            has = f"✓ The line has it: {standing.in_words}, from {words.day(standing.first_bill_on)}."
            told = Content.styled(words.hang(has, width, ""), "$text-success")
        else:
            told = Content.styled(words.hang(f"× {refused}", width, "", "  "), "$text-error")
        self.query_one("#pca-panel").display = self.line_id is not None
        self.query_one("#pca", Static).update(told)
        self.query_one("#conditions", Static).update(Content("\n").join(conditions))
        self.query_one("#having", Static).update(Content("\n").join(having))

    def show_terms(self, width: int) -> None:
        """Its name, what it takes and gives, and its revisions."""
        shown = self.revision
        title = Content.assemble(f"OST {self.ost}  ", words.plain(shown.terms.name))
        self.query_one("#promotion-title", Static).update(title)
        self.query_one("#terms", Static).update(rows.terms(shown, width))
        self.query_one("#revisions", Static).update(rows.revisions(self.revisions, shown.id, width))

    @property
    def revision(self) -> RevisionView:
        """The revision for the day of purchase, else the last one."""
        on = self.said.get("on")
        return next((one for one in self.revisions if on and one.terms.holds_on(on)), self.revisions[-1])

    def is_off(self, action: str) -> bool:
        if action == "apply":
            return self.seen is None
        if action == "credit":
            return not self.account
        if action == "edit":
            return self.app.desk is not None and not self.desk.may(Permission.EDIT_PROMOTIONS)
        return super().is_off(action)

    @property
    def why_not_on_a_line(self) -> str:
        """Why it can't be put on a line now, and what helps."""
        if not self.account:
            return "! Open it from an account, and it can be put on a line."
        if self.line_id is None:
            return "! No line is chosen. Where the account is masked, v verifies the caller; then open it once more."
        return "! It can't be put on the line: see why above. r asks for a credit instead."

    def action_apply(self) -> None:
        if self.seen is None:
            self.say(self.why_not_on_a_line)
            return
        ending = f" It ends {' and '.join(one.in_words for one in self.seen.replaces)}." if self.seen.replaces else ""
        ask = f"Put OST {self.ost} on {words.phone(self.seen.line)}? {self.seen.in_words}.{ending}"
        told = [one.ost for one in self.seen.replaces]
        self.app.push_screen(Question(ask, safe="Not now", go_on="Apply it"), partial(self._apply_if, told))

    def _apply_if(self, ends: list[str], sure: bool | None) -> None:
        if sure:
            self.apply(ends)

    @work(thread=True, group="promotion-work")
    def apply(self, ends: list[str]) -> None:
        from data.promotions.pca import apply

        with self.telling():
            assert self.line_id is not None
            done = apply(self.desk, self.line_id, self.ost, self.said, case=self.case, replacing=ends)
            self.post_message(self.Applied(done))

    @on(Applied)
    def tell_applied(self, message: Applied) -> None:
        done = message.done
        self.app.undoable = Undo(partial(_undo, done.id), f"✓ OST {done.ost} is off the line again.")
        self.read_anew()
        self.say(f"✓ On the line: {done.in_words}, from {words.day(done.first_bill_on)}. u takes it back today.")

    def action_credit(self) -> None:
        if self.account:
            self.read_cases()

    @work(thread=True, group="promotion-cases")
    def read_cases(self) -> None:
        """Reads the cases that a credit may be asked for on."""
        from data.customers.account_file import account_file

        with self.telling():
            self.post_message(self.CasesCame(account_file(self.desk, self.account).cases))

    @on(CasesCame)
    def ask_for_credit(self, message: CasesCame) -> None:
        from data.credits.rules import CreditKind
        from screens.new_credit import credit_form

        form = credit_form(account=self.account, cases=message.cases, kind=CreditKind.VZ_PROMO)
        self.app.push_screen(form, self.tell_asked)

    def action_edit(self) -> None:
        from screens.promotion_forms import editing

        if self.revisions and self.permitted(Permission.EDIT_PROMOTIONS):
            self.app.push_screen(editing(self.revisions[-1].terms, self.desk.today()), self._say_saved)

    def _say_saved(self, ost: str | None) -> None:
        if ost:
            self.read_anew()
            self.say(f"✓ OST {ost} has a new revision.")

    def action_copy(self) -> None:
        self.copy(self.ost)


def _undo(number: int, desk: Desk) -> object:
    from data.promotions.pca import undo

    return undo(desk, number)
