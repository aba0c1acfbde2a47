"""What a search engine must do for a store. SQLite's stands in sqlite.py; PostgreSQL's (pg_trgm) is to come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from data.store import Store

Progress = Callable[[int, int], None]  # rows done, rows in all


class SearchEngine(Protocol):
    """Finds customers; its index lives in the store and changes in the same transaction as the rows."""

    def refresh(self, connection: Any) -> None:
        """Brings the index up to date with what the open transaction changed."""

    def rebuild(self, connection: Any, progress: Progress | None = None) -> None:
        """Makes the index anew from the rows, in the open transaction."""

    def differences(self, connection: Any) -> int:
        """How many customers the index knows otherwise than the rows do; 0 is right."""


def engine_for(store: Store) -> SearchEngine:
    """The engine that fits the store's database."""
    from data.search.sqlite import SqliteSearch

    return SqliteSearch()
