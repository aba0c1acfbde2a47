"""What one says of a credit, as short forms: each does its work in the store and comes back with the credit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from data.credits.steps import Step
from screens.desk_app import Undo
from screens.form import Field, Form, Values

if TYPE_CHECKING:
    from data.credits.views import CreditView, WholeCredit
    from data.desk import Desk


def withdrawal_form(credit_id: int) -> Form:
    """Asks why a credit is withdrawn, and withdraws it."""
    return Form(f"Withdraw credit {credit_id}", [Field("why", "Why")], partial(_withdraw, credit_id), "Withdraw")


def decision_form(view: CreditView, step: Step) -> Form:
    """Asks for a word on the decision about a credit, and decides."""
    approves = step is Step.APPROVE
    field = Field("why", "A word on it" if approves else "Why not", hint="may be left empty" if approves else "")
    title = f"{step.capitalize()} {view.shown_amount} that {view.requested_by} asks for"
    return Form(title, [field], partial(_decide, view.id, step), step.capitalize())


def undo_of(credit_id: int) -> Undo:
    """How to take back one's own last step with a credit."""

    def run(desk: Desk) -> object:
        from data.credits.undoing import undo

        return undo(desk, credit_id)

    return Undo(run, f"✓ Undone: the last step of credit {credit_id}.")


def _decide(credit_id: int, step: Step, desk: Desk, values: Values) -> WholeCredit:
    from data.credits import actions

    does = actions.approve if step is Step.APPROVE else actions.deny
    return does(desk, credit_id, values["why"])


def _withdraw(credit_id: int, desk: Desk, values: Values) -> WholeCredit:
    from data.credits.actions import withdraw

    return withdraw(desk, credit_id, values["why"])
