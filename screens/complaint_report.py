"""Complaints counted over a period, as bars: by dealer, store, rep, reason or outcome; as CSV too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from data.agents.rules import Permission
from data.complaints.rules import report_from
from data.errors import Invalid
from data.files import named, new_file
from screens import complaint_rows as rows
from screens import words
from screens.days import HINT, must_read_day
from screens.form import Field, Form, Values
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.complaints.views import ReportRow
    from data.desk import Desk

BY = ("dealer", "store", "rep", "reason", "outcome")
SIDES = 8  # cells beside a row


class ReportScreen(Workspace):
    """A report by one thing at a time; left and right change by which."""

    CSS_PATH = "complaints.tcss"
    needs_permission: ClassVar[Permission] = Permission.REVIEW_COMPLAINTS
    HELP: ClassVar[str] = (
        "How many complaints were taken, and how they stand. b counts by something else, p over other days."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b,right", "by(1)", "By", id="report.by", tooltip="By dealer, store, rep, reason, outcome"),
        Binding("left", "by(-1)", "By", show=False, tooltip="The one before"),
        Binding("p", "period", "Period", id="report.period", tooltip="Name the first and the last day"),
        Binding("s", "save", "Save CSV", id="report.save", tooltip="Save the report as a CSV file"),
    ]

    list = getters.query_one("#report", Choices)

    @dataclass
    class Came(Message):
        """The report came from the store. `turn`: when it was asked for."""

        turn: int
        rows: tuple[ReportRow, ...]

    def __init__(self) -> None:
        super().__init__()
        self.by = BY[0]
        self.first = self.last = date.min
        self._turn = 0

    def compose_body(self) -> ComposeResult:
        yield Static("", id="report-title", classes="panel-title")
        yield Choices(id="report", does=None)

    def desk_came(self) -> None:
        if self.last == date.min:
            self.last = self.desk.today()
            self.first = report_from(self.last)
        self.count()

    def count(self) -> None:
        """Counts anew; an answer about what was wanted before comes too late."""
        self._turn += 1
        self.read(self.by, self._turn)

    @work(thread=True, group="report")
    def read(self, by: str, turn: int) -> None:
        from data.complaints.queries import By, report

        with self.telling():
            self.post_message(self.Came(turn, report(self.desk, By(by), self.first, self.last)))

    @on(Came)
    def show(self, message: Came) -> None:
        if message.turn != self._turn:
            return
        found = message.rows
        total = sum(row.count for row in found)
        days = f"{words.day(self.first)} to {words.day(self.last)}"
        self.query_one("#report-title", Static).update(f"Complaints by ‹ {self.by} ›  {days}: {total:,}")
        most = max((row.count for row in found), default=1)
        room = self.app.size.width - SIDES - rows.BAR - rows.COUNT
        name = min(room, max((len(row.name) for row in found), default=0))
        self.list.show(
            [(str(place), rows.report_row(row, most, name)) for place, row in enumerate(found)],
            empty="No complaint was taken in that time. p names other days.",
        )
        self.settle_focus()

    def action_by(self, step: int) -> None:
        self.by = BY[(BY.index(self.by) + step) % len(BY)]
        self.count()

    def action_period(self) -> None:
        fields = [
            Field("first", "First day", words.day(self.first), hint=HINT),
            Field("last", "Last day", words.day(self.last), hint=HINT),
        ]
        self.app.push_screen(Form("Which days", fields, _period, "Show"), self.take_period)

    def take_period(self, days: tuple[date, date] | None) -> None:
        """Counts the days that were named."""
        if days is not None:
            self.first, self.last = days
            self.count()

    def action_save(self) -> None:
        path = Path.home() / f"complaints-by-{self.by}-{self.last:%Y-%m-%d}.csv"
        save = partial(_save, self.by, self.first, self.last)
        self.app.push_screen(Form("Save the report", [Field("path", "Save as", str(path))], save), self.tell_saved)

    def tell_saved(self, sentence: str | None) -> None:
        """Says where the report is."""
        self.say(sentence or "")


def _period(desk: Desk, values: Values) -> tuple[date, date]:
    first, last = (must_read_day(values, name) for name in ("first", "last"))
    if first > last:
        raise Invalid({"last": "The last day is before the first."})
    return first, last


def _save(by: str, first: date, last: date, desk: Desk, values: Values) -> str:
    from data.complaints.queries import By, report, report_csv

    path = named(values["path"])
    with new_file(path, "Write another name.") as file:
        file.write(report_csv(By(by), report(desk, By(by), first, last)).encode())
    return f"✓ Saved as {path}."
