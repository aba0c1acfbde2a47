"""A promotion on screen: its terms and revisions, and what putting it on the line would do."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.errors import Refused
from data.verification.rules import MASK
from screens import promotion_rows as rows
from screens import words
from screens.account_rows import lines_width, who_width
from screens.promotion_deeds import PromotionDeeds

if TYPE_CHECKING:
    from data.promotions.views import OnLine, PcaPreview, RevisionView


class PromotionScreen(PromotionDeeds):
    """The promotion as the store has it: what came before something was done does not take its place."""

    CSS_PATH = "promotion.tcss"
    HELP: ClassVar[str] = (
        "PCA puts a promotion that fits on the line at once. Where it does not fit, the screen says which condition "
        "is not met; a credit is the next best step then."
    )

    _turn = 0  # counts the reads

    @dataclass
    class Came(Message):
        """The promotion came. `seen`: what it would do on the line, None where it can't be put there: `refused`.

        `turn`: when it was asked for.
        """

        turn: int
        revisions: tuple[RevisionView, ...]
        seen: PcaPreview | None
        refused: str
        on_line: tuple[OnLine, ...]

    def cover(self) -> None:
        self.seen = None
        for part in ("#pca", "#conditions", "#having"):
            self.query_one(part, Static).update(MASK)

    def compose_body(self) -> ComposeResult:
        yield Static("", id="promotion-title", classes="panel-title", markup=False)
        with Container(id="promotions"):
            with Vertical(classes="panel", id="pca-panel"):
                yield Static("On the line", classes="panel-title")
                yield Static("", id="pca", classes="facts", markup=False)
                yield Static("", id="conditions", classes="facts", markup=False)
                yield Static("", id="having", classes="facts", markup=False)
            with Vertical(classes="panel"):
                yield Static("Terms", classes="panel-title")
                yield Static("", id="terms", classes="facts", markup=False)
                yield Static("Revisions", classes="panel-title further")
                yield Static("", id="revisions", classes="facts", markup=False)

    def desk_came(self) -> None:
        self.read_anew()

    def on_screen_resume(self) -> None:
        if self.revisions:
            self.read_anew()

    def read_anew(self) -> None:
        """Reads it as it is now; what was asked for earlier comes too late."""
        self._turn += 1
        self.read(self._turn)

    @work(thread=True, exclusive=True, group="promotion")
    def read(self, turn: int) -> None:
        from data.promotions.pca import preview
        from data.promotions.queries import promotion, promotions_of_line

        with self.telling():
            found = promotion(self.desk, self.ost)
            seen, refused = None, ""
            having: tuple[OnLine, ...] = ()
            if self.line_id is not None:
                try:
                    seen = preview(self.desk, self.line_id, self.ost, self.said, self.case)
                except Refused as error:
                    refused = self.app.note_refusal(error)
                with suppress(Refused):  # masked, as the refusal above says
                    having = promotions_of_line(self.desk, self.line_id)
            self.post_message(self.Came(turn, found, seen, refused, having))

    @on(Came)
    def show(self, message: Came) -> None:
        if message.turn != self._turn:
            return
        self.revisions, self.seen = message.revisions, message.seen
        self.show_on_line(message.on_line, message.refused, who_width(self.app.size.width))
        self.show_terms(lines_width(self.app.size.width))
        self.refresh_bindings()
        self.settle_focus()

    def show_on_line(self, on_line: tuple[OnLine, ...], refused: str, width: int) -> None:
        """What it would do on the line, that the line has it, or why it can't be put there; and what the line has."""
        standing = next((one for one in on_line if one.ost == self.ost and one.ended_on is None), None)
        others = [one for one in on_line if one is not standing]
        having = [words.muted("The line has or had"), *rows.on_line(others, width)] if others else []
        conditions = rows.conditions(self.seen.conditions, width) if self.seen else []
        if self.seen:
            told = rows.preview(self.seen, width)
        elif standing:
            has = f"✓ The line has it: {standing.in_words}, from {words.day(standing.first_bill_on)}."
            told = Content.styled(words.hang(has, width, ""), "$text-success")
        else:
            told = Content.styled(words.hang(f"× {refused}", width, "", "  "), "$text-error")
        self.query_one("#pca-panel").display = self.line_id is not None
        self.query_one("#pca", Static).update(told)
        self.query_one("#conditions", Static).update(Content("\n").join(conditions))
        self.query_one("#having", Static).update(Content("\n").join(having))

    def show_terms(self, width: int) -> None:
        """Its name, what it takes and gives, and its revisions."""
        shown = self.revision
        title = Content.assemble(f"OST {self.ost}  ", words.plain(shown.terms.name))
        self.query_one("#promotion-title", Static).update(title)
        self.query_one("#terms", Static).update(rows.terms(shown, width))
        self.query_one("#revisions", Static).update(rows.revisions(self.revisions, shown.id, width))

    @property
    def revision(self) -> RevisionView:
        """The revision for the day of purchase, else the last one."""
        on = self.said.get("on")
        return next((one for one in self.revisions if on and one.terms.holds_on(on)), self.revisions[-1])
