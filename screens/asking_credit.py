"""Asking for a credit, from wherever one is: what came of it is said, and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.credit_forms import undo_of
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.credits.views import WholeCredit


class AskingCredit(Workspace):
    """A workspace from which credits are asked for."""

    def tell_asked(self, whole: WholeCredit | None) -> None:
        """Says what came of a request, and shows it in its place."""
        if whole is not None:
            view = whole.credit
            self.app.undoable = undo_of(view.id)
            where = f" on case {view.case}" if view.case else ""
            waits = f"; it waits for {view.waits_for}" if view.waits_for else ""
            self.action_reload()
            self.say(f"✓ Credit {view.id} of {view.shown_amount}{where} is {view.state}{waits}.")
