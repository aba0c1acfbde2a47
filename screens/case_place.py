"""The agent's place in a case (focus, choices, scrolling), to be restored when they come back from another case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screens.widgets.choices import Choices

if TYPE_CHECKING:
    from data.cases.rules import EntryKind
    from screens.case_turns import CaseTurns


@dataclass(frozen=True)
class Place:
    """The place in the case `number`. `chosen`: each list's chosen key; `focus`: the id of what had the focus."""

    number: str
    kind: EntryKind | None
    chosen: dict[str, str | None]
    focus: str
    scrolled: int

    @classmethod
    def on(cls, screen: CaseTurns) -> Place:
        """The place on `screen` now."""
        chosen = {choices.id: choices.chosen for choices in screen.query(Choices) if choices.id}
        focus = (screen.focused.id or "") if screen.focused else ""
        return cls(screen.number, screen.kind, chosen, focus, round(screen.query_one("#body").scroll_y))

    def put_back(self, screen: CaseTurns) -> None:
        """Restores the place on `screen`, as far as what was chosen or focused is still there."""
        screen.kind = self.kind
        screen.show_entries()
        for choices in screen.query(Choices):
            choices.choose(self.chosen.get(choices.id or ""))
        focus = next(iter(screen.query(f"#{self.focus}")), None) if self.focus in self.chosen else None
        if focus is not None and focus.focusable:
            screen.set_focus(focus, scroll_visible=False)
        screen.call_after_refresh(screen.query_one("#body").scroll_to, y=self.scrolled, animate=False)
