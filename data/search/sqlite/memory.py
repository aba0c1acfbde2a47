"""What is remembered from one search to the next, and for how long it is good."""

from __future__ import annotations

from typing import Any

from data.search.ranking import Row
from data.search.sqlite.meanings import Meaning, Near, Word

Slipped = tuple[str, int]  # a typed word and the slips in it
REMEMBERED = 500  # typed words whose meanings are kept, some 5 KB each, and answers
REMEMBERED_WORDS = 20_000  # words of which it is kept whether somebody has them, some 200 bytes each
REMEMBERED_ROWS = 5_000  # customers whose rows are kept, some 700 bytes each


class Remembered:
    """What was found out in one state of the store, from one key to the next.

    `near` and `meanings` outlive a change that brings or takes no word: how many bear a word may have changed a
    little, which moves nothing but the order of unlike names. The rest is good for as long as nothing of the index
    has changed.
    """

    def __init__(
        self, state: dict[str, str], near: dict[Slipped, Near], meanings: dict[Slipped, list[Meaning]]
    ) -> None:
        self.state = state
        self.near = near
        self.meanings = meanings
        self.answers: dict[tuple[str, str, int], Any] = {}
        self.words: dict[str, Word | None] = {}
        self.rows: dict[int, Row] = {}

    @property
    def full(self) -> bool:
        """Whether it is time to begin anew, so that it does not grow without end."""
        return (
            len(self.answers) > REMEMBERED
            or len(self.meanings) > REMEMBERED
            or len(self.near) > REMEMBERED
            or len(self.words) > REMEMBERED_WORDS
            or len(self.rows) > REMEMBERED_ROWS
        )


class Memory:
    """What is remembered of the store as it is. A search that began in an earlier state keeps to what was good then."""

    def __init__(self) -> None:
        self._latest = Remembered({}, {}, {})

    def current(self, connection: Any) -> Remembered:
        """What is good for the store as `connection` sees it."""
        state = dict(connection.execute("SELECT name, value FROM search_state WHERE name IN ('entries', 'words')"))
        latest = self._latest
        if state != latest.state or latest.full:
            same = state.get("words") == latest.state.get("words") and not latest.full
            latest = self._latest = Remembered(state, latest.near if same else {}, latest.meanings if same else {})
        return latest
