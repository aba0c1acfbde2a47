"""A short form over the screen: it does what it is for by itself, and keeps what was typed until that went well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, Static, TextArea

from data.errors import CarelineError, Invalid
from data.text import harmless
from screens.desk_app import DeskApp
from screens.dialog import Question
from screens.drafts import Drafts
from screens.overlay import Overlay
from screens.patience import tell_of_wait
from screens.widgets.keys_line import KeysLine
from screens.widgets.one_of import OneOf
from screens.words import ended, plain

if TYPE_CHECKING:
    from data.desk import Desk

Values = dict[str, str]


@dataclass(frozen=True)
class Field:
    """One thing to fill in. `long`: several lines; `hint`: what may stand there.

    `options`: where it is one of a few, each as its key and what it says; `value` is one of the keys then.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    long: bool = False
    options: tuple[tuple[str, str], ...] = ()


def _on_one_line(field: Field) -> Field:
    """A field as it stands in the form: what it begins with has lines only where it may have some."""
    return field if field.long or field.options else replace(field, value=harmless(field.value).strip())


class Form(Overlay[Any]):
    """Asks for `fields` and runs `do(desk, values)` in a worker; comes back with its result, or None when left.

    `deed`: what `do` does, in a word for the keys line: "Close", "Deny".
    """

    CSS_PATH = "form.tcss"
    outlives_call = True
    HELP: ClassVar[str] = "Fill in and save. Esc leaves; nothing is done then."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", "Save", id="form.save", tooltip="Do it"),
        Binding("escape", "leave", "Leave", id="form.leave", tooltip="Leave; nothing is done"),
        Binding(
            "alt+d",
            "bring_back",
            show=False,
            priority=True,
            id="form.draft",
            tooltip="Bring back what was typed and not saved",
        ),
    ]

    app = getters.app(DeskApp)
    wrong = getters.query_one("#form-wrong", Static)

    @dataclass
    class Done(Message):
        """It went well."""

        result: Any

    @dataclass
    class Wrong(Message):
        """It did not go; what was typed stays."""

        error: CarelineError

    def __init__(
        self, title: str, fields: Sequence[Field], do: Callable[[Desk, Values], Any], deed: str = "Save"
    ) -> None:
        super().__init__()
        self._bindings.key_to_bindings = {
            key: [replace(one, description=deed) if one.action == "save" else one for one in those]
            for key, those in self._bindings.key_to_bindings.items()
        }
        self.heading, self.fields, self.do = title, [_on_one_line(field) for field in fields], do
        self._under_way = False
        self._at: Widget | None = None
        self._result: tuple[Any] | None = None
        self._drafts = Drafts(self, self.values, lambda: bool(self.unsaved))
        self._draft: Values = {}
        self._marked: frozenset[str] = frozenset()  # the fields that can't be kept as they are

    def on_mount(self) -> None:
        if self.app.desk is not None:
            about = getattr(self.app.screen_stack[-2], "account_number", "") if len(self.app.screen_stack) > 1 else ""
            self._drafts.begin(self.app.desk, f"{type(self).__name__} {about} {self.heading}")

    @on(Input.Changed)
    @on(TextArea.Changed)
    def keep_draft(self, message: Input.Changed | TextArea.Changed) -> None:
        """What is typed survives a crash; what was wrong with a field is no longer said of what stands there now."""
        self._drafts.changed()
        name = (message.control.id or "").removeprefix("form-")
        if name in self._marked:
            self._mark(self._marked - {name})
            self.wrong.display = bool(self._marked)

    @on(Drafts.Found)
    def offer_draft(self, message: Drafts.Found) -> None:
        self._draft = message.draft.typed
        self._tell(f"· {self._drafts.told(message.draft)}")

    def action_bring_back(self) -> None:
        for field in self.fields:
            place, typed = self.query_one(f"#form-{field.name}"), self._draft.get(field.name)
            if typed is not None and isinstance(place, TextArea):
                place.text = typed
            elif typed is not None and isinstance(place, (Input, OneOf)):
                place.value = typed
        self.wrong.display = False

    def compose(self) -> ComposeResult:
        with Vertical(id="form"):
            yield Static(plain(self.heading), classes="panel-title")
            yield from self.compose_fields()
            with Vertical(id="form-foot"):
                yield Static("", id="form-wrong", markup=False)
                yield KeysLine()

    def compose_fields(self) -> ComposeResult:
        """What is filled in."""
        for field in self.fields:
            yield self.label_of(field, "form-label")
            yield self.place_of(field)

    def label_of(self, field: Field, classes: str) -> Label:
        """What stands over or beside the widget of a field; it says, too, where something is wrong there."""
        return Label(field.label, classes=classes, id=f"label-{field.name}", markup=False)

    def place_of(self, field: Field) -> Widget:
        """The widget that holds a field."""
        where = f"form-{field.name}"
        if field.options:
            return OneOf(field.options, field.value, id=where)
        if field.long:
            return TextArea(field.value, id=where, tab_behavior="focus")
        return Input(field.value, placeholder=field.hint, id=where)

    def values(self) -> Values:
        """What stands in the fields, by name."""
        return {field.name: self._text(field) for field in self.fields}

    def _text(self, field: Field) -> str:
        place = self.query_one(f"#form-{field.name}")
        return place.text if isinstance(place, TextArea) else place.value if isinstance(place, (Input, OneOf)) else ""

    @on(Input.Submitted)
    @on(OneOf.Submitted)
    def next_field(self) -> None:
        """Enter goes on to the next field; in the last one it saves. While it is saved, there is none to go to."""
        chain = self.focus_chain
        if chain and self.focused is chain[-1]:
            self.action_save()
        elif chain:
            self.focus_next()

    @property
    def unsaved(self) -> str:
        """What would be lost by leaving now, in words; "" for nothing."""
        begun = any(
            value.strip() != field.value for field, value in zip(self.fields, self.values().values(), strict=True)
        )
        return self.heading if begun else ""

    def action_save(self) -> None:
        if self.app.desk is not None and not self._under_way:
            self._busy(True)
            self.run(self.app.desk, self.values())

    def action_leave(self) -> None:
        if self._under_way:
            return
        if not self.unsaved:
            self._leave_if(True)
            return
        question = Question(
            f"Not done yet: {ended(self.unsaved)} Leaving loses what you typed.", safe="Go on with it", go_on="Leave"
        )
        self.app.push_screen(question, self._leave_if)

    def _leave_if(self, sure: bool | None) -> None:
        if sure:
            self._drafts.end()
            self.dismiss(None)

    def _busy(self, busy: bool) -> None:
        """While it is done nothing is typed, done twice or left."""
        if busy:
            self._at = self.focused
            tell_of_wait(self, lambda: self._under_way, self._tell)
        self._under_way = self.query_one("#form").disabled = busy
        if not busy:
            self.set_focus(self._at)

    def _tell(self, sentence: str) -> None:
        """Says `sentence` under the fields."""
        self.wrong.update(sentence)
        self.wrong.display = True

    def on_screen_resume(self) -> None:
        if self._result is not None and self.app.screen is self:
            (result,), self._result = self._result, None
            self._drafts.end()
            self.dismiss(result)

    @work(thread=True, group="form")
    def run(self, desk: Desk, values: Values) -> None:
        try:
            self.post_message(self.Done(self.do(desk, values)))
        except Exception as error:
            self.post_message(self.Wrong(self.app.in_words(error)))

    @on(Done)
    def leave_done(self, message: Done) -> None:
        self._result = (message.result,)
        self.on_screen_resume()

    @on(Wrong)
    def tell_wrong(self, message: Wrong) -> None:
        self._busy(False)
        self._mark(frozenset(message.error.fields if isinstance(message.error, Invalid) else ()))
        self._tell(f"! {self.app.note_refusal(message.error)}")
        if self._marked:
            self.go_to(next(field.name for field in self.fields if field.name in self._marked))

    def go_to(self, name: str) -> None:
        """Puts the focus into a field."""
        self.query_one(f"#form-{name}").focus()

    def _mark(self, names: frozenset[str]) -> None:
        """Marks those fields, and no others."""
        self._marked = names & {field.name for field in self.fields}
        for field in self.fields:
            wrong = field.name in self._marked
            label = self.query_one(f"#label-{field.name}", Label)
            label.update(f"! {field.label}" if wrong else field.label)
            label.set_class(wrong, "-wrong")
