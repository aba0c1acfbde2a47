"""Quiz: what I am to practice and to play, and every deck; for trainers, games, decks and results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from data.quiz.rules import GameKind
from screens import quiz_forms, words
from screens import quiz_rows as rows
from screens.form import Field, Form
from screens.widgets.choices import Choices
from screens.widgets.panel import Panel
from screens.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from data.quiz.games import ClassGame, GameRowView
    from data.quiz.practice import Due
    from data.quiz.views import AssignmentView, DeckRow

SIDES = 6  # cells around a row
TRAINER = {"class_game": Permission.RUN_QUIZ, "assign": Permission.RUN_QUIZ}
TRAINER |= dict.fromkeys(("edit_deck", "import_deck", "archive"), Permission.BUILD_DECKS)
WEEK = 7  # days that are offered for playing a deck


class QuizScreen(Workspace):
    """The decks, and what there is to do with them."""

    CSS_PATH = "quiz.tcss"
    HELP: ClassVar[str] = (
        "Enter plays the chosen deck by yourself, against the clock. p practices what you are about to forget. A "
        "trainer runs a class game with c, edits with e, assigns with a, imports with i and archives with X."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "practice", "Practice", id="quiz.practice", tooltip="Practice what is due, a few minutes a day"),
        Binding("r", "results", "Results", id="quiz.results", tooltip="How answers went; for trainers, everybody's"),
        Binding("c", "class_game", "Class game", id="quiz.class", tooltip="Run the chosen deck as a game for a class"),
        Binding("e", "edit_deck", "Edit", id="quiz.edit", tooltip="Edit the chosen deck"),
        Binding("a", "assign", "Assign", id="quiz.assign", tooltip="Give agents the chosen deck to play by a day"),
        Binding("i", "import_deck", "Import", id="quiz.import", show=False, tooltip="Bring a deck in from a file"),
        Binding("X", "archive", "Archive", id="quiz.archive", show=False, tooltip="Put the chosen deck away, or back"),
    ]

    decks = getters.query_one("#quiz-decks", Choices)
    todo = getters.query_one("#quiz-todo", Choices)

    @dataclass
    class Came(Message):
        """What the screen shows came from the store."""

        due: Due
        given: tuple[AssignmentView, ...]
        games: tuple[GameRowView, ...]
        decks: tuple[DeckRow, ...]

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, DeckRow] = {}
        self._done = ""  # what was done last, said until the next key

    def compose_body(self) -> ComposeResult:
        with Panel():
            yield Static("To do", classes="panel-title")
            yield Static("", id="quiz-due", classes="facts", markup=False)
            yield Static("", id="quiz-forecast", classes="facts", markup=False)
            yield Choices(id="quiz-todo")
        yield Static("Decks", classes="panel-title")
        yield Choices(id="quiz-decks")

    def desk_came(self) -> None:
        self.read()

    def on_screen_resume(self) -> None:
        if self.known:
            self.action_reload()

    @work(thread=True, exclusive=True, group="quiz")
    def read(self) -> None:
        from data.quiz.games import unfinished
        from data.quiz.practice import due
        from data.quiz.queries import assignments, decks

        with self.telling():
            desk = self.desk
            every = desk.may(Permission.BUILD_DECKS)
            games = (*unfinished(desk, GameKind.CLASS), *unfinished(desk, GameKind.SOLO))
            self.post_message(self.Came(due(desk), assignments(desk), games, decks(desk, archived=every)))

    @on(Came)
    def show(self, message: Came) -> None:
        width, today = self.app.size.width - SIDES, self.desk.today()
        self.query_one("#quiz-due", Static).update(rows.due_line(message.due))
        self.query_one("#quiz-forecast", Static).update(rows.forecast(message.due))
        todo = [(f"play {one.deck}", rows.assignment_row(one, one.due_on < today, width)) for one in message.given]
        todo += [(f"{one.kind} {one.id} {one.deck}", _begun(one, self.desk.agent.zone, today)) for one in message.games]
        self.todo.display = bool(todo)
        self.todo.show(todo)
        self.known = {row.name: row for row in message.decks}
        self.decks.show(
            [(row.name, rows.deck_row(row, width)) for row in message.decks],
            empty="No deck yet. i imports one; an empty file name brings in those that come with Careline.",
        )
        self.say(self._done)
        if self.focused is None and self.app.screen is self:
            self.call_after_refresh((self.decks if self.known else self.todo).focus)
        self.refresh_bindings()

    def is_off(self, action: str) -> bool:
        return action in TRAINER and self.app.desk is not None and not self.desk.may(TRAINER[action])

    def chosen_deck(self) -> str:
        """The name of the chosen deck; "" where there is none, and the screen says so."""
        if self.decks.chosen is None:
            self.say("There is no deck yet.")
        return self.decks.chosen or ""

    @on(Choices.Selected, "#quiz-decks")
    def play(self, message: Choices.Selected) -> None:
        self.open_solo(message.key)

    @on(Choices.Selected, "#quiz-todo")
    def go_on(self, message: Choices.Selected) -> None:
        kind, _, rest = message.key.partition(" ")
        if kind == "play":
            self.open_solo(rest)
        elif kind == GameKind.SOLO:
            self.open_solo(rest.partition(" ")[2])
        else:
            self.open_class(int(rest.partition(" ")[0]))

    def open_solo(self, deck: str) -> None:
        """Plays a deck by oneself."""
        from screens.quiz_solo import SoloScreen

        self.app.push_screen(SoloScreen(deck))

    def open_class(self, number: int) -> None:
        """Goes on with a class game."""
        from screens.quiz_class import ClassScreen

        self.app.push_screen(ClassScreen(number))

    def action_practice(self) -> None:
        from screens.quiz_practice import PracticeScreen

        self.app.push_screen(PracticeScreen())

    def action_results(self) -> None:
        from screens.quiz_results import ResultsScreen

        self.app.push_screen(ResultsScreen())

    def action_class_game(self) -> None:
        if self.permitted(Permission.RUN_QUIZ) and (deck := self.chosen_deck()):
            fields = [Field("teams", "Teams, a comma between: one to six", "Team 1, Team 2")]
            self.app.push_screen(
                Form(f"Class game: {deck}", fields, partial(quiz_forms.begin, deck), "Begin"), self.begun
            )

    def begun(self, game: ClassGame | None) -> None:
        """Opens the game that was begun."""
        if game is not None:
            self.open_class(game.id)

    def action_edit_deck(self) -> None:
        from screens.quiz_deck import DeckScreen

        if self.permitted(Permission.BUILD_DECKS) and (deck := self.chosen_deck()):
            self.app.push_screen(DeckScreen(deck))

    def action_assign(self) -> None:
        if self.permitted(Permission.RUN_QUIZ) and (deck := self.chosen_deck()):
            by = self.desk.today() + timedelta(days=WEEK)
            fields = [
                Field("agents", "Who, by sign-in name", hint="agent07, agent02; empty: every agent and lead"),
                Field("by", "By which day", f"{by:%m-%d-%Y}"),
            ]
            self._fill_in(f"Assign {deck}", fields, partial(quiz_forms.assign, deck), "Assign")

    def action_import_deck(self) -> None:
        if self.permitted(Permission.BUILD_DECKS):
            fields = [
                Field("file", "File", hint="empty: the decks that come with Careline"),
                Field("name", "Name", hint="where the file does not say"),
            ]
            self._fill_in("Import a deck", fields, quiz_forms.bring_in, "Import")

    def action_archive(self) -> None:
        if self.permitted(Permission.BUILD_DECKS) and (deck := self.chosen_deck()):
            self.put_away(deck, back=self.known[deck].archived)

    @work(thread=True, group="quiz-work")
    def put_away(self, deck: str, *, back: bool) -> None:
        from data.quiz.actions import archive_deck

        with self.telling():
            archive_deck(self.desk, deck, back=back)
            self.app.call_from_thread(self.tell_done, f"✓ {deck} is {'back' if back else 'archived'}.")

    def tell_done(self, sentence: str) -> None:
        """Says what was done, and reads the screen again."""
        self._done = sentence
        self.read()

    def on_key(self) -> None:
        self._done = ""

    def _fill_in(self, title: str, fields: list[Field], do: Any, deed: str) -> None:
        def tell(sentence: str | None) -> None:
            if sentence is not None:
                self.tell_done(sentence)

        self.app.push_screen(Form(title, fields, do, deed), tell)


def _begun(game: GameRowView, zone: ZoneInfo, today: date) -> Content:
    kind = "class game" if game.kind is GameKind.CLASS else "game by yourself"
    return Content(f"· {game.deck} · {kind} from {words.moment(game.begun_at, zone, today)}, not finished")
