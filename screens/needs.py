"""Who needs someone: the list behind one of home's counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.lifeline.rules import Need, Unit
from data.text import counted
from screens import words
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.lifeline.views import InNeed

SHOWN = 200
BELOW = " " * 20  # under the account, past the time left
LEAST = 40  # cells that it takes to say what it is about beside the name


class NeedScreen(Workspace):
    """The accounts with one need, the most urgent first. `need`: which, as data/lifeline names it."""

    CSS_PATH = "needs.tcss"
    HELP: ClassVar[str] = "The accounts that need someone, the most urgent first. Enter opens one."

    rows = getters.query_one("#in-need", Choices)

    @dataclass
    class Loaded(Message):
        """The accounts came from the store."""

        rows: tuple[InNeed, ...]

    def __init__(self, need: str) -> None:
        super().__init__()
        self.need = need

    def compose_body(self) -> ComposeResult:
        yield Static(self.need.capitalize(), classes="panel-title", markup=False)
        yield Choices(id="in-need")

    def desk_came(self) -> None:
        self.load()

    def on_screen_resume(self) -> None:
        self.action_reload()

    @work(thread=True, exclusive=True, group="needs")
    def load(self) -> None:
        from data.lifeline.queries import in_need

        with self.telling():
            self.post_message(self.Loaded(in_need(self.desk, Need(self.need), SHOWN)))

    @on(Loaded)
    def show(self, message: Loaded) -> None:
        self.rows.show(
            [(row.account, in_need_row(row, self.size.width - 6)) for row in message.rows],
            empty="Nobody any more. Well done.",
        )
        if self.focused is None:
            self.focus_body()

    @on(Choices.Selected)
    def open_chosen_row(self, message: Choices.Selected) -> None:
        if message.key:
            self.open_account(message.key)


def in_need_row(row: InNeed, width: int) -> Content:
    """Time left, account and name; what it is about beside them, or below where `width` cells leave it little room."""
    left = time_left(row)
    late = row.days_left is not None and row.days_left < 0
    who = Content.assemble(
        (f"{left:>18}  ", "bold $text-error" if late else "bold"), f"{row.account:<11} ", words.fit(row.name, 24), " "
    )
    if width < who.cell_length + LEAST:
        return Content.assemble(who, "\n", (BELOW + words.fit(row.message, max(0, width - len(BELOW))), "$muted"))
    return Content.assemble(who, (words.fit(row.message, width - who.cell_length), "$muted"))


def time_left(row: InNeed) -> str:
    """ "5 business days", "last day", "17 days late"; "" where no day is set."""
    if row.days_left is None:
        return ""
    if row.days_left == 0:
        return "last day"
    unit = row.unit if row.days_left > 0 else Unit.DAYS
    return counted(abs(row.days_left), unit) + " late" * (row.days_left < 0)
