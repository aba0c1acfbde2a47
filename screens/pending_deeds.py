"""What is done with the dashboard's rows: opening one, choosing some, one thing with all of them, a file of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from data.agents.rules import Permission
from data.cases.bulk import Bulk
from data.cases.pending import ItemKind, PendingItem
from data.files import named, new_file
from screens.bulk import ASKED, BulkScreen, asking_form, told
from screens.dialog import Question
from screens.form import Field, Form, Values
from screens.giving import Giving
from screens.menu import Menu
from screens.pending_filters import KeptFilters
from screens.widgets.long_list import LongList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.cases.bulk import BulkLine
    from data.desk import Desk


class PendingDeeds(KeptFilters, Giving):
    """A list of what waits: `shown` are its items, `chosen` the numbers of the cases that are chosen among them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "choose", "Choose", id="pending.choose", tooltip="Choose this row's case, or not any more"),
        Binding("A", "choose_all", "All", id="pending.all", show=False, tooltip="Choose all that are shown, or none"),
        Binding("b", "bulk", "With chosen", id="pending.bulk", tooltip="Close, give away or tag all that are chosen"),
        Binding(
            "o",
            "give",
            "Give",
            id="pending.give",
            show=False,
            tooltip="Give this row's task or case to another agent; u undoes it",
        ),
        Binding("E", "export", "Export", id="pending.export", show=False, tooltip="Write the list as shown to a file"),
    ]

    @dataclass
    class Previewed(Message):
        """What would come of it."""

        doing: Bulk
        with_what: str
        lines: tuple[BulkLine, ...]

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[PendingItem, ...] = ()
        self.chosen: set[str] = set()

    def mark_chosen(self) -> None:
        """Shows which rows are chosen."""

    @property
    def under_cursor(self) -> PendingItem | None:
        """The item under the cursor."""
        place = self.query_one("#items", LongList).cursor
        return self.shown[place] if place < len(self.shown) else None

    @on(LongList.Selected, "#items")
    def open_item(self, message: LongList.Selected) -> None:
        """Opens what the row is about, plays the deck that is to be played, or asks whether a look was seen."""
        item = self.shown[message.index]
        if item.kind is ItemKind.CREDIT:
            from screens.credit import CreditScreen

            self.app.push_screen(CreditScreen(item.id))
        elif item.kind is ItemKind.COMPLAINT:
            from screens.review import ReviewScreen

            self.app.push_screen(ReviewScreen(item.id))
        elif item.case:
            self.open_case(item.case)
        elif item.kind is ItemKind.QUIZ:
            from screens.quiz_solo import SoloScreen

            self.app.push_screen(SoloScreen(item.name))
        elif item.kind is ItemKind.LOOK:
            question = Question(f"{item.text}.", safe="Leave it here", go_on="I have seen it")
            self.app.push_screen(question, partial(self._see_look, item.id))

    def _see_look(self, look: int, seen: bool | None) -> None:
        if seen:
            self.see_look(look)

    @work(thread=True, group="look")
    def see_look(self, look: int) -> None:
        """Notes that a lead has seen who looked without a call."""
        from data.verification.actions import see_bulk_look

        with self.telling():
            see_bulk_look(self.desk, look)
            self.app.call_from_thread(self.action_reload)

    def action_choose(self) -> None:
        if self.under_cursor is None:
            return
        if not self.under_cursor.case:
            self.say("! This row has no case, so that it can't be chosen. Enter opens it.")
            return
        self.chosen ^= {self.under_cursor.case}
        self.query_one("#items", LongList).move(1)
        self.mark_chosen()

    def action_choose_all(self) -> None:
        every = {item.case for item in self.shown if item.case}
        self.chosen = set() if self.chosen >= every else every
        self.mark_chosen()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The cases that are chosen, as they stand in the list; the one under the cursor where none is."""
        inside = [item.case for item in self.shown if item.case in self.chosen]
        if not inside and self.under_cursor is not None and self.under_cursor.case:
            inside = [self.under_cursor.case]
        return tuple(dict.fromkeys(inside))

    def is_off(self, action: str) -> bool:
        if action in ("bulk", "choose", "choose_all", "export", "give"):
            return not self.shown
        return super().is_off(action)

    def action_bulk(self) -> None:
        if not self.numbers:
            self.say("! There is no case to do something with. Space chooses rows.")
            return
        rows = [(doing.value, title) for doing, (title, _) in ASKED.items()]
        self.app.push_screen(Menu(f"With {told(self.numbers)}", rows), self.take_deed)

    def action_give(self) -> None:
        """The row under the cursor, whatever else is chosen."""
        item = self.under_cursor
        if item is not None and item.kind is ItemKind.TASK:
            self.give_task(item.id, item.text, item.owner)
        elif item is not None and item.kind is ItemKind.CASE:
            self.do_with((item.case,), Bulk.REASSIGN)
        else:
            self.say("! Only tasks and cases can be given away.")

    def take_deed(self, doing: str | None) -> None:
        """Does what was picked from the menu with the chosen cases."""
        if doing:
            self.do_with(self.numbers, Bulk(doing))

    def do_with(self, numbers: tuple[str, ...], doing: Bulk) -> None:
        """Asks with what, and then shows what would come of it; a lead sees each agent's load when giving away."""
        if doing is Bulk.REASSIGN and self.desk.may(Permission.LEAD_TEAM):
            self.choose_hand(f"Give {told(numbers)} to", lambda agent: self.preview(doing, agent, numbers))
            return

        def show(asked: tuple[str, tuple[BulkLine, ...]] | None) -> None:
            if asked is not None:
                self.post_message(self.Previewed(doing, *asked))

        self.app.push_screen(asking_form(doing, numbers), show)

    @work(thread=True, group="bulk")
    def preview(self, doing: Bulk, with_what: str, numbers: tuple[str, ...]) -> None:
        from data.cases.bulk import preview

        with self.telling():
            self.post_message(self.Previewed(doing, with_what, preview(self.desk, doing, numbers, with_what)))

    @on(Previewed)
    def show_preview(self, message: Previewed) -> None:
        self.app.push_screen(BulkScreen(message.doing, message.with_what, message.lines), self.tell_done)

    def tell_done(self, sentence: str | None) -> None:
        """Says what came of it; what was chosen is chosen no more."""
        if sentence:
            self.chosen.clear()
            self.say(sentence)
            self.action_reload()

    def action_export(self) -> None:
        def tell(path: str | None) -> None:
            if path:
                self.say(f"✓ Wrote {len(self.shown)} rows to {path}.")

        field = Field("path", "File: a name that ends in .csv or .json", f"pending-{self.desk.today():%Y-%m-%d}.csv")
        self.app.push_screen(
            Form(f"Export {len(self.shown)} rows", [field], partial(_export, self.shown), "Export"), tell
        )


def _export(items: Sequence[PendingItem], desk: Desk, values: Values) -> str:
    from data.cases.exporting import pending_as_csv, pending_as_json

    path = named(values["path"])
    text = pending_as_json(items) if path.suffix.lower() == ".json" else pending_as_csv(items)
    with new_file(path, "Name another.") as file:
        file.write(text.encode())
    return str(path)
