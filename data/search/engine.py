"""What a search engine must do for a store. SQLite's is sqlite/; PostgreSQL's (pg_trgm) is to come.

How the index is kept right, whatever writes: triggers on the rows that it is made from put each changed customer on
a list (search_dirty) in the writer's own transaction; `refresh`, which every action calls before it commits,
exchanges the entries of those customers that differ. A crash undoes rows, list and entries together. Who writes rows
by the thousand does so inside `loading`, which makes the index anew at its end instead.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from data.search.recognise import Query
    from data.search.results import Results

Progress = Callable[[int, int], None]  # customers done, customers in all


class SearchEngine(Protocol):
    """Finds customers; its index lives in the store and changes in the same transaction as the rows.

    `connection` is always the driver's own. One that is interrupted raises the driver's error.
    """

    def find(self, connection: Any, query: Query, limit: int, agent_id: int) -> Results:
        """Who `query` may mean, best first, at most `limit`; `agent_id` says whose recently opened come sooner."""

    def refresh(self, connection: Any) -> None:
        """Brings the index up to date with what the open transaction changed; quick where that is nothing."""

    def loading(self, connection: Any, progress: Progress | None = None) -> AbstractContextManager[None]:
        """While many rows are written in the open transaction: nothing is noted, and at the end all is built anew.

        Worth it when more customers are written than a quarter of those already there.
        """

    def postponing(self, connection: Any, first: int, last: int) -> AbstractContextManager[None]:
        """While new customers with ids from `first` to `last` are written in the open transaction, and nothing else.

        They are not found until `catch_up` has entered them, which other transactions may do.
        """

    def behind(self, connection: Any) -> int:
        """How many customers were put off and are yet to be entered."""

    def catch_up(self, connection: Any, progress: Progress | None = None) -> int:
        """Enters some of those who were put off by `postponing`; returns how many are left for the next time."""

    def rebuild(self, connection: Any, progress: Progress | None = None) -> None:
        """Makes the index anew from the rows, in the open transaction."""

    def differences(self, connection: Any, progress: Progress | None = None) -> int:
        """How many customers the index knows otherwise than the rows do; 0 is right."""
