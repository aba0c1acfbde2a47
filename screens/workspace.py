"""What every workspace is: a screen in the frame, with ways to all others, a call, an article and an undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message

from data.agents.rules import Permission
from screens.caller import reveal, verify
from screens.desk_app import Undo
from screens.everywhere import EVERYWHERE
from screens.explaining import find_article, topic_of
from screens.telephone import CallChanged
from screens.ways import Ways

if TYPE_CHECKING:
    from data.verification.rules import Field


class Workspace(Ways):
    """A workspace fills in `compose_body` and `desk_came`; it may end with a sentence."""

    BINDINGS: ClassVar[list[BindingType]] = EVERYWHERE

    @dataclass
    class Undone(Message):
        """Something was taken back. `sentence` says what."""

        sentence: str

    @property
    def topics(self) -> Iterator[str]:
        """What an article might explain here, the nearest first: what was refused, then this place."""
        yield self._refused_about
        yield topic_of(self)

    @property
    def works_on(self) -> str:
        """The case that is worked on here beside its own screen, whose time goes on; "" for none."""
        return ""

    def action_explain(self) -> None:
        going = self.app.set_out(self)
        self.run_worker(partial(find_article, self, tuple(self.topics), going), thread=True, group="explain")

    @property
    def masked(self) -> tuple[Field, ...]:
        """What is masked here."""
        return ()

    @on(CallChanged)
    def take_call_changed(self) -> None:
        self.call_changed()  # which a subclass may replace; a handler would run beside the subclass's own

    def call_changed(self) -> None:
        """The call began, ended, or its caller was verified: what is shown is read anew, masked as it now is."""
        if self.is_mounted and self.app.desk is not None:
            if not self.app.verified:
                self.cover()
            self.action_reload()

    def is_next(self, action: str) -> bool:
        """Before anything else, whoever is on the line about something masked is verified."""
        return action == "verify" and self.app.call is not None and not self.app.verified and bool(self.masked)

    def cover(self) -> None:
        """Masks at once what is shown, without waiting for the store; nothing private stands on most screens."""

    def action_undo(self) -> None:
        undo, self.app.undoable = self.app.undoable, None
        if undo is None:
            self.say("There is nothing to undo: nothing was done in this session that can be taken back.")
        else:
            self.undo(undo)

    @work(thread=True, group="undo")
    def undo(self, undo: Undo) -> None:
        """Takes something back."""
        with self.telling():
            told = undo.run(self.desk)
            self.post_message(self.Undone(told if isinstance(told, str) else undo.done))

    @on(Undone)
    def tell_undone(self, message: Undone) -> None:
        self.action_reload()
        self.say(message.sentence)

    def action_call(self) -> None:
        if self.app.telephone is None:
            self.say("Not yet: F3 begins a call once the store is open.")
        elif self.permitted(Permission.TAKE_CALLS):
            self.say("")  # it was about the time before
            self.app.telephone.lift_or_hang_up("" if self.covered else self.account_number)

    def action_verify(self) -> None:
        if self.app.desk is not None and self.permitted(Permission.TAKE_CALLS):
            verify(self)

    def action_reveal(self) -> None:
        if self.app.desk is not None and self.permitted(Permission.TAKE_CALLS):
            reveal(self)
