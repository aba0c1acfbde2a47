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
from screens.words import hang

if TYPE_CHECKING:
    from data.lifeline.rules import Notice

SIGNS = {"urgent": ("!", "$text-error"), "warning": ("▲", "$text-warning"), "info": ("·", "$muted")}
KEYS = {"edit": ("e Edit", "edit"), "submit": ("s Submit customer information now", "submit"), "how": ("", "")}
SIDES = 6  # cells that the frame around a row takes


class Notices(Vertical):
    """The account's notices, the most urgent first; under them, how to help with the one that is chosen."""

    HELP: ClassVar[str] = "What matters first on this account. Enter on a row edits or submits, as the row asks for."

    rows = getters.query_one(Choices)
    how = getters.query_one("#how", Static)

    @dataclass
    class Chosen(Message):
        """The person wants to do what a notice asks for. `action`: the screen's, "" where only words help."""

        action: str

    def __init__(self) -> None:
        super().__init__()
        self.notices: Sequence[Notice] = ()

    def compose(self) -> ComposeResult:
        yield Static("Important Information", classes="panel-title")
        yield Choices(id="notices")
        yield Static("", id="how", markup=False)

    def show(self, notices: Sequence[Notice]) -> None:
        """Replaces the notices; none take no room."""
        self.notices = notices
        self.display = bool(notices)
        self.rows.show(
            [(str(place), notice_row(notice, self.app.size.width - SIDES)) for place, notice in enumerate(notices)]
        )

    @on(OptionList.OptionHighlighted)
    def tell_how(self, message: OptionList.OptionHighlighted) -> None:
        self.how.update(f"→ {self.notices[message.option_index].how}")

    @on(OptionList.OptionSelected)
    def choose(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.post_message(self.Chosen(KEYS[self.notices[message.option_index].remedy][1]))


def notice_row(notice: Notice, width: int) -> Content:
    """Sign and message; under it the detail and the key that helps, wrapped at `width`."""
    sign, style = SIGNS[notice.urgency]
    key = KEYS[notice.remedy][0]
    detail = Content(hang(f"{notice.detail}  {key}".strip(), width))
    if key:
        detail = detail.stylize("$keys-key", len(detail) - len(key))
    return Content("\n").join([Content.styled(f"{sign} {notice.message}", f"bold {style}"), detail])
