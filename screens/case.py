"""A case: what it is about, what to say if the customer calls in, what is to be done, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from data.cases.rules import TRANSITIONS, Status
from data.cases.time import BEAT_SECONDS, IDLE_AFTER
from data.errors import Invalid
from screens import case_rows as rows
from screens.account_rows import who_width
from screens.dialog import Question
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.views import CaseView
    from data.cases.visits import Pulse
    from data.desk import Desk


class CaseScreen(Workspace):
    """The case `number`."""

    CSS_PATH = ["account.tcss", "case.tcss"]
    HELP: ClassVar[str] = (
        "ICCI (If Customer Calls In) says what whoever picks up must know, and the next step. "
        "A closed case is not opened again: clone it, so that the time worked stays true."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "icci", "ICCI", id="case.icci", tooltip="Log what to say if the customer calls in"),
        Binding("n", "note", "Note", id="case.note", tooltip="Write a note; @name tells an agent"),
        Binding("m", "move", "Move on", id="case.move", tooltip="Change the status"),
        Binding("T", "task", "Task", id="case.task", tooltip="Add something to be done"),
        Binding("K", "clone", "Clone", id="case.clone", tooltip="Go on with a closed case in a clone of it"),
        Binding("a", "account", "Account", id="case.account", tooltip="Open the account behind the case"),
        Binding("y", "copy", "Copy", id="case.copy", show=False, tooltip="Copy the case number"),
    ]

    tasks = getters.query_one("#tasks", Choices)
    entries = getters.query_one("#entries", Choices)

    @dataclass
    class Came(Message):
        """The case came from the store. `sentence`: what was done to it, "" where it was only read."""

        case: CaseView
        sentence: str = ""

    @dataclass
    class Cloned(Message):
        """The case has a clone. `number`: the clone's."""

        number: str

    @dataclass
    class ClonedBefore(Message):
        """Somebody cloned the case already. `reason` says who."""

        reason: str

    @dataclass
    class Pulsed(Message):
        """A beat of the visit: the time worked, and who else is here."""

        pulse: Pulse

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.case: CaseView | None = None
        self.pulse: Pulse | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="case-title", classes="panel-title", markup=False)
        with Container(id="account"):
            with Vertical(classes="panel"):
                yield Static("", id="case-facts", classes="facts", markup=False)
            with Vertical(classes="panel"):
                yield Static("If the customer calls in", classes="panel-title")
                yield Static("", id="icci", classes="facts", markup=False)
                yield Static("To be done", classes="panel-title")
                yield Choices(id="tasks")
            with Vertical(classes="panel", id="timeline-panel"):
                yield Static("Timeline", classes="panel-title")
                yield Choices(id="entries")

    def desk_came(self) -> None:
        self._last_key = self.desk.now()
        self.read()
        self.arrive()
        self.set_interval(BEAT_SECONDS, self.beat)

    def on_screen_resume(self) -> None:
        if self.case is not None:
            self.read()

    def action_reload(self) -> None:
        self.read()

    def on_unmount(self) -> None:
        if self.pulse is not None:
            self.app.run_worker(partial(_leave, self.desk, self.pulse.visit), thread=True, group="visit")

    def on_key(self) -> None:
        if self.app.desk is not None:
            self._last_key = self.desk.now()

    @property
    def active(self) -> bool:
        """Whether somebody works on the case: it is on screen, and a key was pressed lately."""
        return self.app.screen is self and self.desk.now() - self._last_key < IDLE_AFTER

    @work(thread=True, group="visit")
    def arrive(self) -> None:
        from data.cases.visits import start_visit

        with self.telling():
            self.post_message(self.Pulsed(start_visit(self.desk, self.number)))

    @work(thread=True, group="visit")
    def beat(self) -> None:
        from data.cases.visits import heartbeat

        with self.telling():
            if self.pulse is not None:
                self.post_message(self.Pulsed(heartbeat(self.desk, self.pulse.visit, active=self.active)))

    @on(Pulsed)
    def show_pulse(self, message: Pulsed) -> None:
        """Shows the time worked and who else is here; what somebody else changed is read again."""
        self.pulse = message.pulse
        if self.case is not None:
            if message.pulse.version != self.case.version:
                self.read()
            else:
                self.show_facts(self.case)

    @work(thread=True, exclusive=True, group="case")
    def read(self) -> None:
        from data.cases.queries import case

        with self.telling():
            self.post_message(self.Came(case(self.desk, self.number)))

    @on(Came)
    def show(self, message: Came) -> None:
        self.case = case = message.case
        zone, today = self.desk.agent.zone, self.desk.today()
        self.query_one("#case-title", Static).update(rows.title(case))
        self.show_facts(case)
        self.query_one("#icci", Static).update(rows.icci(case, zone, today))
        self.tasks.show(
            [(str(task.id), rows.task_row(task, zone, self.desk.now())) for task in case.tasks],
            empty="Nothing. T adds a task.",
        )
        self.entries.show(
            [(str(entry.id), rows.entry_row(entry, zone, today, self.app.size.width - 7)) for entry in case.timeline]
        )
        if message.sentence:
            self.say(message.sentence)
        if self.focused is None:
            self.call_after_refresh(self.focus_body)
        self.refresh_bindings()

    def show_facts(self, case: CaseView) -> None:
        """What the case is about, with the time worked as of the last beat."""
        worked = self.pulse.worked if self.pulse else case.worked
        others = self.pulse.others if self.pulse else case.others
        lines = [
            *rows.facts(case, self.desk.agent.zone, who_width(self.app.size.width)),
            *rows.going_on(worked, others),
        ]
        self.query_one("#case-facts", Static).update(Content("\n").join(lines))

    def is_off(self, action: str) -> bool:
        if self.case is None:
            return False
        closed = self.case.status is Status.CLOSED
        return {"clone": not closed, "move": closed, "account": self.case.orphan}.get(action, False)

    def action_icci(self) -> None:
        fields = [
            Field("text", "What to tell the customer"),
            Field("next_step", "The next step", hint="who does what, and when"),
        ]
        self._fill_in("If the customer calls in", fields, _log_icci, "✓ Logged.")

    def action_note(self) -> None:
        fields = [Field("text", "Note, for agents only; @name tells one", long=True)]
        self._fill_in("Note", fields, _add_note, "✓ Noted.")

    def action_task(self) -> None:
        fields = [Field("text", "What is to be done"), Field("days", "In how many days", "1")]
        self._fill_in("Task", fields, _add_task, "✓ Added.")

    def _fill_in(self, title: str, fields: list[Field], do: Any, sentence: str) -> None:
        def tell(case: CaseView | None) -> None:
            if case is not None:
                self.post_message(self.Came(case, sentence))

        self.app.push_screen(Form(title, fields, partial(do, self.number)), tell)

    def action_move(self) -> None:
        if self.case is None:
            return
        lawful = [(status.value, status.value) for status in Status if status in TRANSITIONS[self.case.status]]
        if not lawful:
            self.say("! A closed case stays closed, so that its time stays true. K clones it; go on in the clone.")
            return
        self.app.push_screen(Menu(f"{self.number} is {self.case.status}. Move it on to", lawful), self.move_to)

    def move_to(self, status: str | None) -> None:
        """Changes the status; one that ends the case asks how it ended."""
        if status == Status.CLOSED:
            fields = [Field("resolution", "How it ended")]
            self._fill_in(f"Close {self.number}", fields, partial(_move, status), "✓ Closed.")
        elif status:
            self.change_status(status)

    @work(thread=True, group="case-work")
    def change_status(self, status: str) -> None:
        from data.cases.actions import change_status

        with self.telling():
            self.post_message(self.Came(change_status(self.desk, self.number, Status(status)), f"✓ Now {status}."))

    def action_clone(self) -> None:
        self.clone(anyway=False)

    @work(thread=True, group="case-work")
    def clone(self, *, anyway: bool) -> None:
        from data.cases.actions import ClonedAlready, clone

        with self.telling():
            try:
                self.post_message(self.Cloned(clone(self.desk, self.number, anyway=anyway).number))
            except ClonedAlready as before:
                self.post_message(self.ClonedBefore(before.reason))

    @on(Cloned)
    def open_clone(self, message: Cloned) -> None:
        self.app.push_screen(CaseScreen(message.number))

    @on(ClonedBefore)
    def ask_about_second_clone(self, message: ClonedBefore) -> None:
        question = Question(message.reason, safe="Leave it", go_on="Clone once more")
        self.app.push_screen(question, self.clone_again)

    def clone_again(self, wanted: bool | None) -> None:
        """Clones although there is a clone, where the person wants it."""
        if wanted:
            self.clone(anyway=True)

    @on(OptionList.OptionSelected, "#tasks")
    def finish(self, message: OptionList.OptionSelected) -> None:
        if message.option_id:
            self.finish_task(int(message.option_id))

    @work(thread=True, group="case-work")
    def finish_task(self, task_id: int) -> None:
        from data.cases.notes import finish_task

        with self.telling():
            self.post_message(self.Came(finish_task(self.desk, task_id), "✓ Done."))

    def action_account(self) -> None:
        if self.case and self.case.account:
            self.open_account(self.case.account)

    def action_copy(self) -> None:
        self.copy(self.number)


def _log_icci(number: str, desk: Desk, values: Values) -> CaseView:
    from data.cases.actions import log_icci

    return log_icci(desk, number, values["text"], values["next_step"])


def _add_note(number: str, desk: Desk, values: Values) -> CaseView:
    from data.cases.notes import add_note

    return add_note(desk, number, values["text"])


def _add_task(number: str, desk: Desk, values: Values) -> CaseView:
    from data.cases.notes import add_task

    days = values["days"].strip()
    if days and not days.isdecimal():
        raise Invalid({"days": "In how many days is a number, such as 2."}, "Leave it empty for no due time.")
    due = desk.now() + timedelta(days=int(days)) if days else None
    return add_task(desk, number, values["text"], due_at=due)


def _move(status: str, number: str, desk: Desk, values: Values) -> CaseView:
    from data.cases.actions import change_status

    return change_status(desk, number, Status(status), resolution=values["resolution"])


def _leave(desk: Desk, visit: int) -> None:
    from data.cases.visits import end_visit

    end_visit(desk, visit)
