"""The team lead's queue of complaints about dealers, and all that were ever taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from screens import complaint_rows as rows
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.complaints.views import ComplaintView

SIDES = 8  # cells beside a row


class ComplaintsScreen(Workspace):
    """What waits for review, the oldest first; or every complaint, the latest first."""

    CSS_PATH = "complaints.tcss"
    needs_permission: ClassVar[Permission] = Permission.REVIEW_COMPLAINTS
    HELP: ClassVar[str] = "Complaints that care took from customers. Enter reviews one, side by side with its case."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "all", "All", id="complaints.all", tooltip="Every complaint, or those that wait again"),
        Binding("t", "report", "Report", id="complaints.report", tooltip="Count them by dealer, store, rep and more"),
        Binding("m", "mail", "Mail", id="complaints.mail", tooltip="The queue of mail to Markets"),
    ]

    list = getters.query_one("#complaints-list", Choices)

    @dataclass
    class Came(Message):
        """The complaints came from the store."""

        complaints: tuple[ComplaintView, ...]

    def __init__(self) -> None:
        super().__init__()
        self.all = False

    def compose_body(self) -> ComposeResult:
        yield Static("", id="complaints-title", classes="panel-title")
        yield Choices(id="complaints-list")

    def desk_came(self) -> None:
        self.read()

    def on_screen_resume(self) -> None:
        self.action_reload()

    @work(thread=True, exclusive=True, group="complaints")
    def read(self) -> None:
        from data.complaints.queries import complaints, review_queue

        with self.telling():
            self.post_message(self.Came(complaints(self.desk) if self.all else review_queue(self.desk)))

    @on(Came)
    def show(self, message: Came) -> None:
        found = message.complaints
        title = "Every complaint" if self.all else "Complaints that wait for review"
        self.query_one("#complaints-title", Static).update(f"{title}: {len(found):,}")
        width = self.app.size.width - SIDES
        empty = "None was taken yet. D on a case takes one." if self.all else "Nothing waits for review. Well done."
        self.list.show([(str(view.id), rows.complaint_row(view, width)) for view in found], empty=empty)
        self.settle_focus()

    @on(Choices.Selected)
    def review(self, message: Choices.Selected) -> None:
        from screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(int(message.key)))

    def action_all(self) -> None:
        self.all = not self.all
        self.read()

    def action_report(self) -> None:
        from screens.complaint_report import ReportScreen

        self.app.push_screen(ReportScreen())

    def action_mail(self) -> None:
        from screens.mail import MailScreen

        self.app.push_screen(MailScreen())
