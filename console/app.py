"""The console: the Textual application, wired to a store that opens after the first paint."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkerFailed, get_current_worker

from console.harmless import HARMLESS
from console.settings import Settings, keep_theme
from console.themes import DEFAULT, THEMES
from console.tidying import IDLE, settle, tidy
from data.errors import CarelineError
from data.text import harmless
from screens.desk_app import DeskApp
from screens.dialog import Leaving
from screens.door import Door
from screens.home import HomeScreen
from screens.seat import SeatedApp
from screens.words import ended
from screens.workspace import Workspace

if TYPE_CHECKING:
    from console.palette import Palette
    from data.desk import Desk
    from data.operators.queries import OperatorView

TOLD_TO_END = 128 + signal.SIGTERM
FIRST_NEEDED = (
    "data.customers.account_file",
    "data.customers.actions",
    "screens.account",
    "screens.case",
)


def _palette() -> type[Palette]:
    from console.palette import Palette

    return Palette


class CarelineApp(SeatedApp):
    """Careline on the screen. It ends with an exit code: 0, or 3 where the store can't be used."""

    TITLE = "Careline"
    CSS_PATH = ["app.tcss", "../screens/workspace.tcss"]
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {_palette}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="quit", show=False, priority=True,
                tooltip="Leave Careline; everything is kept"),
    ]  # fmt: skip

    @dataclass
    class Opened(Message):
        """The store is open."""

        desk: Desk
        operator: OperatorView
        free: bool = False

    @dataclass
    class AtTheDoor(Message):
        """The store is open, and somebody has to sign in."""

        door: Door
        operator: OperatorView

    @dataclass
    class NotOpened(Message):
        """The store can't be opened; `error` says why and what to do."""

        error: CarelineError

    def __init__(self, settings: Settings, desk: Desk | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.settings = settings
        self._given_desk = desk
        self.failure: CarelineError | None = None
        for theme in THEMES:
            self.register_theme(theme)
        chosen = settings.theme if settings.theme in self.available_themes else DEFAULT
        self.set_reactive(DeskApp.theme, chosen)
        self.stylesheet.set_variables(self.get_css_variables())  # now, so that styles are made once

    def get_default_screen(self) -> HomeScreen:
        return HomeScreen()

    def on_mount(self) -> None:
        self.set_keymap(self.settings.keys)
        self.set_class(self.has_few_colors, "-few-colors")
        self.call_after_refresh(self.open_store)
        if not self.is_headless:
            self._end_when_told()

    @property
    def has_few_colors(self) -> bool:
        """Whether there is a terminal, and it shows 16 colors."""
        return not self.is_headless and self.console.color_system == "standard"

    def _end_when_told(self) -> None:
        """Leaves in order on SIGTERM, as when the machine is shut down: nobody's data stays on the terminal.

        What is typed and not saved is a draft by then; a call goes on as after a crash.
        """
        if sys.platform != "win32":  # which tells no program to end
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit, TOLD_TO_END)

    @work(thread=True, group="store")
    def open_store(self) -> None:
        from console.desk_or_door import desk_or_door
        from data.agents.door import is_open
        from data.operators.queries import operator_of

        try:
            came = self._given_desk or desk_or_door(self.settings, self.tell_progress)
            operator = operator_of(came.store)
            if isinstance(came, Door):
                self.post_message(self.AtTheDoor(came, operator))
            else:
                self.post_message(self.Opened(came, operator, is_open(came.store)))
        except CarelineError as error:
            self.post_message(self.NotOpened(error))

    def tell_progress(self, sentence: str) -> None:
        """Says in the bar what is going on while the store is made; from any thread."""
        self.call_from_thread(setattr, self, "place", sentence)

    @on(AtTheDoor)
    def ask_who(self, message: AtTheDoor) -> None:
        from screens.sign_in import SignInScreen

        def come_in(desk: Desk | None) -> None:
            if desk is not None:
                self.locked = False
                self.take_desk(self.Opened(desk, message.operator))

        self.locked = True
        typed = self.home.search.box.value
        self.begin_anew()
        self.push_screen(SignInScreen(message.door, agent=self.settings.agent or "", typed=typed), come_in)

    @property
    def home(self) -> HomeScreen:
        """Where everybody begins."""
        home = self.screen_stack[0]
        assert isinstance(home, HomeScreen)
        return home

    def begin_anew(self) -> None:
        self.home.search.clear()

    @on(Opened)
    def take_desk(self, message: Opened) -> None:
        self.demo, self.free = message.operator.demo, message.free
        self.desk = message.desk
        self.place = f"{message.operator.name} · {message.operator.kind}"
        self.get_ready()
        self.begin_sitting()
        if message.desk.store.warning:
            self.notify(message.desk.store.warning, severity="warning", markup=False, timeout=60)
        if not (self.demo or self.is_headless):
            self.back_up()

    @work(thread=True, group="ready")
    def get_ready(self) -> None:
        """Loads what the first account needs while nobody waits for it."""
        for module in FIRST_NEEDED:
            import_module(module)
        if not self.is_headless:
            settle()
            self.call_from_thread(self.set_interval, IDLE.total_seconds(), self.tidy)

    def tidy(self) -> None:
        """Tidies up behind the work while nobody presses a key."""
        if self.desk is not None and self.pressed_at is not None:
            tidy(self.desk.now() - self.pressed_at)

    @work(thread=True, group="backup")
    def back_up(self) -> None:
        """Makes the day's backup while nobody waits for it; leaving Careline calls it off."""
        from console.daily import back_up

        if self.desk and (told := back_up(self.desk, get_current_worker())):
            self.call_from_thread(self.notify, told, severity="warning", markup=False, timeout=15)

    @on(NotOpened)
    def give_up(self, message: NotOpened) -> None:
        self.failure = message.error
        self.exit(message.error.exit_code)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), HARMLESS]

    def copy_to_clipboard(self, text: str) -> None:
        """Puts `text` on the person's clipboard, without what a terminal would obey where it is pasted."""
        super().copy_to_clipboard("\n".join(map(harmless, text.replace("\r\n", "\n").split("\n"))))

    def mistake(self, error: Exception) -> CarelineError:
        if self.is_headless:  # tests want the error itself
            raise error
        from console.report import write_report

        cause = error.error if isinstance(error, WorkerFailed) else error
        return CarelineError(write_report(cause))

    def _handle_exception(self, error: Exception) -> None:
        """A mistake that the console can't go on from: a sentence instead of a traceback with anybody's data."""
        if self.is_headless:
            super()._handle_exception(error)
        elif self.failure is None:
            self.failure = self.mistake(error)
            self.exit(1)

    def action_command_palette(self) -> None:
        from console.palette import PaletteScreen

        if not isinstance(self.screen, PaletteScreen):
            self.push_screen(PaletteScreen())  # without a name: the one before may not be gone yet

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers: all that works here, then the looks; the way out once."""
        if isinstance(screen, Workspace):
            yield from screen.commands()
        for theme in THEMES:
            name = theme.name.removeprefix("careline-")
            yield SystemCommand(
                f"Look: {name}", f"Show the console in its {name} look", partial(self.choose_theme, theme.name)
            )
        if not isinstance(screen, Workspace):
            yield SystemCommand("Quit", "Leave Careline; everything is kept", self.action_quit)

    def choose_theme(self, theme: str) -> None:
        """Changes the look, and keeps it for the next time."""
        self.theme = theme
        try:
            keep_theme(theme)
        except OSError:
            self.notify("The look holds for now; it could not be kept for the next time.", markup=False)

    async def action_quit(self) -> None:
        """Leaves Careline; what is typed and not saved is asked about, and a call that goes on."""
        unsaved = self.unsaved_work()
        if isinstance(self.screen, Leaving):
            return
        if unsaved:
            told = "what lies behind the lock" if self.locked else unsaved
            question = Leaving(f"Not saved yet: {ended(told)}", safe="Go on with it", go_on="Quit all the same")
            self.push_screen(question, self._quit_if)
        elif self.call is not None:
            question = Leaving("A call goes on. Leaving ends it.", safe="Go on talking", go_on="End it and leave")
            self.push_screen(question, self._quit_if)
        else:
            self.exit(0)

    def _quit_if(self, sure: bool | None) -> None:
        if sure and self.call is not None and self.telephone is not None:
            self.telephone.hang_up_and_leave()
        elif sure:
            self.exit(0)
