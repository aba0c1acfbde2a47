"""The parts of a class game: its stages, the events of its log, its teams, and the game as it stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST_TEAMS = 6


class Stage(StrEnum):
    """Where a game stands; the value is what the screen says."""

    BOARD = "choose a clue"
    WAGER = "daily double: how much?"
    CLUE = "who buzzes?"
    ANSWER = "answer"
    SHOWN = "answer shown"
    FINAL_WAGER = "final round: how much?"
    FINAL = "final round"
    OVER = "over"


SECONDS = {Stage.CLUE: 20, Stage.ANSWER: 15, Stage.FINAL: 45}  # that the clock gives in a stage


class EventKind(StrEnum):
    """What may happen in a game."""

    BEGUN = "begun"
    PICKED = "picked"
    WAGERED = "wagered"
    BUZZED = "buzzed"
    JUDGED = "judged"
    SHOWN = "shown"
    CLOSED = "closed"
    SKIPPED = "skipped"
    FINAL = "final"
    ENDED = "ended"
    PAUSED = "paused"
    RESUMED = "resumed"
    UNDONE = "undone"
    OVERRULED = "overruled"
    ANSWERED = "answered"  # of a solo game


@dataclass(frozen=True)
class Event:
    """One thing that happened. `id`: the row's; `detail`: plain values."""

    kind: EventKind
    at: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True)
class Team:
    """A team and how it does."""

    name: str
    score: int = 0
    right: int = 0
    wrong: int = 0


@dataclass(frozen=True)
class Judged:
    """One judged answer: whose, to which clue, what was typed (or ""), and what it was worth."""

    event_id: int
    at: datetime
    team: int
    clue: int
    right: bool
    text: str
    amount: int


@dataclass(frozen=True)
class Game:
    """A game as it stands. Clues go by their ids, teams by their place.

    `clues`: id → value; `doubles`: those that are a daily double; `chooses`: whose pick it is; `team`: who answers;
    `tried`: who had this clue wrong; `wagers`: of this double or the final; `since`: when the clock began.
    """

    teams: tuple[Team, ...] = ()
    clues: Mapping[int, int] = field(default_factory=dict)
    doubles: frozenset[int] = frozenset()
    stage: Stage = Stage.BOARD
    played: tuple[int, ...] = ()
    chooses: int = 0
    clue: int | None = None
    team: int | None = None
    tried: frozenset[int] = frozenset()
    wagers: Mapping[int, int] = field(default_factory=dict)
    final: bool = False
    judged: tuple[Judged, ...] = ()
    since: datetime | None = None
    paused_at: datetime | None = None

    @property
    def left(self) -> tuple[int, ...]:
        """The clues that nobody has picked."""
        return tuple(clue for clue in self.clues if clue not in self.played)

    @property
    def is_double(self) -> bool:
        """Whether the clue is a daily double, of which the final is none."""
        return self.clue in self.doubles and not self.final

    @property
    def limit(self) -> int:
        """How many seconds the clock gives now; 0 where it doesn't run."""
        return SECONDS.get(self.stage, 0)

    def remaining(self, now: datetime) -> int:
        """The seconds that are left on the clock; a pause stops it."""
        if self.since is None or not self.limit:
            return 0
        spent = ((self.paused_at or now) - self.since).total_seconds()
        return max(0, self.limit - int(max(0.0, spent)))

    def most_to_wager(self, team: int) -> int:
        """The most that a team may put on a daily double or on the final."""
        score = self.teams[team].score
        return score if self.final else max(score, *self.clues.values(), 0)

    @property
    def finalists(self) -> tuple[int, ...]:
        """The teams that have something to put on the final."""
        return tuple(place for place, team in enumerate(self.teams) if team.score > 0)

    @property
    def unjudged(self) -> tuple[int, ...]:
        """The teams whose answer may still be judged, before it is shown or after; to the final, every team's."""
        asked = self.wagers if self.final else () if self.team is None else (self.team,)
        judging = self.stage in (Stage.ANSWER, Stage.FINAL, Stage.SHOWN)
        return tuple(team for team in asked if judging and team not in self.tried)

    @property
    def winners(self) -> tuple[str, ...]:
        """The teams with the highest score."""
        best = max((team.score for team in self.teams), default=0)
        return tuple(team.name for team in self.teams if team.score == best)
