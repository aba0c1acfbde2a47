"""Practice: what is about to be forgotten first, a few clues a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.widgets import Static

from screens import quiz_rows as rows
from screens.quiz_ask import AskScreen
from screens.words import moment

if TYPE_CHECKING:
    from data.quiz.practice import Due
    from data.quiz.views import ClueView


class PracticeScreen(AskScreen):
    """One sitting, of the deck `deck` or of all decks."""

    @dataclass
    class Came(Message):
        """The clues of a sitting came from the store."""

        clues: tuple[ClueView, ...]

    @dataclass
    class DueCame(Message):
        """What there is to practice after this sitting."""

        due: Due

    def __init__(self, deck: str = "") -> None:
        super().__init__()
        self.deck = deck
        self.clues: list[ClueView] = []
        self.asked = self.right = 0
        self._again: set[int] = set()  # what was wrong, and is asked once more at the end

    def desk_came(self) -> None:
        self.begin()

    @work(thread=True, group="practice")
    def begin(self) -> None:
        from data.quiz.practice import to_practise

        with self.telling():
            self.post_message(self.Came(to_practise(self.desk, self.deck)))

    @on(Came)
    def keep(self, message: Came) -> None:
        self.clues = list(message.clues)
        self.ask()

    def next_clue(self) -> ClueView | None:
        return self.clues.pop(0) if self.clues else None

    def head(self) -> str:
        waiting = len(self.clues)
        return f"Practice · {self.asked} asked · {self.right} right · {waiting} more after this one"

    @work(thread=True, group="practice")
    def answer(self, view: ClueView, text: str, seconds: int) -> None:
        from data.quiz.practice import practise

        with self.telling():
            done = practise(self.desk, view.id, text, seconds)
            self.asked, self.right = self.asked + 1, self.right + done.judgement.right
            if not done.judgement.right and view.id not in self._again:
                self._again.add(view.id)
                self.clues.append(view)
            again = f"Comes again {moment(done.due_at, self.desk.agent.zone, self.desk.today())}."
            self.post_message(self.Judged(done.judgement, again))

    def finish(self) -> None:
        done = f"{self.right} of {self.asked} right" if self.asked else "Nothing to practice now"
        self.query_one("#quiz-head", Static).update("Practice · done. Enter goes back.")
        self.big.text = done
        self.read_due()

    @work(thread=True, group="practice")
    def read_due(self) -> None:
        from data.quiz.practice import due

        with self.telling():
            self.post_message(self.DueCame(due(self.desk)))

    @on(DueCame)
    def show_due(self, message: DueCame) -> None:
        told = rows.due_line(message.due) + "\n" + rows.forecast(message.due)
        self.query_one("#quiz-judged", Static).update(told)
