"""The bar on top: which store this is, and who sits here."""

from __future__ import annotations

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

from screens.desk_app import DeskApp


class Bar(Horizontal):
    """Careline, DEMO where it is one, the operator, the agent."""

    app = getters.app(DeskApp)

    def compose(self) -> ComposeResult:
        yield Label("Careline", id="bar-name")
        yield Label("DEMO", id="bar-demo")
        yield Label("", id="bar-place", markup=False)
        yield Label("", id="bar-agent", markup=False)

    def on_mount(self) -> None:
        self.watch(self.app, "demo", self._show_demo)
        self.watch(self.app, "place", self._show_place)

    def _show_demo(self, demo: bool) -> None:
        self.query_one("#bar-demo").display = demo

    def _show_place(self, place: str) -> None:
        self.query_one("#bar-place", Label).update(place or "opening the store …")
        desk = self.app.desk
        self.query_one("#bar-agent", Label).update(f"{desk.agent.name} · {desk.agent.role}" if desk else "")
