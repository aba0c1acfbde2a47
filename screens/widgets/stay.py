"""The agent's stay in a case: it keeps the clock, shows how long the case was worked, and who else has it open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import getters, on, work
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen

from data.cases.time import BEAT_SECONDS, IDLE_AFTER
from screens import case_rows as rows
from screens.desk_app import DeskApp
from screens.widgets.panel import Facts
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.views import CaseView, PresenceView
    from data.cases.visits import Pulse
    from data.desk import Desk


class Stay(Facts):
    """A visit of the case `number` on a workspace, from when it is told to begin until it is taken away."""

    app = getters.app(DeskApp)

    @dataclass
    class Beat(Message):
        """A sign of life was kept. `pulse`: how the case stands; `active`: whether its time runs."""

        pulse: Pulse
        active: bool

    def __init__(self, number: str) -> None:
        super().__init__(id="stay", classes="facts")
        self.number = number
        self._visit: int | None = None
        self._told: Content | None = None

    @property
    def workspace(self) -> Workspace:
        """The screen that the stay is on."""
        return cast(Workspace, self.screen)

    def begin(self) -> None:
        """The case is on the screen from now on."""
        self.app.pressed_at = self.workspace.desk.now()
        self.arrive()
        self.set_interval(BEAT_SECONDS, self.beat)

    def on_unmount(self) -> None:
        if self._visit is not None and self.app.desk is not None:
            self.app.run_worker(partial(_leave, self.app.desk, self._visit), thread=True, group="visit")

    @property
    def active(self) -> bool:
        """Whether somebody works on the case, on screen or in a form over it: a call is on, or a key was pressed."""
        stack = self.app.screen_stack
        above = stack[stack.index(self.screen) + 1 :] if self.screen in stack else stack
        pressed_at, now = self.app.pressed_at, self.workspace.desk.now()
        on_screen = all(isinstance(screen, ModalScreen) for screen in above)
        works = self.app.call is not None or (pressed_at is not None and now - pressed_at < IDLE_AFTER)
        return on_screen and works

    @work(thread=True, group="visit")
    def arrive(self) -> None:
        """Begins the visit; whatever was said to the agent in this case is seen now."""
        from data.cases.notes import has_unseen, mark_seen
        from data.cases.visits import start_visit

        desk = self.workspace.desk
        with self.workspace.telling():
            self.post_message(self.Beat(start_visit(desk, self.number), active=True))
            if has_unseen(desk, self.number):
                mark_seen(desk, self.number)

    def beat(self) -> None:
        if self._visit is not None:
            self.keep(self._visit, active=self.active)

    @work(thread=True, group="visit")
    def keep(self, visit: int, *, active: bool) -> None:
        from data.cases.visits import heartbeat

        with self.workspace.telling():
            self.post_message(self.Beat(heartbeat(self.workspace.desk, visit, active=active), active))

    @on(Beat)
    def show_beat(self, message: Beat) -> None:
        self._visit = message.pulse.visit
        self.tell(message.pulse.worked, message.pulse.others, paused=not message.active)

    def begin_with(self, case: CaseView) -> None:
        """Before the first beat: what the case itself says."""
        if self._visit is None:
            self.tell(case.worked, case.others)

    def tell(self, worked: int, others: Iterable[PresenceView], *, paused: bool = False) -> None:
        """Shows it; nothing is painted where it says the same as before."""
        told = rows.going_on(worked, others, paused=paused)
        if told != self._told:
            self._told = told
            self.update(told)


def _leave(desk: Desk, visit: int) -> None:
    from data.cases.visits import end_visit

    end_visit(desk, visit)
