"""What care asks for in a case: credits, the walk through a set-up fee complaint, and complaints about dealers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from data.agents.rules import Permission
from data.credits.rules import CreditKind
from screens.asking_credit import AskingCredit

if TYPE_CHECKING:
    from data.cases.views import CaseView
    from data.complaints.views import WholeComplaint

CLOSED = "! This case is closed. K clones it; ask in the clone."
NEEDS = {
    "credit": Permission.REQUEST_CREDITS,
    "set_up_fee": Permission.REQUEST_CREDITS,
    "complaint": Permission.WORK_CASES,
}


class CaseCredits(AskingCredit):
    """Asks for credits and takes complaints in the case `number`; `case` is it as it was last read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,ctrl+r", "credit", "Credit", id="case.credit", tooltip="Ask for a credit"),
        Binding("dollar_sign", "credits", "Credits", id="case.credits", show=False,
                tooltip="Every credit of this case"),
        Binding("F", "set_up_fee", "Set-up fee", id="case.set-up-fee", show=False,
                tooltip="Walk through a complaint about the set-up fee: explain, offer the coupon, note the answer"),
    ]  # fmt: skip

    number: str
    case: CaseView | None

    def is_off(self, action: str) -> bool:
        if action in NEEDS and self.case is not None:
            return self.case.closed_at is not None or not self.desk.may(NEEDS[action])
        return super().is_off(action)

    def _may_ask(self, action: str) -> bool:
        """Whether the case takes requests from this agent; says why not."""
        if self.case is not None and self.case.closed_at is not None:
            self.say(CLOSED)
            return False
        return self.permitted(NEEDS[action])

    def action_credit(self) -> None:
        from screens.new_credit import credit_form

        if self._may_ask("credit"):
            self.app.push_screen(credit_form(self.number), self.tell_asked)

    def action_credits(self) -> None:
        from screens.credits import CreditsScreen

        self.app.push_screen(CreditsScreen(case=self.number))

    def action_set_up_fee(self) -> None:
        from screens.setup_fee import SetUpFeeWalk

        if self._may_ask("set_up_fee"):
            self.app.push_screen(SetUpFeeWalk(self.number), self.go_on_after_walk)

    def go_on_after_walk(self, taken: bool | None) -> None:
        """A coupon that the customer takes is asked for at once; otherwise the fee itself may be."""
        from screens.new_credit import credit_form

        self.action_reload()
        if taken is not None:
            kind = CreditKind.ACCESSORY_COUPON if taken else CreditKind.SETUP_FEE
            self.app.push_screen(credit_form(self.number, kind=kind), self.tell_asked)

    def action_complaint(self) -> None:
        from screens.new_complaint import complaint_form

        if self._may_ask("complaint"):
            self.app.push_screen(complaint_form(self.number), self.tell_taken)

    def tell_taken(self, whole: WholeComplaint | None) -> None:
        """Says that a complaint was taken."""
        if whole is not None:
            self.action_reload()
            self.say(f"✓ Complaint {whole.complaint.id} about {whole.complaint.dealer} waits for a lead's review.")
