"""Reads of articles: one, the list, what a search finds, what they said before, and what was flagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from data.agents.rules import Permission
from data.agents.tables import Agent
from data.columns import columns
from data.desk import Desk
from data.errors import NotFound
from data.knowledge import index
from data.knowledge.rules import ArticleKind, Span, holds_on, typed_words
from data.knowledge.tables import Article, ArticleFlag, ArticleTopic, ArticleVersion
from data.knowledge.views import ArticleHit, ArticleRow, ArticleView, FlagView

HITS = 20  # articles that a search shows
LOOKED_AT = 200  # versions that a search reads to find those that hold today

a, v, f, t = columns(Article), columns(ArticleVersion), columns(ArticleFlag), columns(ArticleTopic)
agents = columns(Agent).id.table
owner, author = agents.alias("owner"), agents.alias("author")

VERSIONS = (
    select(v, a.slug, a.kind, a.archived_at, owner.c.name.label("owner"), author.c.name.label("author"))
    .join(Article, a.id == v.article_id)
    .join(owner, owner.c.id == a.owner_id)
    .join(author, author.c.id == v.author_id)
)


def article(desk: Desk, slug: str, on: date | None = None, *, draft: bool = False) -> ArticleView:
    """The article as it holds on the day `on` (today); with `draft` its draft, where it has one.

    An article of another time is shown as it was last. Only who writes articles reads what was not published yet.
    Raises NotFound where there is none.
    """
    with desk.reading() as session:
        return article_in(session, desk, slug, on or desk.today(), draft=draft)


def article_in(session: Session, desk: Desk, slug: str, day: date, *, draft: bool = False) -> ArticleView:
    """`article` within a snapshot that is already open."""
    rows = _versions(session, desk, slug)
    published = [row for row in rows if row.published_at]
    shown = holds_on(_spans(published, desk), day)
    row = next((row for row in published if row.number == shown), None) or (published or rows)[-1]
    if draft and rows[-1].published_at is None:
        row = rows[-1]
    return _view(session, row)


def no_article(slug: str) -> NotFound:
    """What to raise where no article has that name."""
    return NotFound(f"There is no article “{slug}” here.", "Search for it by any word of its title or text.")


def versions(desk: Desk, slug: str) -> tuple[ArticleView, ...]:
    """Every version of an article, the newest first. Raises NotFound where there is none."""
    with desk.reading() as session:
        return tuple(_view(session, row) for row in reversed(_versions(session, desk, slug)))


def _versions(session: Session, desk: Desk, slug: str) -> list[Any]:
    """The versions of that article that this desk's agent may read, the first one first. Raises NotFound for none."""
    seen = VERSIONS if desk.may(Permission.WRITE_ARTICLES) else VERSIONS.where(v.published_at.is_not(None))
    rows = list(session.connection().execute(seen.where(a.slug == slug).order_by(v.number)))
    if not rows:
        raise no_article(slug)
    return rows


def articles(desk: Desk, kind: ArticleKind | None = None) -> tuple[ArticleRow, ...]:
    """The articles that hold today, by title."""
    today = desk.today()
    with desk.reading() as session:
        asked = VERSIONS.where(a.archived_at.is_(None), v.published_at.is_not(None))
        rows = _holding(session.connection().execute(asked.where(a.kind == kind) if kind else asked), desk)
        flags = _open_flags(session)
    return tuple(
        ArticleRow(
            slug=row.slug,
            kind=ArticleKind(row.kind),
            title=row.title,
            review_on=row.review_on,
            due=row.review_on is not None and row.review_on <= today,
            flags=flags.get(row.article_id, 0),
        )
        for row in sorted(rows, key=lambda row: row.title.casefold())
    )


def search_articles(desk: Desk, text: str, limit: int = HITS) -> tuple[ArticleHit, ...]:
    """The articles that hold today and speak of `text`, the best first; a slip in a word is forgiven."""
    words = typed_words(text)
    if not words:
        return ()
    with desk.reading() as session:
        found = index.find(session, words, LOOKED_AT)
        ids = [one.version_id for one in found]
        asked = VERSIONS.where(v.id.in_(ids), a.archived_at.is_(None))
        rows = {row.id: row for row in session.connection().execute(asked)}
        holding = {row.id for row in _holding(_all_versions(session, rows.values()), desk)}
    return tuple(_hit(rows[one.version_id], one.excerpt) for one in found if one.version_id in holding)[:limit]


