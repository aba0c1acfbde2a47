"""Editing fields: every one checked by the store's own rules, nothing lost by accident, nor anybody else's save."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, Static

from data.customers.rules import in_words
from data.errors import Invalid
from data.text import capital
from screens.dialog import Question
from screens.drafts import Drafts
from screens.patience import tell_of_wait
from screens.versions import MINE, Versions, two_versions
from screens.workspace import Workspace


@dataclass(frozen=True)
class Line:
    """A field of the form. `title`: how a sentence calls it; `known`: what → completes to; `private`: never shown."""

    name: str
    title: str
    hint: str = ""
    known: Sequence[str] = ()
    private: bool = False

    @property
    def label(self) -> str:
        """How the form names it: "ZIP", "First name"."""
        return capital(self.title)


class EditingScreen(Workspace):
    """A form of `lines` over `before`, what each held. Ends with what was saved, in a sentence.

    A subclass fills in `keep`. `first`: the field that has the focus at the beginning.
    """

    CSS_PATH = "edit.tcss"
    HELP: ClassVar[str] = (
        "Change what is wrong and save. A field that can't be kept says why, and nothing is saved yet."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "save", "Save", id="edit.save", tooltip="Save the changes"),
        Binding(
            "alt+d",
            "bring_back",
            show=False,
            priority=True,
            id="edit.draft",
            tooltip="Bring back what was typed and not saved",
        ),
        Binding("down", "app.focus_next", show=False, tooltip="The next field"),
        Binding("up", "app.focus_previous", show=False, tooltip="The field before"),
    ]

    @dataclass
    class Saved(Message):
        """The changes are in the store."""

    @dataclass
    class Wrong(Message):
        """Some fields can't be kept. `error` has a sentence for each."""

        error: Invalid

    @dataclass
    class Overtaken(Message):
        """Somebody saved first: `now` is what each field holds by now, `version` what to save with.

        `reason` says who; `hidden`: the private fields that they changed; `merged`: what becomes of fields that hold
        both without a question.
        """

        reason: str
        now: Mapping[str, str]
        version: int
        hidden: frozenset[str] = frozenset()
        merged: Mapping[str, str] = field(default_factory=dict)

    def __init__(
        self, heading: str, lines: Iterable[Line], before: Mapping[str, str], version: int, first: str = ""
    ) -> None:
        super().__init__()
        self.heading, self.lines, self.first = heading, tuple(lines), first
        self.before, self.version = dict(before), version
        self.titles = {line.name: line.title for line in self.lines}
        self._sent: dict[str, str] = {}  # what is being saved; nothing else can be typed meanwhile
        self._ended: str | None = None
        self._note = ""
        self._drafts = Drafts(self, lambda: self.changed, lambda: bool(self.changed))
        self._draft: Mapping[str, str] = {}

    @abstractmethod
    def keep(self, changed: dict[str, str]) -> Saved | Overtaken:
        """In a worker: saves `changed`. Raises Invalid for fields that can't be."""

    def compose_body(self) -> ComposeResult:
        yield Static(self.heading, classes="panel-title", markup=False)
        for line in self.lines:
            known = SuggestFromList(line.known, case_sensitive=False) if line.known else None
            with Horizontal(classes="field"):
                yield Label(line.label, classes="field-name")
                yield Input(self.before[line.name], placeholder=line.hint, id=line.name, suggester=known)
            yield Static("", id=f"{line.name}-wrong", classes="wrong", markup=False)

    def desk_came(self) -> None:
        self.call_after_refresh(self.begin)

    def lay_out_anew(self) -> None:
        """What is typed stays as it is."""

    def begin(self) -> None:
        """The focus goes where the work is."""
        self._drafts.begin(self.desk, f"{type(self).__name__} {self.account_number} {self.heading}")
        if self.first in self.titles:
            self.place(self.first).focus()
        else:
            self.focus_body()

    def place(self, name: str) -> Input:
        """The input of a field."""
        return self.query_one(f"#{name}", Input)

    @property
    def changed(self) -> dict[str, str]:
        """What the person typed that is not what stood there."""
        typed = {line.name: self.place(line.name).value for line in self.lines}
        return {name: value for name, value in typed.items() if value.strip() != self.before[name]}

    @property
    def unsaved(self) -> str:
        return self.told(self.changed)

    def told(self, names: Iterable[str]) -> str:
        """Those fields, as a sentence lists them."""
        return in_words([self.titles[name] for name in names])

    def action_save(self) -> None:
        if self._sent:
            return
        if not self.unsaved:
            self.end(self._note or "Nothing was changed.")
            return
        self._sent = self.changed
        self.query_one("#body").disabled = True
        self.say("Saving …")
        tell_of_wait(self, lambda: bool(self._sent), self.say)
        self.save(self._sent)

    def end(self, sentence: str) -> None:
        """Leaves with `sentence`, as soon as nothing lies over the form."""
        self._ended = sentence
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        if self._ended is not None and self.app.screen is self:
            sentence, self._ended = self._ended, None
            self._drafts.end()
            self.dismiss(sentence)

    @on(Input.Changed, ".field Input")
    def keep_draft(self) -> None:
        """What is typed survives a crash."""
        self._drafts.changed()

    @on(Drafts.Found)
    def offer_draft(self, message: Drafts.Found) -> None:
        self._draft = message.draft.typed
        self.say(f"· {self._drafts.told(message.draft)}")

    def action_bring_back(self) -> None:
        for name in self._draft.keys() & self.titles.keys():
            self.place(name).value = self._draft[name]
        self.say("")

    @on(Input.Submitted, ".field Input")
    def next_field(self) -> None:
        self.app.action_focus_next()

    @work(thread=True, group="save")
    def save(self, changed: dict[str, str]) -> None:
        with self.telling():
            try:
                self.post_message(self.keep(changed))
            except Invalid as wrong:
                self.post_message(self.Wrong(wrong))

    @on(Saved)
    def leave_saved(self) -> None:
        self.end(f"✓ Saved: {self.told(self._sent)}. {self._note}".strip())

    @on(Workspace.Trouble)
    def go_on_editing(self) -> None:
        """It was not saved: everything typed is still there to be mended."""
        self._sent = {}
        self.query_one("#body").disabled = False
        self.call_after_refresh(self.settle_focus)

    @on(Wrong)
    def show_wrong(self, message: Wrong) -> None:
        self.go_on_editing()
        wrong = [line.name for line in self.lines if line.name in message.error.fields]
        for line in self.lines:
            sentence = message.error.fields.get(line.name, "")
            place = self.query_one(f"#{line.name}-wrong", Static)
            place.update(f"! {sentence}")
            place.display = bool(sentence)
        self.place(wrong[0]).focus()
        self.say(f"! Nothing is saved yet: {len(wrong)} {'fields are' if len(wrong) > 1 else 'field is'} marked.")

    @on(Overtaken)
    def ask_which_stays(self, message: Overtaken) -> None:
        """Other fields than mine stand as they were saved; for the same ones the person chooses."""
        sent = self._sent
        self.go_on_editing()
        hidden = dict.fromkeys(message.hidden & sent.keys(), "(changed; it is not shown)")
        asked = {name: typed for name, typed in sent.items() if name not in message.merged}
        both = two_versions(self.titles, self.before, {**message.now, **hidden}, asked)

        def settle(chosen: dict[str, str] | None) -> None:
            if chosen is None:
                self.say("! Nothing of yours is saved yet; it all stands here. Saving asks again.")
                return
            for name, stands in {**message.now, **message.merged}.items():
                if name in self.titles and (name not in asked or chosen.get(name, MINE) != MINE):
                    self.place(name).value = stands
            self.before, self.version = dict(message.now), message.version
            self._note = message.reason
            self.action_save()

        if both:
            self.say("")
            self.app.push_screen(Versions(message.reason, both), settle)
        else:
            settle({})

    def action_back(self) -> None:
        if self._sent:
            return
        if not self.unsaved:
            self._drafts.end()
            self.dismiss("")
            return
        question = Question(
            f"You changed {self.unsaved} and have not saved.", safe="Keep editing", go_on="Leave unsaved"
        )
        self.app.push_screen(question, self._leave_unsaved)

    def _leave_unsaved(self, leave: bool | None) -> None:
        if leave:
            self.end("Left without saving; nothing was changed.")
