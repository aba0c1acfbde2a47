"""What is done with a promotion: it is put on the line, asked for as a credit, given new terms, copied."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from data.agents.rules import Permission
from screens import words
from screens.asking_credit import AskingCredit
from screens.desk_app import Undo
from screens.dialog import Question

if TYPE_CHECKING:
    from data.cases.views import CaseRow
    from data.desk import Desk
    from data.promotions.views import OnLine, PcaPreview, RevisionView


class PromotionDeeds(AskingCredit):
    """The promotion `ost`, for the line `line_id` of `account`. `said`: facts that the caller told, by name.

    `case`: the one that gets a note; "" takes the account's newest open one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,ctrl+s", "apply", "Apply (PCA)", id="promotion.apply", tooltip="Put it on the line"),
        Binding("r,ctrl+r", "credit", "Credit", id="promotion.credit", tooltip="Ask for a credit instead"),
        Binding("e,f4", "edit", "New revision", id="promotion.edit", show=False,
                tooltip="Change its terms from a day on; for leads"),
        Binding("y", "copy", "Copy", id="promotion.copy", show=False, tooltip="Copy the OST number"),
    ]  # fmt: skip

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

    @property
    def account_number(self) -> str:
        return self.account

    @abstractmethod
    def read_anew(self) -> None:
        """Reads it as it is now; what was asked for earlier comes too late."""

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
