"""Infomanager: every article that holds today, found as one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static

from data.agents.rules import Permission
from data.text import counted
from screens.article_rows import hit_row, listed_row
from screens.widgets.choices import Choices
from screens.widgets.words_box import WordsBox
from screens.workspace import Workspace

if TYPE_CHECKING:
    from textual.content import Content

SIDES = 4  # cells beside a row


class KnowledgeScreen(Workspace):
    """The articles; what one types narrows them. `text`: what was typed elsewhere already."""

    CSS_PATH = "knowledge.tcss"
    HELP: ClassVar[str] = (
        "Type what it is about, in any words; slips are forgiven. Enter opens an article. A lead writes a new one with "
        "N; what is to be reviewed or was flagged says so."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", "Search", id="knowledge.filter", tooltip="Go to the words that articles are found by"),
        Binding("N", "new", "New article", id="knowledge.new", tooltip="Write a new article"),
    ]

    typed = getters.query_one("#article-words", Input)
    rows = getters.query_one("#articles", Choices)
    count = getters.query_one("#article-count", Static)

    @dataclass
    class Came(Message):
        """All articles came as rows, or where something is typed those that it found. `turn`: when it was asked for."""

        turn: int
        rows: list[tuple[str, Content]]

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._begin_with = text
        self._turn = 0

    def compose_body(self) -> ComposeResult:
        yield Static("Infomanager", classes="panel-title", id="article-count", markup=False)
        yield WordsBox(self._begin_with, placeholder="what it is about", id="article-words")
        yield Choices(id="articles")

    def desk_came(self) -> None:
        self.action_reload()
        self.call_after_refresh(self.typed.focus)

    def on_screen_resume(self) -> None:
        if self._turn:
            self.action_reload()

    @on(Input.Changed, "#article-words")
    def action_reload(self) -> None:
        if self.app.desk is not None:
            self._turn += 1
            self.read(self._turn, self.typed.value)

    @work(thread=True, group="articles")
    def read(self, turn: int, text: str) -> None:
        from data.knowledge.queries import articles, search_articles

        width = self.app.size.width - SIDES
        with self.telling():
            if text.strip():
                rows = [(hit.slug, hit_row(hit, width)) for hit in search_articles(self.desk, text)]
            else:
                rows = [(row.slug, listed_row(row, width)) for row in articles(self.desk)]
            self.post_message(self.Came(turn, rows))

    @on(Came)
    def show(self, message: Came) -> None:
        if message.turn != self._turn:
            return
        self.count.update(f"Infomanager · {counted(len(message.rows), 'article')}", layout=False)
        empty = "No article speaks of that. Try another word for it." if self.typed.value else "No article yet."
        self.rows.show(message.rows, empty=empty)

    @on(Input.Submitted, "#article-words")
    def open_first(self) -> None:
        if self.rows.chosen:
            self.open_article(self.rows.chosen)

    @on(Choices.Selected, "#articles")
    def open_row(self, message: Choices.Selected) -> None:
        self.open_article(message.key)

    def action_list(self) -> None:
        if self.rows.can_focus:
            self.rows.focus()

    def action_filter(self) -> None:
        self.typed.focus()

    def is_off(self, action: str) -> bool:
        return super().is_off(action) or (action == "new" and not self.desk.may(Permission.WRITE_ARTICLES))

    def action_new(self) -> None:
        from screens.write_article import WriteArticle

        def show(slug: str | None) -> None:
            if slug:
                self.open_article(slug)

        if self.permitted(Permission.WRITE_ARTICLES):
            self.app.push_screen(WriteArticle(today=self.desk.today()), show)
