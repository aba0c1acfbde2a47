"""Merging a duplicate case: which case goes on, what would happen, then the deed, which `u` takes back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from data.text import counted
from screens.desk_app import Undo
from screens.dialog import Question
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.merging import MergePreview
    from data.cases.views import CaseRow, CaseView
    from data.desk import Desk

BY_NUMBER = "by number"


class CaseMerging(Workspace):
    """Merges the case `number`; `case` is it as it was last read."""

    number: str
    case: CaseView | None

    @dataclass
    class Candidates(Message):
        """The account's other cases that go on."""

        rows: tuple[CaseRow, ...]

    @dataclass
    class Previewed(Message):
        """What a merge would do."""

        preview: MergePreview

    @dataclass
    class Merged(Message):
        """The case is merged. `into`: the number of the case that goes on."""

        into: str

    def action_merge(self) -> None:
        if self.case is None:
            return
        if self.case.merged_into:
            self.say(f"! Case {self.number} is merged already. Open {self.case.merged_into}, which took it in.")
        elif self.case.account_id is None:
            self.ask_for_number()
        else:
            self.look_for_candidates(self.case.account_id)

    @work(thread=True, group="merge")
    def look_for_candidates(self, account_id: int) -> None:
        from data.cases.queries import cases_of

        with self.telling():
            others = (row for row in cases_of(self.desk, account_id) if row.number != self.number)
            self.post_message(self.Candidates(tuple(row for row in others if row.closed_at is None)))

    @on(Candidates)
    def ask_into(self, message: Candidates) -> None:
        if not message.rows:
            self.ask_for_number()
            return
        rows = [(row.number, f"{row.number}  {row.status}  {row.subject}") for row in message.rows]
        menu = Menu(f"Merge {self.number} into", [*rows, (BY_NUMBER, "Another case, by its number")])
        self.app.push_screen(menu, self.take_candidate)

    def take_candidate(self, number: str | None) -> None:
        """Looks at the merge with the chosen case."""
        if number == BY_NUMBER:
            self.ask_for_number()
        elif number:
            self.preview(number)

    def ask_for_number(self) -> None:
        """Asks for the case that goes on by its number."""

        def show(preview: MergePreview | None) -> None:
            if preview is not None:
                self.post_message(self.Previewed(preview))

        field = Field("into", "Number of the case that goes on")
        form = Form(f"Merge {self.number} into", [field], partial(_preview, self.number), "Preview")
        self.app.push_screen(form, show)

    @work(thread=True, group="merge")
    def preview(self, into: str) -> None:
        from data.cases.merging import preview_merge

        with self.telling():
            self.post_message(self.Previewed(preview_merge(self.desk, self.number, into)))

    @on(Previewed)
    def ask_to_merge(self, message: Previewed) -> None:
        preview = message.preview

        def merge(wanted: bool | None) -> None:
            if wanted:
                self.merge(preview.into)

        self.app.push_screen(Question(told(preview), safe="Leave them apart", go_on="Merge"), merge)

    @work(thread=True, group="merge")
    def merge(self, into: str) -> None:
        from data.cases.merging import merge

        with self.telling():
            self.post_message(self.Merged(merge(self.desk, self.number, into).number))

    @on(Merged)
    def go_on_in(self, message: Merged) -> None:
        """Shows the case that goes on; the merge can be taken back."""
        done = f"✓ {self.number} is a case of its own again, as it stood."
        self.app.undoable = Undo(partial(_undo, self.number), done)
        said = f"✓ {self.number} is merged into this case. u takes it out again."
        self.open_case(message.into, said)


def told(preview: MergePreview) -> str:
    """What a merge would do, in sentences."""
    entries = counted(preview.entries, "entry", "entries")
    tasks = f" and {counted(preview.tasks, 'open task')}" if preview.tasks else ""
    return (
        f"{preview.duplicate}, “{preview.duplicate_subject}”, is closed as a duplicate of "
        f"{preview.into}, “{preview.into_subject}”.\n\n"
        f"Its {entries}{tasks} show there from now on. Nothing is copied or lost, and u undoes it."
    )


def _preview(number: str, desk: Desk, values: Values) -> MergePreview:
    from data.cases.merging import preview_merge

    return preview_merge(desk, number, values["into"])


def _undo(number: str, desk: Desk) -> CaseView:
    from data.cases.merging import undo_merge

    return undo_merge(desk, number)
