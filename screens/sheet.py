"""A form with one line for each field, for what a short form has no room for."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Label

from data.errors import Invalid
from screens.dialog import Question
from screens.form import Form


class Sheet(Form):
    """A form whose fields stand one to a line; what can't be kept takes the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False, tooltip="The next field"),
        Binding("up", "app.focus_previous", show=False, tooltip="The field before"),
    ]

    def compose_fields(self) -> ComposeResult:
        for field in self.fields:
            with Horizontal(classes="sheet-field" + " -long" * field.long, id=f"row-{field.name}"):
                yield Label(field.label, classes="field-name")
                yield self.place_of(field)

    def show_field(self, name: str, shown: bool) -> None:
        """Shows or hides a field; what stands in a hidden one is not asked for."""
        self.query_one(f"#row-{name}").display = shown

    def action_leave(self) -> None:
        if self.unsaved and not self._under_way:
            question = Question(f"Not done yet: {self.unsaved}.", safe="Go on with it", go_on="Leave")
            self.app.push_screen(question, self._leave_if)
        else:
            super().action_leave()

    def _leave_if(self, sure: bool | None) -> None:
        if sure:
            super().action_leave()

    @on(Form.Wrong)
    def go_to_wrong(self, message: Form.Wrong) -> None:
        """Puts the focus where the first thing is wrong."""
        if isinstance(message.error, Invalid):
            wrong = [field.name for field in self.fields if field.name in message.error.fields]
            for name in wrong[:1]:
                self.show_field(name, True)
                self.query_one(f"#form-{name}").focus()
