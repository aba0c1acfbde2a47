"""Looking after the seat: how long one may idle, whether one may still sit there, and what a lead is told of others."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.message import Message

from data.errors import CarelineError, Refused, StoreTrouble
from screens.desk_app import DeskApp
from screens.words import moment

if TYPE_CHECKING:
    from data.agents.queries import Recovery, ShutOut
    from data.desk import Desk

LOOK = 5.0  # seconds between two looks at how long nobody pressed a key, and at the call
CHECK = 30.0  # seconds between two looks at whether the agent still may sit here


class SeatWatch(DeskApp):
    """The application, which looks after who sits there. `locked`: the work lies behind the lock."""

    locked: bool = False
    idle_after: timedelta | None = None
    """How long nobody may press a key before the console locks; None until somebody sits here."""
    reckoned_for: date | None = None
    """The day, where the agent is, that what stands on the screens was reckoned for."""
    told_until: datetime | None = None
    """Until when it was told who was shut out, and who got in by the recovery code."""

    @dataclass
    class Checked(Message):
        """A look at the store: what the agent at `desk` may now, how long they may idle, who was shut out since.

        `recovered`: who got in by the recovery code since; at first, within a week.
        """

        desk: Desk
        now: Desk | None
        idle_after: timedelta
        free: bool
        shut_out: tuple[ShutOut, ...]
        recovered: tuple[Recovery, ...]

    @dataclass
    class SeatTrouble(Message):
        """That did not go."""

        error: CarelineError

    @abstractmethod
    def action_lock(self) -> None:
        """Puts the work behind the lock at once."""

    def begin_sitting(self) -> None:
        """Somebody sits here from now on: looks after them until the console ends."""
        self.set_interval(LOOK, self.look_at_clock)
        self.set_interval(LOOK, self.follow_call)
        self.set_interval(CHECK, self.check_seat)
        self.check_seat()

    def look_at_clock(self) -> None:
        """Locks where nobody pressed a key for long enough; at midnight has every screen say what holds today."""
        if self.desk is None or self.locked or self.idle_after is None:
            return
        now, today = self.desk.now(), self.desk.today()
        if self.reckoned_for not in (None, today):
            self.watch_call()
        self.reckoned_for = today
        since = self.pressed_at or now
        self.pressed_at = min(since, now)  # a clock that was set back starts anew
        if now - since >= self.idle_after:
            self.action_lock()

    def notify(self, *args: Any, **kwargs: Any) -> None:
        """Says nothing in front of the lock, where anybody may stand."""
        if not self.locked:
            super().notify(*args, **kwargs)

    @work(thread=True, group="seat")
    def check_seat(self) -> None:
        """Reads whether the agent still may sit here, and who was shut out, which a lead is told."""
        from data.agents.door import is_open
        from data.agents.queries import RECOVERED_FOR, agent_now, idle_limit, recovered_since, shut_out_since

        desk = self.desk
        if desk is None:
            return
        try:
            try:
                agent = agent_now(desk)
                now = desk if agent == desk.agent else replace(desk, agent=agent)
            except Refused:
                now = None
            shut_out = shut_out_since(desk, self.told_until or desk.now())
            recovered = recovered_since(desk, self.told_until or desk.now() - RECOVERED_FOR)
            self.post_message(self.Checked(desk, now, idle_limit(desk), is_open(desk.store), shut_out, recovered))
        except StoreTrouble:
            pass  # whatever the person does next says what is wrong with the store
        except Exception as error:
            self.post_message(self.SeatTrouble(self.mistake(error)))

    @on(Checked)
    def keep_checked(self, message: Checked) -> None:
        if message.desk is not self.desk:
            return
        self.idle_after, self.free = message.idle_after, message.free
        self.told_until = message.desk.now()
        for one in message.shut_out:
            self.notify(
                f"{one.agent}: the way in is shut after {one.failures} wrong passphrases.",
                title="Wrong passphrases",
                severity="warning",
                markup=False,
            )
        for came in message.recovered:
            when = moment(came.at, message.desk.agent.zone, message.desk.today())
            self.notify(
                f"{came.agent} got in by it ({when}) and chose a new passphrase. Was that them? The audit has it.",
                title="Recovery code used",
                severity="error",
                markup=False,
                timeout=30,
            )
        if message.now is None:
            self.action_lock()
        elif message.now is not message.desk:
            self.desk = message.now

    @on(SeatTrouble)
    def tell_seat_trouble(self, message: SeatTrouble) -> None:
        self.notify(str(message.error), severity="error", markup=False)
