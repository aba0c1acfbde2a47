"""The call on screen: F3 begins and ends it; who is verified on it decides what every screen shows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer

from data.errors import CarelineError
from data.verification.rules import LONGEST_CALL
from screens.dialog import Question

if TYPE_CHECKING:
    from data.desk import Desk
    from data.verification.views import CallView

Do = Callable[["Desk"], "CallView | None"]
SOON = 0.1  # seconds


@dataclass
class CallCame(Message):
    """The call as it stands now; None: nobody is on the line. `broken_off`: it began before this console did."""

    call: CallView | None
    broken_off: bool = False


class CallChanged(Message):
    """To each screen: what may be shown is no longer what it was."""


class CallApp(App[int]):
    """What the application knows of the call. `desk` comes with DeskApp."""

    call: reactive[CallView | None] = reactive(None, init=False)
    """The call that goes on; None: nobody is on the line, and everything private is masked."""
    telephone: Telephone | None = None
    """What begins and ends calls, from when somebody sits here."""
    times_masked = 0
    """How often what is private was masked on every screen."""

    @property
    def verified(self) -> bool:
        """Whether somebody on the line is verified."""
        return self.call is not None and self.call.level > 0

    def _watch_desk(self, desk: Desk | None) -> None:
        self.call = None
        self.telephone = Telephone(self, desk) if desk else None
        if self.telephone:
            self.telephone.begin()

    def watch_call(self) -> None:
        """Has every screen show what may be shown now, and nothing else."""
        if not self.verified:
            self.times_masked += 1
        for screen in self.screen_stack:
            screen.post_message(CallChanged())

    def follow_call(self) -> None:
        """Shows the call as another console of the same agent left it."""
        if self.telephone is not None:
            self.telephone.follow()

    def on_call_came(self, came: CallCame) -> None:
        """Shows how far the caller is verified, and every screen as far as that opens it."""
        if came.call and came.broken_off and self.telephone:
            self.telephone.ask_about(came.call)
        self.call = came.call
        if self.telephone:
            self.telephone.answered()


class EndCall(Question):
    """Asks whether a call with somebody verified is over; F3 once more says yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "go_on", "End the call", id="call.end", tooltip="Yes, the call is over"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__(
            f"End the call with {name}? Everything private is masked then. F3 ends it.",
            safe="Go on talking",
            go_on="End the call",
        )


class Telephone:
    """What the person at `desk` does with calls, whichever screen they are on."""

    def __init__(self, app: CallApp, desk: Desk) -> None:
        self.app, self.desk = app, desk
        self.revealed = False  # something was revealed since an account was opened
        self._beginning = False
        self._turn = 0  # counts what is asked for here, and what comes of it
        self._once_begun: Callable[[], None] | None = None
        self._forgotten: Timer | None = None

    def begin(self) -> None:
        """Looks whether a call broke off with an earlier console; its caller is not verified any more."""
        self._run(_found, broken_off=True)

    def look(self) -> None:
        """Reads the call anew, as after an account was opened."""
        if self.app.call is not None:
            self._run(_current)

    def follow(self) -> None:
        """Looks whether another console of the same agent began or ended a call, or verified its caller."""
        self.app.run_worker(partial(self._follow, self._turn), thread=True, group="call", exit_on_error=False)

    def _follow(self, turn: int) -> None:
        with suppress(CarelineError):  # whatever the person does next says what is wrong with the store
            self.app.call_later(self._take, turn, _current(self.desk))

    def _take(self, turn: int, call: CallView | None) -> None:
        """What was done here meanwhile is newer than what was read, and who sits here by now has their own calls."""
        if self.app.telephone is self and turn == self._turn and call != self.app.call:
            self.app.post_message(CallCame(call))

    def lift_or_hang_up(self, number: str) -> None:
        """Begins a call, with the account `number` on it ("" for none), or ends the one that goes on."""
        call = self.app.call
        if call is None:
            self._beginning = True
            self._run(partial(_begin, number))
        elif call.level:
            self.app.push_screen(EndCall(call.name), self._end_if)
        else:
            self._run(_end)

    def once_begun(self, do: Callable[[], None]) -> bool:
        """Does `do` as soon as the call that is being begun is there; False where none is."""
        self._once_begun = do if self._beginning else None
        return self._beginning

    def answered(self) -> None:
        """The call came: what was asked for meanwhile is done now; after hours it counts as forgotten, and is over."""
        self._turn += 1
        if self._forgotten:
            self._forgotten.stop()
        if self.app.call:
            left = self.app.call.begun_at + LONGEST_CALL - self.desk.now()
            self._forgotten = self.app.set_timer(max(SOON, left.total_seconds()), self.look)
        do, self._once_begun, self._beginning = self._once_begun, None, False
        if do:
            do()

    def hang_up_and_leave(self) -> None:
        """Ends the call, and then the console."""
        self.app.run_worker(self._hang_up_and_leave, thread=True, group="call")

    def _hang_up_and_leave(self) -> None:
        self._work(_end, False)
        self.app.call_from_thread(self.app.exit, 0)

    def ask_about(self, call: CallView) -> None:
        """A call that the program broke off: is the caller still there?"""
        who = f"with {call.name} " if call.name else ""
        began = f"{call.begun_at.astimezone(self.desk.agent.zone):%H:%M}"
        question = Question(
            f"A call {who}began at {began} and was not ended. Is the caller still there? Then verify them anew.",
            safe="No, end it",
            go_on="Yes, go on",
        )
        self.app.push_screen(question, partial(self._go_on_if, call))

    def end_visit(self) -> None:
        """The person leaves an account: what was revealed of it without a call is masked again."""
        if self.revealed:
            self.revealed = False
            self._run(_conceal)

    def _end_if(self, over: bool | None) -> None:
        if over:
            self._run(_end)

    def _go_on_if(self, call: CallView, there: bool | None) -> None:
        """Goes on where the call was: at its account, where the caller is verified anew."""
        from screens.workspace import Workspace

        if not there:
            self._run(_end)
        elif call.account and isinstance(self.app.screen, Workspace):
            self.app.screen.open_account(call.account)

    def _run(self, do: Do, *, broken_off: bool = False) -> None:
        self._turn += 1
        self.app.run_worker(partial(self._work, do, broken_off), thread=True, group="call")

    def _work(self, do: Do, broken_off: bool) -> None:
        from screens.workspace import Workspace

        try:
            self.app.post_message(CallCame(do(self.desk), broken_off))
        except CarelineError as error:
            self._beginning, self._once_begun = False, None
            self.app.call_later(self.follow)
            self.app.screen.post_message(Workspace.Trouble(error))


def _current(desk: Desk) -> CallView | None:
    from data.verification.queries import current_call

    return current_call(desk)


def _begin(number: str, desk: Desk) -> CallView:
    from data.verification.actions import begin_call

    return begin_call(desk, number or None)


def _end(desk: Desk) -> None:
    from data.verification.actions import end_call

    end_call(desk)


def _conceal(desk: Desk) -> CallView | None:
    from data.verification.actions import conceal

    conceal(desk)
    return _current(desk)


def _found(desk: Desk) -> CallView | None:
    from data.verification.actions import keep_call

    return keep_call(desk) if _current(desk) else None
