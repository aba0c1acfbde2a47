"""Under the hits: what to say to the chosen one if they call in. It is read when the typing rests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from data.errors import CarelineError
from screens.desk_app import DeskApp
from screens.widgets.steady import steady
from screens.words import fit

if TYPE_CHECKING:
    from data.cases.views import EntryView
    from data.desk import Desk

REST = 0.25  # seconds without a key after which it is read


class HitIcci(Widget):
    """One line that keeps its place: the newest ICCI of the chosen account's cases under way, and the next step."""

    virtual_size = steady()
    app = getters.app(DeskApp)
    shown: reactive[EntryView | None] = reactive(None)

    @dataclass
    class Came(Message):
        """The ICCI of the hits came, by account. `turn`: an older one comes too late."""

        turn: int
        found: Mapping[str, EntryView]

    def __init__(self) -> None:
        super().__init__()
        self.found: Mapping[str, EntryView] = {}
        self.account = ""
        self._turn = 0
        self._resting: Timer | None = None

    def look(self, accounts: Sequence[str]) -> None:
        """Reads for these hits as soon as nobody types."""
        self._turn += 1
        self.found = {}
        self.show_for(self.account)
        if self._resting is not None:
            self._resting.stop()
        if accounts:
            self._resting = self.set_timer(REST, lambda: self._read(tuple(accounts)))

    def _read(self, accounts: tuple[str, ...]) -> None:
        if self.app.desk is not None:
            self.read(self.app.desk, self._turn, accounts)

    @work(thread=True, group="icci")
    def read(self, desk: Desk, turn: int, accounts: tuple[str, ...]) -> None:
        from data.cases.queries import icci_of

        with suppress(CarelineError):  # the search itself tells of trouble with the store
            self.post_message(self.Came(turn, icci_of(desk, accounts)))

    @on(Came)
    def keep(self, message: Came) -> None:
        if message.turn == self._turn:
            self.found = message.found
            self.show_for(self.account)

    def show_for(self, account: str) -> None:
        """Shows what there is for the account of that number."""
        self.account = account
        self.shown = self.found.get(account)

    def render(self) -> Content:
        entry = self.shown
        if entry is None:
            return Content("")
        step = f" → {entry.next_step}" if entry.next_step else ""
        return Content(fit(f"ICCI {entry.case}: {entry.text}{step}", self.size.width))
