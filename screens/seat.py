"""Who sits at the console: they sign in, the console locks itself behind them, and a demo lets one change seats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from data.errors import CarelineError, Refused, StoreTrouble
from screens.desk_app import DeskApp
from screens.dialog import Question
from screens.menu import Menu
from screens.words import ended, fit, moment

if TYPE_CHECKING:
    from data.agents.queries import Recovery, ShutOut
    from data.desk import Desk

LOOK = 5.0  # seconds between two looks at how long nobody pressed a key, and at the call
CHECK = 30.0  # seconds between two looks at whether the agent still may sit here


class SeatedApp(DeskApp):
    """The application with somebody in its seat. `locked`: the work lies behind the lock."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f12", "lock", "Lock", id="lock", show=False, priority=True, tooltip="Lock the console at once"),
        Binding("ctrl+d", "change_agent", "Change seat", id="change-agent", show=False, priority=True,
                tooltip="In a demo: sit down as the lead, trainer or administrator"),
        Binding("ctrl+y", "ask_access", "Ask for access", id="ask-access", show=False, priority=True,
                tooltip="Ask for the permission that was missing just now"),
    ]  # fmt: skip

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
    class Seats(Message):
        """The seats of a demo: (name, what it says)."""

        rows: list[tuple[str, str]]

    @dataclass
    class SatDown(Message):
        """Somebody sits at `desk` now."""

        desk: Desk

    @dataclass
    class SeatTrouble(Message):
        """That did not go."""

        error: CarelineError

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

    def action_lock(self) -> None:
        """Puts the work behind the lock at once."""
        if self.desk is None or self.locked:
            return
        from screens.door import Door
        from screens.sign_in import SignInScreen

        self.locked = True
        self.clear_notifications()
        door = Door.of(self.desk, self.place.partition(" · ")[0], free=self.free)
        self.push_screen(SignInScreen(door, agent=self.desk.agent.name, locked=True), self.unlock)

    def unlock(self, desk: Desk | None) -> None:
        """Shows the work again to the agent who left it; anybody else begins anew."""
        self.locked = False
        if desk is None or self.desk is None:
            return
        self.pressed_at = desk.now()
        if desk.agent.id != self.desk.agent.id:
            self.sit_down(desk)
        elif desk.agent != self.desk.agent:
            self.desk = replace(self.desk, agent=desk.agent)

    def sit_down(self, desk: Desk) -> None:
        """Somebody else sits here now: what the one before them had open is gone from the screen."""
        self.undoable = None
        self.clear_notifications()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.pressed_at = desk.now()
        self.desk = desk
        self.begin_anew()
        self.check_seat()

    def begin_anew(self) -> None:
        """What home forgets when somebody else sits down."""

    def notify(self, *args: Any, **kwargs: Any) -> None:
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

    def action_change_agent(self) -> None:
        """In a demo, sits down as somebody else."""
        if self.desk is not None:
            self.read_seats(self.desk)

    @work(thread=True, group="seats")
    def read_seats(self, desk: Desk) -> None:
        from data.agents.queries import seats

        try:
            rows = [(one.name, f"{one.name:<12} {fit(one.display_name, 22)} {one.role}") for one in seats(desk.store)]
            self.post_message(self.Seats(rows))
        except Exception as error:
            self.post_message(self.SeatTrouble(self.in_words(error)))

    @on(Seats)
    def offer_seats(self, message: Seats) -> None:
        if not isinstance(self.screen, Menu):
            self.push_screen(Menu("Sit down as", message.rows), self.leave_for)

    def leave_for(self, name: str | None) -> None:
        """Takes the seat of `name`, after asking where something is not saved."""
        if not name:
            return
        unsaved = self.unsaved_work()
        if not unsaved:
            self.take_seat(name)
            return

        def sure(yes: bool | None) -> None:
            if yes:
                self.take_seat(name)

        self.push_screen(
            Question(f"Not saved yet: {ended(unsaved)}", safe="Go on with it", go_on="Change all the same"), sure
        )

    def unsaved_work(self) -> str:
        """What would be lost by leaving now, in words; "" for nothing."""
        return next((what for screen in reversed(self.screen_stack) if (what := getattr(screen, "unsaved", ""))), "")

    @work(thread=True, group="seats")
    def take_seat(self, name: str) -> None:
        from data.desk import open_desk

        desk = self.desk
        assert desk is not None
        try:
            there = open_desk(
                desk.store, name, clock=desk.clock, random=desk.random, connections=desk.connections, trusted=False
            )
            self.post_message(self.SatDown(there))
        except Exception as error:
            self.post_message(self.SeatTrouble(self.in_words(error)))

    @on(SatDown)
    def take_desk_there(self, message: SatDown) -> None:
        self.sit_down(message.desk)

    @on(SeatTrouble)
    def tell_seat_trouble(self, message: SeatTrouble) -> None:
        self.notify(str(message.error), severity="error", markup=False)

    def action_ask_access(self) -> None:
        """Asks for what was refused last."""
        from screens.asking_access import access_form

        wanted = self.refused_permission
        if wanted and not self.locked:
            self.push_screen(access_form(wanted), self.tell_asked)

    def tell_asked(self, sentence: str | None) -> None:
        """Says that the request is on its way."""
        if sentence:
            self.refused_permission = ""
            self.notify(sentence, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "ask_access":
            return bool(self.refused_permission) and not self.locked
        if action == "change_agent":
            return self.demo and not self.locked
        if action == "command_palette" and self.locked:
            return False
        return super().check_action(action, parameters)
