"""The articles that a text after a question mark finds, in the place of the hits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.message import Message

from screens.article_rows import hit_row
from screens.desk_app import DeskApp
from screens.widgets.choices import Choices

if TYPE_CHECKING:
    from data.desk import Desk
    from data.knowledge.views import ArticleHit

SIGN = "?"  # before what an article is about
SIDES = 4  # cells beside a row


class ArticleHits(Choices):
    """The articles that were found, the best first; `ask` searches, the newest text wins."""

    app = getters.app(DeskApp)
    marks_always = True  # one chooses while the box has the focus

    @dataclass
    class Found(Message):
        """A search came back. `turn`: when it was asked for; `trouble`: why it could not be done, "" where it was."""

        turn: int
        articles: tuple[ArticleHit, ...]
        trouble: str = ""

    def __init__(self) -> None:
        super().__init__(id="found-articles")
        self._turn = 0

    def ask(self, desk: Desk, text: str) -> None:
        """Searches for `text` in a worker."""
        self._turn += 1
        self.search(desk, text, self._turn)

    @work(thread=True, group="article-search")
    def search(self, desk: Desk, text: str, turn: int) -> None:
        from data.knowledge.queries import search_articles

        try:
            self.post_message(self.Found(turn, search_articles(desk, text)))
        except Exception as error:
            self.post_message(self.Found(turn, (), f"! {self.app.in_words(error)}"))

    @on(Found)
    def show_found(self, message: Found) -> None:
        if message.turn == self._turn:
            width = self.app.size.width - SIDES
            self.show(
                [(hit.slug, hit_row(hit, width)) for hit in message.articles],
                empty=message.trouble or "No article speaks of that. Try another word for it.",
            )
