"""Important Information: what matters first, each with what to do and the key that does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from screens.widgets.choices import Choices

if TYPE_CHECKING:
    from data.lifeline.rules import Notice

SIGNS = {"urgent": ("!", "$text-error"), "warning": ("▲", "$text-warning"), "info": ("·", "$text-muted")}
REMEDIES = {
    "edit": ("e", "edit", "Edit the customer's information"),
    "submit": ("s", "submit", "Submit customer information now"),
    "how": ("?", "help", "How to help"),
}


class Notices(Vertical):
    """The account's notices, the most urgent first; it takes no room where there are none."""

    HELP: ClassVar[str] = "What matters first on this account. Enter does what the row asks for."

    rows = getters.query_one(Choices)

    @dataclass
    class Chosen(Message):
        """The person wants to do what a notice asks for. `action`: the screen's."""

        action: str

    def compose(self) -> ComposeResult:
        yield Static("Important Information", classes="panel-title")
        yield Choices(id="notices")

    def show(self, notices: Sequence[Notice]) -> None:
        self.display = bool(notices)
        self._actions = [REMEDIES[notice.remedy][1] for notice in notices]
        self.rows.show([(str(place), notice_row(notice)) for place, notice in enumerate(notices)])

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.post_message(self.Chosen(self._actions[message.option_index]))


def notice_row(notice: Notice) -> Content:
    """Sign and message; then the detail and the key that helps."""
    sign, style = SIGNS[notice.urgency]
    key, _, what = REMEDIES[notice.remedy]
    first = Content.assemble((f"{sign} ", style), (notice.message, f"bold {style}"))
    second = Content.assemble(
        "  ", f"{notice.detail}  " if notice.detail else "", (f" {key} ", "$keys-key"), (what, "$text-muted")
    )
    return Content("\n").join([first, second])
