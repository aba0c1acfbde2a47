"""Walking from an account to those that were opened before and after it today."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on, work
from textual.message import Message

from screens.workspace import Workspace

WALKED = 100  # accounts of today that [ and ] walk


class AccountWalk(Workspace):
    """Tells by `Walked` which account the person walked to. The order stays as it was when the walk began."""

    @dataclass
    class WalkCame(Message):
        """The accounts of today came, the last opened first; `step` is where the person wants to go."""

        numbers: tuple[str, ...]
        step: int

    @dataclass
    class Walked(Message):
        """The person wants to see the account `number`."""

        number: str

    def __init__(self) -> None:
        super().__init__()
        self._walk: tuple[str, ...] = ()

    def end_walk(self) -> None:
        """The account was opened in another way: the next walk begins anew."""
        self._walk = ()

    def action_neighbor(self, step: int) -> None:
        if self._walk:
            self._step(step)
        else:
            self.read_walk(step)

    @work(thread=True, group="neighbor")
    def read_walk(self, step: int) -> None:
        """Reads what was opened today, and begins to walk by `step`."""
        from data.agents.queries import recently_opened

        with self.telling():
            zone, today = self.desk.agent.zone, self.desk.today()
            recent = recently_opened(self.desk, WALKED)
            numbers = tuple(row.account for row in recent if row.opened_at.astimezone(zone).date() == today)
            self.post_message(self.WalkCame(numbers, step))

    @on(WalkCame)
    def begin_walk(self, message: WalkCame) -> None:
        """The order stays as it is while one walks, although each account on the way is opened anew."""
        self._walk = message.numbers
        self._step(message.step)

    def _step(self, step: int) -> None:
        here = self.account_number
        place = self._walk.index(here) + step if here in self._walk else -1
        if 0 <= place < len(self._walk):
            self.post_message(self.Walked(self._walk[place]))
        else:
            self.say("There is no further account of today this way.")
