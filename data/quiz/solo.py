"""A whole deck by oneself, against the clock: each answer is kept as it is given, so that one can go on later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.desk import Desk, action
from data.errors import NotFound, Refused
from data.quiz.games import append, events_of
from data.quiz.grading import Judgement, Verdict, grade
from data.quiz.keeping import check_playable, clue_of, clue_row, deck_row, views_of
from data.quiz.play import Event, EventKind
from data.quiz.rules import SHORT_LIMIT, GameKind
from data.quiz.tables import Answer, Assignment, Deck, DeckClue, Game
from data.quiz.views import ClueView
from data.text import clean

SECONDS_EACH = 30  # the clock gives so many for each clue, and they add up


@dataclass(frozen=True)
class SoloGame:
    """A game by oneself as it stands. `answered`: clue id → verdict; `seconds`: spent on answers so far."""

    id: int
    deck: str
    clues: tuple[ClueView, ...]
    answered: dict[int, Verdict]
    seconds: int
    ended: bool

    @property
    def next(self) -> ClueView | None:
        """The clue to answer now; None where none is left."""
        return None if self.ended else next((view for view in self.clues if view.id not in self.answered), None)

    @property
    def limit(self) -> int:
        """Seconds for the whole deck."""
        return SECONDS_EACH * len(self.clues)

    @property
    def points(self) -> int:
        return sum(view.clue.value for view in self.clues if self.answered.get(view.id) is Verdict.RIGHT)

    @property
    def most_points(self) -> int:
        return sum(view.clue.value for view in self.clues)

    @property
    def right(self) -> int:
        return sum(verdict is Verdict.RIGHT for verdict in self.answered.values())


@action("quiz.begin_solo", needs=Permission.PLAY_QUIZ)
def begin_solo(desk: Desk, deck_name: str) -> SoloGame:
    """Begins a deck by oneself, the cheaper clues first; one that was begun and not finished goes on.

    Raises NotFound, Refused where the deck can't be played.
    """
    deck = deck_row(desk.session, deck_name)
    clues = sorted(views_of(desk.session, deck), key=lambda view: view.clue.value)
    check_playable(deck, len(clues))
    query = select(Game).where(
        Game.deck_id == deck.id,
        Game.kind == GameKind.SOLO,
        Game.begun_by_id == desk.agent.id,
        col(Game.ended_at).is_(None),
    )
    row = desk.session.exec(query).first()
    if row is None:
        row = Game(deck_id=deck.id or 0, kind=GameKind.SOLO, begun_by_id=desk.agent.id, begun_at=desk.now())
        desk.session.add(row)
        desk.session.flush()
        append(desk, row, EventKind.BEGUN, {"clues": [view.id for view in clues]})
        desk.event.tell(game=row.id, deck=deck.name)
    return _solo(desk.session, row)


@action("quiz.answer_solo", needs=Permission.PLAY_QUIZ)
def answer_solo(desk: Desk, game_id: int, clue_id: int, text: str, seconds: int) -> tuple[SoloGame, Judgement]:
    """Grades and keeps an answer; the last one, or one out of time, ends the game. Raises NotFound, Refused."""
    row = _row(desk, game_id)
    game = _solo(desk.session, row)
    if game.ended or clue_id in game.answered or clue_id not in {view.id for view in game.clues}:
        raise Refused("That clue was answered, or the game is over.", "Go on with the next one.")
    clue = clue_of(clue_row(desk.session, clue_id))
    said, spent = clean(text, SHORT_LIMIT), max(0, seconds)
    judgement = grade(clue, said)
    detail: dict[str, Any] = {"clue": clue_id, "text": said, "verdict": judgement.verdict, "seconds": spent}
    event = append(desk, row, EventKind.ANSWERED, detail)
    keep_answer(desk, clue_id, GameKind.SOLO, said, judgement.verdict, spent, game_id, event.id)
    game = _solo(desk.session, row)
    if game.next is None or game.seconds >= game.limit:
        _end(desk, row)
        game = _solo(desk.session, row)
    desk.event.tell(game=game_id, clue=clue_id, verdict=judgement.verdict)
    return game, judgement


@action("quiz.end_solo", needs=Permission.PLAY_QUIZ)
def end_solo(desk: Desk, game_id: int) -> SoloGame:
    """Ends a game whose time is up. Raises NotFound."""
    row = _row(desk, game_id)
    if row.ended_at is None:
        _end(desk, row)
    desk.event.tell(game=game_id)
    return _solo(desk.session, row)


def _end(desk: Desk, row: Game) -> None:
    """Ends a game; whoever was to play the deck has done so."""
    append(desk, row, EventKind.ENDED, {})
    row.ended_at = desk.now()
    desk.session.add(row)
    query = select(Assignment).where(
        Assignment.deck_id == row.deck_id, Assignment.agent_id == desk.agent.id, col(Assignment.done_at).is_(None)
    )
    for assignment in desk.session.exec(query):
        assignment.done_at, assignment.game_id = desk.now(), row.id
        desk.session.add(assignment)
    desk.session.flush()


def keep_answer(
    desk: Desk,
    clue_id: int,
    kind: GameKind,
    text: str,
    verdict: Verdict,
    seconds: int | None,
    game_id: int | None = None,
    event_id: int | None = None,
) -> None:
    """Keeps one of my answers for the results, within the action that runs."""
    desk.session.add(
        Answer(
            clue_id=clue_id,
            agent_id=desk.agent.id,
            game_id=game_id,
            event_id=event_id,
            kind=kind,
            at=desk.now(),
            text=text,
            verdict=verdict,
            seconds=seconds,
        )
    )
    desk.session.flush()


def _row(desk: Desk, game_id: int) -> Game:
    row = desk.session.get(Game, game_id)
    if row is None or row.kind != GameKind.SOLO or row.begun_by_id != desk.agent.id:
        raise NotFound(f"You have no game {game_id}.", "Begin one from its deck.")
    return row


def _solo(session: Session, row: Game) -> SoloGame:
    events = events_of(session, row.id or 0)
    order: Sequence[int] = events[0].detail["clues"]
    name = session.get_one(Deck, row.deck_id).name
    rows = {one.id: one for one in session.exec(select(DeckClue).where(col(DeckClue.id).in_(order)))}
    clues = tuple(ClueView(clue, name, clue_of(rows[clue])) for clue in order if clue in rows)
    return SoloGame(row.id or 0, name, clues, _verdicts(events), _seconds(events), row.ended_at is not None)


def _verdicts(events: Sequence[Event]) -> dict[int, Verdict]:
    return {one.detail["clue"]: Verdict(one.detail["verdict"]) for one in events if one.kind is EventKind.ANSWERED}


def _seconds(events: Sequence[Event]) -> int:
    return sum(int(one.detail["seconds"]) for one in events if one.kind is EventKind.ANSWERED)
