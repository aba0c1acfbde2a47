"""What a trainer does in a class game: each key is kept in the store before it shows."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from data.agents.rules import Permission
from data.quiz.play import EventKind, Stage
from screens.dialog import Question
from screens.quiz_wagers import wagering
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.quiz.games import ClassGame
    from data.quiz.grading import Judgement

BUZZ = ("1,ampersand", "2,é", "3,quotation_mark", "4,apostrophe", "5,left_parenthesis", "6,minus")
"""The keys 1 to 6, and what the same keys type where digits need Shift."""


class ClassDeeds(Workspace):
    """The class game `number`: its keys. What it shows is the subclass's."""

    needs_permission = Permission.RUN_QUIZ
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                keys, f"buzz({n})", f"Team {n + 1}", id=f"class.team{n + 1}", show=False, tooltip=f"Team {n + 1} buzzes"
            )
            for n, keys in enumerate(BUZZ)
        ),
        Binding("enter", "go_on", "Go on", id="class.go-on", tooltip="On: from an answer to the board, or to a wager"),
        Binding("r", "right", "Right", id="class.right", tooltip="The answer was right"),
        Binding("w", "wrong", "Wrong", id="class.wrong", tooltip="The answer was wrong; the others may try"),
        Binding(
            "v,space",
            "show_answer",
            "Reveal",
            id="class.reveal",
            tooltip="Show the answer; who buzzed may still be judged",
        ),
        Binding("t", "type", "Type", id="class.type", tooltip="Type the answer, to have it graded"),
        Binding("o", "overrule", "Overrule", id="class.overrule", tooltip="Turn the last judgement round"),
        Binding("u", "undo", "Undo", id="class.undo", tooltip="Take back the last step"),
        Binding("s", "skip", "Skip", id="class.skip", tooltip="Leave this clue; nobody gains or loses"),
        Binding("p", "pause", "Pause", id="class.pause", tooltip="Stop the clock, or let it go on"),
        Binding("F", "final", "Final", id="class.final", show=False, tooltip="Begin the final round"),
        Binding("E", "end", "End", id="class.end", show=False, tooltip="End the game"),
    ]

    typed = getters.query_one("#typed", Input)

    @dataclass
    class Came(Message):
        """The game as it stands. `told`: what the grader said, "" for nothing."""

        game: ClassGame
        told: str = ""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.whole: ClassGame | None = None
        self.told = ""
        self.finalist: int | None = None
        self._busy = False

    @abstractmethod
    def tick(self) -> None:
        """Shows the clock, and what to press."""

    @work(thread=True, group="class")
    def resume(self) -> None:
        """Reads the game; where its clock ran when it was left, it begins anew."""
        from data.quiz.games import class_game, happen

        with self.telling():
            whole = class_game(self.desk, self.number)
            if whole.game.since is not None and whole.game.paused_at is None and whole.game.limit:
                whole = happen(self.desk, self.number, EventKind.RESUMED)
            self.post_message(self.Came(whole))

    def press(self, kind: EventKind, **detail: Any) -> None:
        """Has something happen, unless something is under way."""
        if not self._busy and self.whole is not None:
            self._busy = True
            self.keep_happening(kind, detail)

    @work(thread=True, group="class")
    def keep_happening(self, kind: EventKind, detail: dict[str, Any]) -> None:
        from data.quiz.games import happen

        with self.telling():
            self.post_message(self.Came(happen(self.desk, self.number, kind, **detail)))

    @on(Workspace.Trouble)
    def free(self) -> None:
        self._busy = False

    @property
    def stage(self) -> Stage | None:
        return self.whole.game.stage if self.whole else None

    def is_off(self, action: str) -> bool:
        stage = self.stage
        judging = self.answering is not None
        return {
            "right": not judging,
            "wrong": not judging,
            "type": not judging,
            "show_answer": stage not in (Stage.CLUE, Stage.ANSWER, Stage.FINAL),
            "skip": stage not in (Stage.WAGER, Stage.CLUE, Stage.ANSWER),
            "go_on": stage not in (Stage.SHOWN, Stage.WAGER, Stage.FINAL_WAGER),
            "overrule": not (self.whole and self.whole.game.judged),
        }.get(action, False)

    def action_buzz(self, team: int) -> None:
        if self.whole is None or team >= len(self.whole.game.teams):
            return
        if self.in_final:
            self.finalist = team
            self.tick()
            self.refresh_bindings()
        else:
            self.press(EventKind.BUZZED, team=team)

    @property
    def answering(self) -> int | None:
        """The team that is to be judged now."""
        if self.in_final:
            return self.finalist
        return next(iter(self.whole.game.unjudged), None) if self.whole else None

    @property
    def in_final(self) -> bool:
        """Whether teams are chosen by number, to be judged on the final one by one."""
        return bool(self.whole and self.whole.game.final and self.whole.game.unjudged)

    def action_right(self) -> None:
        self.judge(right=True)

    def action_wrong(self) -> None:
        self.judge(right=False)

    def judge(self, *, right: bool) -> None:
        """Says whether the team that answers was right."""
        if self.answering is None:
            self.say("! Nobody answers now. A team buzzes with its number first.")
        else:
            self.press(EventKind.JUDGED, team=self.answering, right=right)

    def action_type(self) -> None:
        if self.answering is None:
            self.say("! Nobody answers now. A team buzzes with its number first.")
            return
        self.typed.value = ""
        self.set_class(True, "-typing")
        self.tick()
        self.call_after_refresh(self.typed.focus)

    @on(Input.Submitted, "#typed")
    def take_typed(self, message: Input.Submitted) -> None:
        message.stop()
        self.set_class(False, "-typing")
        self.set_focus(None)
        team = self.answering
        if team is not None and not self._busy and self.whole and self.whole.game.clue is not None:
            self._busy = True
            self.grade(self.whole.game.clue, team, message.value)

    @work(thread=True, group="class")
    def grade(self, clue: int, team: int, text: str) -> None:
        from data.quiz.games import happen
        from data.quiz.games import judge as graded

        with self.telling():
            judgement = graded(self.desk, clue, text)
            detail = {"team": team, "right": judgement.right, "text": text}
            whole = happen(self.desk, self.number, EventKind.JUDGED, **detail)
            self.post_message(self.Came(whole, told_of(judgement, text)))

    def action_show_answer(self) -> None:
        self.press(EventKind.SHOWN)

    def action_overrule(self) -> None:
        self.press(EventKind.OVERRULED)

    def action_undo(self) -> None:
        self.press(EventKind.UNDONE)

    def action_skip(self) -> None:
        self.press(EventKind.SKIPPED)

    def action_pause(self) -> None:
        if self.whole is not None:
            self.press(EventKind.RESUMED if self.whole.game.paused_at else EventKind.PAUSED)

    def action_final(self) -> None:
        self.press(EventKind.FINAL)

    def action_end(self) -> None:
        question = Question("End the game? Its results are kept.", safe="Go on playing", go_on="End it")
        self.app.push_screen(question, self.end_if)

    def end_if(self, sure: bool | None) -> None:
        """Ends the game where the trainer is sure."""
        if sure:
            self.press(EventKind.ENDED)

    def action_go_on(self) -> None:
        if self.stage is Stage.SHOWN:
            self.press(EventKind.CLOSED)
        elif self.stage in (Stage.WAGER, Stage.FINAL_WAGER):
            self.ask_wagers()

    def ask_wagers(self) -> None:
        """Asks how much is put on a daily double, or by each team on the final."""
        assert self.whole is not None
        self.app.push_screen(wagering(self.number, self.whole.game), self.wagered)

    def wagered(self, whole: ClassGame | None) -> None:
        """Shows the game with the wagers."""
        if whole is not None:
            self.post_message(self.Came(whole))

    def action_explain(self) -> None:
        """Opens the article behind a clue once its answer is shown."""
        game = self.whole.game if self.whole else None
        article = self.whole.clues[game.clue].clue.article if self.whole and game and game.clue else ""
        if article and self.stage is Stage.SHOWN:
            self.open_article(article)
        else:
            super().action_explain()

    def action_find(self) -> None:
        self.say("Esc leaves the game first; it is kept as it stands.")

    def action_back(self) -> None:
        if self.has_class("-typing"):
            self.set_class(False, "-typing")
            self.set_focus(None)
        else:
            super().action_back()


def told_of(judgement: Judgement, text: str) -> str:
    """How a typed answer was judged, without giving the answer away to the others."""
    sign = "✓" if judgement.right else "×"
    short = f" {len(judgement.missing)} of its terms missing." if judgement.missing else ""
    return f"{sign} “{text}”: {judgement.verdict}.{short}"
