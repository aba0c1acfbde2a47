"""Articles, what they said when, what they are about, and what agents found wrong in them."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from data.columns import Row, UTCDateTime


class Article(Row, table=True):
    """An article under a name that links use (`slug`); what it says stands in its versions."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    kind: str  # ArticleKind
    owner_id: int = Field(foreign_key="agent.id", index=True)
    created_at: datetime = Field(sa_type=UTCDateTime)
    archived_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class ArticleVersion(Row, table=True):
    """What an article says from one day on, until another version does or `effective_to` is over.

    `published_at` is None for a draft, of which an article has at most one. `review_on`: when somebody is to look
    whether it is still true.
    """

    __tablename__ = "article_version"

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE")
    number: int
    title: str
    body: str  # Markdown
    effective_from: date
    effective_to: date | None = None
    review_on: date | None = None
    author_id: int = Field(foreign_key="agent.id")
    written_at: datetime = Field(sa_type=UTCDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    __table_args__ = (UniqueConstraint("article_id", "number"), Row.__table_args__)


class ArticleTopic(Row, table=True):
    """A place in the console that an article explains: a screen, an action, a warning."""

    __tablename__ = "article_topic"

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True, ondelete="CASCADE")
    topic: str = Field(index=True)


class ArticleFlag(Row, table=True):
    """An agent's word that something in an article is wrong, and what came of it."""

    __tablename__ = "article_flag"

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True, ondelete="CASCADE")
    version: int
    text: str
    agent_id: int = Field(foreign_key="agent.id")
    flagged_at: datetime = Field(sa_type=UTCDateTime)
    settled_by_id: int | None = Field(default=None, foreign_key="agent.id")
    settled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    answer: str = ""
