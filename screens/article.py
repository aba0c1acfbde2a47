"""One article, as a page to read; leads keep it, whoever reads it says what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Markdown, Static

from data.agents.rules import Permission
from data.knowledge.rules import SLUG
from screens import words
from screens.article_rows import facts, flag_row
from screens.form import Field, Form
from screens.menu import Menu
from screens.widgets.choices import Choices
from screens.workspace import Workspace

if TYPE_CHECKING:
    from data.desk import Desk
    from data.knowledge.views import ArticleView, FlagView

LEADS = frozenset({"edit", "publish", "archive"})


class ArticleScreen(Workspace):
    """The article of that `slug`, as it holds today; a lead sees its draft with `draft`."""

    CSS_PATH = "knowledge.tcss"
    HELP: ClassVar[str] = "An article of Infomanager. F says what is wrong in it; its owner sees that. Esc goes back."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F", "flag", "Flag", id="article.flag", tooltip="Say what is wrong in this article"),
        Binding("H", "history", "Versions", id="article.history", tooltip="What it said before, and will say"),
        Binding("e,f4", "edit", "Edit", id="article.edit", tooltip="Write its next version"),
        Binding("P", "publish", "Publish", id="article.publish", show=False, tooltip="Publish its draft"),
        Binding("A", "archive", "Archive", id="article.archive", show=False,
                tooltip="Take it out of lists and searches, or in again"),
        Binding("y", "copy", "Copy", id="article.copy", show=False, tooltip="Copy the article's name"),
    ]  # fmt: skip

    text = getters.query_one("#article-text", Markdown)
    flagged = getters.query_one("#article-flags", Choices)

    @dataclass
    class Came(Message):
        """The article came, with what is flagged in it. `sentence`: what was done to it, "" where it was only read."""

        article: ArticleView
        flags: tuple[FlagView, ...]
        sentence: str = ""

    @dataclass
    class VersionsCame(Message):
        """Everything that the article said, the newest first."""

        versions: tuple[ArticleView, ...]

    def __init__(self, slug: str, *, draft: bool = False) -> None:
        super().__init__()
        self.slug, self.draft = slug, draft
        self.article: ArticleView | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="article-title", classes="panel-title", markup=False)
        yield Static("", id="article-facts", markup=False)
        yield Choices(id="article-flags", does=("Settle", "Settle the chosen flag with a word on what was done"))
        yield Markdown(id="article-text", open_links=False)

    def desk_came(self) -> None:
        self.read()

    def action_reload(self) -> None:
        self.read()

    @work(thread=True, group="article")
    def read(self, sentence: str = "") -> None:
        from data.knowledge.queries import article, flags

        with self.telling():
            found = article(self.desk, self.slug, draft=self.draft)
            self.post_message(self.Came(found, flags(self.desk, self.slug), sentence))

    @on(Came)
    async def show(self, message: Came) -> None:
        self.article = message.article
        self.query_one("#article-title", Static).update(words.plain(message.article.title))
        self.query_one("#article-facts", Static).update(words.plain(" · ".join(facts(message.article))))
        self.flagged.show([(str(flag.id), flag_row(flag)) for flag in message.flags])
        await self.text.update(words.lines(message.article.body).plain)
        if message.sentence:
            self.say(message.sentence)
        self.call_after_refresh(self.settle_focus)
        self.refresh_bindings()

    @on(Markdown.LinkClicked)
    def follow(self, message: Markdown.LinkClicked) -> None:
        """A link to another article opens it; one that leads out of Careline is only told."""
        message.stop()
        if SLUG.fullmatch(message.href):
            self.open_article(message.href)
        else:
            self.say(f"This leads out of Careline: {words.plain(message.href).plain}")

    def is_off(self, action: str) -> bool:
        return super().is_off(action) or (action in LEADS and not self.desk.may(Permission.WRITE_ARTICLES))

    def action_copy(self) -> None:
        self.copy(self.slug)

    def action_flag(self) -> None:
        def flag(desk: Desk, values: dict[str, str]) -> ArticleView:
            from data.knowledge.actions import flag_article

            return flag_article(desk, self.slug, values["text"])

        self._ask(Form("Flag this article", [Field("text", "What is wrong", long=True)], flag, "Flag"), "✓ Flagged.")

    @on(Choices.Selected, "#article-flags")
    def settle(self, message: Choices.Selected) -> None:
        flag_id = int(message.key)

        def settle(desk: Desk, values: dict[str, str]) -> ArticleView:
            from data.knowledge.actions import settle_flag

            return settle_flag(desk, flag_id, values["answer"])

        self._ask(Form("Settle the flag", [Field("answer", "What was done about it")], settle, "Settle"), "✓ Settled.")

    def action_edit(self) -> None:
        from screens.write_article import WriteArticle

        def tell(slug: str | None) -> None:
            if slug:
                self.draft = True
                self.read("✓ Written. P publishes it.")

        if self.article is not None and self.permitted(Permission.WRITE_ARTICLES):
            self.app.push_screen(WriteArticle(self.slug, self.article.draft, today=self.desk.today()), tell)

    def action_publish(self) -> None:
        self.draft = False
        self.work_on("publish", "✓ Published.")

    def action_archive(self) -> None:
        if self.article is not None:
            self.work_on("back" if self.article.archived else "archive", "✓ Done.")

    @work(thread=True, group="article-work")
    def work_on(self, deed: str, sentence: str) -> None:
        """Does what needs no form: "publish", "archive" or "back"."""
        from data.knowledge.actions import archive_article, publish_article

        with self.telling():
            if deed == "publish":
                publish_article(self.desk, self.slug)
            else:
                archive_article(self.desk, self.slug, back=deed == "back")
            self.read(sentence)

    @work(thread=True, group="article")
    def action_history(self) -> None:
        from data.knowledge.queries import versions

        with self.telling():
            self.post_message(self.VersionsCame(versions(self.desk, self.slug)))

    @on(VersionsCame)
    def show_versions(self, message: VersionsCame) -> None:
        listed = [(str(one.number), " · ".join(facts(one))) for one in message.versions]
        by_number = {str(one.number): one for one in message.versions}

        def show(number: str | None) -> None:
            if number:
                self.post_message(self.Came(by_number[number], ()))

        self.app.push_screen(Menu(f"Versions of “{self.slug}”", listed), show)

    def _ask(self, form: Form, sentence: str) -> None:
        def tell(done: object) -> None:
            if done is not None:
                self.read(sentence)

        self.app.push_screen(form, tell)
