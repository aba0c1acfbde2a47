"""What an account or a line screen does about promotions, bills and eligibility."""

from __future__ import annotations

from screens.workspace import Workspace


class AccountBilling(Workspace):
    """A workspace about the account `account_number`; `line_number`: the line it is about, if it is about one."""

    @property
    def line_number(self) -> str:
        """The number of the line; "" where it is about the whole account."""
        return ""

    def action_promotions(self) -> None:
        from screens.promotions import PromotionsScreen

        if self.account_number:
            self.app.push_screen(PromotionsScreen(self.account_number, self.line_number))

    def action_bill(self) -> None:
        from screens.bill import BillScreen

        if self.account_number:
            self.app.push_screen(BillScreen(self.account_number))

    def action_eligibility(self) -> None:
        from screens.eligibility import EligibilityScreen

        if self.account_number:
            self.app.push_screen(EligibilityScreen(self.account_number))
