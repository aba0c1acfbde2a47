"""The search engine that lives inside the SQLite store. The way through it:

tables.py     what the index is made of, and the triggers that tell what changed
entries.py    one customer's rows → the entries of the index; pure
vocabulary.py the words that customers have, and the words that a typed word may mean
writing.py    one customer changed: the entries that differ; building.py: all of them anew
names.py, numbers.py, places.py   candidates for a query; finding.py puts them together
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from data.search.engine import Progress
from data.search.recognise import Query
from data.search.results import Results


class SqliteSearch:
    """Finds customers in a SQLite store; see data/search/engine.py for what each method promises."""

    def refresh(self, connection: Any) -> None:
        from data.search.sqlite.writing import refresh

        refresh(connection)

    @contextmanager
    def loading(self, connection: Any, progress: Progress | None = None) -> Iterator[None]:
        from data.search.sqlite.tables import drop_triggers, make_triggers

        drop_triggers(connection)
        yield
        make_triggers(connection)
        self.rebuild(connection, progress)

    def rebuild(self, connection: Any, progress: Progress | None = None) -> None:
        from data.search.sqlite.building import rebuild

        rebuild(connection, progress)

    def differences(self, connection: Any, progress: Progress | None = None) -> int:
        from data.search.sqlite.checking import differences

        return differences(connection, progress)

    def find(self, connection: Any, query: Query, limit: int, agent_id: int) -> Results:
        from data.search.sqlite.finding import find

        return find(connection, query, limit, agent_id)
