"""The search engine that lives inside the SQLite store. The way through it:

tables.py      what the index is made of, and the triggers that tell what changed
source.py      what the rows say of a customer; entries.py: the entries that follow from it
vocabulary.py  the words that customers have, and under what each is found
writing.py     customers changed: the entries that differ; later.py: in portions
building.py    all of them anew; gathering.py: their entries, packed (packing.py); beside.py: that by a second process
checking.py    whether the index says what the rows say
finding.py     a query → results, through candidates.py, which asks the rooms that know each kind of text:
               one_word.py; names.py: two words (probe.py: a way to customers with them; groups.py: who was found, in
               order by flags.py and companies.py; commonest.py: one of each name, where they are many); several.py:
               three words; initials.py; places.py; numbers.py (phones.py, devices.py; nearly.py: where nobody has it
               as it was typed); mixtures.py (called.py: a name beside a number; comparing.py, fitting.py: how well a
               whole text fits); recent.py: whom this agent opened
lexicon.py     the store's words; meanings.py: what a typed word may stand for; near.py: by slips and sounds;
               liberties.py: by two of these at once; memory.py: for how long that is good
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from data.search.engine import Progress
from data.search.recognise import Query
from data.search.results import Results

if TYPE_CHECKING:
    from data.search.sqlite.memory import Memory


class SqliteSearch:
    """Finds customers in a SQLite store; see data/search/engine.py for what each method promises."""

    def __init__(self) -> None:
        self._memory: Memory | None = None

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

    def postponing(self, connection: Any, first: int, last: int) -> AbstractContextManager[None]:
        from data.search.sqlite.later import postponing

        return postponing(connection, first, last)

    def behind(self, connection: Any) -> int:
        from data.search.sqlite.later import behind

        return behind(connection)

    def catch_up(self, connection: Any, progress: Progress | None = None) -> int:
        from data.search.sqlite.later import catch_up

        return catch_up(connection, progress)

    def rebuild(self, connection: Any, progress: Progress | None = None) -> None:
        from data.search.sqlite.building import rebuild

        rebuild(connection, progress)

    def differences(self, connection: Any, progress: Progress | None = None) -> int:
        from data.search.sqlite.checking import differences

        return differences(connection, progress)

    def find(self, connection: Any, query: Query, limit: int, agent_id: int) -> Results:
        from data.search.sqlite.finding import find
        from data.search.sqlite.memory import Memory

        self._memory = self._memory or Memory()
        return find(connection, query, limit, agent_id, self._memory)
