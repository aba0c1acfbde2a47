"""The search engine that lives inside the SQLite store.

index/         what the index is made of, and how it is kept right with the rows
finding.py     a query → results, through candidates.py, which asks the rooms that know each kind of text; by_name.py:
               a text of nothing but words
words/         what a typed word may stand for
names/         customers by one word, two, three or initials
numbers/       customers by a number, a code, an e-mail or a day
texts/         customers by several of these at once, and by places
found.py       all who are found, the best of each; recent.py: whom this agent opened lately
lists.py       statements over lists of values
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from data.search.engine import Progress
from data.search.recognise import Query
from data.search.results import Results

if TYPE_CHECKING:
    from data.search.sqlite.words.memory import Memory


class SqliteSearch:
    """Finds customers in a SQLite store; see data/search/engine.py for what each method promises."""

    def __init__(self) -> None:
        self._memory: Memory | None = None

    def refresh(self, connection: Any) -> None:
        from data.search.sqlite.index.writing import refresh

        refresh(connection)

    @contextmanager
    def loading(self, connection: Any, progress: Progress | None = None) -> Iterator[None]:
        from data.search.sqlite.index.tables import drop_triggers, make_triggers

        drop_triggers(connection)
        yield
        make_triggers(connection)
        self.rebuild(connection, progress)

    def postponing(self, connection: Any, first: int, last: int) -> AbstractContextManager[None]:
        from data.search.sqlite.index.later import postponing

        return postponing(connection, first, last)

    def behind(self, connection: Any) -> int:
        from data.search.sqlite.index.later import behind

        return behind(connection)

    def catch_up(self, connection: Any, progress: Progress | None = None) -> int:
        from data.search.sqlite.index.later import catch_up

        return catch_up(connection, progress)

    def rebuild(self, connection: Any, progress: Progress | None = None) -> None:
        from data.search.sqlite.index.building import rebuild

        rebuild(connection, progress)

    def differences(self, connection: Any, progress: Progress | None = None) -> int:
        from data.search.sqlite.index.checking import differences

        return differences(connection, progress)

    def find(self, connection: Any, query: Query, limit: int, agent_id: int) -> Results:
        from data.search.sqlite.finding import find
        from data.search.sqlite.words.memory import Memory

        self._memory = self._memory or Memory()
        return find(connection, query, limit, agent_id, self._memory)
