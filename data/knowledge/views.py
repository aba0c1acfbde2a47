"""Articles as screens and commands get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data.knowledge.rules import ArticleKind, Draft


@dataclass(frozen=True)
class ArticleView:
    """An article in one of its versions. `body`: Markdown; `flags`: those still open."""

    slug: str
    kind: ArticleKind
    owner: str
    number: int
    title: str
    body: str
    effective_from: date
    effective_to: date | None
    review_on: date | None
    author: str
    written_at: datetime
    published: bool
    archived: bool
    topics: tuple[str, ...]
    flags: int

    @property
    def draft(self) -> Draft:
        """The same as one would write it."""
        return Draft(
            self.title, self.kind, self.body, self.effective_from, self.effective_to, self.review_on, self.topics
        )


@dataclass(frozen=True)
class ArticleRow:
    """An article in a list. `due`: it is to be reviewed; `flags`: how many agents found something wrong."""

    slug: str
    kind: ArticleKind
    title: str
    review_on: date | None
    due: bool
    flags: int


@dataclass(frozen=True)
class ArticleHit:
    """An article that a search found. `excerpt`: where; `marks`: the parts of it that matched, as (start, end)."""

    slug: str
    kind: ArticleKind
    title: str
    excerpt: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class FlagView:
    """What an agent found wrong. `answer`: "" while it is open."""

    id: int
    slug: str
    title: str
    version: int
    text: str
    agent: str
    flagged_at: datetime
    settled_at: datetime | None
    answer: str


@dataclass(frozen=True)
class Taken:
    """How an import of a folder ended: slugs, and (file or slug, why) of what was left out."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    rejected: tuple[tuple[str, str], ...]
