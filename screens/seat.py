"""Who sits at the console: they lock it and sign in again, change seats in a demo, and ask for what they may not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from screens.dialog import Question
from screens.menu import Menu
from screens.seat_watch import SeatWatch
from screens.words import ended, fit

if TYPE_CHECKING:
    from data.desk import Desk


class SeatedApp(SeatWatch):
    """The application with somebody in its seat."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f12", "lock", "Lock", id="lock", show=False, priority=True, tooltip="Lock the console at once"),
        Binding("ctrl+d", "change_agent", "Change seat", id="change-agent", show=False, priority=True,
                tooltip="In a demo: sit down as the lead, trainer or administrator"),
        Binding("ctrl+y", "ask_access", "Ask for access", id="ask-access", show=False, priority=True,
                tooltip="Ask for the permission that was missing just now"),
    ]  # fmt: skip

    @dataclass
    class Seats(Message):
        """The seats of a demo: (name, what it says)."""

        rows: list[tuple[str, str]]

    @dataclass
    class SatDown(Message):
        """Somebody sits at `desk` now."""

        desk: Desk

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
