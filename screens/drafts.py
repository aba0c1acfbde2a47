"""What is typed into a form, kept in the store meanwhile, and offered again where a crash came before the save."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.screen import Screen

from data.errors import CarelineError
from screens import words

if TYPE_CHECKING:
    from textual.timer import Timer

    from data.desk import Desk
    from data.drafts.keeping import DraftView

PAUSE = 1.0  # seconds without a key, after which what was typed is kept
KEY = "Alt+D"


class Drafts:
    """The draft of one open form. `typed` reads its fields; `begun`: whether they hold anything that is not saved."""

    @dataclass
    class Found(Message):
        """Something was typed here before that was never saved."""

        draft: DraftView

    def __init__(self, screen: Screen[Any], typed: Callable[[], dict[str, str]], begun: Callable[[], bool]) -> None:
        self._screen, self._typed, self._begun = screen, typed, begun
        self._place = ""
        self._desk: Desk | None = None
        self._timer: Timer | None = None
        self._writing = threading.Lock()
        self._over = False

    def begin(self, desk: Desk, place: str) -> None:
        """Looks whether there is a draft at `place`; from now on, what is typed is kept there."""
        self._desk, self._place = desk, place
        self._screen.run_worker(self._look, thread=True, group="draft")

    def changed(self) -> None:
        """Something was typed; it is kept once the person pauses."""
        if self._desk is not None and not self._over:
            if self._timer is not None:
                self._timer.stop()
            self._timer = self._screen.set_timer(PAUSE, self._keep_soon)

    def end(self) -> None:
        """It was saved, or left on purpose: nothing of it is offered again."""
        self._over = True
        if self._timer is not None:
            self._timer.stop()
        if self._desk is not None:
            self._screen.app.run_worker(self._discard, thread=True, group="draft")

    def told(self, draft: DraftView) -> str:
        """The sentence that offers a draft."""
        assert self._desk is not None
        when = words.moment(draft.saved_at, self._desk.agent.zone, self._desk.today())
        return f"What you typed here at {when} was not saved. {KEY} brings it back."

    def _keep_soon(self) -> None:
        if self._begun():
            typed = self._typed()
            self._screen.run_worker(lambda: self._keep(typed), thread=True, group="draft")

    def _look(self) -> None:
        from data.drafts.keeping import draft_at

        assert self._desk is not None
        with suppress(CarelineError):
            if (draft := draft_at(self._desk, self._place)) is not None:
                self._screen.post_message(self.Found(draft))

    def _keep(self, typed: dict[str, str]) -> None:
        from data.drafts.keeping import save_draft

        assert self._desk is not None
        with self._writing, suppress(CarelineError):  # whoever types is told when they save
            if not self._over:
                save_draft(self._desk, self._place, typed)

    def _discard(self) -> None:
        from data.drafts.keeping import discard_draft

        assert self._desk is not None
        with self._writing, suppress(CarelineError):
            discard_draft(self._desk, self._place)
