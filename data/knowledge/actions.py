"""What is done with articles: leads write, publish and archive them; whoever reads one may flag what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select

from data.agents.rules import Permission
from data.cases.free_text import refuse_secrets
from data.desk import Desk, action
from data.errors import Invalid, NotFound, Refused
from data.knowledge import index
from data.knowledge.queries import article_in, no_article, t
from data.knowledge.rules import SLUG, Draft, slug_of, tidy, wrong_draft
from data.knowledge.tables import Article, ArticleFlag, ArticleTopic, ArticleVersion
from data.knowledge.views import ArticleView, Taken
from data.text import clean, clean_lines, refuse_long

FLAG_LIMIT = 1_000  # characters of what is wrong, or of the answer to it


@action("article.write", needs=Permission.WRITE_ARTICLES)
def write_article(desk: Desk, draft: Draft, slug: str = "", *, publish: bool = False) -> ArticleView:
    """Writes a new article, or the next version of the one of that `slug`; with `publish` it holds from its day on.

    An article has one draft at most: writing again replaces it. Raises Invalid by field.
    """
    _check(draft, slug)
    row = _article(desk, slug or slug_of(draft.title), draft)
    version = _write(desk, row, draft)
    if publish:
        _publish(desk, row, version)
    desk.event.tell(article=row.slug, version=version.number, published=publish)
    return article_in(desk.session, desk, row.slug, max(desk.today(), draft.effective_from), draft=True)


@action("article.publish", needs=Permission.WRITE_ARTICLES)
def publish_article(desk: Desk, slug: str) -> ArticleView:
    """Publishes an article's draft. Raises NotFound; Refused where it has none."""
    row = _row(desk, slug)
    version = _draft_of(desk, row)
    if version is None:
        raise Refused(f"“{slug}” has no draft.", "Write one first; what is published stays as it is.")
    _publish(desk, row, version)
    desk.event.tell(article=row.slug, version=version.number, published=True)
    return article_in(desk.session, desk, slug, max(desk.today(), version.effective_from))


@action("article.archive", needs=Permission.WRITE_ARTICLES)
def archive_article(desk: Desk, slug: str, *, back: bool = False) -> ArticleView:
    """Takes an article out of lists and searches, or with `back` into them again. Raises NotFound."""
    row = _row(desk, slug)
    row.archived_at = None if back else desk.now()
    desk.session.add(row)
    desk.session.flush()
    desk.event.tell(article=slug, archived=not back)
    return article_in(desk.session, desk, slug, desk.today())


@action("article.flag", needs=Permission.FLAG_ARTICLES)
def flag_article(desk: Desk, slug: str, text: str) -> ArticleView:
    """Says what is wrong in an article; its owner sees it. Raises NotFound, Invalid without words."""
    row, shown = _row(desk, slug), article_in(desk.session, desk, slug, desk.today())
    refuse_secrets(text=text)
    refuse_long(FLAG_LIMIT, text=text)
    words = clean_lines(text, FLAG_LIMIT)
    if not words:
        raise Invalid({"text": "Say what is wrong."})
    assert row.id is not None
    flag = ArticleFlag(
        article_id=row.id, version=shown.number, text=words, agent_id=desk.agent.id, flagged_at=desk.now()
    )
    desk.session.add(flag)
    desk.session.flush()
    desk.event.tell(article=slug, version=shown.number, flag=flag.id)
    return article_in(desk.session, desk, slug, desk.today())


@action("article.settle", needs=Permission.WRITE_ARTICLES)
def settle_flag(desk: Desk, flag_id: int, answer: str) -> ArticleView:
    """Settles a flag with a word on what was done. Raises NotFound, Refused where it is settled, Invalid."""
    flag = desk.session.get(ArticleFlag, flag_id)
    if flag is None:
        raise NotFound(f"There is no flag {flag_id} here.", "`careline article flags` lists the open ones.")
    if flag.settled_at:
        raise Refused("This flag is settled already.", f"The answer was: {flag.answer}")
    refuse_secrets(answer=answer)
    refuse_long(FLAG_LIMIT, answer=answer)
    words = clean_lines(answer, FLAG_LIMIT)
    if not words:
        raise Invalid({"answer": "Say what was done about it."})
    flag.settled_at, flag.settled_by_id, flag.answer = desk.now(), desk.agent.id, words
    desk.session.add(flag)
    desk.session.flush()
    row = desk.session.get_one(Article, flag.article_id)
    desk.event.tell(article=row.slug, flag=flag_id)
    return article_in(desk.session, desk, row.slug, desk.today())


