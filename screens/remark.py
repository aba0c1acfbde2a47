"""The remarks composer: a case in summary for the carrier's account, checked while one writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static, TextArea

from data.cases.remarks import LIMIT, Objection, compose, objections
from data.cases.rules import Category
from data.files import named, new_file
from screens import remark_rows as rows
from screens.dialog import Question
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.widgets.choices import Choices
from screens.widgets.marked_text import MarkedText
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.remarking import RemarkView
    from data.cases.views import CaseView
    from data.desk import Desk


class RemarkScreen(Workspace):
    """A remark about the case `number`. Ends with what was done with it, in a sentence."""

    CSS_PATH = "remark.tcss"
    HELP: ClassVar[str] = (
        "Remarks on the carrier's account are summarised, not pasted: short, without personal data, in other words "
        "than the case's own. What does not belong there is marked; say below why, where it stays all the same."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "keep", "Keep and copy", id="remark.keep", tooltip="Keep the remark, and copy it"),
        Binding(
            "ctrl+o", "keep_in_file", "To a file", id="remark.file", tooltip="Keep the remark, and write it to a file"
        ),
        Binding("f8", "template", "Template", id="remark.template", tooltip="Begin anew, by what the case is about"),
    ]

    text = getters.query_one("#remark", MarkedText)
    reason = getters.query_one("#reason", Input)
    kept = getters.query_one("#kept", Choices)

    @dataclass
    class Came(Message):
        """The case and the remarks about it came from the store; `texts`: what people wrote in it."""

        case: CaseView
        remarks: tuple[RemarkView, ...]
        texts: tuple[str, ...]

    @dataclass
    class Checked(Message):
        """What is objected to in `text`."""

        text: str
        found: tuple[Objection, ...]

    @dataclass
    class Kept(Message):
        """The remark is kept with the case, as `text`."""

        text: str

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.case: CaseView | None = None
        self.remarks: tuple[RemarkView, ...] = ()
        self.texts: tuple[str, ...] = ()
        self.draft = ""
        self._keeping = False
        self._ended: str | None = None

    @property
    def works_on(self) -> str:
        return self.number

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="remark-head"):
            yield Static(f"Remark for the carrier's account · {self.number}", classes="panel-title", markup=False)
            yield Static("", id="length", markup=False)
        yield MarkedText("", id="remark")
        yield Static("", id="objections", markup=False)
        with Horizontal(id="reason-row"):
            yield Label("Why it stays", classes="field-name")
            yield Input(placeholder="kept with the remark, for whoever asks", id="reason")
        with Vertical(classes="panel", id="kept-panel"):
            yield Static("Kept so far", classes="panel-title")
            yield Choices(id="kept", does=("Copy", "Copy the chosen remark once more"))

    def desk_came(self) -> None:
        if self.case is None:
            self.read()

    @work(thread=True, exclusive=True, group="remark")
    def read(self) -> None:
        from data.cases.queries import case
        from data.cases.remarking import remarks_of, texts_of

        with self.telling():
            view = case(self.desk, self.number)
            self.post_message(self.Came(view, remarks_of(self.desk, self.number), texts_of(view)))

    @on(Came)
    def begin(self, message: Came) -> None:
        self.case, self.remarks, self.texts = message.case, message.remarks, message.texts
        zone, today, width = self.desk.agent.zone, self.desk.today(), self.app.size.width - 7
        self.query_one("#kept-panel").display = bool(self.remarks)
        self.kept.show((str(one.id), rows.remark_row(one, zone, today, width)) for one in self.remarks)
        self.begin_with(compose(message.case))
        self.text.focus()

    def begin_with(self, draft: str) -> None:
        """Puts a draft into the text."""
        self.draft = draft
        self.text.load_text(draft)
        self.text.move_cursor(self.text.document.end)

    @on(TextArea.Changed)
    def look_at(self) -> None:
        """Counts the letters at once, and looks for what does not belong there."""
        length = len(self.text.text)
        over = length > LIMIT
        style = "$text-error" if over else "$muted"
        count = f"! {length} of {LIMIT}" if over else f"{length} of {LIMIT}"
        self.query_one("#length", Static).update(Content.styled(count, style))
        self.check(self.text.text)

    @work(thread=True, group="check")
    def check(self, text: str) -> None:
        with self.telling():
            self.post_message(self.Checked(text, objections(text, self.desk.today(), self.texts)))

    @on(Checked)
    def show_objections(self, message: Checked) -> None:
        if message.text != self.text.text:
            return
        self.text.mark((one.start, one.end) for one in message.found)
        place = self.query_one("#objections", Static)
        place.update(Content("\n").join(rows.objection_rows(message.text, message.found, self.app.size.width - 6)))
        place.display = bool(message.found)
        self.query_one("#reason-row").display = any(one.may_be_overruled for one in message.found)

    @property
    def why(self) -> str:
        """The reason for what stays although it is objected to; "" where nothing is."""
        return self.reason.value if self.query_one("#reason-row").display else ""

    @property
    def unsaved(self) -> str:
        return "the remark" if self.text.text.strip() not in ("", self.draft) and not self._ended else ""

    def action_keep(self) -> None:
        if not self._keeping:
            self._keeping = True
            self.keep(self.text.text, self.why)

    @work(thread=True, group="keep")
    def keep(self, text: str, reason: str) -> None:
        with self.telling():
            self.post_message(self.Kept(_keep(self.number, self.desk, text, reason)))

    @on(Kept)
    def leave_kept(self, message: Kept) -> None:
        self.app.copy_to_clipboard(message.text)
        self.end("✓ Kept with the case, and copied.")

    @on(Workspace.Trouble)
    def go_on_writing(self) -> None:
        """It was not kept: everything written is still there."""
        self._keeping = False

    def action_keep_in_file(self) -> None:
        def tell(path: str | None) -> None:
            if path:
                self.end(f"✓ Kept with the case, and written to {path}.")

        field = Field("path", "File", f"remark-{self.number}.txt")
        do = partial(_keep_in_file, self.number, self.text.text, self.why)
        self.app.push_screen(Form("Keep the remark, and write it to", [field], do), tell)

    def end(self, sentence: str) -> None:
        """Leaves with `sentence`, as soon as nothing lies over the composer."""
        self._ended = sentence
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        if self._ended is not None and self.app.screen is self:
            self.dismiss(self._ended)

    def action_template(self) -> None:
        templates = [(category.value, category.value) for category in Category]
        self.app.push_screen(Menu("Begin with the template for", templates), self.take_template)

    def take_template(self, category: str | None) -> None:
        """Begins anew with the template of that category."""
        if category and self.case:
            self.begin_with(compose(replace(self.case, category=Category(category))))
            self.text.focus()

    @on(Choices.Selected, "#kept")
    def copy_kept(self, message: Choices.Selected) -> None:
        self.copy(self.remarks[message.index].text)

    def action_back(self) -> None:
        if not self.unsaved:
            self.dismiss("")
            return
        question = Question("The remark is not kept yet.", safe="Go on writing", go_on="Leave")
        self.app.push_screen(question, self._leave_if)

    def _leave_if(self, leave: bool | None) -> None:
        if leave:
            self.end("Left the remark; nothing was kept.")


def _keep(number: str, desk: Desk, text: str, reason: str) -> str:
    """Keeps the remark; the newest remark then, as it is kept."""
    from data.cases.remarking import keep_remark, remarks_of

    keep_remark(desk, number, text, overruled=reason)
    return remarks_of(desk, number)[0].text


def _keep_in_file(number: str, text: str, reason: str, desk: Desk, values: Values) -> str:
    path = named(values["path"])
    with new_file(path, "Name another.") as file:
        file.write((_keep(number, desk, text, reason) + "\n").encode())
    return str(path)
