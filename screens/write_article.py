"""Writing an article, or the next version of one; published at once, or kept as a draft."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from data.errors import Invalid
from data.knowledge.rules import ArticleKind, Draft
from screens.form import Field, Values
from screens.sheet import Sheet
from screens.words import day

if TYPE_CHECKING:
    from data.desk import Desk

DAY = "such as 03-01-2026"
LATEST = 2099  # the last year that a year of two digits may mean
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
            Field("effective_from", "Holds from", day(today), hint=DAY),
            Field("effective_to", "Until", _told(known.effective_to), hint=f"{DAY}; empty: until there is a newer one"),
            Field("review_on", "Review by", _told(known.review_on), hint=DAY),
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
        effective_from=_day(values, "effective_from") or desk.today(),
        effective_to=_day(values, "effective_to"),
        review_on=_day(values, "review_on"),
        topics=tuple(filter(None, (topic.strip() for topic in values["topics"].split(",")))),
    )
    write_article(desk, draft, slug, publish=values["state"] == PUBLISHED)
    return slug or slug_of(draft.title)


def _told(when: date | None) -> str:
    return day(when) if when else ""


def _day(values: Values, name: str) -> date | None:
    from data.imports.dates import read_date

    typed = values[name].strip()
    when = read_date(typed, None, LATEST)
    if typed and when is None:
        raise Invalid({name: f"“{typed}” is no day; write it as 03-01-2026."})
    return when
