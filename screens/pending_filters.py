"""Filters that an agent keeps: pick one, make one, let go of one."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.message import Message

from data.cases.filters import CaseFilter
from data.cases.rules import Category, Priority, Status
from data.errors import Invalid
from screens.form import Field, Form, Values
from screens.menu import Menu
from screens.new_case import begun
from screens.sheet import Sheet
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.desk import Desk

EVERYTHING, MAKE, FORGET = "everything", "make", "forget"
KEPT = "kept "  # before the name of a filter, among a menu's keys


class KeptFilters(Workspace):
    """A workspace whose list a kept filter narrows. A subclass fills in `use_filter`."""

    @dataclass
    class Filters(Message):
        """The agent's filters came, by name; `forgetting`: one of them is to be let go of."""

        filters: dict[str, CaseFilter]
        forgetting: bool = False

    @abstractmethod
    def use_filter(self, name: str, wanted: CaseFilter | None) -> None:
        """Narrows the list; None takes the filter away."""

    def words_typed(self) -> str:
        """What stands in the filter box now, to begin a new filter with."""
        return ""

    @work(thread=True, group="filters")
    def read_filters(self, *, forgetting: bool = False) -> None:
        from data.cases.filters import saved_filters

        with self.telling():
            self.post_message(self.Filters(saved_filters(self.desk), forgetting))

    def action_filters(self) -> None:
        self.read_filters()

    @on(Filters)
    def choose_filter(self, message: Filters) -> None:
        kept = [(KEPT + name, name) for name in message.filters]
        if message.forgetting:
            self.app.push_screen(Menu("Let go of", kept), self.forget)
            return
        rows = [(EVERYTHING, "Everything"), *kept, (MAKE, "Make a filter …")]
        if kept:
            rows.append((FORGET, "Let go of one …"))
        self.app.push_screen(Menu("Show", rows), partial(self.take, message.filters))

    def take(self, filters: dict[str, CaseFilter], chosen: str | None) -> None:
        """Does what was chosen from the menu."""
        if chosen == EVERYTHING:
            self.use_filter("", None)
        elif chosen == MAKE:
            self.app.push_screen(filter_form(self.words_typed()), self.use_made)
        elif chosen == FORGET:
            self.read_filters(forgetting=True)
        elif chosen:
            name = chosen.removeprefix(KEPT)
            self.use_filter(name, filters[name])

    def use_made(self, made: tuple[str, CaseFilter] | None) -> None:
        """Shows what the new filter lets through."""
        if made:
            self.use_filter(*made)

    def forget(self, chosen: str | None) -> None:
        """Lets go of the chosen filter."""
        if chosen:
            self.let_go(chosen.removeprefix(KEPT))

    @work(thread=True, group="filters")
    def let_go(self, name: str) -> None:
        from data.cases.filters import forget_filter

        with self.telling():
            forget_filter(self.desk, name)
            self.post_message(self.Undone(f"✓ Let go of the filter “{name}”."))


def filter_form(text: str) -> Form:
    """What a filter lets through, and its name; what is left empty does not matter."""
    fields = [
        Field("name", "Name"),
        Field("text", "Words", text, hint="of the subject, or the last name"),
        Field("status", "Status", hint=", ".join(one.value for one in Status)),
        Field("category", "About", hint=", ".join(one.value.lower() for one in Category)),
        Field("priority", "Priority", hint=", ".join(one.value.lower() for one in Priority)),
        Field("tag", "Tag"),
        Field("due", "Due", hint="overdue, or today"),
        Field("days", "Older than", hint="so many days"),
    ]
    return Sheet("Make a filter", fields, _make)


def _make(desk: Desk, values: Values) -> tuple[str, CaseFilter]:
    from data.cases.filters import save_filter

    typed = {name: text.strip() for name, text in values.items() if text.strip()}
    wanted: dict[str, Any] = {name: typed[name] for name in ("text", "tag", "due") if name in typed}
    wrong: dict[str, str] = {}
    for name, kind in (("status", Status), ("category", Category), ("priority", Priority)):
        if name in typed:
            try:
                wanted[name] = begun(kind, typed[name]).value
            except ValueError as error:
                wrong[name] = str(error)
    if "days" in typed:
        if typed["days"].isdecimal():
            wanted["older_than_days"] = int(typed["days"])
        else:
            wrong["days"] = "Older than how many days is a number, such as 7."
    if wrong:
        raise Invalid(wrong, "Mend it, or leave it empty.")
    made = CaseFilter(**wanted, under_way=True)
    save_filter(desk, typed.get("name", ""), made)
    return typed["name"], made
