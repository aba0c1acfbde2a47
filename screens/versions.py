"""Two versions of the same fields, side by side: for each, the person says which stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from screens import words
from screens.overlay import Overlay
from screens.widgets.choices import Choices
from screens.widgets.keys_line import KeysLine

THEIRS, MINE = "theirs", "mine"
EMPTY = "(nothing)"


@dataclass(frozen=True)
class TwoVersions:
    """A field that two people changed: what it is called, what stands in the store now, and what was typed here."""

    name: str
    title: str
    theirs: str
    mine: str


def two_versions(
    titles: Mapping[str, str], before: Mapping[str, str], now: Mapping[str, str], typed: Mapping[str, str]
) -> tuple[TwoVersions, ...]:
    """The fields in `typed` that somebody else changed too, from `before` to something else in `now`."""
    return tuple(
        TwoVersions(name, titles[name], now[name], mine.strip())
        for name, mine in typed.items()
        if now[name] != before[name] and now[name] != mine.strip()
    )


class Versions(Overlay[dict[str, str] | None]):
    """Comes back with field → THEIRS or MINE, one for each field; None when left, and then nothing is settled."""

    CSS_PATH = ["form.tcss", "versions.tcss"]
    HELP: ClassVar[str] = (
        "Somebody saved the same fields while you were editing. Choose for each which stays; both stay in the history."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", f"choose('{MINE}')", "Mine", id="versions.mine", tooltip="What you typed stays"),
        Binding("t", f"choose('{THEIRS}')", "Theirs", id="versions.theirs", tooltip="What they saved stays"),
        Binding("ctrl+s,f10", "save", "Save so", id="versions.save", tooltip="Save what was chosen"),
        Binding("escape", "leave", "Leave", id="versions.leave", tooltip="Back to the form; nothing is saved yet"),
    ]

    rows = getters.query_one(Choices)
    told = getters.query_one("#form-wrong", Static)

    def __init__(self, reason: str, fields: Sequence[TwoVersions]) -> None:
        super().__init__()
        self.reason, self.fields = reason, fields
        self.chosen: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="form"):
            yield Static("Two versions", classes="panel-title")
            yield Static(self.reason, classes="facts", markup=False)
            yield Choices(id="versions", does=("Take", "Take the chosen version"))
            yield Static("", id="form-wrong", markup=False)
            yield KeysLine()

    def on_mount(self) -> None:
        self._show()
        self.rows.focus()

    def _show(self) -> None:
        width = min(76, self.app.size.width) - 8
        self.rows.show(row for field in self.fields for row in version_rows(field, self.chosen.get(field.name), width))

    @on(Choices.Selected)
    def take_row(self, message: Choices.Selected) -> None:
        which, _, name = (message.key or "").partition(" ")
        self._take(name, which)

    def action_choose(self, which: str) -> None:
        name = (self.rows.chosen or "").partition(" ")[2]
        if name:
            self._take(name, which)

    def _take(self, name: str, which: str) -> None:
        """Keeps the choice, and goes on to a field without one."""
        self.chosen[name] = which
        self._show()
        place = next((place for place, field in enumerate(self.fields) if field.name not in self.chosen), None)
        if place is not None:
            self.rows.cursor = 2 * place
        self._tell("" if place is not None else "All chosen: ^s saves.")

    def action_save(self) -> None:
        left = [field.title for field in self.fields if field.name not in self.chosen]
        if left:
            self._tell(f"! Choose first which {left[0]} stays.")
        else:
            self.dismiss(self.chosen)

    def _tell(self, sentence: str) -> None:
        self.told.update(sentence)
        self.told.display = bool(sentence)

    def action_leave(self) -> None:
        self.dismiss(None)


def version_rows(field: TwoVersions, chosen: str | None, width: int) -> Iterator[tuple[str, Content]]:
    """A field in two rows: what stands in the store, what was typed here; the chosen one has its sign."""
    for which, text in ((THEIRS, field.theirs), (MINE, field.mine)):
        sign = "●" if chosen == which else "○"
        title = f"{field.title}\n" if which == THEIRS else ""
        text = words.hang(text or EMPTY, width, f" {sign} {which:<8}", " " * 11)
        yield f"{which} {field.name}", Content.assemble((title, "bold"), text)
