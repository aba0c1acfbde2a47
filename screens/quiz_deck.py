"""The deck editor: every clue with what counts as its answer, and the deck's versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from data.files import named, new_file
from data.quiz.rules import Clue
from data.text import counted
from screens import quiz_rows as rows
from screens.dialog import Question
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.quiz_clue import clue_fields, clue_from
from screens.sheet import Sheet
from screens.widgets.choices import Choices
from screens.words import day, fit, plain
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.desk import Desk
    from data.quiz.views import ClueView, DeckView

SIDES = 6
FORMATS = ("toml", "csv", "gift", "anki", "aiken", "page")
EMPTY = Clue(category="", value=100, text="", answer="")


class DeckScreen(Workspace):
    """The deck `name`."""

    CSS_PATH = "quiz.tcss"
    needs_permission = Permission.BUILD_DECKS
    HELP: ClassVar[str] = (
        "Enter edits a clue; each change is a version of its own, and H goes back to an older one. What an import "
        "found strange stands behind a “!”: mend it, and empty the field “to mend”."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "New clue", id="deck.add", tooltip="Add a clue"),
        Binding("x", "remove", "Remove", id="deck.remove", tooltip="Take the chosen clue out; its results stay"),
        Binding("H", "versions", "History", id="deck.versions", tooltip="Go back to an older version"),
        Binding("w", "write", "Write out", id="deck.write", tooltip="Write the deck into a file"),
        Binding("f", "flagged", "To mend", id="deck.flagged", tooltip="Go to the next clue that is to be mended"),
    ]

    clues = getters.query_one("#quiz-clues", Choices)

    @dataclass
    class Came(Message):
        """The deck came from the store. `sentence`: what was done to it."""

        deck: DeckView
        sentence: str = ""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.deck_name = name
        self.deck: DeckView | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="quiz-head", classes="panel-title", markup=False)
        yield Choices(id="quiz-clues")

    def desk_came(self) -> None:
        self.read()

    @work(thread=True, exclusive=True, group="deck")
    def read(self) -> None:
        from data.quiz.queries import deck

        with self.telling():
            self.post_message(self.Came(deck(self.desk, self.deck_name)))

    @on(Came)
    def show(self, message: Came) -> None:
        self.deck = message.deck
        flags = sum(bool(view.clue.flags) for view in message.deck.clues)
        parts = [message.deck.name, f"version {message.deck.version}", counted(len(message.deck.clues), "clue")]
        parts += [f"! {flags} to mend"] * bool(flags)
        self.query_one("#quiz-head", Static).update(plain(" · ".join(parts)))
        width = self.app.size.width - SIDES
        order = message.deck.categories
        listed = sorted(message.deck.clues, key=lambda view: (order.index(view.clue.category), view.clue.value))
        self.clues.show([(str(view.id), rows.clue_row(view, width)) for view in listed])
        self.say(message.sentence)
        self.settle_focus()
        self.refresh_bindings()

    @property
    def chosen(self) -> ClueView | None:
        """The clue under the cursor."""
        number = int(self.clues.chosen or 0)
        return next((view for view in self.deck.clues if view.id == number), None) if self.deck else None

    @on(Choices.Selected, "#quiz-clues")
    def edit(self) -> None:
        if self.chosen is not None:
            self._open(f"{self.chosen.clue.category} {self.chosen.clue.value}", self.chosen.clue, self.chosen.id)

    def action_add(self) -> None:
        if self.deck is not None:
            last = self.chosen.clue if self.chosen else EMPTY
            self._open(f"New clue in {self.deck.name}", replace(EMPTY, category=last.category, value=last.value), None)

    def _open(self, title: str, clue: Clue, number: int | None) -> None:
        def tell(deck: DeckView | None) -> None:
            if deck is not None:
                self.post_message(self.Came(deck, "✓ Saved."))

        keep = _Keeping(self.deck_name, number, clue)
        self.app.push_screen(Sheet(title, clue_fields(clue), keep), tell)

    def action_remove(self) -> None:
        view = self.chosen
        if view is not None:
            question = Question(
                f"Take {view.clue.category} {view.clue.value} out of the deck? Its results stay.",
                safe="Keep it",
                go_on="Take it out",
            )
            self.app.push_screen(question, partial(self.remove_if, view.id))

    def remove_if(self, number: int, sure: bool | None) -> None:
        """Takes the clue out where the trainer is sure."""
        if sure:
            self.remove_clue(number)

    @work(thread=True, group="deck-work")
    def remove_clue(self, number: int) -> None:
        from data.quiz.actions import remove_clue

        with self.telling():
            self.post_message(self.Came(remove_clue(self.desk, number), "✓ Taken out. H brings it back."))

    def action_versions(self) -> None:
        if self.deck is not None:
            offered = [
                (str(one.number), fit(f"{one.number:>3}  {day(one.made_at.date())}  {one.made_by}  {one.why}", 68))
                for one in self.deck.versions
            ]
            self.app.push_screen(Menu("Back to which version?", offered), self.restore_if)

    def restore_if(self, number: str | None) -> None:
        """Goes back to the version that was chosen."""
        if number and self.deck and int(number) != self.deck.version:
            self.restore(int(number))

    @work(thread=True, group="deck-work")
    def restore(self, number: int) -> None:
        from data.quiz.actions import restore_version

        with self.telling():
            self.post_message(self.Came(restore_version(self.desk, self.deck_name, number), f"✓ Version {number}."))

    def action_write(self) -> None:
        fields = [
            Field("file", "File", hint="a new file, such as deck.toml"),
            Field("format", "Format", "toml", options=tuple((name, name) for name in FORMATS)),
        ]

        def tell(file: str | None) -> None:
            if file:
                self.say(f"✓ Written to {file}.")

        self.app.push_screen(
            Form(f"Write {self.deck_name} out", fields, partial(_write, self.deck_name), "Write"), tell
        )

    def action_flagged(self) -> None:
        flagged = [str(view.id) for view in self.deck.clues if view.clue.flags] if self.deck else []
        places = [place for place, key in enumerate(self.clues.keys) if key in flagged]
        later = [place for place in places if place > self.clues.cursor]
        if places:
            self.clues.cursor = (later or places)[0]
        else:
            self.say("Nothing is to be mended.")


class _Keeping:
    """Keeps what a trainer wrote into clue `number` of `deck`, None for a new one; `seen`: the clue as they know it."""

    def __init__(self, deck: str, number: int | None, seen: Clue) -> None:
        self.deck, self.number, self.seen = deck, number, seen

    def __call__(self, desk: Desk, values: Values) -> DeckView:
        from data.quiz.actions import ClueOvertaken, add_clue, edit_clue

        clue = clue_from(values, self.seen)
        if self.number is None:
            return add_clue(desk, self.deck, clue)
        try:
            return edit_clue(desk, self.number, clue, before=self.seen)
        except ClueOvertaken as overtaken:
            self.seen = overtaken.clue  # it is told now: saving once more is meant
            raise


def _write(deck: str, desk: Desk, values: Values) -> str:
    from data.quiz.formats import write_deck
    from data.quiz.queries import deck as read
    from data.quiz.queries import deck_version

    path = named(values["file"])
    text = write_deck(deck_version(desk, deck, read(desk, deck).version), values["format"])
    with new_file(path, "Write another name.") as file:
        file.write(text.encode())
    return str(path)
