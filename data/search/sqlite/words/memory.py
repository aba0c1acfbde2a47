"""What is remembered from one search to the next, and for how long it is good."""

from __future__ import annotations

from typing import Any, NamedTuple

from data.search.ranking import Row
from data.search.results import Kind, Results
from data.search.sqlite.found import Found
from data.search.sqlite.index.entries import Kept
from data.search.sqlite.words.meanings import Meaning, WordRow
from data.search.sqlite.words.near import Near

Slipped = tuple[str, int]  # a typed word and the slips in it; less than none: longer words besides
Asked = tuple[tuple[Kind, ...], tuple[str, ...], bool, frozenset[int], int]
"""A Query's kinds, words and comma, who was opened lately, and how many are wanted."""

# Of each kind that is kept; when it is full, the older half is let go. What is of use is soon remembered again, and
# whatever is remembered Python walks through when it tidies up, while somebody types.
MOST = {
    "near": 100,  # typed words, some 5 KB each
    "meanings": 100,  # the same
    "answers": 400,  # some 3 KB each
    "bearers": 1_000,  # words, with one customer of each of their commonest names, some 2 KB each
    "counts": 5_000,  # what words begin, and how many customers have that, some 200 bytes each
    "words": 20_000,  # whether somebody has a word, and how many; some 200 bytes each
    "rows": 500,  # customers as they are shown, some 700 bytes each
    "results": 50,  # of texts that are only words, some 10 KB each
    "beside": 8,  # words with a number or a date besides, each with who is found by them alone, some 50 KB each
    "named": 8,  # numbers' ends with all who have them, some 50 KB each
}


class Named(NamedTuple):
    """Customers, each a row that begins with who it is and the folded name; `bearing`: the places of each word."""

    rows: list[tuple[Any, ...]]
    bearing: dict[str, list[int]]

    @classmethod
    def of(cls, rows: list[Any]) -> Named:
        bearing: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            for word in row[1].split():
                bearing.setdefault(word, []).append(place)
        return cls(rows, bearing)


class Remembered:
    """What was found out in one state of the index, from one key to the next.

    `near` and `meanings` outlive a change that brings or takes no word: how many bear a word may have changed a
    little, which moves nothing but the order of unlike names. `opened`, whom each agent opened lately, and their names
    are good until anything is written; the rest for as long as nothing of the index has changed.
    """

    def __init__(self, state: dict[str, str]) -> None:
        self.state = state
        self.opened: dict[int, frozenset[int]] = {}
        self.opened_names: dict[int, list[tuple[Kept, str]]] = {}
        self.near: dict[Slipped, Near] = {}
        self.meanings: dict[Slipped, list[Meaning]] = {}
        self.answers: dict[tuple[str, str, int], Any] = {}
        self.bearers: dict[tuple[str, int], list[int]] = {}
        self.counts: dict[tuple[str, str], int] = {}
        self.words: dict[str, WordRow | None] = {}
        self.rows: dict[int, Row] = {}
        self.beside: dict[tuple[tuple[str, ...], bool, int], Found] = {}
        self.named: dict[str, Named] = {}
        self.results: dict[Asked, Results] = {}

    @property
    def full(self) -> bool:
        """Whether it is time to let go of what is old, so that it does not grow without end."""
        known = vars(self)
        return any(len(known[name]) > most for name, most in MOST.items())

    def younger(self, state: dict[str, str]) -> Remembered:
        """What of this is good in `state`, each kind that is full without its older half.

        It is another one, so that a search that is under way keeps what it began with.
        """
        new = Remembered(state)
        same_words = state.get("words") == self.state.get("words")
        for name, most in MOST.items():
            if state == self.state or (same_words and name in ("near", "meanings")):
                known = getattr(self, name)
                setattr(new, name, dict(list(known.items())[-(most // 2) :]) if len(known) > most else known)
        return new


class Memory:
    """What is remembered of the store as it is. A search that began in an earlier state keeps to what was good then."""

    def __init__(self) -> None:
        self._latest: tuple[Remembered, tuple[Any, ...]] = Remembered({}), ()  # and when it was last compared

    def current(self, connection: Any, *, writing: bool) -> Remembered:
        """What is good for the store as `connection` sees it, in a transaction that may be undone where `writing`.

        `PRAGMA data_version` tells of what other connections committed, `total_changes` of what this one wrote.
        """
        now = (connection, connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes)
        latest, compared = self._latest
        if writing or now != compared:
            state = connection.execute("SELECT name, value FROM search_state WHERE name IN ('entries', 'words')")
            latest = latest.younger(dict(state))
            self._latest = latest, () if writing else now
        elif latest.full:
            old, latest = latest, latest.younger(latest.state)
            latest.opened, latest.opened_names = old.opened, old.opened_names  # nothing was written
            self._latest = latest, now
        return latest
