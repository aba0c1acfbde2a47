"""The agent's stay in a case: it keeps the clock, shows how long the case was worked, and who else has it open."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import getters, on, work
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, Screen

from data.cases.time import BEAT_SECONDS, IDLE_AFTER
from data.errors import CarelineError
from screens import case_rows as rows
from screens.desk_app import DeskApp
from screens.widgets.panel import Facts
from screens.workspace import Workspace

if TYPE_CHECKING:
    from textual.timer import Timer

    from data.cases.views import CaseView, PresenceView
    from data.cases.visits import Pulse
    from data.desk import Desk


class Stay(Facts):
    """Visits of cases on a workspace, one after another: each from `begin` until the next one, or `end`."""

    app = getters.app(DeskApp)

    @dataclass
    class Beat(Message):
        """A sign of life was kept in the case `number`. `pulse`: how it stands; `active`: whether its time runs.

        `seat`: whose visit it is; `turn`: the visit's on this screen; `first`: it began with this.
        """

        seat: Desk
        number: str
        turn: int
        pulse: Pulse
        active: bool
        first: bool = False

    def __init__(self) -> None:
        super().__init__(id="stay", classes="facts")
        self.number = ""
        self._turn = 0
        self._visit: tuple[Desk, int] | None = None
        self._told: Content | None = None
        self._beating: Timer | None = None

    @property
    def workspace(self) -> Workspace:
        """The screen that the stay is on."""
        return cast(Workspace, self.screen)

    def begin(self, number: str) -> None:
        """The case `number` is on the screen from now on; once it is painted, the visit is written down."""
        if number == self.number:
            return
        self.end()
        self.number = number
        self.app.pressed_at = self.workspace.desk.now()
        self.call_after_refresh(self.arrive, number, self._turn)
        if self._beating is None:
            self._beating = self.set_interval(BEAT_SECONDS, self.beat)

    def end(self) -> None:
        """The case is on the screen no more."""
        visit, self._visit = self._visit, None
        self.number = ""
        self._turn += 1
        if visit is not None:
            self._leave(*visit)

    def on_unmount(self) -> None:
        self.end()

    def _leave(self, seat: Desk, visit: int) -> None:
        """Ends a visit of the agent at `seat`; meanwhile somebody else may sit here."""
        self.app.run_worker(partial(_leave, seat, visit), thread=True, group="visit")

    @property
    def active(self) -> bool:
        """Whether somebody works on the case, on its screen or in what is about it: there is a call, or was a key."""
        stack = self.app.screen_stack
        above = stack[stack.index(self.screen) + 1 :] if self.screen in stack else stack
        pressed_at, now = self.app.pressed_at, self.workspace.desk.now()
        on_screen = all(isinstance(screen, ModalScreen) or self.is_about(screen) for screen in above)
        works = self.app.call is not None or (pressed_at is not None and now - pressed_at < IDLE_AFTER)
        return on_screen and works

    def is_about(self, screen: Screen[Any]) -> bool:
        """Whether that screen over the case's own is about this case, as its editing and its credits are."""
        return isinstance(screen, Workspace) and screen.works_on == self.number

    @work(thread=True, group="visit")
    def arrive(self, number: str, turn: int) -> None:
        """Begins the visit; whatever was said to the agent in this case is seen now."""
        from data.cases.notes import has_unseen, mark_seen
        from data.cases.visits import start_visit

        desk = self.workspace.desk
        with self.workspace.telling():
            self.post_message(self.Beat(desk, number, turn, start_visit(desk, number), active=True, first=True))
            if has_unseen(desk, number):
                mark_seen(desk, number)

    def beat(self) -> None:
        if self._visit is not None:
            self.keep(*self._visit, self.number, self._turn, active=self.active)

    @work(thread=True, group="visit")
    def keep(self, seat: Desk, visit: int, number: str, turn: int, *, active: bool) -> None:
        from data.cases.visits import heartbeat

        with self.workspace.telling():
            pulse = heartbeat(seat, visit, active=active)
            self.post_message(self.Beat(seat, number, turn, pulse, active))

    @on(Beat)
    def show_beat(self, message: Beat) -> None:
        if message.turn == self._turn:
            self._visit = message.seat, message.pulse.visit
            self.tell(message.pulse.worked, message.pulse.others, paused=not message.active)
        elif message.first:
            self._leave(message.seat, message.pulse.visit)  # one had gone on before it was written down

    def begin_with(self, case: CaseView) -> None:
        """Before the first beat: what the case itself says."""
        if self._visit is None:
            self.tell(case.worked, case.others)

    def tell(self, worked: int, others: Iterable[PresenceView], *, paused: bool = False) -> None:
        """Shows it; nothing is painted where it says the same as before."""
        told = rows.going_on(worked, others, paused=paused)
        if told != self._told:
            taller = self._told is None or told.plain.count("\n") != self._told.plain.count("\n")
            self._told = told
            self.update(told, layout=taller)


def _leave(desk: Desk, visit: int) -> None:
    from data.cases.visits import end_visit

    with suppress(CarelineError):  # a visit that nobody ends stops counting by itself
        end_visit(desk, visit)
