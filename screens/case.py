"""A case: what it is about, what to say if the customer calls in, what is to be done, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.cases.rules import EntryKind
from screens import case_rows as rows
from screens.account_rows import who_width
from screens.case_turns import CaseTurns
from screens.menu import Menu
from screens.widgets.choices import Choices
from screens.widgets.credits_section import CreditsSection
from screens.widgets.panel import Columns, Facts, Panel
from screens.widgets.stay import Stay

if TYPE_CHECKING:
    from data.verification.rules import Field

EVERYTHING = "everything"


class CaseScreen(CaseTurns):
    """One case after another: `number` names the first, everything else comes from the store; back goes back."""

    CSS_PATH = ["account.tcss", "case.tcss"]
    HELP: ClassVar[str] = (
        "ICCI (If Customer Calls In) says what whoever picks up must know, and the next step. Enter on a task ticks it "
        "off, Enter on a case that belongs to this one opens it. A closed case is not opened again: clone it, so that "
        "the time worked stays true."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,f7", "timeline", "Timeline", id="case.timeline", show=False, tooltip="Go to what happened"),
        Binding("f", "filter", "Filter", id="case.filter", show=False, tooltip="Show one kind of entry only"),
        Binding("y", "copy", "Copy", id="case.copy", show=False, tooltip="Copy the case number"),
    ]

    tasks = getters.query_one("#tasks", Choices)
    links = getters.query_one("#links", Choices)
    entries = getters.query_one("#entries", Choices)

    @property
    def account_number(self) -> str:
        return (self.case.account or "") if self.case else ""

    @property
    def case_number(self) -> str:
        return self.number if self.case and self.case.closed_at is None else ""

    @property
    def masked(self) -> tuple[Field, ...]:
        return self.case.masked if self.case else ()

    def cover(self) -> None:
        from data.cases.reading import covered_case
        from data.verification.sight import ALL

        if self.case and self.case.account:
            self.case = covered_case(self.case, ALL)
            self.show()

    def compose_body(self) -> ComposeResult:
        yield Facts(id="case-title", classes="panel-title")
        with Columns(id="account"):
            with Panel():
                yield Facts(id="case-facts", classes="facts")
                yield Stay()
            with Panel():
                yield Static("If the customer calls in", classes="panel-title")
                yield Facts(id="icci", classes="facts")
                yield Static("To be done", classes="panel-title")
                yield Choices(id="tasks", does=("Tick off", "Tick off the chosen task: it is done"))
        with Panel(id="links-panel"):
            yield Static("Cases that belong to it", classes="panel-title")
            yield Choices(id="links")
        yield CreditsSection()
        with Panel(id="timeline-panel"):
            yield Facts(id="timeline-title", classes="panel-title")
            yield Choices(id="entries", does=None)

    def show(self) -> None:
        """Puts what the case holds on the screen."""
        case = self.case
        assert case is not None
        zone, today = self.desk.agent.zone, self.desk.today()
        room = who_width(self.app.size.width)
        self.query_one("#case-title", Facts).update(rows.title(case))
        self.query_one("#case-facts", Facts).update(Content("\n").join(rows.facts(case, zone, room)))
        self.stay.begin_with(case)
        self.query_one("#icci", Facts).update(rows.icci(case, zone, today))
        self.tasks.show(
            [(str(task.id), rows.task_row(task, zone, self.desk.now())) for task in case.tasks],
            empty="Nothing." if case.closed_at else "Nothing. T adds a task.",
        )
        self.show_entries()
        self.links.show([(link.number, rows.link_row(link)) for link in case.links])
        self.query_one("#links-panel").display = bool(case.links)
        if self.focused is None:
            self.focus_body()
        self.refresh_bindings()

    def show_entries(self) -> None:
        """The timeline, or the entries of one kind only."""
        if self.case is None:
            return
        zone, today, width = self.desk.agent.zone, self.desk.today(), self.app.size.width - 7
        title = f"Timeline: {rows.kind_name(self.kind)} only, f for more" if self.kind else "Timeline"
        self.query_one("#timeline-title", Facts).update(title)
        self.entries.show(
            [
                (str(entry.id), rows.entry_row(entry, zone, today, width))
                for entry in self.case.timeline
                if self.kind in (None, entry.kind)
            ],
            empty="Nothing of this kind.",
        )

    def action_timeline(self) -> None:
        self.entries.focus()

    def action_filter(self) -> None:
        """Asks which kind of entry to show, with how many there are of each."""
        if self.case is None:
            return
        counts = {kind: sum(entry.kind is kind for entry in self.case.timeline) for kind in EntryKind}
        kinds = [(kind.value, f"{rows.kind_name(kind)} · {count}") for kind, count in counts.items() if count]
        whole = (EVERYTHING, f"Everything · {len(self.case.timeline)}")
        self.app.push_screen(Menu("Show in the timeline", [whole, *kinds]), self.filter_by)

    def filter_by(self, kind: str | None) -> None:
        """Shows one kind of entry, or all; None leaves it as it is."""
        if kind is not None:
            self.kind = None if kind == EVERYTHING else EntryKind(kind)
            self.show_entries()
            self.entries.focus()

    @on(Choices.Selected, "#links")
    def open_link(self, message: Choices.Selected) -> None:
        self.open_case(message.key)

    def action_copy(self) -> None:
        self.copy(self.number)
