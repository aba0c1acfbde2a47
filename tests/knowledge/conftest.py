"""A lead who writes articles, and articles to read."""

from __future__ import annotations

import random
from datetime import date

import pytest

from data.desk import Desk, open_desk
from data.knowledge.rules import ArticleKind, Draft
from data.store import Store
from tests.conftest import NOW

TODAY = date(2026, 11, 22)


@pytest.fixture
def lead(store: Store) -> Desk:
    """The team lead's desk at the same store."""
    return open_desk(store, "lead03", clock=lambda: NOW, random=random.Random(9))


def draft(title: str = "Clone a case", body: str = "Only a *closed* case is cloned.", **facts: object) -> Draft:
    """An article as one would write it."""
    given = {"kind": ArticleKind.PROCEDURE, "effective_from": date(2026, 1, 1), **facts}
    return Draft(title=title, body=body, **given)  # type: ignore[arg-type]
