"""The bar on top: which store this is, who is on the line and how far verified, and who sits here."""

from __future__ import annotations

from textual import getters
from textual.content import Content
from textual.widget import Widget

from screens.desk_app import DeskApp
from screens.words import plain


class Bar(Widget):
    """One line: Careline, DEMO where it is one, the call or else the operator; on the right, the agent."""

    app = getters.app(DeskApp)

    def on_mount(self) -> None:
        for name in ("desk", "place", "demo", "waiting"):
            self.watch(self.app, name, self._changed, init=False)
        self.watch(self.app, "call", self._changed, init=False)
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        if self.app.call is not None:
            self.refresh()

    def _changed(self) -> None:
        self.refresh()

    def render(self) -> Content:
        desk = self.app.desk
        left = Content.assemble(
            ("Careline ", "bold $primary"), (" DEMO ", "bold $background on $warning") if self.app.demo else "", "  "
        )
        count = f"▲ {len(self.app.waiting)} to decide · " if self.app.waiting else ""
        who = plain(f"{desk.agent.name} · {desk.agent.role}") if desk else ""
        right = Content.assemble((count, "$text-warning"), who)
        room = self.size.width - left.cell_length - right.cell_length - 1
        middle = self._call(room) if self.app.call else self._nobody(room)
        gap = self.size.width - left.cell_length - middle.cell_length - right.cell_length
        return Content.assemble(left, middle, " " * gap, right) if gap > 0 else Content.assemble(left, middle)

    def _call(self, room: int) -> Content:
        """The call in `room` cells: how long, who, how far verified.

        Where that is narrow, a ✓ says "verified by"; then a long name gives way, nothing else does.
        """
        call, desk = self.app.call, self.app.desk
        assert call is not None
        assert desk is not None
        minutes, seconds = divmod(call.seconds(desk.now()), 60)
        who = plain(call.name or "caller not known yet")
        before, after = f"☎ {minutes:02}:{seconds:02} ", f" · {call.told}"
        if len(before) + who.cell_length + len(after) > room:
            after = after.replace("verified by", "✓") if call.level else after
            who = who.truncate(max(6, room - len(before) - len(after)), ellipsis=True)
        return Content.assemble((before, "bold"), who, (after, "$text-success" if call.level else "$text-warning"))

    def _nobody(self, room: int) -> Content:
        """The operator, and that nobody is on the line."""
        place = plain(self.app.place or "opening the store …")
        if self.app.desk is None:
            return place
        whole = Content.assemble(place, (" · no call", "$muted"))
        return whole if whole.cell_length <= room else Content.styled("no call", "$muted")
