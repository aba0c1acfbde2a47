"""Articles in lists, and the facts of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from screens import words

if TYPE_CHECKING:
    from data.knowledge.views import ArticleHit, ArticleRow, ArticleView, FlagView

KIND = 10  # cells of an article's kind


def hit_row(hit: ArticleHit, width: int) -> Content:
    """An article that was found: its title and kind, and where it speaks of what was typed."""
    return Content("\n").join([title_row(hit.title, hit.kind, width), found_in(hit, width)])


def listed_row(row: ArticleRow, width: int) -> Content:
    """An article in the list of all: its title and kind, and what is to be done about it."""
    title, below = title_row(row.title, row.kind, width), to_do(row)
    return Content("\n").join([title, below]) if below else title


def title_row(title: str, kind: str, width: int) -> Content:
    """A title and a kind, at both ends of `width` cells."""
    return words.plain(words.fit(title, max(20, width - KIND - 2))) + "  " + words.muted(kind)


def found_in(hit: ArticleHit, width: int) -> Content:
    """Where the words stand, marked."""
    text = Content.styled(hit.excerpt, "$muted")
    for begin, end in hit.marks:
        text = text.stylize("not dim $accent underline", begin, end)
    return Content("  ") + text.truncate(width - 2, ellipsis=True)


def to_do(row: ArticleRow) -> Content:
    """That it is to be reviewed, and how many doubt it; nothing where all is well."""
    signs = []
    if row.due and row.review_on:
        signs.append(f"▲ to be reviewed since {words.day(row.review_on)}")
    if row.flags:
        signs.append(f"▲ {row.flags} flagged")
    return Content.styled(f"  {' · '.join(signs)}", "$text-warning") if signs else Content("")


def facts(article: ArticleView) -> Iterator[str]:
    """What one must know of a version besides what it says."""
    yield article.kind
    yield f"version {article.number}" + ("" if article.published else ", a draft")
    until = f" until {words.day(article.effective_to)}" if article.effective_to else ""
    yield f"from {words.day(article.effective_from)}{until}"
    yield f"owner {words.plain(article.owner).plain}"
    if article.review_on:
        yield f"review by {words.day(article.review_on)}"
    if article.archived:
        yield "archived"


def flag_row(flag: FlagView) -> Content:
    """What somebody found wrong."""
    told = Content.styled(f"▲ {flag.agent}: ", "$text-warning") + words.plain(flag.text)
    return told + words.muted(f"  {words.day(flag.flagged_at.date())}")
