"""What an account or a line screen does about bills and eligibility."""

from __future__ import annotations

from screens.workspace import Workspace


class AccountBilling(Workspace):
    """A workspace about the account `account_number`."""

    def action_bill(self) -> None:
        from screens.bill import BillScreen

        if self.account_number:
            self.app.push_screen(BillScreen(self.account_number))

    def action_eligibility(self) -> None:
        from screens.eligibility import EligibilityScreen

        if self.account_number:
            self.app.push_screen(EligibilityScreen(self.account_number))
