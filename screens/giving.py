"""Giving a task to another agent, from wherever it shows; a lead picks from the team, with what each has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from data.agents.rules import Permission
from screens.desk_app import Undo
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.pending_rows import load_row
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.pending import LoadView
    from data.desk import Desk


class Giving(Workspace):
    """A workspace that shows tasks."""

    @dataclass
    class Hands(Message):
        """Who may take something over, with how much each has. `title` asks whom; `give` is told the name."""

        title: str
        loads: tuple[LoadView, ...]
        give: Callable[[str], None]

    @dataclass
    class Given(Message):
        """A task is somebody else's now. `before`: whose it was."""

        task: int
        before: str
        now: str

    @work(thread=True, group="hands")
    def choose_hand(self, title: str, give: Callable[[str], None]) -> None:
        """For a lead: asks whom among the agents, listed with what they have."""
        from data.cases.dashboard import team_load

        with self.telling():
            self.post_message(self.Hands(title, team_load(self.desk), give))

    @on(Hands)
    def show_hands(self, message: Hands) -> None:
        def take(agent: str | None) -> None:
            if agent:
                message.give(agent)

        self.app.push_screen(Menu(message.title, [(load.agent, load_row(load)) for load in message.loads]), take)

    def give_task(self, task: int, text: str, before: str) -> None:
        """Asks whom to give the task to. `text`: what is to be done; `before`: whose it is."""
        title = f"Give away: {text}"
        if self.desk.may(Permission.LEAD_TEAM):
            self.choose_hand(title, lambda agent: self.hand_over(task, before, agent))
            return

        def tell(agent: str | None) -> None:
            if agent:
                self.post_message(self.Given(task, before, agent))

        field = Field("owner", "To whom: a sign-in name")
        self.app.push_screen(Form(title, [field], partial(_given, task), "Give"), tell)

    @work(thread=True, group="giving")
    def hand_over(self, task: int, before: str, agent: str) -> None:
        with self.telling():
            self.post_message(self.Given(task, before, _given(task, self.desk, {"owner": agent})))

    @on(Given)
    def tell_given(self, message: Given) -> None:
        self.app.undoable = Undo(
            partial(_back, message.task, message.before), f"✓ The task is {message.before}'s again."
        )
        self.action_reload()
        self.say(f"✓ The task is {message.now}'s now. u gives it back.")


def _given(task: int, desk: Desk, values: Values) -> str:
    """Gives the task away; whose it is then."""
    from data.cases.notes import give_task

    view = give_task(desk, task, values["owner"])
    return next(one.owner for one in view.tasks if one.id == task)


def _back(task: int, before: str, desk: Desk) -> None:
    from data.cases.notes import give_task

    give_task(desk, task, before)
