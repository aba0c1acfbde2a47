"""Writing an article, or the next version of one; published at once, or kept as a draft."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from data.knowledge.rules import ArticleKind, Draft
from screens.days import HINT, read_day
from screens.form import Field, Values
from screens.sheet import Sheet
from screens.words import day

if TYPE_CHECKING:
    from data.desk import Desk

DRAFT, PUBLISHED = "draft", "published"


class WriteArticle(Sheet):
    """The form of an article. It comes back with the article's slug, or None when left."""

    def __init__(self, slug: str = "", draft: Draft | None = None, *, today: date) -> None:
        known = draft or Draft("", ArticleKind.PROCEDURE, "", today)
        kinds = tuple((kind.value, kind.value) for kind in ArticleKind)
        fields = [
            Field("title", "Title", known.title),
            Field("kind", "Kind", known.kind, options=kinds),
            Field("body", "Markdown text", known.body, long=True),
            Field("effective_from", "Holds from", day(today), hint=HINT),
            Field(
                "effective_to", "Until", _told(known.effective_to), hint=f"{HINT}; empty: until there is a newer one"
            ),
            Field("review_on", "Review by", _told(known.review_on), hint=HINT),
            Field("topics", "Explains", ", ".join(known.topics), hint="such as case.clone; commas between"),
            Field("state", "Keep it as", DRAFT, options=((DRAFT, "a draft"), (PUBLISHED, "published"))),
        ]
        super().__init__(f"Edit “{known.title}”" if slug else "New article", fields, partial(write, slug))


def write(slug: str, desk: Desk, values: Values) -> str:
    """Keeps what was typed; the article's slug. Raises Invalid by field."""
    from data.knowledge.actions import write_article
    from data.knowledge.rules import slug_of

    draft = Draft(
        title=values["title"].strip(),
        kind=ArticleKind(values["kind"]),
        body=values["body"],
        effective_from=read_day(values, "effective_from") or desk.today(),
        effective_to=read_day(values, "effective_to"),
        review_on=read_day(values, "review_on"),
        topics=tuple(filter(None, (topic.strip() for topic in values["topics"].split(",")))),
    )
    write_article(desk, draft, slug, publish=values["state"] == PUBLISHED)
    return slug or slug_of(draft.title)


def _told(when: date | None) -> str:
    return day(when) if when else ""
