"""A case: what it is about, what to say if the customer calls in, what is to be done, and what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from data.cases.rules import TRANSITIONS, Status
from screens import case_forms as forms
from screens import case_rows as rows
from screens.account_rows import who_width
from screens.dialog import Question
from screens.menu import Menu
from screens.widgets.choices import Choices
from screens.widgets.stay import Stay
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.views import CaseView
    from data.desk import Desk


class CaseScreen(Workspace):
    """The case `number`."""

    CSS_PATH = ["account.tcss", "case.tcss"]
    HELP: ClassVar[str] = (
        "ICCI (If Customer Calls In) says what whoever picks up must know, and the next step. "
        "A closed case is not opened again: clone it, so that the time worked stays true."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "e,f4", "edit", "Edit", id="case.edit", tooltip="Change subject, category, due time, owner, tags, links"
        ),
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

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.case: CaseView | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="case-title", classes="panel-title", markup=False)
        with Container(id="account"):
            with Vertical(classes="panel"):
                yield Static("", id="case-facts", classes="facts", markup=False)
                yield Stay(self.number)
            with Vertical(classes="panel"):
                yield Static("If the customer calls in", classes="panel-title")
                yield Static("", id="icci", classes="facts", markup=False)
                yield Static("To be done", classes="panel-title")
                yield Choices(id="tasks")
            with Vertical(classes="panel", id="timeline-panel"):
                yield Static("Timeline", classes="panel-title")
                yield Choices(id="entries")

    def desk_came(self) -> None:
        self.read()
        self.query_one(Stay).begin()

    def on_screen_resume(self) -> None:
        if self.case is not None:
            self.read()

    def action_reload(self) -> None:
        self.read()

    @on(Stay.Beat)
    def look_after_others(self, message: Stay.Beat) -> None:
        """What somebody else changed is read again."""
        if self.case is not None and message.pulse.version != self.case.version:
            self.read()

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
        room = who_width(self.app.size.width)
        self.query_one("#case-facts", Static).update(Content("\n").join(rows.facts(case, zone, room)))
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

    def is_off(self, action: str) -> bool:
        if self.case is None:
            return False
        closed = self.case.status is Status.CLOSED
        return {"clone": not closed, "move": closed, "account": self.case.orphan}.get(action, False)

    def action_icci(self) -> None:
        self.fill_in(forms.icci_form(self.number), "✓ Logged.")

    def action_note(self) -> None:
        self.fill_in(forms.note_form(self.number), "✓ Noted.")

    def action_task(self) -> None:
        self.fill_in(forms.task_form(self.number), "✓ Added.")

    def fill_in(self, form: ModalScreen[Any], sentence: str) -> None:
        """Opens a form that comes back with the case, or None; `sentence` says what was done."""

        def tell(case: CaseView | None) -> None:
            if case is not None:
                self.post_message(self.Came(case, sentence))

        self.app.push_screen(form, tell)

    @work(thread=True, group="case-work")
    def do(self, work: Callable[[Desk], CaseView], sentence: str) -> None:
        """Does in a worker what needs no form; `sentence` says what was done."""
        with self.telling():
            self.post_message(self.Came(work(self.desk), sentence))

    def action_edit(self) -> None:
        from screens.edit_case import EditCaseScreen

        if self.case is not None:
            self.app.push_screen(EditCaseScreen(self.case, self.desk.agent.zone), self.tell_edited)

    def tell_edited(self, sentence: str | None) -> None:
        """Says what the edit came to, where it was begun."""
        self.say(sentence or "")

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
        from data.cases.actions import change_status

        if status == Status.CLOSED:
            self.fill_in(forms.closing_form(self.number), "✓ Closed.")
        elif status:
            self.do(partial(change_status, number=self.number, status=Status(status)), f"✓ Now {status}.")

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

    @on(Choices.Selected, "#tasks")
    def finish(self, message: Choices.Selected) -> None:
        from data.cases.notes import finish_task

        if message.key:
            self.do(partial(finish_task, task_id=int(message.key)), "✓ Done.")

    def action_account(self) -> None:
        if self.case and self.case.account:
            self.open_account(self.case.account)

    def action_copy(self) -> None:
        self.copy(self.number)
