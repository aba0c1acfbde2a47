"""The Credits section of a case, with its dealer complaints: every request, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from screens import complaint_rows, credit_rows
from screens.desk_app import DeskApp
from screens.widgets.choices import Choices
from screens.widgets.panel import Panel
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.complaints.views import ComplaintView
    from data.credits.views import CreditsView

SIDES = 8  # cells beside a row


class CreditsSection(Panel):
    """What was asked for and complained about in the case that its workspace shows."""

    app = getters.app(DeskApp)
    credits = getters.query_one("#credits", Choices)
    complaints = getters.query_one("#complaints", Choices)

    def __init__(self) -> None:
        super().__init__(id="credits-panel")

    @property
    def workspace(self) -> Workspace:
        """The screen that the section is on."""
        return cast(Workspace, self.screen)

    def compose(self) -> ComposeResult:
        yield Static("Credits", id="credits-title", classes="panel-title", markup=False)
        yield Choices(id="credits")
        yield Static("Dealer complaints", id="complaints-title", classes="panel-title")
        yield Choices(id="complaints")

    def on_mount(self) -> None:
        self.query_one("#complaints-title").display = self.complaints.display = False
        for choices in (self.credits, self.complaints):
            choices.show(())  # empty, they take no focus until they are read
        self.app.credits_changed.subscribe(self, lambda _: self.workspace.action_reload())

    def show(self, found: CreditsView, complaints: tuple[ComplaintView, ...], *, closed: bool) -> None:
        """Shows every credit with what they come to; complaints take no room where there are none. A `closed` case
        takes no request."""
        width = self.app.size.width - SIDES
        none = "none" if closed else "none. r asks for one."
        sums = credit_rows.totals(found.totals) if found.credits else none
        self.query_one("#credits-title", Static).update(Content.assemble("Credits  ", (sums, "not bold $muted")))
        self.credits.show([(str(view.id), credit_rows.credit_row(view, width)) for view in found.credits])
        self.query_one("#complaints-title").display = self.complaints.display = bool(complaints)
        self.complaints.show([(str(view.id), complaint_rows.complaint_row(view, width)) for view in complaints])

    @on(Choices.Selected, "#credits")
    def open_credit(self, message: Choices.Selected) -> None:
        from screens.credit import CreditScreen

        message.stop()
        self.app.push_screen(CreditScreen(int(message.key)))

    @on(Choices.Selected, "#complaints")
    def open_complaint(self, message: Choices.Selected) -> None:
        from screens.review import ReviewScreen

        message.stop()
        self.app.push_screen(ReviewScreen(int(message.key)))
