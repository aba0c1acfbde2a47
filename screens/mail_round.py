"""The mail round: a lead's console hands over, now and then, what waits in the queue of mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from data.agents.rules import Permission

if TYPE_CHECKING:
    from data.desk import Desk
    from data.mail.queue import Delivery
    from screens.desk_app import DeskApp

EVERY = 60.0  # seconds between two rounds


@dataclass
class Delivered(Message):
    """A round is over. `trouble`: why it could not be made, "" where it was."""

    delivery: Delivery | None
    trouble: str = ""


class MailRound:
    """Makes the rounds for the agent at `desk`, one at a time, in a worker; who may not send mail makes none."""

    def __init__(self, app: DeskApp, desk: Desk) -> None:
        self.app, self.desk = app, desk
        self._under_way = self._once_more = False
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Makes a round a minute from now, and each minute."""
        if self.desk.may(Permission.SEND_MAIL):
            self._timer = self.app.set_interval(EVERY, self.go)

    def end(self) -> None:
        """Makes no more rounds."""
        if self._timer is not None:
            self._timer.stop()

    def go(self) -> None:
        """Makes a round now; another one after it, where one is under way."""
        self._once_more = self._under_way
        if not self._under_way:
            self._under_way = True
            self.app.run_worker(self._deliver, thread=True, group="mail-round")

    def _deliver(self) -> None:
        from data.mail.queue import deliver

        try:
            self.app.post_message(Delivered(deliver(self.desk)))
        except Exception as error:
            self.app.post_message(Delivered(None, str(self.app.in_words(error))))
        finally:
            self._under_way = False

    def tell(self, done: Delivered) -> None:
        """Says what did not go; what went shows in the queue."""
        if self._once_more:
            self.go()
        failed = done.delivery.failed + done.delivery.doubtful if done.delivery else 0
        if failed:
            what = "A mail" if failed == 1 else f"{failed} mails"
            self.app.notify(f"{what} did not go. Q, then m shows why.", title="Mail", severity="warning", markup=False)
        elif done.trouble:
            self.app.notify(done.trouble, title="Mail", severity="warning", markup=False)
