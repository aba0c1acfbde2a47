"""A whole deck by oneself, against the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.widgets import Static

from screens.quiz_ask import AskScreen
from screens.words import plain

if TYPE_CHECKING:
    from data.quiz.grading import Judgement
    from data.quiz.solo import SoloGame
    from data.quiz.views import ClueView


class SoloScreen(AskScreen):
    """The deck `deck` from its first clue, or from where one left it."""

    @dataclass
    class Came(Message):
        """The game as it stands. `judgement`: of the answer that made it so."""

        game: SoloGame
        judgement: Judgement | None = None

    def __init__(self, deck: str) -> None:
        super().__init__()
        self.deck = deck
        self.game: SoloGame | None = None

    def desk_came(self) -> None:
        self.begin()

    @work(thread=True, group="solo")
    def begin(self) -> None:
        from data.quiz.solo import begin_solo

        with self.telling():
            self.post_message(self.Came(begin_solo(self.desk, self.deck)))

    @work(thread=True, group="solo")
    def answer(self, view: ClueView, text: str, seconds: int) -> None:
        from data.quiz.solo import answer_solo

        with self.telling():
            assert self.game is not None
            self.post_message(self.Came(*answer_solo(self.desk, self.game.id, view.id, text, seconds)))

    @work(thread=True, group="solo")
    def end(self) -> None:
        from data.quiz.solo import end_solo

        with self.telling():
            assert self.game is not None
            self.post_message(self.Came(end_solo(self.desk, self.game.id)))

    @on(Came)
    def keep(self, message: Came) -> None:
        self.game = message.game
        if message.judgement is not None:
            self.show_judged(self.Judged(message.judgement))
        else:
            self.ask()

    def next_clue(self) -> ClueView | None:
        return self.game.next if self.game else None

    @property
    def left(self) -> int:
        """Seconds that are left for the whole deck."""
        return max(0, self.game.limit - self.game.seconds - self.spent) if self.game else 0

    def head(self) -> str:
        assert self.game is not None
        minutes, seconds = divmod(self.left, 60)
        place = f"{len(self.game.answered)} of {len(self.game.clues)} answered"
        return f"{self.game.deck} · {place} · {self.game.points:,} points · {minutes}:{seconds:02} left"

    def tick(self) -> None:
        super().tick()
        if self.game and self.view and self.typed.display and not self._busy and not self.left:
            self._busy = True
            self.end()

    def finish(self) -> None:
        game = self.game
        assert game is not None
        out_of = f"{game.right} of {len(game.clues)} right"
        self.query_one("#quiz-head", Static).update(plain(f"{game.deck} · done. Enter goes back."))
        self.big.text = f"{out_of} {game.points:,} of {game.most_points:,} points"
