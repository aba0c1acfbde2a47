"""Results: how answers went, by agent, deck, category or clue, and week by week."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from data.files import named, new_file
from screens import quiz_rows as rows
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.widgets.choices import Choices
from screens.words import fit, plain
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.desk import Desk
    from data.quiz.results import AnswerView, Results

SIDES = 6
KINDS = ("category", "clue", "deck", "agent")
NARROWED = ("deck", "agent")  # what Enter on a row narrows the results to
PERIODS = (90, 30, 7, 365)  # days
NARROW_WEEKS, WIDE_WEEKS = 5, 8
MOST_TO_OVERRULE = 15


class ResultsScreen(Workspace):
    """The weakest first. Agents see their own; trainers everybody's."""

    CSS_PATH = "quiz.tcss"
    HELP: ClassVar[str] = (
        "b gathers by category, clue, deck or agent, the weakest first; t changes how far back. Enter on an agent or a "
        "deck shows only that one. A trainer takes an answer as right after all with o: it counts from then on."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "by", "By", id="results.by", tooltip="By category, clue, deck or agent"),
        Binding("t", "period", "Time", id="results.period", tooltip="How far back: 90, 30, 7 or 365 days"),
        Binding("o", "overrule", "Overrule", id="results.overrule", tooltip="Take an answer as right after all"),
        Binding("x", "csv", "CSV", id="results.csv", tooltip="Write every answer into a file"),
    ]

    table = getters.query_one("#quiz-results", Choices)

    @dataclass
    class Came(Message):
        """The answers came from the store."""

        results: Results

    def __init__(self) -> None:
        super().__init__()
        self.by = KINDS[0]
        self.days = PERIODS[0]
        self.agent = self.deck = ""
        self.results: Results | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="quiz-head", classes="panel-title", markup=False)
        yield Static("", id="results-trend", classes="facts", markup=False)
        yield Choices(id="quiz-results")

    def desk_came(self) -> None:
        self.read()

    @work(thread=True, exclusive=True, group="results")
    def read(self) -> None:
        from data.quiz.results import results

        with self.telling():
            self.post_message(self.Came(results(self.desk, agent=self.agent, deck=self.deck, days=self.days)))

    @on(Came)
    def keep(self, message: Came) -> None:
        self.results = message.results
        self.show()

    def show(self) -> None:
        """Shows the answers as they are gathered now."""
        from data.quiz.results import By

        found, width = self.results, self.app.size.width - SIDES
        if found is None:
            return
        whole = found.whole
        only = " · ".join(filter(None, (self.agent, self.deck)))
        parts = [f"By {self.by}", f"last {self.days} days", f"{whole.right:,} of {whole.answers:,} right", only]
        self.query_one("#quiz-head", Static).update(plain(" · ".join(filter(None, parts))))
        weeks = found.weeks(WIDE_WEEKS if width > 100 else NARROW_WEEKS)
        self.query_one("#results-trend", Static).update(rows.trend(weeks))
        gathered = found.by(By(self.by))
        self.table.opens = self.by in NARROWED
        self.table.show(
            [(row.name, rows.result_row(row, width)) for row in gathered],
            empty="No answer yet. Answers from games and practice stand here.",
        )
        self.settle_focus()
        self.refresh_bindings()

    def lay_out_anew(self) -> None:
        self.show()

    def is_off(self, action: str) -> bool:
        return action == "overrule" and self.app.desk is not None and not self.desk.may(Permission.BUILD_DECKS)

    def action_by(self) -> None:
        self.by = KINDS[(KINDS.index(self.by) + 1) % len(KINDS)]
        self.show()

    def action_period(self) -> None:
        self.days = PERIODS[(PERIODS.index(self.days) + 1) % len(PERIODS)]
        self.action_reload()

    @on(Choices.Selected, "#quiz-results")
    def narrow(self, message: Choices.Selected) -> None:
        """Shows only the chosen agent or deck, by category."""
        if self.by in NARROWED:
            setattr(self, self.by, message.key)
            self.by = "category"
            self.read()

    def action_back(self) -> None:
        if self.agent or self.deck:
            self.agent = self.deck = ""
            self.read()
        else:
            super().action_back()

    @property
    def doubtful(self) -> list[AnswerView]:
        """The latest answers that were typed and not taken as right."""
        answers = self.results.answers if self.results else ()
        return [one for one in answers if one.text and one.verdict != "right"][:MOST_TO_OVERRULE]

    def action_overrule(self) -> None:
        if self.results is None or not self.permitted(Permission.BUILD_DECKS):
            return
        offered = [
            (str(one.id), fit(f"“{one.text}” · {one.agent} · {one.category} {one.value}: {one.clue}", 68))
            for one in self.doubtful
        ]
        if offered:
            self.app.push_screen(Menu("Which answer is right after all?", offered), self.take_as_right)
        else:
            self.say("Nothing was typed that did not count.")

    def take_as_right(self, answer: str | None) -> None:
        """Overrules the answer that was chosen."""
        if answer:
            self.overrule(int(answer))

    @work(thread=True, group="results-work")
    def overrule(self, answer: int) -> None:
        from data.quiz.results import overrule

        with self.telling():
            overrule(self.desk, answer)
            self.app.call_from_thread(self.overruled)

    def overruled(self) -> None:
        """Says so, and reads the results again."""
        self.say("✓ It counts as right, now and from now on.")
        self.read()

    def action_csv(self) -> None:
        if self.results is not None:
            field = Field("file", "File", "quiz-results.csv", hint="a new file")
            self.app.push_screen(
                Form("Write the answers", [field], partial(_write, self.results), "Write"), self.written
            )

    def written(self, file: str | None) -> None:
        """Says where the answers are."""
        if file:
            self.say(f"✓ Written to {file}.")


def _write(results: Results, desk: Desk, values: Values) -> str:
    from data.quiz.results import as_csv

    path = named(values["file"])
    with new_file(path, "Write another name.") as file:
        file.write(as_csv(results.answers).encode())
    return str(path)
