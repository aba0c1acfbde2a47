"""Search as one types: the box echoes at once, a worker searches, the newest text wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Label

from data.errors import CarelineError
from screens import search_rows as rows
from screens.desk_app import DeskApp
from screens.widgets.article_hits import SIGN, ArticleHits
from screens.widgets.choices import Choices
from screens.widgets.hit_icci import HitIcci
from screens.widgets.hit_list import HitList
from screens.widgets.steady import steady
from screens.widgets.told import Told

if TYPE_CHECKING:
    from data.desk import Desk
    from data.search import Kind, Results
    from data.search import Search as OneSearch

LONGEST = 200  # characters: nobody says more, and a slip of the clipboard stops nothing
PROMPT = "name, phone, account, device, case; ? article"


class SearchInput(Input):
    """The box itself. Arrows choose among the hits while one goes on typing."""

    virtual_size = steady()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Open", tooltip="Open the chosen account, the first until you choose another"),
        Binding("down", "hits('down')", "Choose", tooltip="Choose the next hit"),
        Binding("up", "hits('up')", "Previous hit", show=False, tooltip="Choose the previous hit"),
        Binding("pagedown", "hits('page_down')", show=False, tooltip="A page of hits further"),
        Binding("pageup", "hits('page_up')", show=False, tooltip="A page of hits back"),
        Binding("escape", "leave", "Leave", tooltip="Leave the box; what was there comes back"),
    ]

    def action_hits(self, step: str) -> None:
        self.query_ancestor(Search).step(step)

    def action_leave(self) -> None:
        self.query_ancestor(Search).leave()


class Search(Vertical):
    """The search box and what it finds. It says what it takes the text for; Enter opens the chosen hit."""

    HELP: ClassVar[str] = (
        "Type what the caller says: any part of a name in any order, a phone number or its last four digits, "
        "an account, or any form of a device's number. Mix them: smith 0143."
    )

    virtual_size = steady()
    app = getters.app(DeskApp)
    box = getters.query_one(SearchInput)
    kind = getters.query_one("#kind", Told)
    hits = getters.query_one(HitList)
    icci = getters.query_one(HitIcci)
    articles = getters.query_one(ArticleHits)
    summary = getters.query_one("#found", Told)
    finding: reactive[bool] = reactive(False, init=False)
    """Whether hits are shown, or articles."""

    @dataclass
    class Chosen(Message):
        """The person opened a hit. `account`: its number."""

        account: str

    @dataclass
    class CaseChosen(Message):
        """The person opened a case by its number."""

        number: str

    @dataclass
    class ArticleChosen(Message):
        """The person opened an article."""

        slug: str

    @dataclass
    class Left(Message):
        """The person left the box. `emptied`: there was a text in it, or hits, which are gone now."""

        emptied: bool = False

    @dataclass
    class Found(Message):
        """A search came back. `text` is what was searched for."""

        text: str
        results: Results

    @dataclass
    class Failed(Message):
        """A search could not be done."""

        error: CarelineError

    def __init__(self) -> None:
        super().__init__()
        self._shown_for = ""
        self._open_when = ""
        self._near = False
        self._case = ""
        self._under_way: OneSearch | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="search-row"):
            yield Label("Find", id="find-label")
            yield SearchInput(placeholder=PROMPT, id="search-box", max_length=LONGEST)
            yield Told("", id="kind", markup=False)
        yield Told("", id="found", markup=False)
        yield HitList()
        yield HitIcci()
        yield ArticleHits()

    def on_mount(self) -> None:
        self.watch(self.app, "desk", self._desk_changed, init=False)

    def _desk_changed(self, desk: Desk | None) -> None:
        if desk is not None and self.box.value.strip():
            self.begin_search(desk, self.box.value.strip())

    def begin(self) -> None:
        """Puts the focus into the box, with what stands there ready to be typed over."""
        self.box.focus()
        self.box.action_select_all()

    def clear(self) -> None:
        """Empties the box and puts the hits away."""
        self.box.value = ""

    def leave(self) -> None:
        """One step out; what the hits stood before is there again when the screen hears of it."""
        emptied = bool(self.box.value)
        self.clear()
        self._show_nothing()
        self.post_message(self.Left(emptied))

    def step(self, step: str) -> None:
        """Moves the choice among the hits: "up", "down", "page_up" or "page_down"."""
        if self.articles.display:
            self.articles.move(-1 if step.endswith("up") else 1)
        elif self.hits.display:
            getattr(self.hits, f"action_{step}")()
        elif step == "down":
            self.post_message(self.Left())

    @on(Input.Changed)
    def typed(self, message: Input.Changed) -> None:
        self._open_when = ""
        text = message.value.strip()
        if not text:
            self._show_nothing()
        elif self.app.desk is not None and text.startswith(SIGN):
            self.begin_reading(self.app.desk, text.removeprefix(SIGN).strip())
        elif self.app.desk is not None:
            self.begin_search(self.app.desk, text)

    def begin_search(self, desk: Desk, text: str) -> None:
        """Says what `text` is taken for, and searches for it in a worker; an older search is called off."""
        from data.search import Search as OneSearch

        if self._under_way is not None:
            self._under_way.interrupt()
        self._under_way = OneSearch(desk, text)
        self._tell_kinds(self._under_way.query.kinds)
        self.run_search(self._under_way, text)

    def begin_reading(self, desk: Desk, text: str) -> None:
        """Searches the articles instead of the customers."""
        self._show_nothing()
        self.kind.tell("articles")
        self.articles.display = True
        self.articles.ask(desk, text)
        self.finding = True

    @work(thread=True, exclusive=True, group="search")
    def run_search(self, one: OneSearch, text: str) -> None:
        from data.search import Interrupted

        try:
            self.post_message(self.Found(text, one.run()))
        except Interrupted:
            pass  # the newer text has its own search
        except Exception as error:
            self.post_message(self.Failed(self.app.in_words(error)))

    @on(Found)
    def show_found(self, message: Found) -> None:
        if message.text != self.box.value.strip():
            return
        results = message.results
        self.articles.display = False
        self._shown_for = message.text
        self._tell_kinds(results.recognised)
        self.hits.show(results.hits)
        self.hits.display = self.icci.display = bool(results.hits)
        self.icci.look([hit.account for hit in results.hits])
        self._tell(rows.summary(results))
        self.finding = True
        self._near = results.near
        self._case = results.cases[0].number if results.cases else ""
        if message.text == self._open_when:
            self._open_when = ""
            self.open_chosen()

    @on(Failed)
    def show_failed(self, message: Failed) -> None:
        self._open_when = ""
        self._tell(Content(f"! {message.error}"))

    def _show_nothing(self) -> None:
        self._shown_for = ""
        self._tell_kinds(())
        self.hits.show(())
        for shown in (self.summary, self.hits, self.icci, self.articles):
            shown.display = False
        self.finding = False

    def _tell(self, sentence: Content) -> None:
        self.summary.tell(sentence)
        self.summary.display = True

    def _tell_kinds(self, recognised: Sequence[Kind]) -> None:
        self.kind.tell(" or ".join(kind.told for kind in recognised[:2]))

    @on(Input.Submitted)
    def open_chosen(self) -> None:
        """Enter: the chosen hit, as soon as the hits are those of the text that stands in the box."""
        text = self.box.value.strip()
        if self.articles.display:
            self.articles.action_select()
        elif self._shown_for != text:
            self._open_when = text
        elif self._case:
            self.post_message(self.CaseChosen(self._case))
        elif self._near:
            self._near = False  # nobody is opened who is only near, before the person has looked
            self._tell(Content(rows.LOOK_FIRST))
        elif chosen := self.hits.chosen:
            self.post_message(self.Chosen(chosen.account))

    @on(Choices.Selected)
    def open_found_article(self, message: Choices.Selected) -> None:
        message.stop()
        self.post_message(self.ArticleChosen(message.key))

    @on(HitList.Moved)
    def show_icci(self, message: HitList.Moved) -> None:
        self.icci.show_for(message.account)

    @on(HitList.Opened)
    def open_hit(self, message: HitList.Opened) -> None:
        self.post_message(self.Chosen(message.account))
