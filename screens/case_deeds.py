"""What is done with a case, whatever shows it: each action with its key, its form and its refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen

from data.cases.rules import TRANSITIONS, Status
from screens import case_forms as forms
from screens.case_credits import CaseCredits
from screens.case_merging import CaseMerging
from screens.desk_app import Undo
from screens.dialog import Question
from screens.giving import Giving
from screens.menu import Menu
from screens.widgets.choices import Choices

if TYPE_CHECKING:
    from data.cases.case_file import CaseFile
    from data.cases.views import CaseView
    from data.desk import Desk
    from screens.case_place import Place
    from screens.going import Going


class CaseDeeds(CaseMerging, CaseCredits, Giving):
    """The actions on the case `number`; `case` is it as it was last read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "e,f4", "edit", "Edit", id="case.edit", tooltip="Change subject, category, due time, owner, tags, links"
        ),
        Binding("i", "icci", "ICCI", id="case.icci", tooltip="Log what to say if the customer calls in"),
        Binding("n", "note", "Note", id="case.note", tooltip="Write a note; @name tells an agent"),
        Binding("m", "move", "Move on", id="case.move", tooltip="Change the status"),
        Binding("T", "task", "Task", id="case.task", tooltip="Add something to be done"),
        Binding(
            "o",
            "give",
            "Give",
            id="case.give",
            show=False,
            tooltip="Give the chosen task to another agent; u undoes it",
        ),
        Binding("K", "clone", "Clone", id="case.clone", tooltip="Go on with a closed case in a clone of it"),
        Binding("D", "complaint", "Complaint", id="case.complaint", tooltip="Take a complaint about the dealer"),
        Binding("R", "remark", "Remark", id="case.remark", tooltip="Summarise the case for the carrier's account"),
        Binding("M", "merge", "Merge", id="case.merge", show=False, tooltip="Merge this duplicate into another case"),
        Binding(
            "a",
            "account",
            "Account",
            id="case.account",
            tooltip="Open the account behind the case; put one behind it where there is none",
        ),
    ]

    @dataclass
    class FileCame(Message):
        """A case came from the store with all that is shown of it. `turn`: when it was asked for.

        `going` and `place`: one goes back to it, and to where one was in it; None where it is the one on screen.
        """

        turn: int
        file: CaseFile
        going: Going | None
        place: Place | None

    @dataclass
    class Came(Message):
        """Something was done to the case `about`. `case`: how it stands now; `sentence`: what was done."""

        about: str
        case: CaseView
        sentence: str

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

    def is_off(self, action: str) -> bool:
        if self.case is None:
            return False
        closed, merged = self.case.status is Status.CLOSED, self.case.merged_into is not None
        off = {"clone": not closed or merged, "move": closed, "task": closed, "merge": merged}
        return off.get(action, super().is_off(action))

    def action_icci(self) -> None:
        self.fill_in(forms.icci_form(self.number), "✓ Logged.")

    def action_note(self) -> None:
        self.fill_in(forms.note_form(self.number), "✓ Noted.")

    def action_task(self) -> None:
        self.fill_in(forms.task_form(self.number), "✓ Added.")

    def fill_in(self, form: ModalScreen[Any], sentence: str, undo: Undo | None = None) -> None:
        """Opens a form that comes back with the case, or None; `sentence` says what was done, `undo` takes it back."""
        about = self.number

        def tell(case: CaseView | None) -> None:
            if case is not None:
                self.app.undoable = undo or self.app.undoable
                self.post_message(self.Came(about, case, sentence))

        self.app.push_screen(form, tell)

    @work(thread=True, group="case-work")
    def do(self, work: Callable[[Desk], CaseView], sentence: str) -> None:
        """Does in a worker what needs no form; `sentence` says what was done."""
        about = self.number
        with self.telling():
            self.post_message(self.Came(about, work(self.desk), sentence))

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
            undo = Undo(partial(_unclose, self.number), f"✓ {self.number} is not closed any more; it is as it stood.")
            self.fill_in(forms.closing_form(self.number), "✓ Closed. u takes it back, within the hour.", undo)
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
        self.open_case(message.number)

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

    def action_give(self) -> None:
        """The chosen task; where there is one only, that one."""
        left = [task for task in self.case.tasks if task.done_at is None] if self.case else []
        chosen = self.query_one("#tasks", Choices).chosen
        task = next((one for one in left if str(one.id) == chosen), None) if len(left) != 1 else left[0]
        if task is None:
            self.say("! Choose a task that is to be done first." if left else "! There is no task to give away.")
        else:
            self.give_task(task.id, task.text, task.owner)

    def action_account(self) -> None:
        if self.case and self.case.account:
            self.open_account(self.case.account)
        elif self.case:
            self.fill_in(forms.attaching_form(self.number), "✓ An account is behind this case now.")

    def action_remark(self) -> None:
        from screens.remark import RemarkScreen

        self.app.push_screen(RemarkScreen(self.number), self.tell_edited)


def _unclose(number: str, desk: Desk) -> CaseView:
    from data.cases.reopening import undo_close

    return undo_close(desk, number)
