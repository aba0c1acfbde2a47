"""A form with one line for each field, for what a short form has no room for."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

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
                yield self.label_of(field, "field-name")
                yield self.place_of(field)

    def show_field(self, name: str, shown: bool) -> None:
        """Shows or hides a field; what stands in a hidden one is not asked for."""
        self.query_one(f"#row-{name}").display = shown

    def go_to(self, name: str) -> None:
        self.show_field(name, True)
        super().go_to(name)
        self.call_after_refresh(self._keep_in_sight)

    @on(events.DescendantFocus)
    def _keep_in_sight(self) -> None:
        """Where not all of a long sheet fits, its foot does not cover the field that has the focus."""
        row = self.focused.parent if self.focused else None
        if isinstance(row, Horizontal):
            row.scroll_visible(animate=False)
