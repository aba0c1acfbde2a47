"""The base of every form, question and menu that lies over a screen: it has a help of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from screens.frame import Frame

Result = TypeVar("Result")


class Overlay(ModalScreen[Result]):
    """A form, question or menu over the screen. The keys of the screen under it do not work; help does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", "Help", id="help", show=False, tooltip="Every key that works here"),
        Binding("f3", "call", "Call", id="call", show=False, tooltip="Begin or end a call, or hear what comes first"),
    ]

    outlives_call: ClassVar[bool] = False
    """Whether a call may end while this is open: nothing private is shown here."""
    _late: tuple[Result | None] | None = None

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leaves it, once, and not before what lies over it is gone: its key, pressed twice before that, would answer
        twice and close another screen, be it the lock."""
        if self.app.screen is self:
            return super().dismiss(result)
        if self in self.app.screen_stack:
            self._late = (result,)
        return AwaitComplete()

    @on(events.ScreenResume)
    def leave_late(self) -> None:
        if self._late is not None:
            (result,), self._late = self._late, None
            self.dismiss(result)

    def action_help(self) -> None:
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen.about(self))

    def action_call(self) -> None:
        """Begins or ends a call as on the screen under this one; what is typed here stays."""
        from screens.workspace import Workspace

        under = next((screen for screen in reversed(self.app.screen_stack) if isinstance(screen, Workspace)), None)
        if under is not None and self.outlives_call:
            under.action_call()
        else:
            self.notify(
                "This comes first: finish it, or leave it with Esc. Then F3 begins or ends a call.", markup=False
            )

    def on_frame_trouble(self, message: Frame.Trouble) -> None:
        """What goes wrong with a call is said beside what lies here."""
        self.notify(str(message.error), severity="error", markup=False)
