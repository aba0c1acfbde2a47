"""On call: what waits for a lead's word and what was decided for an agent, read anew each second beside everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from data.agents.rules import Permission
from data.errors import CarelineError
from data.text import harmless
from screens.words import money

if TYPE_CHECKING:
    from datetime import datetime

    from data.credits.views import CreditView
    from data.desk import Desk
    from screens.desk_app import DeskApp

EVERY = 1.0  # seconds between two looks: what is asked for shows within two


@dataclass
class Seen(Message):
    """A look at the store, by whom. `waiting`: what this agent has to decide; `decided`: what others decided since."""

    by: OnCall
    waiting: tuple[CreditView, ...]
    decided: tuple[CreditView, ...]


class OnCall:
    """Looks for the agent at `desk`, as long as they sit there; one look at a time, in a worker."""

    def __init__(self, app: DeskApp, desk: Desk) -> None:
        self.app, self.desk = app, desk
        self.decides = desk.may(Permission.DECIDE_CREDITS)
        self.asks = desk.may(Permission.REQUEST_CREDITS)
        self.since: datetime = desk.now()
        self._known: set[int] | None = None
        self._looking = False
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Looks at once, and then each second; who neither asks nor decides needs no looking."""
        if self.decides or self.asks:
            self._timer = self.app.set_interval(EVERY, self.look)
            self.look()

    def end(self) -> None:
        """Looks no more."""
        if self._timer is not None:
            self._timer.stop()

    def look(self) -> None:
        """Begins a look, unless the one before is still under way."""
        if not self._looking:
            self._looking = True
            self.app.run_worker(self._read, thread=True, group="on-call")

    def _read(self) -> None:
        from data.credits.queries import decided_for_me, waiting_for_me

        try:
            waiting = waiting_for_me(self.desk) if self.decides else ()
            decided = decided_for_me(self.desk, self.since) if self.asks else ()
            self.app.post_message(Seen(self, waiting, decided))
        except CarelineError:
            pass  # whatever the person does next says what is wrong with the store; the next look may go well
        except Exception as error:
            self.app.call_later(self._give_up, self.app.mistake(error))
            return  # no other look begins
        self._looking = False

    def _give_up(self, error: CarelineError) -> None:
        """Careline's own mistake would come again each second: it is told once, and nobody looks any more."""
        self.end()
        self._toast("Credits are looked for no more.", str(error))

    def tell(self, seen: Seen) -> None:
        """Says what is new since the last look; what waited before this console was opened is only counted."""
        known = {view.id for view in seen.waiting}
        before = known if self._known is None else self._known
        for view in seen.waiting:
            if view.id not in before:
                self._toast(asked(view), f"{key} shows it." if (key := self._key()) else "")
        self._known = known
        for view in reversed(seen.decided):
            self._toast(decided(view), f"It waits for {view.waits_for}." if view.waits_for else "")
        self.since = max((self.since, *(view.decided_at for view in seen.decided if view.decided_at)))

    def _key(self) -> str:
        """The key that shows what waits, where one is now; "" where there is none."""
        from screens.keys import working

        return next((one.keys[0] for one in working(self.app.screen) if one.action == "decide_credits"), "")

    def _toast(self, sentence: str, then: str) -> None:
        self.app.notify(harmless(f"{sentence} {then}".strip()), title="Credits", markup=False)


def asked(view: CreditView) -> str:
    """What somebody asks for, in a sentence."""
    how = " as an On Call Resolution" if view.ocr else ""
    return f"{view.requested_by} asks for {money(view.amount)}{how}: {view.reason}."


def decided(view: CreditView) -> str:
    """What somebody decided, in a sentence."""
    why = f": {view.decision}" if view.decision else ""
    whose = f" for {view.name}" if view.name else ""
    return f"Credit {view.id} of {money(view.amount)}{whose} is {view.state} by {view.decided_by}{why}."
