"""The demo operator's Infomanager: Careline's own articles, one that is to be reviewed and one that an agent doubts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, select

from data.agents.rules import Role
from data.agents.tables import Agent
from data.knowledge import index
from data.knowledge.folders import shipped_articles
from data.knowledge.tables import Article, ArticleFlag, ArticleTopic, ArticleVersion

WRITTEN = timedelta(60)  # before now
OVERDUE = "plan-data-plans"
DOUBTED = "trade-ins"
DOUBT = "A caller says the warehouse grades a scratched frame as good. Is that a fourth condition?"


def add_articles(session: Session, now: datetime) -> None:
    """Publishes the articles in the name of the operator's first lead."""
    agents = list(session.exec(select(Agent).order_by("id")))
    lead = next(agent.id for agent in agents if agent.role == Role.LEAD)
    reader = next(agent.id for agent in agents if agent.role == Role.AGENT)
    assert lead is not None and reader is not None
    at = now - WRITTEN
    for slug, draft in shipped_articles():
        article = Article(slug=slug, kind=draft.kind, owner_id=lead, created_at=at)
        session.add(article)
        session.flush()
        assert article.id is not None
        version = ArticleVersion(
            article_id=article.id,
            number=1,
            title=draft.title,
            body=draft.body,
            effective_from=draft.effective_from,
            effective_to=draft.effective_to,
            review_on=now.date() - timedelta(3) if slug == OVERDUE else draft.review_on,
            author_id=lead,
            written_at=at,
            published_at=at,
        )
        session.add(version)
        session.add_all(ArticleTopic(article_id=article.id, topic=topic) for topic in draft.topics)
        if slug == DOUBTED:
            session.add(ArticleFlag(article_id=article.id, version=1, text=DOUBT, agent_id=reader, flagged_at=now))
        session.flush()
        assert version.id is not None
        index.enter(session, version.id, version.title, version.body)
