"""The bar on top: which store this is, and who sits here."""

from __future__ import annotations

from textual import getters
from textual.content import Content
from textual.widget import Widget

from screens.desk_app import DeskApp
from screens.words import plain


class Bar(Widget):
    """One line: Careline, DEMO where it is one, the operator; on the right, the agent."""

    app = getters.app(DeskApp)

    def on_mount(self) -> None:
        for name in ("desk", "place", "demo"):
            self.watch(self.app, name, self._changed, init=False)

    def _changed(self) -> None:
        self.refresh()

    def render(self) -> Content:
        desk = self.app.desk
        left = Content.assemble(
            ("Careline ", "bold $primary"),
            (" DEMO ", "bold $background on $warning") if self.app.demo else "",
            "  ",
            plain(self.app.place or "opening the store …"),
        )
        right = plain(f"{desk.agent.name} · {desk.agent.role}") if desk else Content("")
        gap = self.size.width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * max(1, gap), right) if gap > 0 else left
