"""The record of who did what: newest first, narrowed as one types, and looked over on a key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from data.agents.rules import Permission
from screens import words
from screens.widgets.choices import Choices
from screens.widgets.words_box import WordsBox
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.audit.queries import EventView
    from data.audit.verifying import Verdict

SIDES = 8  # cells beside a row
WHEN, WHO, WHAT = 12, 12, 18  # cells of a row's columns
TOLD = 3  # problems that are told on the screen


class AuditScreen(Workspace):
    """What was done, with the chosen event's facts below; what one types narrows it."""

    CSS_PATH = "audit.tcss"
    HELP: ClassVar[str] = (
        "Type an agent, an action, an account or any word of an event. Y looks whether every event is as it was "
        "written, and none is gone."
    )
    needs_permission: ClassVar[Permission] = Permission.READ_AUDIT
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", "Narrow", id="audit.filter", tooltip="Go to the words that events are found by"),
        Binding("Y,f8", "look", "Check all", id="audit.check", tooltip="Look whether the whole audit is as written"),
    ]

    typed = getters.query_one("#audit-words", Input)
    rows = getters.query_one("#audit-events", Choices)
    heading = getters.query_one("#audit-title", Static)

    @dataclass
    class Came(Message):
        """Events came from the store. `turn`: when they were asked for."""

        turn: int
        events: tuple[EventView, ...]

    @dataclass
    class Looked(Message):
        """The whole audit was looked over."""

        verdict: Verdict

    def __init__(self) -> None:
        super().__init__()
        self.events: tuple[EventView, ...] = ()
        self._turn = 0

    def compose_body(self) -> ComposeResult:
        yield Static("Audit", classes="panel-title", id="audit-title", markup=False)
        yield WordsBox(placeholder="an agent, an action, an account, a word", id="audit-words")
        yield Choices(id="audit-events", does=None)
        with VerticalScroll(id="audit-detail", can_focus=False):
            yield Static("", id="audit-facts", markup=False)

    def desk_came(self) -> None:
        self.watch(self.rows, "cursor", self.show_chosen, init=False)
        self.action_reload()
        self.call_after_refresh(self.typed.focus)

    @on(Input.Changed, "#audit-words")
    def action_reload(self) -> None:
        if self.app.desk is not None and self.app.desk.may(Permission.READ_AUDIT):
            self._turn += 1
            self.read(self._turn, self.typed.value)

    @work(thread=True, group="audit")
    def read(self, turn: int, text: str) -> None:
        from data.audit.queries import audit_events

        with self.telling():
            self.post_message(self.Came(turn, audit_events(self.desk, words=text)))

    @on(Came)
    def show(self, message: Came) -> None:
        if message.turn != self._turn:
            return
        self.events = message.events
        width = self.app.size.width - SIDES
        self.heading.update(f"Audit: the newest {len(self.events):,}" if self.events else "Audit")
        self.rows.show([(str(event.id), self._row(event, width)) for event in self.events], empty="No event fits.")
        self.show_chosen()

    def show_chosen(self) -> None:
        """The facts of the event under the cursor."""
        event = next((one for one in self.events if str(one.id) == self.rows.chosen), None)
        self.query_one("#audit-detail").display = event is not None
        if event is not None:
            told = event.at.astimezone(self.desk.agent.zone)
            first = f"Event {event.id} · {told:%m-%d-%Y %H:%M:%S} · {event.agent} · {event.action}"
            facts = [words.fact(name, _plain(value), 14, self.app.size.width - SIDES) for name, value in _facts(event)]
            self.query_one("#audit-facts", Static).update(Content("\n").join([words.plain(first), *facts]))

    def _row(self, event: EventView, width: int) -> Content:
        when = words.moment(event.at, self.desk.agent.zone, self.desk.today())
        facts = ", ".join(f"{name} {_plain(value)}" for name, value in _facts(event))
        said = f"{event.action:<{WHAT}} {facts}"
        return Content.assemble((f"{when:<{WHEN}}", "$muted"), words.fit(event.agent, WHO), " ",
                                words.fit(said, max(0, width - WHEN - WHO - 1)).rstrip())  # fmt: skip

    def action_filter(self) -> None:
        self.typed.focus()

    def action_list(self) -> None:
        if self.events:
            self.rows.focus()

    @on(Input.Submitted, "#audit-words")
    def go_to_list(self) -> None:
        self.action_list()

    def action_look(self) -> None:
        if self.permitted(Permission.READ_AUDIT):
            self.say("Looking at every event …")
            self.look()

    @work(thread=True, exclusive=True, group="audit-look")
    def look(self) -> None:
        from data.audit.verifying import verify
        from data.backups.daily import ends

        with self.telling():
            self.post_message(self.Looked(verify(self.desk, ends(self.desk.store.path))))

    @on(Looked)
    def tell(self, message: Looked) -> None:
        verdict = message.verdict
        if verdict.whole:
            self.say(f"✓ All {verdict.events:,} events are as they were written, and none is missing.")
            return
        more = len(verdict.problems) - TOLD
        others = f" And {more:,} more: careline audit verify." if more > 0 else ""
        self.say(f"! The audit is not as it was written. {' '.join(verdict.problems[:TOLD])}{others}")


def _facts(event: EventView) -> list[tuple[str, object]]:
    account = [("account", event.account)] if event.account else []
    return [*account, *event.detail.items()]


def _plain(value: object) -> str:
    """A fact in words: {"street": "changed", "city": ["Troy", "Albany"]} → "street, city Troy → Albany"."""
    if isinstance(value, dict):
        return ", ".join(name if told == "changed" else f"{name} {_plain(told)}" for name, told in value.items())
    if isinstance(value, list):
        return (" → " if len(value) == 2 else ", ").join(map(_plain, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
