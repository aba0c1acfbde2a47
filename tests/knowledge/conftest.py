"""A lead who writes articles, and articles to read."""

from __future__ import annotations

from datetime import date

from data.knowledge.rules import ArticleKind, Draft

TODAY = date(2026, 11, 22)


def draft(title: str = "Clone a case", body: str = "Only a *closed* case is cloned.", **facts: object) -> Draft:
    """An article as one would write it."""
    given = {"kind": ArticleKind.PROCEDURE, "effective_from": date(2026, 1, 1), **facts}
    return Draft(title=title, body=body, **given)  # type: ignore[arg-type]
