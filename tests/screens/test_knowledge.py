"""Infomanager at the console: an article is a few keys away from wherever it matters."""

from __future__ import annotations

import random

import pytest

from data.cases.actions import open_case
from data.desk import Desk, open_desk
from data.errors import StoreTrouble
from data.knowledge.actions import flag_article, take_articles, write_article
from data.knowledge.folders import shipped_articles
from data.knowledge.queries import article, flags
from screens.article import ArticleScreen
from screens.case import CaseScreen
from screens.knowledge import KnowledgeScreen
from tests.conftest import NOW
from tests.knowledge.conftest import draft
from tests.screens.conftest import LARGE, SMALL, Console

SOME = ("cloning-a-case", "opening-a-case", "release-agreement", "trade-ins")


@pytest.fixture
def lead(desk: Desk) -> Desk:
    """The team lead's desk, with some of Careline's own articles published."""
    at = open_desk(desk.store, "lead03", clock=lambda: NOW, random=random.Random(9))
    take_articles(at, [(slug, draft) for slug, draft in shipped_articles() if slug in SOME])
    return at


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_article_is_found_with_slips_and_read(console: Console, lead: Desk, size: tuple[int, int]) -> None:
    async with console(size=size) as person:
        await person.press("ctrl+o")
        person.sees("Infomanager · 4 articles")
        await person.type("releese agrement")
        await person.press("enter")
        person.sees("Release Agreement (RA)", "procedure · version 1", "not issued before the agreement is signed")
        await person.press("escape")
        assert isinstance(person.app.screen, KnowledgeScreen)


async def test_a_question_mark_in_the_box_finds_articles(console: Console, lead: Desk) -> None:
    async with console() as person:
        await person.press("question_mark")
        await person.type("clonning")
        person.sees("articles", "Clone a closed case")
        await person.press("enter")
        assert isinstance(person.app.screen, ArticleScreen)
        await person.press("escape", "question_mark")
        await person.type("qqqqqqq")
        person.sees("No article speaks of that.")
        await person.press("enter")
        assert not isinstance(person.app.screen, ArticleScreen)


async def test_articles_that_can_t_be_searched_are_not_said_to_be_missing(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(desk: Desk, text: str) -> None:
        raise StoreTrouble("The store is busy.", "Try again in a moment.")

    monkeypatch.setattr("data.knowledge.queries.search_articles", busy)
    async with console() as person:
        await person.press("question_mark", "a")
        person.sees("! The store is busy. Try again in a moment.")
        person.does_not_see("No article speaks of that")


async def test_what_was_refused_is_explained_on_a_key(console: Console, lead: Desk, desk: Desk) -> None:
    case = open_case(desk, "Promised credit").number
    async with console() as person:
        await person.open(CaseScreen(case))
        await person.press("h")
        person.sees("Open a case, and move it on")
        await person.press("escape", "K", "h")
        person.sees("Clone a closed case")


async def test_what_is_flagged_is_settled_where_it_stands(console: Console, lead: Desk, desk: Desk) -> None:
    async with console() as person:
        await person.open(ArticleScreen("trade-ins"))
        await person.press("F")
        await person.type("Four prices now.")
        await person.press("ctrl+s")
        person.sees("Flagged.", "agent07: Four prices now.")
        await person.press("e")
        person.sees("may not write and publish articles")
    async with console(at=lead) as person:
        await person.open(ArticleScreen("trade-ins"))
        await person.press("enter")
        await person.type("Mended")
        await person.press("ctrl+s")
        person.does_not_see("Four prices")
    assert not flags(lead)


async def test_a_lead_writes_the_next_version_and_publishes_it(console: Console, lead: Desk) -> None:
    async with console(at=lead, size=LARGE) as person:
        await person.open(ArticleScreen("trade-ins"))
        await person.press("e", "end")
        await person.type(" now")
        await person.press("ctrl+s")
        person.sees("version 2, a draft", "P publishes it")
        assert article(lead, "trade-ins").number == 1
        await person.press("P")
        person.sees("Published.")
        assert article(lead, "trade-ins").title.endswith(" now")
        await person.press("H")
        person.sees("version 1", "version 2")


async def test_hostile_text_in_an_article_is_shown_and_obeyed_by_nobody(console: Console, lead: Desk) -> None:
    body = "[bold]x[/] [@click=app.quit]go[/] \x1b[31m <script>\n\n[out](https://example.com) [on](release-agreement)"
    write_article(lead, draft("[red]Trap[/] \u202e", body), "trap", publish=True)
    flag_article(lead, "trap", "[/] [@click=app.quit]")
    async with console() as person:
        await person.open(ArticleScreen("trap"))
        person.sees("[red]Trap[/]", "[bold]x[/]", "[@click=app.quit]")


async def test_all_of_an_article_can_be_filled_in_on_a_small_terminal(console: Console, lead: Desk) -> None:
    async with console(at=lead, size=SMALL) as person:
        await person.press("ctrl+o", "down", "N", "ctrl+s")
        person.sees("Holds from 11-22-2026", "Explains", "Keep it as", "^s Save")
        person.sees("An article needs a title.", "An article needs a text.")
        await person.type("Loyalty")
        person.app.screen.query_one("#form-body").text = "Ask first."
        person.app.screen.query_one("#form-review_on").value = "3-1-2027"
        await person.press("ctrl+s")
        person.sees("review by 03-01-2027", "a draft")
