"""Many cases at once: what will come of it, case by case and why; then the deed, which can be stopped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.cases.bulk import Bulk, BulkLine
from data.errors import CarelineError
from screens import words
from screens.desk_app import DeskApp, Undo
from screens.form import Field, Form, Values
from screens.overlay import Overlay
from screens.widgets.choices import Choices
from screens.widgets.keys_line import KeysLine

if TYPE_CHECKING:
    from data.desk import Desk

ASKED = {
    Bulk.CLOSE: ("Close", "How they ended"),
    Bulk.REASSIGN: ("Give to another agent", "To whom: a sign-in name"),
    Bulk.TAG: ("Tag", "The tag"),
}
"""What can be done with many → what it is called, and what is asked for."""
DONE = {Bulk.CLOSE: "closed", Bulk.REASSIGN: "given to {}", Bulk.TAG: "tagged {}"}

WIDE, SIDES = 140, 8  # cells of the box where there is room, and beside a row
UNDONE = {
    Bulk.CLOSE: "u opens them again, within the hour.",
    Bulk.REASSIGN: "u gives them back.",
    Bulk.TAG: "u takes the tag off again.",
}
BACK = {Bulk.CLOSE: "no longer closed", Bulk.REASSIGN: "given back", Bulk.TAG: "without the tag again"}
"""What undoing came to."""


class Stopped(Exception):
    """The person stopped it."""


def asking_form(doing: Bulk, numbers: Sequence[str]) -> Form:
    """Asks with what; comes back with what was typed and the preview."""
    title, label = ASKED[doing]
    return Form(f"{title}: {told(numbers)}", [Field("with_what", label)], partial(_preview, doing, numbers), "Preview")


def told(numbers: Sequence[str]) -> str:
    """ "case 01013864", or "3 cases"."""
    return f"case {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} cases"


def _preview(doing: Bulk, numbers: Sequence[str], desk: Desk, values: Values) -> tuple[str, tuple[BulkLine, ...]]:
    from data.cases.bulk import preview

    return values["with_what"], preview(desk, doing, numbers, values["with_what"])


class BulkScreen(Overlay[str | None]):
    """Shows what would come of it, does it when told to, and shows what came of it. Ends with that in a sentence."""

    CSS_PATH = ["form.tcss", "bulk.tcss"]
    HELP: ClassVar[str] = "What will be done, and what will not and why. Nothing happens before you say so."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "go", "Do it", id="bulk.go", tooltip="Do it with all that can be done"),
        Binding("escape", "leave", "Leave", id="bulk.leave", tooltip="Leave, or stop what is under way"),
    ]

    app = getters.app(DeskApp)
    rows = getters.query_one(Choices)
    state = getters.query_one("#bulk-state", Static)

    @dataclass
    class Step(Message):
        """So many are done."""

        done: int

    @dataclass
    class Ended(Message):
        """It is done, as far as it could be; `lines` is None where it was stopped, or went wrong: `error`."""

        lines: tuple[BulkLine, ...] | None
        error: CarelineError | None = None

    def __init__(self, doing: Bulk, with_what: str, lines: tuple[BulkLine, ...]) -> None:
        super().__init__()
        self.doing, self.with_what, self.lines = doing, with_what, lines
        self.under_way = False
        self.stop = False
        self.done = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="form"):
            yield Static(f"{ASKED[self.doing][0]}: {self.with_what}", classes="panel-title", markup=False)
            yield Static("", id="bulk-state", classes="facts", markup=False)
            yield Choices(id="bulk-lines", does=None)
            yield KeysLine()

    def on_mount(self) -> None:
        self.show(self.lines)
        can = len(self.possible)
        won_t = len(self.lines) - can
        self.state.update(
            f"{can} will be {self.what_is_done}. {f'{won_t} will not: see why below.' if won_t else ''}"
            if can
            else "None of them can be: see why below."
        )
        self.rows.focus()

    @property
    def possible(self) -> list[str]:
        """The numbers of those that it can be done with."""
        return [line.number for line in self.lines if not line.reason]

    @property
    def what_is_done(self) -> str:
        """ "closed", "given to agent02"."""
        return DONE[self.doing].format(self.with_what)

    def show(self, lines: Iterable[BulkLine]) -> None:
        """A row for each case; what can't be stands first."""
        width = min(WIDE, self.app.size.width * 96 // 100) - SIDES
        rows = sorted(lines, key=lambda line: not line.reason)
        self.rows.show((line.number, bulk_row(line, width)) for line in rows)

    def on_resize(self) -> None:
        self.show(self.lines)

    def is_off(self, action: str) -> bool:
        return action == "go" and (self.under_way or not self.possible)

    def action_go(self) -> None:
        if self.possible and not self.under_way and self.app.desk is not None:
            self.under_way = True
            self.run(self.app.desk)

    @work(thread=True, group="bulk")
    def run(self, desk: Desk) -> None:
        from data.cases.bulk import run

        try:
            self.post_message(self.Ended(run(desk, self.doing, self.possible, self.with_what, self.tell_step)))
        except Stopped:
            self.post_message(self.Ended(None))
        except Exception as error:
            self.post_message(self.Ended(None, self.app.in_words(error)))

    def tell_step(self, done: int, total: int) -> None:
        """In the worker, after each case."""
        self.post_message(self.Step(done))
        if self.stop and done < total:
            raise Stopped

    @on(Step)
    def show_step(self, message: Step) -> None:
        self.done = message.done
        self.state.update(f"{message.done} of {len(self.possible)} done … esc stops")

    @on(Ended)
    def show_outcome(self, message: Ended) -> None:
        """Leaves where all went well; else what did not is shown first."""
        lines = message.lines
        undone = [line for line in lines if line.reason] if lines is not None else []
        if lines is None:
            why = f"! {message.error}" if message.error else "Stopped."
            sentence = f"{why} {self.done} of {len(self.possible)} were {self.what_is_done}."
        else:
            sentence = f"✓ {len(lines) - len(undone)} {self.what_is_done}."
        if undone:
            sentence = f"{sentence} {len(undone)} not: {undone[0].reason}"
        did = [line for line in (lines or self.lines) if not (line.reason or line.same)]
        did = did if lines is not None else did[: self.done]
        if did:
            self.app.undoable = Undo(partial(_take_back, self.doing, did, self.with_what), "")
            sentence += f" {UNDONE[self.doing]}"
        self.dismiss(sentence)

    def action_leave(self) -> None:
        if self.under_way:
            self.stop = True
        else:
            self.dismiss(None)


def _take_back(doing: Bulk, lines: Sequence[BulkLine], with_what: str, desk: Desk) -> str:
    """Puts the cases back as they stood; says of those that stay as they are why."""
    from data.cases.bulk import take_back

    tried = take_back(desk, doing, lines, with_what)
    stay = [line for line in tried if line.reason]
    back = len(tried) - len(stay)
    sentence = f"✓ {back} {BACK[doing]}." if back else "! Nothing was undone."
    return f"{sentence} {len(stay)} not: {stay[0].reason}" if stay else sentence


def bulk_row(line: BulkLine, width: int) -> Content:
    """A case and whether it can be done; why not, and what to do, below."""
    sign = Content.styled("! ", "$text-error") if line.reason else Content.styled("✓ ", "$text-success")
    first = Content.assemble(sign, (f"{line.number}  ", "bold"), words.fit(line.subject, max(0, width - 12)).rstrip())
    if line.same:
        return Content.assemble(first, words.muted("  so already"))
    if not line.reason:
        return first
    return Content.assemble(first, "\n", (words.hang(f"{line.reason} {line.remedy}", width), "$muted"))