@action("article.import", needs=Permission.WRITE_ARTICLES)
def take_articles(desk: Desk, files: Iterable[tuple[str, Draft]], rejected: Iterable[tuple[str, str]] = ()) -> Taken:
    """Publishes articles given as (slug, draft): all that can be, in one transaction; what is the same stays.

    Where somebody writes at a draft that says something else, the article is left to them. `rejected` is what was no
    article to begin with; it is handed back with what can't be one, or was left.
    """
    added: list[str] = []
    updated: list[str] = []
    unchanged: list[str] = []
    left = list(rejected)
    for slug, draft in files:
        try:
            _check(draft, slug)
        except Invalid as error:
            left.append((slug, " ".join(error.fields.values())))
            continue
        known = desk.session.exec(select(Article).where(Article.slug == slug)).one_or_none()
        if known and _says(desk, slug, draft):
            unchanged.append(slug)
            continue
        if known and (why := _written_at(desk, slug, draft)):
            left.append((slug, why))
            continue
        row = _article(desk, slug, draft)
        _publish(desk, row, _write(desk, row, draft))
        (updated if known else added).append(slug)
    desk.event.tell(added=len(added), updated=len(updated), rejected=len(left))
    return Taken(tuple(added), tuple(updated), tuple(unchanged), tuple(left))


def _says(desk: Desk, slug: str, draft: Draft) -> bool:
    """Whether an article was published with just that already, for when it would come to hold."""
    held = article_in(desk.session, desk, slug, max(desk.today(), draft.effective_from))
    return held.published and held.draft == _kept_form(draft)


def _written_at(desk: Desk, slug: str, draft: Draft) -> str:
    """Who writes at a draft of that article, which `draft` would write over, and what to do; "" where nobody does."""
    held = article_in(desk.session, desk, slug, desk.today(), draft=True)
    if held.published or held.draft == _kept_form(draft):
        return ""
    day = held.written_at.astimezone(desk.agent.zone)
    return (
        f"{held.author} has a draft of it, of {day:%m-%d-%Y}, that this would write over. "
        f"Publish that first (careline article publish {slug}) and import again, or leave this file out."
    )


def _check(draft: Draft, slug: str) -> None:
    wrong = wrong_draft(draft)
    if slug and not SLUG.fullmatch(slug):
        wrong["slug"] = "Its name for links has small letters, digits and single dashes only."
    elif not slug and not SLUG.fullmatch(slug_of(draft.title)):
        wrong.setdefault(
            "title", "Its name for links is made of the title: write it with the letters a to z and digits."
        )
    if wrong:
        raise Invalid(wrong)
    refuse_secrets(title=draft.title, body=draft.body)


def _kept_form(draft: Draft) -> Draft:
    """`draft` as it comes back from the store."""
    return Draft(
        clean(draft.title),
        draft.kind,
        tidy(draft.body),
        draft.effective_from,
        draft.effective_to,
        draft.review_on,
        tuple(dict.fromkeys(draft.topics)),
    )


def _row(desk: Desk, slug: str) -> Article:
    row = desk.session.exec(select(Article).where(Article.slug == slug)).one_or_none()
    if row is None:
        raise no_article(slug)
    return row


def _article(desk: Desk, slug: str, draft: Draft) -> Article:
    row = desk.session.exec(select(Article).where(Article.slug == slug)).one_or_none()
    if row is None:
        row = Article(slug=slug, kind=draft.kind, owner_id=desk.agent.id, created_at=desk.now())
    row.kind = draft.kind
    desk.session.add(row)
    desk.session.flush()
    return row


def _draft_of(desk: Desk, row: Article) -> ArticleVersion | None:
    asked = select(ArticleVersion).where(
        ArticleVersion.article_id == row.id, col(ArticleVersion.published_at).is_(None)
    )
    return desk.session.exec(asked).one_or_none()


def _write(desk: Desk, row: Article, draft: Draft) -> ArticleVersion:
    """The article's draft, made or written over."""
    assert row.id is not None
    kept = _kept_form(draft)
    facts: dict[str, Any] = {
        "title": kept.title,
        "body": kept.body,
        "effective_from": kept.effective_from,
        "effective_to": kept.effective_to,
        "review_on": kept.review_on,
        "author_id": desk.agent.id,
        "written_at": desk.now(),
    }
    version = _draft_of(desk, row)
    if version is None:
        version = ArticleVersion(article_id=row.id, number=_next_number(desk, row), **facts)
    else:
        version.sqlmodel_update(facts)
    desk.session.add(version)
    desk.session.connection().execute(delete(ArticleTopic).where(t.article_id == row.id))
    desk.session.add_all(ArticleTopic(article_id=row.id, topic=topic) for topic in kept.topics)
    desk.session.flush()
    return version


def _next_number(desk: Desk, row: Article) -> int:
    last = desk.session.exec(select(func.max(ArticleVersion.number)).where(ArticleVersion.article_id == row.id)).one()
    return (last or 0) + 1


def _publish(desk: Desk, row: Article, version: ArticleVersion) -> None:
    version.published_at = desk.now()
    row.archived_at = None
    desk.session.add_all((version, row))
    desk.session.flush()
    assert version.id is not None
    index.enter(desk.session, version.id, version.title, version.body)
