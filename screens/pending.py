"""The CSR Pending Dashboard: everything that waits for me, or for the team of a lead, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data.agents.rules import Permission
from data.cases.pending import Urgency
from screens import words
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.cases.pending import Dashboard, PendingItem

BEFORE = 40  # cells before an item's text
SIGNS = {
    Urgency.OVERDUE: ("!", "$text-error"),
    Urgency.DUE_TODAY: ("▲", "$text-warning"),
    Urgency.ON_ME: ("·", ""),
    Urgency.ON_OTHERS: ("·", "$muted"),
}


class PendingScreen(Workspace):
    """What waits, grouped by urgency and counted; a filter narrows it while one types."""

    CSS_PATH = "pending.tcss"
    HELP: ClassVar[str] = (
        "Every case, task and mention in your name that may need action. f narrows the list: type any part of a "
        "number, a name, a subject or a status. A lead sees the whole team with w."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", "Filter", id="pending.filter", tooltip="Narrow the list"),
        Binding("w", "team", "Whole team", id="pending.team", tooltip="Everybody's, or mine again"),
    ]

    filter = getters.query_one("#filter", Input)
    counts = getters.query_one("#counts", Static)
    items = getters.query_one("#items", Choices)

    @dataclass
    class Came(Message):
        """The dashboard came from the store."""

        dashboard: Dashboard

    def __init__(self) -> None:
        super().__init__()
        self.team = False
        self.dashboard: Dashboard | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="counts", classes="panel-title", markup=False)
        yield Input(placeholder="filter", id="filter")
        yield Choices(id="items")

    def desk_came(self) -> None:
        self.read()

    def on_screen_resume(self) -> None:
        self.action_reload()

    @work(thread=True, exclusive=True, group="pending")
    def read(self) -> None:
        from data.cases.dashboard import pending

        with self.telling():
            self.post_message(self.Came(pending(self.desk, team=self.team)))

    @on(Came)
    def keep(self, message: Came) -> None:
        self.dashboard = message.dashboard
        self.show()
        if self.focused is None:
            self.call_after_refresh(self.items.focus)

    @on(Input.Changed, "#filter")
    def show(self) -> None:
        """Shows what fits the filter, under its urgencies."""
        if self.dashboard is None:
            return
        fitting = self.dashboard.filtered(self.filter.value)
        self.counts.update(" · ".join(f"{count} {urgency.lower()}" for urgency, count in fitting.counts.items()))
        rows = [row for urgency, items in fitting.groups if items for row in self._group(urgency, items)]
        self.items.show(
            rows, empty="Nothing waits. Well done." if not self.filter.value else "Nothing fits the filter."
        )

    def _group(self, urgency: Urgency, items: tuple[PendingItem, ...]) -> Iterator[tuple[str, Content]]:
        for item in items:
            key = f"{item.case}-{item.kind}-{item.id}"
            yield key, item_row(item, self.desk.agent.zone, self.desk.now(), self.app.size.width - 7, team=self.team)

    def action_filter(self) -> None:
        self.filter.display = True
        self.filter.focus()

    @on(Input.Submitted, "#filter")
    def leave_filter(self) -> None:
        self.items.focus()

    def action_back(self) -> None:
        if self.filter.display:
            self.filter.value = ""
            self.filter.display = False
            self.items.focus()
        else:
            super().action_back()

    def action_team(self) -> None:
        self.team = not self.team
        self.read()

    def is_off(self, action: str) -> bool:
        return action == "team" and not self.desk.may(Permission.LEAD_TEAM)

    @on(Choices.Selected, "#items")
    def open_case(self, message: Choices.Selected) -> None:
        from screens.case import CaseScreen

        number = (message.key or "").partition("-")[0]
        if number:
            self.app.push_screen(CaseScreen(number))


def item_row(item: PendingItem, zone: ZoneInfo, now: datetime, width: int, *, team: bool) -> Content:
    """In two lines of `width` cells: urgency and what; then whose, where it stands, for how long."""
    sign, style = SIGNS[item.urgency]
    due = f"due {words.moment(item.due_at, zone, now.astimezone(zone).date())}" if item.due_at else item.urgency.lower()
    who = f"{item.owner} · " if team else ""
    since = f"{item.age_days} day{'s' * (item.age_days != 1)}"
    behind = (
        f"{who}{item.name} {item.account or ''} · {item.status or item.kind} · waits on {item.waiting_on} · {since}"
    )
    return Content.assemble(
        (f"{sign} {due:<17}", style),
        f" {item.kind:<9} {item.case:<9} ",
        words.fit(item.text, max(0, width - BEFORE)).rstrip(),
        "\n",
        (f"{'':20}{words.fit(behind, max(0, width - 20))}".rstrip(), "$muted"),
    )
