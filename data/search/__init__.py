"""Search that forgives: one text, the right account. `recognise(text)` reads it, `search(desk, text)` finds.

    for hit in search(desk, "jon smyth 0143"): print(hit.name, hit.account, hit.matched)

Importing this loads no database library, so that the search box can call `recognise` on every key.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.errors import CarelineError
from data.search.cases import cases_for
from data.search.recognise import Query, recognise
from data.search.results import COUNTED, CaseHit, Hit, Kind, Mark, Results, Why

if TYPE_CHECKING:
    from data.desk import Desk

__all__ = [
    "COUNTED",
    "CaseHit",
    "Hit",
    "Interrupted",
    "Kind",
    "Mark",
    "Query",
    "Results",
    "Search",
    "Why",
    "recognise",
    "search",
]

LIMIT = 50  # hits that are built


class Interrupted(CarelineError):
    """The search was called off: a newer text has taken its place."""

    def __init__(self) -> None:
        super().__init__("The search was called off.")


class Search:
    """One search that another thread may call off, while `run` is under way or before."""

    def __init__(self, desk: Desk, text: str, limit: int = LIMIT) -> None:
        self.query = recognise(text)
        self._desk = desk
        self._limit = limit
        self._connection: object | None = None
        self._interrupted = False

    def run(self) -> Results:
        """The results. Raises Interrupted where `interrupt` came first."""
        import sqlcipher3.dbapi2 as sqlite

        try:
            results = self._run()
        except sqlite.OperationalError as error:
            if self._interrupted:
                raise Interrupted from error
            raise
        if self._interrupted:
            raise Interrupted
        return results

    def interrupt(self) -> None:
        """Calls the search off; harmless when it has ended."""
        self._interrupted = True
        connection = self._connection
        if connection is not None:
            connection.interrupt()  # type: ignore[attr-defined]

    def _run(self) -> Results:
        desk, engine = self._desk, self._desk.search_engine
        if desk.work:
            return self._with_cases(desk.driver, engine.find(desk.driver, self.query, self._limit, desk.agent.id))
        with desk.store.searching() as connection:
            self._connection = connection
            try:
                if self._interrupted:
                    raise Interrupted
                return self._with_cases(connection, engine.find(connection, self.query, self._limit, desk.agent.id))
            finally:
                self._connection = None

    def _with_cases(self, connection: Any, results: Results) -> Results:
        """`results`, and the case that the text is the number of, if there is one."""
        cases = cases_for(connection, self.query)
        return replace(results, cases=cases) if cases else results


def search(desk: Desk, text: str, limit: int = LIMIT) -> Results:
    """Who `text` may mean, best first: at most `limit` hits, and how many there are in all."""
    return Search(desk, text, limit).run()
