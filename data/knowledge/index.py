"""The words of every published version, in SQLite's FTS5; kept right by the transaction that changes an article.

PostgreSQL would have a tsvector column in its place: nothing but this module and the migration that makes
`article_text` and its vocabulary `article_word` knows FTS5.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from data.knowledge.rules import joined, meant, plain

BEGIN, END = "\x02", "\x03"  # around what matched in an excerpt; no text in the store holds them
EXCERPT_WORDS = 14
TITLE_WEIGHT = 8  # a word in the title counts as much as so many in the text


class Found(NamedTuple):
    """A version that matches: its id, and where it does, with BEGIN and END around what matched."""

    version_id: int
    excerpt: str


def enter(session: Session, version_id: int, title: str, body: str) -> None:
    """Enters a published version."""
    session.connection().execute(
        text("INSERT INTO article_text (rowid, title, body, joined) VALUES (:id, :title, :body, :joined)"),
        {"id": version_id, "title": title, "body": plain(body), "joined": joined(f"{title} {body}")},
    )


def find(session: Session, words: Sequence[str], limit: int) -> list[Found]:
    """The versions that hold all of `words` (folded), the best first; where none does, those that hold any.

    A word counts when one in the text begins with it, or is a slip away.
    """
    groups = [_group(session, word) for word in words]
    found = _matching(session, " AND ".join(groups), limit)
    return found or (_matching(session, " OR ".join(groups), limit) if len(groups) > 1 else [])


def _matching(session: Session, match: str, limit: int) -> list[Found]:
    rows = session.connection().execute(
        text(
            "SELECT rowid, snippet(article_text, 1, :begin, :end, '…', :words) FROM article_text"
            " WHERE article_text MATCH :match ORDER BY bm25(article_text, :weight, 1.0, 1.0) LIMIT :limit"
        ),
        {
            "begin": BEGIN,
            "end": END,
            "words": EXCERPT_WORDS,
            "match": match,
            "weight": float(TITLE_WEIGHT),
            "limit": limit,
        },
    )
    return [Found(row[0], row[1]) for row in rows]


def _group(session: Session, word: str) -> str:
    """What `word` may stand for, as FTS5 asks for it: itself, what begins with it, else what it may be a slip for."""
    itself = f'"{word}" OR "{word}"*'
    if _matches(session, itself):
        return f"({itself})"
    others = " OR ".join(f'"{other}"*' for other in meant(word, _vocabulary(session)))
    return f"({others or itself})"


def _matches(session: Session, match: str) -> bool:
    asked = text("SELECT 1 FROM article_text WHERE article_text MATCH :match LIMIT 1")
    return session.connection().execute(asked, {"match": match}).first() is not None


def _vocabulary(session: Session) -> dict[str, int]:
    """The stems of all words with how often they occur."""
    return {row[0]: row[1] for row in session.connection().execute(text("SELECT term, cnt FROM article_word"))}
