"""Which search engine finds the customers of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.search.engine import SearchEngine
    from data.store import Store


def engine_for(store: Store) -> SearchEngine:
    """The engine that fits the store's database."""
    from data.search.sqlite import SqliteSearch

    return SqliteSearch()
