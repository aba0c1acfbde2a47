"""A case: what it is about, what to say if the customer calls in, what is to be done, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.cases.rules import EntryKind
from screens import case_rows as rows
from screens.account_rows import who_width
from screens.case_deeds import CaseDeeds
from screens.case_place import Place
from screens.menu import Menu
from screens.widgets.choices import Choices
from screens.widgets.credits_section import CreditsSection
from screens.widgets.panel import Columns, Facts, Panel
from screens.widgets.stay import Stay

if TYPE_CHECKING:
    from data.cases.case_file import CaseFile
    from data.verification.rules import Field

EVERYTHING = "everything"


class CaseScreen(CaseDeeds):
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

    stay = getters.query_one(Stay)
    asked = getters.query_one(CreditsSection)
    tasks = getters.query_one("#tasks", Choices)
    links = getters.query_one("#links", Choices)
    entries = getters.query_one("#entries", Choices)

    def __init__(self, number: str = "") -> None:
        super().__init__(number)
        self.kind: EntryKind | None = None
        self._file: CaseFile | None = None
        self._said = ""
        self._before: list[Place] = []
        self._turn = 0
        self._left = False
        self._width = 0

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

    def begin_with(self, file: CaseFile, said: str = "") -> None:
        """Shows that case, with nothing to go back to but the screen below; `said`: what was just done to it."""
        self._before.clear()
        if self.is_mounted:
            self.search.clear()
        self._turn_to(file, said)

    def go_on_to(self, file: CaseFile, said: str = "") -> None:
        """Shows that case; back comes back to the one that was shown, as it stood."""
        if file.case.number != self.number:
            self._before.append(Place.on(self))
        self._turn_to(file, said)

    def _turn_to(self, file: CaseFile, said: str) -> None:
        self._turn += 1
        self._left = False
        self.kind = None
        self._file, self._said = file, said
        self.number, self.case = file.case.number, file.case
        if self.is_mounted:
            self._begin(file)

    def _begin(self, file: CaseFile) -> None:
        """Shows another case than before, from its top."""
        self.say(self._said)
        self.stay.begin(self.number)
        self._take(file)
        for choices in self.query(Choices):
            choices.action_first()
        self.query_one("#body").scroll_home(animate=False)
        self.focus_body()

    def action_back(self) -> None:
        if self._before:
            place = self._before.pop()
            self._turn += 1
            self.read(place.number, self._turn, place)
        else:
            super().action_back()

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
                yield Choices(id="tasks")
        with Panel(id="links-panel"):
            yield Static("Cases that belong to it", classes="panel-title")
            yield Choices(id="links")
        yield CreditsSection()
        with Panel(id="timeline-panel"):
            yield Facts(id="timeline-title", classes="panel-title")
            yield Choices(id="entries")

    def desk_came(self) -> None:
        if self not in self.app.screen_stack:
            return
        if self._file is not None and not self._width:
            self._begin(self._file)
        else:
            self.stay.begin(self.number)
            self.action_reload()

    def on_screen_suspend(self) -> None:
        self._left = True
        if self not in self.app.screen_stack:
            self._turn += 1  # what comes now comes too late
            self.stay.end()

    def on_screen_resume(self) -> None:
        if self._left:
            self._left = False
            self.action_reload()

    def on_resize(self, event: events.Resize) -> None:
        if self.case and event.size.width != self._width:
            self.show()

    def action_reload(self) -> None:
        if self.app.desk is not None and self in self.app.screen_stack and self.permitted(self.needs_permission):
            self._turn += 1
            self.read(self.number, self._turn)

    @on(Stay.Beat)
    def look_after_others(self, message: Stay.Beat) -> None:
        """What somebody else changed is read again."""
        if message.number == self.number and self.case is not None and message.pulse.version != self.case.version:
            self.action_reload()

    @work(thread=True, group="case")
    def read(self, number: str, turn: int, place: Place | None = None) -> None:
        """Reads that case anew, or the one to go back to, which is shown as it stood at `place`."""
        from data.cases.case_file import case_file

        with self.telling():
            self.post_message(self.FileCame(turn, case_file(self.desk, number), place))

    @on(CaseDeeds.FileCame)
    def keep_file(self, message: CaseDeeds.FileCame) -> None:
        if message.turn != self._turn:
            return
        if message.place is None:
            self._take(message.file)
        else:
            self._turn_to(message.file, "")
            message.place.put_back(self)

    @on(CaseDeeds.Came)
    def keep(self, message: CaseDeeds.Came) -> None:
        """What was done to the case shows at once, unless another one is on screen meanwhile."""
        if message.about != self.number:
            return
        self._turn += 1  # what is being read now is older
        if message.case.number == self.number:
            self.case = message.case
            self.show()
        else:
            self.action_reload()
        self.say(message.sentence)

    def _take(self, file: CaseFile) -> None:
        self._file, self.case = file, file.case
        self.asked.show(file.credits, file.complaints)
        self.show()

    def show(self) -> None:
        """Puts what the case holds on the screen."""
        case, self._width = self.case, self.app.size.width
        assert case is not None
        zone, today = self.desk.agent.zone, self.desk.today()
        room = who_width(self._width)
        self.query_one("#case-title", Facts).update(rows.title(case))
        self.query_one("#case-facts", Facts).update(Content("\n").join(rows.facts(case, zone, room)))
        self.stay.begin_with(case)
        self.query_one("#icci", Facts).update(rows.icci(case, zone, today))
        self.tasks.show(
            [(str(task.id), rows.task_row(task, zone, self.desk.now())) for task in case.tasks],
            empty="Nothing. T adds a task.",
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
