"""Asking one clue after the other: the clue, a place for the answer, and what came of it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data.quiz.rules import lettered
from data.text import harmless
from screens import quiz_rows as rows
from screens.widgets.big import Big
from screens.words import plain
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.quiz.grading import Judgement
    from data.quiz.views import ClueView

TICK = 1.0  # seconds between two looks at the clock
SIDES = 6  # cells around what is told
EMPTY = "Nothing is typed. Enter once more if you don't know: the answer is shown, and it counts as not known."


class AskScreen(Workspace):
    """Asks what `next_clue` gives, and hands each answer to `answer`; both are the subclass's."""

    CSS_PATH = "quiz.tcss"
    HELP: ClassVar[str] = (
        "Type the answer and press Enter; “What is” may be left out. Spelling is forgiven; key terms, order and "
        "figures are not. Enter goes on to the next clue, h opens the article behind the one just answered. Esc "
        "leaves: what was answered is kept."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Next", id="quiz.next", tooltip="On to the next clue"),
    ]

    typed = getters.query_one("#typed", Input)
    big = getters.query_one(Big)

    @dataclass
    class Judged(Message):
        """An answer was judged and kept. `after`: one more sentence, such as when it comes again."""

        judgement: Judgement
        after: str = ""

    def __init__(self) -> None:
        super().__init__()
        self.view: ClueView | None = None
        self.asked_at: datetime | None = None
        self._busy = False
        self._gives_up = False  # Enter was pressed on an empty answer: once more, and it is shown

    def compose_body(self) -> ComposeResult:
        yield Static("", id="quiz-head", classes="panel-title", markup=False)
        yield Static("", id="quiz-clue-head", classes="facts", markup=False)
        yield Big(letters=False, id="quiz-clue")
        yield Static("", id="quiz-options", classes="facts", markup=False)
        with Vertical(id="quiz-answer"):
            yield Input(placeholder="What is …?  ⏎ answers", id="typed")
            yield Static("", id="quiz-judged", classes="facts", markup=False)

    def lay_out_anew(self) -> None:
        """The clue that is asked stays."""

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(TICK, self.tick)

    @abstractmethod
    def next_clue(self) -> ClueView | None:
        """The clue to ask now; None where none is left."""

    @abstractmethod
    def head(self) -> str:
        """How far one is."""

    @abstractmethod
    def answer(self, view: ClueView, text: str, seconds: int) -> object:
        """Has an answer judged in a worker, which posts Judged."""

    def finish(self) -> None:
        """Shows how it went."""

    def tick(self) -> None:
        if self.app.desk is not None and self.view is not None:
            self.query_one("#quiz-head", Static).update(plain(self.head()))

    def ask(self) -> None:
        """Asks the next clue, or shows how it went where none is left."""
        self.view = self.next_clue()
        self._busy = self._gives_up = False
        self.query_one("#quiz-judged", Static).update("")
        self.typed.value = ""
        there = self.view is not None
        self.typed.display = there
        if self.view is None:
            self.show_options("")
            self.query_one("#quiz-clue-head", Static).update("")
            self.finish()
            self.call_after_refresh(self.focus_body)
            return
        clue = self.view.clue
        self.asked_at = self.desk.now()
        self.query_one("#quiz-head", Static).update(plain(self.head()))
        self.query_one("#quiz-clue-head", Static).update(plain(f"{clue.category} · {clue.value:,} · {self.view.deck}"))
        self.big.text = " ".join(clue.text.split())
        self.show_options(lettered(clue))
        self.call_after_refresh(self.typed.focus)
        self.refresh_bindings()

    def show_options(self, told: str) -> None:
        """Shows what there is to choose from, where there is anything."""
        place = self.query_one("#quiz-options", Static)
        place.display = bool(told)
        place.update(harmless(told))

    @property
    def spent(self) -> int:
        """Seconds since the clue was asked."""
        return int((self.desk.now() - self.asked_at).total_seconds()) if self.asked_at and not self._busy else 0

    @on(Input.Submitted, "#typed")
    def take_answer(self, message: Input.Submitted) -> None:
        message.stop()
        if not (message.value.strip() or self._gives_up):
            self._gives_up = True
            self.query_one("#quiz-judged", Static).update(Content.styled(EMPTY, "$muted"))
        elif self.view is not None and not self._busy:
            seconds = self.spent
            self._busy = True
            self.answer(self.view, message.value, seconds)

    @on(Judged)
    def show_judged(self, message: Judged) -> None:
        if self.view is None:
            return
        told = rows.judged(message.judgement, self.view, self.app.size.width - SIDES)
        after = Content.styled(f"\n  {message.after}", "$muted") if message.after else Content("")
        self.query_one("#quiz-judged", Static).update(Content.assemble(told, after))
        self.query_one("#quiz-head", Static).update(plain(self.head()))
        self.typed.display = False
        self.query_one("#body").can_focus = True
        self.set_focus(self.query_one("#body"))
        self.refresh_bindings()

    def on_workspace_trouble(self) -> None:
        self._busy = False

    def action_go_on(self) -> None:
        if self.view is None:
            self.action_back()
        elif not self.typed.display:
            self.ask()

    def action_explain(self) -> None:
        """Opens the article behind a clue once it was answered."""
        if self.view is not None and self.view.clue.article and not self.typed.display:
            self.open_article(self.view.clue.article)
        else:
            super().action_explain()

    def action_reload(self) -> None:
        """Nothing is read anew in mid-answer."""
