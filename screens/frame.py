"""The one frame around everything: the bar, the search box, the workspace, the keys that matter here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on
from textual.app import ComposeResult, SystemCommand
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from data.agents.rules import Permission
from data.errors import CarelineError
from screens import functions
from screens.desk_app import DeskApp
from screens.keys import working
from screens.painter import Painter
from screens.search import Search
from screens.telephone import CallChanged
from screens.widgets.bar import Bar
from screens.widgets.keys_line import KeysLine
from screens.words import lines

if TYPE_CHECKING:
    from data.desk import Desk


ABOUT_THIS = frozenset({"undo", "verify", "reveal", "promotions"})
"""What has a key everywhere, and is about what one sees all the same."""


class Frame(Screen[str]):
    """A screen in the common frame.

    Its queries and actions run in thread workers that post messages; `telling()` around them shows what goes wrong.
    """

    HELP: ClassVar[str] = ""
    needs_permission: ClassVar[Permission] = Permission.READ_ACCOUNTS
    """What it takes to see this workspace at all."""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    _refused_about = ""
    """The action that was refused last, as the audit calls it."""
    _went_wrong = False
    """Whether what is said is a query or an action that did not go through."""

    app = getters.app(DeskApp)
    search = getters.query_one(Search)
    trouble = getters.query_one("#trouble", Static)

    @dataclass
    class Trouble(Message):
        """A query or an action did not go through; `error` says why and what to do."""

        error: CarelineError

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Painter()
        self._laid_out_for = 0  # cells

    def compose(self) -> ComposeResult:
        yield Bar()
        yield Search()
        with VerticalScroll(id="body", can_focus=False):
            yield from self.compose_body()
        yield Static(id="trouble", markup=False)
        yield KeysLine()

    def compose_body(self) -> ComposeResult:
        """What stands in the frame."""
        yield from ()

    def on_mount(self) -> None:
        self.watch(self.app, "desk", self._desk_changed)
        self.watch(self.search, "finding", self.make_room, init=False)

    def _desk_changed(self, desk: Desk | None) -> None:
        if desk is not None and self.permitted(self.needs_permission):
            self.desk_came()

    def desk_came(self) -> None:
        """The store is open: time to load what this workspace shows."""

    def on_resize(self, event: events.Resize) -> None:
        before, self._laid_out_for = self._laid_out_for, event.size.width
        if before not in (0, event.size.width):
            self.lay_out_anew()

    def lay_out_anew(self) -> None:
        """The window is wider or narrower than what is shown was laid out for."""
        self.action_reload()

    async def _on_idle(self, event: events.Idle) -> None:
        """Paints what changed at once; at the ticks of Textual's clock it would wait for up to two of them."""
        to_paint = self._dirty_widgets or self._layout_required or self._repaint_required
        if to_paint and self.is_current and not self.app._batch_count:
            event.prevent_default()
            self._on_timer_update()

    def _compositor_refresh(self) -> None:
        """Paints what changed; where all is to be painted in a moment, as when a screen comes up, only then."""
        if not self._repaint_required:
            super()._compositor_refresh()

    @property
    def desk(self) -> Desk:
        """The desk; only to be asked for after `desk_came`."""
        assert self.app.desk is not None
        return self.app.desk

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Around a worker's call: what Careline refuses or can't do is shown in place, in words.

        What was read while a caller was still verified, and comes when the call is over, is masked again at once.
        """
        asked = self.app.times_masked
        try:
            yield
        except Exception as error:
            self.post_message(self.Trouble(self.app.in_words(error)))
        finally:
            self.call_later(self._mask_what_came_late, asked)  # behind what the worker posted

    def _mask_what_came_late(self, asked: int) -> None:
        if asked != self.app.times_masked:
            self.post_message(CallChanged())
            if self.app.screen is not self:  # which may show what was read
                self.app.screen.post_message(CallChanged())

    @on(Trouble)
    def show_trouble(self, message: Trouble) -> None:
        self._refused_about = message.error.about
        self.say(f"! {self.app.note_refusal(message.error)}")
        self._went_wrong = True

    def on_screen_suspend(self) -> None:
        """Another workspace took the place: what was said here is about the time before, but for what went wrong."""
        if isinstance(self.app.screen, Frame) and self.app.screen is not self and not self._went_wrong:
            self.say("")

    def permitted(self, permission: Permission) -> bool:
        """Whether the agent who sits here may do what `permission` says; says why not."""
        from data.desk import permit

        if self.app.desk is None:
            return False
        try:
            permit(self.desk, permission)
        except CarelineError as error:
            self.say(f"! {self.app.note_refusal(error)}")
            return False
        return True

    def copy(self, text: str) -> None:
        """Puts `text` on the person's clipboard (OSC 52), and says so."""
        self.app.copy_to_clipboard(text)
        self.say(f"Copied: {text}")

    def say(self, sentence: str) -> None:
        """Shows `sentence` above the keys; an empty one takes it away. Its sign says what color helps: "!" or "✓"."""
        self._went_wrong = False
        if sentence or self.trouble.display:
            self.trouble.update(lines(sentence))
            self.trouble.set_class(sentence.startswith("!"), "-refused")
            self.trouble.set_class(sentence.startswith("✓"), "-done")
            self.trouble.display = bool(sentence)

    def make_room(self, finding: bool) -> None:
        """Hits take the place of the work. No style is looked up anew for it, which would take longer than a search."""
        self.query_one("#body").display = not finding
        self.search.styles.height = "1fr" if finding else "auto"
        self.refresh_bindings()

    @property
    def covered(self) -> bool:
        """Whether hits stand where the work was: nobody sees what its keys would do."""
        return self.search.finding

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.covered and (action in ABOUT_THIS or action in self._own_actions):
            return False
        return super().check_action(action, parameters)

    @cached_property
    def _own_actions(self) -> frozenset[str]:
        """What has a key in this place and not everywhere; such a key's name has a point in it, as "case.note"."""
        bindings = (one for those in self._bindings.key_to_bindings.values() for one in those)
        return frozenset(one.action.partition("(")[0] for one in bindings if "." in (one.id or ""))

    @on(Search.Left)
    def leave_search(self) -> None:
        self.focus_body()

    def focus_body(self) -> None:
        """Puts the focus where the work is: the body's first place that takes it, or the body itself, to scroll it."""
        body = self.query_one("#body")
        body.can_focus = False
        first = next((widget for widget in self.focus_chain if body in widget.ancestors), None)
        body.can_focus = first is None
        self.set_focus(first or body, scroll_visible=False)  # what stands first stays in sight

    def settle_focus(self) -> None:
        """`focus_body`, unless the person is typing meanwhile."""
        if not isinstance(self.focused, Input):
            self.focus_body()

    @property
    def unsaved(self) -> str:
        """What would be lost by leaving now, in words; "" for nothing."""
        return ""

    def commands(self) -> Iterator[SystemCommand]:
        """Every key that works here, for the palette."""
        for one in working(self):
            if one.named:
                keys = " ".join(one.keys)
                yield SystemCommand(
                    one.name, f"{one.help} ({keys})", partial(self.app.run_action, one.action, one.node)
                )

    def is_off(self, action: str) -> bool:
        """Whether `action` would be refused here; its key is dim then, and says why when pressed."""
        if action == "undo":
            return self.app.undoable is None
        return self.app.desk is not None and not functions.permitted(action, self.app.desk)

    def is_next(self, action: str) -> bool:
        """Whether `action` is what comes next here; its key stands first then."""
        return False

    def action_find(self) -> None:
        self.search.begin()

    def action_back(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def action_help(self) -> None:
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen.about(self))

    def action_reload(self) -> None:
        if self.app.desk is not None and self.permitted(self.needs_permission):
            self.desk_came()