def article_about(desk: Desk, topics: Iterable[str]) -> str | None:
    """The slug of the article that explains the first of `topics` that any explains; None where none does.

    A topic is also explained by an article about what stands before its dot: "case.clone" by one about "case".
    """
    asked = [name for topic in topics for name in dict.fromkeys((topic, topic.partition(".")[0]))]
    with desk.reading() as session:
        rows = session.connection().execute(
            select(t.topic, a.slug)
            .join(Article, a.id == t.article_id)
            .join(ArticleVersion, v.article_id == a.id)
            .where(t.topic.in_(asked), a.archived_at.is_(None), v.published_at.is_not(None))
        )
        explained = {row.topic: row.slug for row in rows}
    return next((explained[topic] for topic in asked if topic in explained), None)


def flags(desk: Desk, slug: str = "", *, settled: bool = False) -> tuple[FlagView, ...]:
    """What agents found wrong and nobody has settled, the oldest first; with `settled`, the rest too."""
    agent = agents.alias("agent")
    asked = (
        select(f, a.slug, v.title, agent.c.name.label("agent"))
        .join(Article, a.id == f.article_id)
        .join(ArticleVersion, (v.article_id == a.id) & (v.number == f.version))
        .join(agent, agent.c.id == f.agent_id)
        .order_by(f.id)
    )
    asked = asked if settled else asked.where(f.settled_at.is_(None))
    with desk.reading() as session:
        rows = session.connection().execute(asked.where(a.slug == slug) if slug else asked)
        return tuple(
            FlagView(
                row.id,
                row.slug,
                row.title,
                row.version,
                row.text,
                row.agent,
                row.flagged_at,
                row.settled_at,
                row.answer,
            )
            for row in rows
        )


def _all_versions(session: Session, rows: Iterable[Any]) -> Iterable[Any]:
    """Every published version of the articles of `rows`: only beside its others is it clear which one holds."""
    ids = {row.article_id for row in rows}
    return session.connection().execute(select(v).where(v.article_id.in_(ids), v.published_at.is_not(None)))


def _holding(rows: Iterable[Any], desk: Desk) -> list[Any]:
    """Of the versions `rows`, those that hold today."""
    by_article = defaultdict(list)
    for row in rows:
        by_article[row.article_id].append(row)
    holding = []
    for its in by_article.values():
        number = holds_on(_spans(its, desk), desk.today())
        holding += [row for row in its if row.number == number]
    return holding


def _spans(rows: Sequence[Any], desk: Desk) -> list[Span]:
    """When each of an article's published versions holds.

    One that takes over from another does so on the day of its publication at the earliest: days before keep theirs.
    """
    first = min((row.number for row in rows), default=0)
    return [_span(row, desk, takes_over=row.number != first) for row in rows]


def _span(row: Any, desk: Desk, *, takes_over: bool) -> Span:
    published = row.published_at.astimezone(desk.agent.zone).date()
    begins = max(row.effective_from, published) if takes_over else row.effective_from
    return Span(row.number, begins, row.effective_to)


def _open_flags(session: Session) -> dict[int, int]:
    rows = session.connection().execute(
        select(f.article_id, func.count()).where(f.settled_at.is_(None)).group_by(f.article_id)
    )
    return {row[0]: row[1] for row in rows}


def _hit(row: Any, excerpt: str) -> ArticleHit:
    shown, marks, begun = "", [], 0
    for char in " ".join(excerpt.split()):
        if char == index.BEGIN:
            begun = len(shown)
        elif char == index.END:
            marks.append((begun, len(shown)))
        else:
            shown += char
    return ArticleHit(row.slug, ArticleKind(row.kind), row.title, shown, tuple(marks))


def _view(session: Session, row: Any) -> ArticleView:
    topics = (
        session.connection().execute(select(t.topic).where(t.article_id == row.article_id).order_by(t.id)).scalars()
    )
    return ArticleView(
        slug=row.slug,
        kind=ArticleKind(row.kind),
        owner=row.owner,
        number=row.number,
        title=row.title,
        body=row.body,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        review_on=row.review_on,
        author=row.author,
        written_at=row.written_at,
        published=row.published_at is not None,
        archived=row.archived_at is not None,
        topics=tuple(topics),
        flags=_open_flags(session).get(row.article_id, 0),
    )
