"""The CSR Pending Dashboard: everything that waits for me, or for the team of a lead, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from data.agents.rules import Permission
from data.cases.pending import Dashboard, Order, ordered
from screens import pending_rows as rows
from screens.menu import Menu
from screens.pending_deeds import PendingDeeds
from screens.widgets.long_list import LongList
from screens.widgets.panel import Facts
from screens.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from textual.content import Content

    from data.cases.filters import CaseFilter
    from data.cases.pending import LoadView
    from data.desk import Desk


class PendingScreen(PendingDeeds):
    """What waits, sorted and counted; words, or a kept filter, narrow it. `agent`: whose, for a lead."""

    CSS_PATH = "pending.tcss"
    HELP: ClassVar[str] = (
        "Every case, task, mention, credit, complaint and quiz in your name that may need action. f narrows the list: "
        "type any part of a number, a name, a subject or a status, or task, mention, credit. Space chooses rows, b "
        "does one thing with all that are chosen. A lead sees the whole team with w, and each agent's load with L."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", "Filter", id="pending.filter", tooltip="Narrow the list by words"),
        Binding("s", "sort", "Sort", id="pending.sort", tooltip="Sort the list"),
        Binding(
            "F", "filters", "Kept filters", id="pending.filters", show=False, tooltip="Pick, make or let go of a filter"
        ),
        Binding("w", "team", "Whole team", id="pending.team", tooltip="Everybody's, or mine again"),
        Binding(
            "L", "load", "Load", id="pending.load", show=False, tooltip="How much each agent has; Enter shows theirs"
        ),
    ]

    filter = getters.query_one("#filter", Input)
    items = getters.query_one("#items", LongList)

    @dataclass
    class Came(Message):
        """The dashboard came from the store, narrowed by the kept filter. `turn`: when it was asked for."""

        turn: int
        dashboard: Dashboard

    @dataclass
    class LoadCame(Message):
        """How much each agent has."""

        loads: tuple[LoadView, ...]

    def __init__(self, agent: str | None = None) -> None:
        super().__init__()
        self.agent = agent
        self.team = False
        self.order = Order.URGENCY
        self.kept: tuple[str, CaseFilter] | None = None
        self.dashboard: Dashboard | None = None
        self._turn = 0
        self._fresh = False

    def compose_body(self) -> ComposeResult:
        yield Facts(id="counts", classes="panel-title")
        yield WordsBox(placeholder="filter", id="filter")
        yield LongList(id="items")

    def begin_with(self, dashboard: Dashboard) -> None:
        """Shows this when it comes on the screen, without reading it again."""
        self.dashboard, self._fresh = dashboard, True
        if self.is_mounted:
            self.show()

    def desk_came(self) -> None:
        if self._fresh:
            self.show()
            self.items.focus()
        else:
            self.action_reload()

    def on_screen_resume(self) -> None:
        if self.dashboard is not None and not self._fresh:
            self.action_reload()
        self._fresh = False

    def action_reload(self) -> None:
        if self.app.desk is not None:
            self._turn += 1
            self.read(self._turn)

    @work(thread=True, group="pending")
    def read(self, turn: int) -> None:
        with self.telling():
            self.post_message(self.Came(turn, self.gather(self.desk)))

    def gather(self, desk: Desk) -> Dashboard:
        """In a worker: what waits, narrowed by the kept filter."""
        from data.cases.dashboard import pending
        from data.cases.filters import fitting

        kept = self.kept
        board = pending(desk, self.agent, team=self.team)
        if kept is None:
            return board
        numbers = fitting(desk, kept[1], (item.case for item in board.items))
        return Dashboard(tuple(item for item in board.items if item.case in numbers))

    @on(Came)
    def keep(self, message: Came) -> None:
        if message.turn != self._turn:
            return
        self.dashboard = message.dashboard
        self.show()
        if self.focused is None:
            self.call_after_refresh(self.items.focus)

    @on(Input.Changed, "#filter")
    def show(self) -> None:
        """Shows what fits the words typed, sorted and counted."""
        if self.dashboard is None:
            return
        board = self.dashboard.filtered(self.filter.value)
        self.shown = ordered(board.items, self.order)
        self.chosen &= {item.case for item in self.shown}
        self.tell_counts(board)
        narrowed = self.filter.value or self.kept
        empty = "Nothing fits the filter." if narrowed else "Nothing waits. Well done."
        self.items.show_many([rows.key(item) for item in self.shown], self.row, tall=rows.TALL, empty=empty)
        self.refresh_bindings()

    def row(self, place: int) -> Content:
        """The content of the row at that place."""
        item = self.shown[place] if self.shown else None
        assert item is not None
        whose = self.team or self.agent is not None
        width = self.app.size.width - 6
        return rows.item_row(
            item, self.desk.agent.zone, self.desk.now(), width, whose=whose, chosen=item.case in self.chosen
        )

    def tell_counts(self, board: Dashboard) -> None:
        """Whose it is, how much of each urgency, and by what it is narrowed, sorted and chosen."""
        parts = [f"{count} {urgency.lower()}" for urgency, count in board.counts.items()]
        if self.agent is not None:
            parts.insert(0, f"{self.agent}'s")
        elif self.team:
            parts.insert(0, "The whole team's")
        if self.kept:
            parts.append(f"“{self.kept[0]}”")
        if self.order is not Order.URGENCY:
            parts.append(self.order)
        if self.chosen:
            parts.append(f"{len(self.chosen)} chosen")
        self.query_one("#counts", Facts).update(" · ".join(parts))

    def mark_chosen(self) -> None:
        if self.dashboard is not None:
            self.tell_counts(Dashboard(self.shown))
            self.items.draw_anew()
            self.refresh_bindings()

    def lay_out_anew(self) -> None:
        self.items.draw_anew()

    def action_filter(self) -> None:
        self.filter.display = True
        self.filter.focus()

    def words_typed(self) -> str:
        return self.filter.value

    def use_filter(self, name: str, wanted: CaseFilter | None) -> None:
        self.kept = (name, wanted) if wanted is not None else None
        self.filter.value = ""
        self.filter.display = False
        self.items.focus()
        self.action_reload()

    @on(Input.Submitted, "#filter")
    def action_list(self) -> None:
        self.items.focus()

    def action_back(self) -> None:
        if self.filter.display:
            self.filter.value = ""
            self.filter.display = False
            self.items.focus()
        elif self.chosen:
            self.chosen.clear()
            self.mark_chosen()
        else:
            super().action_back()

    def action_sort(self) -> None:
        self.app.push_screen(Menu("Sort", [(order.value, order.capitalize()) for order in Order]), self.sort_by)

    def sort_by(self, order: str | None) -> None:
        """Sorts the list."""
        if order:
            self.order = Order(order)
            self.show()
            self.items.action_first()

    def action_team(self) -> None:
        self.team, self.agent = not (self.team or self.agent), None
        self.action_reload()

    @work(thread=True, exclusive=True, group="load")
    def action_load(self) -> None:
        from data.cases.dashboard import team_load

        with self.telling():
            self.post_message(self.LoadCame(team_load(self.desk)))

    @on(LoadCame)
    def show_load(self, message: LoadCame) -> None:
        menu = Menu("Each agent's load", [(load.agent, rows.load_row(load)) for load in message.loads])
        self.app.push_screen(menu, self.show_agent)

    def show_agent(self, agent: str | None) -> None:
        """Shows what waits for that agent."""
        if agent:
            self.app.push_screen(PendingScreen(agent))

    def is_off(self, action: str) -> bool:
        if action in ("team", "load"):
            return not self.desk.may(Permission.LEAD_TEAM)
        return super().is_off(action)
