"""Signing in, before anything of the store is shown, and again where the console was locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from data.desk import Desk
from data.errors import CarelineError
from screens.desk_app import DeskApp
from screens.door import Door
from screens.widgets.keys_line import KeysLine
from screens.words import plain


class Step(Enum):
    """What the person is asked for."""

    SIGN_IN = "sign in"
    GO_ON = "go on"  # nobody needs a passphrase here
    CHOOSE = "choose"  # a passphrase of their own, in place of a temporary one
    JOIN = "join"


FIELDS = {
    Step.SIGN_IN: (("name", "Name"), ("passphrase", "Passphrase")),
    Step.GO_ON: (),
    Step.CHOOSE: (("new", "Your own passphrase: 12 characters or more"), ("again", "The same again")),
    Step.JOIN: (
        ("code", "Invitation code"),
        ("name", "The name you will sign in with"),
        ("new", "Your passphrase: 12 characters or more"),
        ("again", "The same again"),
    ),
}
HIDDEN = ("passphrase", "new", "again")


class SignInScreen(Screen[Desk]):
    """Ends with the desk of whoever came in. `agent`: who sat here; `locked`: the console waits for them.

    `typed`: what was typed before somebody could know that the door comes; it was meant for the first field.
    """

    CSS_PATH = "sign_in.tcss"
    AUTO_FOCUS = ""
    HELP: ClassVar[str] = "Nothing of the store is shown before somebody has signed in."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "Go on", priority=True, tooltip="Sign in, or go on to the next field"),
        Binding("f2", "turn", "Invitation", id="sign-in.join", tooltip="Join with an invitation code, or back"),
        Binding("escape", "empty", "Empty", show=False, tooltip="Empty the field"),
        Binding("ctrl+q", "app.quit", "Leave", priority=True, tooltip="Leave Careline"),
    ]

    app = getters.app(DeskApp)
    said = getters.query_one("#said", Static)

    @dataclass
    class Came(Message):
        """Somebody may sit here."""

        desk: Desk

    @dataclass
    class Wrong(Message):
        """They may not, or not yet."""

        error: CarelineError

    def __init__(self, door: Door, *, agent: str = "", locked: bool = False, typed: str = "") -> None:
        super().__init__()
        self.door, self.agent, self.locked, self.typed = door, agent, locked, typed
        self.step = Step.GO_ON if door.free else Step.SIGN_IN
        self._temporary: tuple[Desk, str] | None = None
        self._given = ""
        self._under_way = False

    def compose(self) -> ComposeResult:
        with Vertical(id="door"):
            yield Static("", id="door-title", markup=False)
            yield Vertical(id="door-fields")
            yield Static("", id="said", markup=False)
            yield KeysLine()

    async def on_mount(self) -> None:
        await self._ask(self.step)
        if isinstance(self.focused, Input):
            self.focused.call_later(self.focused.insert_text_at_cursor, self.typed)  # once it took the focus

    async def _ask(self, step: Step) -> None:
        """Shows the fields of `step`, empty, and puts the focus into the first that waits for something."""
        self.step = step
        self.query_one("#door-title", Static).update(plain(self._title()))
        fields = self.query_one("#door-fields")
        await fields.remove_children()
        await fields.mount_all(self._fields(step))
        inputs = list(fields.query(Input))
        first = next((field for field in inputs if not field.value), None)
        self.set_focus(first)
        self.said.display = False
        self.refresh_bindings()

    def _title(self) -> str:
        if self.step is Step.GO_ON:
            return f"Locked. {self.agent} sits here; nobody needs a passphrase at {self.door.place}. Enter goes on."
        if self.step is Step.CHOOSE:
            return "Your passphrase is a temporary one. Choose your own."
        if self.step is Step.JOIN:
            return f"Join {self.door.place}"
        return f"Locked for {self.agent}" if self.locked else f"Sign in at {self.door.place}"

    def _fields(self, step: Step) -> Iterator[Widget]:
        for name, label in FIELDS[step]:
            yield Label(label, classes="form-label")
            value = self.agent if (step, name) == (Step.SIGN_IN, "name") else ""
            yield Input(value, id=f"door-{name}", password=name in HIDDEN)

    def value(self, name: str) -> str:
        """What stands in the field `name`."""
        return self.query_one(f"#door-{name}", Input).value

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "turn" or (not self.locked and self.step in (Step.SIGN_IN, Step.JOIN))

    async def action_turn(self) -> None:
        if not self._under_way:
            await self._ask(Step.SIGN_IN if self.step is Step.JOIN else Step.JOIN)

    def action_empty(self) -> None:
        if isinstance(self.focused, Input):
            self.focused.value = ""

    def action_enter(self) -> None:
        """Goes on once the field has taken what was typed before Enter: that may still wait for its turn."""
        (self.focused or self).call_later(self._go_on)

    def _go_on(self) -> None:
        """On to the next field; from the last, or where all are filled in, through the door."""
        inputs = list(self.query_one("#door-fields").query(Input))
        empty = next((field for field in inputs if not field.value), None)
        if empty is not None:
            self.set_focus(empty)
        elif not self._under_way:
            self._knock()

    def _knock(self) -> None:
        if self.step in (Step.CHOOSE, Step.JOIN) and self.value("new") != self.value("again"):
            self.say("The two passphrases are not the same.")
            return
        self._under_way = True
        self.say("One moment …", wrong=False)
        way = self._way()
        self._empty_hidden()
        self.go(way)

    def _empty_hidden(self) -> None:
        """Makes room for another try: what is typed while this one is looked at belongs to it."""
        hidden = [self.query_one(f"#door-{name}", Input) for name, _ in FIELDS[self.step] if name in HIDDEN]
        for field in hidden:
            field.value = ""
        self.set_focus(next(iter(hidden), None))

    def _way(self) -> Callable[[], Desk]:
        """What the worker does, with what is typed now."""
        door = self.door
        if self.step is Step.GO_ON:
            return lambda: door.enter(self.agent, None)
        if self.step is Step.CHOOSE and self._temporary is not None:
            desk, old = self._temporary
            new = self.value("new")
            return lambda: door.choose(desk, old, new)
        if self.step is Step.JOIN:
            code, name, new = self.value("code"), self.value("name"), self.value("new")
            return lambda: door.join(code, name.strip(), new)
        name, self._given = self.value("name").strip(), self.value("passphrase")
        given = self._given
        return lambda: door.enter(name, given)

    @work(thread=True, group="sign-in")
    def go(self, way: Callable[[], Desk]) -> None:
        try:
            self.post_message(self.Came(way()))
        except Exception as error:
            self.post_message(self.Wrong(self.app.in_words(error)))

    @on(Came)
    async def come_in(self, message: Came) -> None:
        self._under_way = False
        if message.desk.agent.temporary:
            self._temporary = message.desk, self._given
            await self._ask(Step.CHOOSE)
        else:
            self.dismiss(message.desk)

    @on(Wrong)
    def tell_wrong(self, message: Wrong) -> None:
        self._under_way = False
        self.say(str(message.error))

    def say(self, sentence: str, *, wrong: bool = True) -> None:
        """Shows `sentence` under the fields."""
        self.said.update(f"! {sentence}" if wrong else sentence)
        self.said.set_class(wrong, "-wrong")
        self.said.display = True
