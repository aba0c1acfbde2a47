"""Important Information: what matters first, each with what to do and the key that does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.lifeline.steps import in_words, steps
from screens.widgets.choices import Choices
from screens.widgets.panel import Panel
from screens.words import hang

if TYPE_CHECKING:
    from data.lifeline.rules import Notice

SIGNS = {"urgent": ("!", "$text-error"), "warning": ("▲", "$text-warning"), "info": ("·", "$muted")}
KEYS = {"edit": ("e Edit", "edit"), "submit": ("s Submit customer information now", "submit"), "how": ("", "")}
SIDES = 6  # cells that the frame around a row takes


class Notices(Panel):
    """The account's notices, the most urgent first; it takes no room where there are none."""

    HELP: ClassVar[str] = "What matters first on this account. Enter on a row does what the row asks for."

    rows = getters.query_one(Choices)

    @dataclass
    class Chosen(Message):
        """The person wants to do what `notice` asks for. `action`: the screen's, "" where none does it."""

        action: str
        notice: Notice

    def __init__(self) -> None:
        super().__init__()
        self.notices: Sequence[Notice] = ()

    def compose(self) -> ComposeResult:
        yield Static("Important Information", classes="panel-title")
        yield Choices(id="notices", does=("Do it", "Do what the chosen row asks for"))

    def show(self, notices: Sequence[Notice]) -> None:
        """Replaces the notices; none take no room."""
        self.notices = notices
        self.display = bool(notices)
        self.rows.show(
            [(str(place), notice_row(notice, self.app.size.width - SIDES)) for place, notice in enumerate(notices)]
        )

    @property
    def chosen(self) -> Notice | None:
        """The notice under the cursor, where the person is among them."""
        return self.notices[self.rows.cursor] if self.rows.has_focus and self.notices else None

    @on(Choices.Selected)
    def choose(self, message: Choices.Selected) -> None:
        message.stop()
        if message.index < len(self.notices):
            notice = self.notices[message.index]
            self.post_message(self.Chosen(KEYS[notice.remedy][1], notice))


def notice_row(notice: Notice, width: int) -> Content:
    """Sign and message, the detail, what to do and the key that does it, wrapped at `width`."""
    sign, style = SIGNS[notice.urgency]
    parts = [Content.styled(f"{sign} {notice.message}", f"bold {style}"), Content(hang(notice.detail, width))]
    key = KEYS[notice.remedy][0] or ("⏎ Do it" if steps(notice.how) else "")
    if notice.urgency != "info" or key:
        held = "_" * len(key)  # no line breaks within the key's place
        told = hang(f"→ {in_words(notice.how)}  {held}".strip(), width, after="    ").removesuffix(held)
        parts.append(Content.assemble((told, "$muted"), (key, "not dim $keys-key")))
    return Content("\n").join(parts)
