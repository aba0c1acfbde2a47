"""A class game as the room sees it: the board, the clue, the clock, the scores."""

from __future__ import annotations

from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from data.quiz.play import EventKind, Stage
from data.quiz.rules import lettered
from data.text import harmless
from screens.quiz_class_deeds import ClassDeeds
from screens.quiz_rows import bar
from screens.widgets.big import Big
from screens.widgets.board import Board
from screens.widgets.scores import Scores
from screens.words import muted, plain

TICK = 0.5  # seconds between two looks at the clock
LEAST_HEIGHT = 30  # rows from which scores stand in large figures
ON_CLUE = {Stage.CLUE, Stage.ANSWER, Stage.SHOWN, Stage.FINAL, Stage.FINAL_WAGER, Stage.WAGER, Stage.OVER}
WHAT_NOW = {
    Stage.BOARD: "{chooses} chooses. Arrows, then Enter. F final round, E end.",
    Stage.WAGER: "Daily double for {chooses}. Enter asks for the wager.",
    Stage.CLUE: "Who buzzes? {numbers}. v shows the answer, s skips.",
    Stage.ANSWER: "{team} answers. r right, w wrong, t types the answer.",
    Stage.SHOWN: "Enter goes on. o overrules, u takes back.",
    Stage.FINAL_WAGER: "Final round. Enter asks for the wagers.",
    Stage.FINAL: "Everybody writes. A number, then r or w, for each team.",
    Stage.OVER: "Esc leaves; the results are kept. u takes back the end.",
}
JUDGE_FINAL_STILL = "A number, then r or w, for each team. Enter goes on."
JUDGE_STILL = "{team}: r right, w wrong. Enter goes on; nobody loses."


class ClassScreen(ClassDeeds):
    """The class game `number`, from where it stands."""

    CSS_PATH = "quiz.tcss"
    HELP: ClassVar[str] = (
        "Teams buzz with their numbers. Wrong costs the clue's value and lets the others try; a daily double and the "
        "final are played for a wager. Whatever you press is kept at once: if the console is closed, or dies, open the "
        "game again and it stands where it stood."
    )

    board = getters.query_one(Board)
    scores = getters.query_one(Scores)
    big = getters.query_one(Big)

    def compose_body(self) -> ComposeResult:
        yield Static("", id="class-head", classes="panel-title", markup=False)
        yield Board()
        yield Big(id="quiz-clue")
        yield Input(placeholder="What is …?", id="typed")
        yield Static("", id="class-told", markup=False)
        yield Scores()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(TICK, self.tick)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(self.app.size.height < LEAST_HEIGHT, "-short")

    def desk_came(self) -> None:
        if self.whole is None:
            self.resume()

    def action_reload(self) -> None:
        """The game on screen is the game in the store."""

    @on(ClassDeeds.Came)
    def show(self, message: ClassDeeds.Came) -> None:
        """Shows the game as it is now."""
        self.whole, self.told, self._busy = message.game, message.told, False
        game = message.game.game
        self.say("")
        self.finalist = None
        self.board.show(message.game.clues, game.left)
        self.scores.show(game)
        self.set_class(game.stage in ON_CLUE, "-asking")
        self.set_class(False, "-typing")
        self.big.text = self.said_large()
        self.tick()
        if self.app.screen is self:
            self.set_focus(self.board if game.stage is Stage.BOARD else None)
        self.refresh_bindings()

    def said_large(self) -> str:
        """What the room reads: the clue, its answer, or who won."""
        assert self.whole is not None
        game = self.whole.game
        if game.stage is Stage.OVER:
            return f"{' and '.join(game.winners)} won" if game.judged else "Over"
        if game.clue is None:
            return ""
        clue = self.whole.clues[game.clue].clue
        if game.stage is Stage.WAGER:
            return "Daily double!"
        if game.stage is Stage.FINAL_WAGER:
            return f"Final round: {clue.category}"
        return " ".join((clue.answer if game.stage is Stage.SHOWN else clue.text).split())

    def tick(self) -> None:
        """Shows the clock, and what to press."""
        if self.whole is None or self.app.desk is None:
            return
        game = self.whole.game
        self.query_one("#class-head", Static).update(plain(self.head()))
        teams = game.teams
        what = WHAT_NOW[game.stage]
        if game.stage is Stage.SHOWN and game.unjudged:
            what = JUDGE_FINAL_STILL if game.final else JUDGE_STILL
        now = what.format(
            chooses=teams[game.chooses].name if teams else "",
            team=teams[game.team].name if game.team is not None else "",
            numbers=f"1 to {len(teams)}" if len(teams) > 1 else "1",
        )
        if self.finalist is not None:
            now = f"{teams[self.finalist].name}: r right, w wrong, t types the answer."
        if self.has_class("-typing"):
            now = "Enter has it graded, Esc leaves it."
        lines = [Content.styled(harmless(now), "bold")]
        if self.told:
            lines.insert(0, plain(self.told))
        if game.stage in (Stage.CLUE, Stage.ANSWER, Stage.FINAL) and game.clue is not None:
            told = lettered(self.whole.clues[game.clue].clue)
            lines[0:0] = [plain(told)] * bool(told)
        if game.stage is Stage.SHOWN and game.clue is not None:
            explanation = self.whole.clues[game.clue].clue.explanation
            lines[0:0] = [muted(explanation)] * bool(explanation)
        self.query_one("#class-told", Static).update(Content("\n").join(lines))

    def head(self) -> str:
        """Which clue this is and how much time is left; on the board, how much of it is left."""
        assert self.whole is not None
        game = self.whole.game
        if game.paused_at is not None:
            return f"{self.whole.deck} · PAUSED · p goes on"
        if game.clue is None or game.stage is Stage.OVER:
            return f"{self.whole.deck} · {len(game.left)} of {len(game.clues)} clues left"
        clue = self.whole.clues[game.clue].clue
        worth = "for a wager" if game.final or game.is_double else f"for {clue.value:,}"
        parts = [f"{clue.category} {worth}"]
        if game.limit:
            left = game.remaining(self.desk.now())
            parts.append(f"{left:>2} s {bar(left / game.limit)}" if left else "! Time is up")
        return " · ".join(parts)

    @on(Board.Picked)
    def pick(self, message: Board.Picked) -> None:
        self.press(EventKind.PICKED, clue=message.clue)
