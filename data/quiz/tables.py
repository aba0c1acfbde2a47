"""Decks with their clues and versions, games as logs of events, answers, practice cards, assignments."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from data.columns import Row, UTCDateTime


class Deck(Row, table=True):
    """A deck. `builtin`: which of Careline's own it is, "" for any other; `version`: the newest one's number."""

    __tablename__ = "quiz_deck"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    about: str = ""
    version: int = 1
    builtin: str = ""
    made_by_id: int = Field(foreign_key="agent.id")
    made_at: datetime = Field(sa_type=UTCDateTime)
    archived_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class DeckVersion(Row, table=True):
    """A deck as it once was. `content`: the whole of it, in Careline's own format."""

    __tablename__ = "quiz_version"

    id: int | None = Field(default=None, primary_key=True)
    deck_id: int = Field(foreign_key="quiz_deck.id", ondelete="CASCADE")
    number: int
    made_by_id: int = Field(foreign_key="agent.id")
    made_at: datetime = Field(sa_type=UTCDateTime)
    why: str = ""
    content: str

    __table_args__ = (UniqueConstraint("deck_id", "number"), Row.__table_args__)


class DeckClue(Row, table=True):
    """A clue as it is now; results and cards hang on it, so that one which left its deck stays, `retired`.

    `alternatives`, `key_terms`, `figures`, `choices` and `flags` are JSON lists of text.
    """

    __tablename__ = "quiz_clue"

    id: int | None = Field(default=None, primary_key=True)
    deck_id: int = Field(foreign_key="quiz_deck.id", index=True, ondelete="CASCADE")
    place: int
    category: str
    value: int
    text: str
    answer: str
    alternatives: str = "[]"
    key_terms: str = "[]"
    ordered: bool = False
    figures: str = "[]"
    explanation: str = ""
    article: str = ""
    choices: str = "[]"
    flags: str = "[]"
    retired: bool = False


class Game(Row, table=True):
    """A game that was begun. `kind`: GameKind; what happened in it is its events."""

    __tablename__ = "quiz_game"

    id: int | None = Field(default=None, primary_key=True)
    deck_id: int = Field(foreign_key="quiz_deck.id", index=True)
    kind: str
    begun_by_id: int = Field(foreign_key="agent.id", index=True)
    begun_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class GameEvent(Row, table=True):
    """One thing that happened in a game, the `number`-th of it. `detail`: a JSON object."""

    __tablename__ = "quiz_event"

    id: int | None = Field(default=None, primary_key=True)
    game_id: int = Field(foreign_key="quiz_game.id", ondelete="CASCADE")
    number: int
    at: datetime = Field(sa_type=UTCDateTime)
    kind: str
    detail: str

    __table_args__ = (UniqueConstraint("game_id", "number"), Row.__table_args__)


class Answer(Row, table=True):
    """One answer that was judged. `agent_id`: None for a team that is no agent; `verdict`: Verdict.

    `event_id`: the event of a game that it came from, so that undoing that takes it away.
    """

    __tablename__ = "quiz_answer"

    id: int | None = Field(default=None, primary_key=True)
    clue_id: int = Field(foreign_key="quiz_clue.id", index=True, ondelete="CASCADE")
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    team: str = ""
    game_id: int | None = Field(default=None, foreign_key="quiz_game.id", index=True, ondelete="CASCADE")
    event_id: int | None = Field(default=None, foreign_key="quiz_event.id", index=True, ondelete="CASCADE")
    kind: str  # GameKind
    at: datetime = Field(sa_type=UTCDateTime)
    text: str = ""
    verdict: str
    seconds: int | None = None

    __table_args__ = (
        Index("ix_quiz_answer_agent", "agent_id", "at"),
        Index("ix_quiz_answer_at", "at"),
        Row.__table_args__,
    )


class Card(Row, table=True):
    """What the console remembers of an agent's memory of a clue. `state`: the scheduler's, a JSON object."""

    __tablename__ = "quiz_card"

    agent_id: int = Field(primary_key=True, foreign_key="agent.id")
    clue_id: int = Field(primary_key=True, foreign_key="quiz_clue.id", ondelete="CASCADE")
    due_at: datetime = Field(sa_type=UTCDateTime)
    state: str

    __table_args__ = (
        Index("ix_quiz_card_due", "agent_id", "due_at"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )


class Assignment(Row, table=True):
    """A deck that an agent is to play by a day. `game_id`: the game that did it."""

    __tablename__ = "quiz_assignment"

    id: int | None = Field(default=None, primary_key=True)
    deck_id: int = Field(foreign_key="quiz_deck.id", ondelete="CASCADE")
    agent_id: int = Field(foreign_key="agent.id", index=True)
    assigned_by_id: int = Field(foreign_key="agent.id")
    assigned_at: datetime = Field(sa_type=UTCDateTime)
    due_on: date
    due_at: datetime = Field(sa_type=UTCDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    game_id: int | None = Field(default=None, foreign_key="quiz_game.id")
