"""Games in the store: each event is written before it shows, so that whoever opens the game again finds all of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.agents.tables import Agent
from data.desk import Desk, action
from data.errors import Invalid, NotFound, Refused
from data.quiz.clues import drop_alternative, take_alternative
from data.quiz.grading import Judgement, Verdict, grade
from data.quiz.keeping import check_playable, clue_of, clue_row, deck_row, views_of
from data.quiz.play import MOST_TEAMS, Event, EventKind, Game, Stage
from data.quiz.playing import final_clue, refusal, replay
from data.quiz.rules import SHORT_LIMIT, GameKind
from data.quiz.tables import Answer, Deck, DeckClue, GameEvent
from data.quiz.tables import Game as GameRow
from data.quiz.views import ClueView
from data.text import clean

ONE_DOUBLE, TWO_DOUBLES = 6, 16  # clues from which a board has so many daily doubles


@dataclass(frozen=True)
class ClassGame:
    """A class game, whole. `clues`: by id, those of the board."""

    id: int
    deck: str
    begun_by: str
    begun_at: datetime
    ended: bool
    game: Game
    clues: dict[int, ClueView]


@dataclass(frozen=True)
class GameRowView:
    """A game in a list."""

    id: int
    deck: str
    kind: GameKind
    begun_by: str
    begun_at: datetime
    events: int


@action("quiz.begin_class", needs=Permission.RUN_QUIZ)
def begin_class(desk: Desk, deck_name: str, teams: Sequence[str]) -> ClassGame:
    """Begins a class game. A team that bears an agent's sign-in name counts for that agent's results.

    Raises NotFound, Refused where the deck can't be played, Invalid where the teams can't be.
    """
    deck = deck_row(desk.session, deck_name)
    clues = views_of(desk.session, deck)
    check_playable(deck, len(clues))
    names = list(dict.fromkeys(filter(None, (clean(name, 24) for name in teams))))
    if not 1 <= len(names) <= MOST_TEAMS:
        raise Invalid({"teams": f"Name 1 to {MOST_TEAMS} teams, each once."}, "No game was begun.")
    row = GameRow(deck_id=deck.id or 0, kind=GameKind.CLASS, begun_by_id=desk.agent.id, begun_at=desk.now())
    desk.session.add(row)
    desk.session.flush()
    detail = {
        "teams": names,
        "clues": [[view.id, view.clue.value] for view in clues],
        "doubles": _doubles(desk, clues),
    }
    append(desk, row, EventKind.BEGUN, detail)
    desk.event.tell(game=row.id, deck=deck.name, teams=names)
    return game_of(desk.session, row)


def _doubles(desk: Desk, clues: Sequence[ClueView]) -> list[int]:
    """Which clues are daily doubles: by chance, none in the cheapest row."""
    lowest = min(view.clue.value for view in clues)
    likely = [view.id for view in clues if view.clue.value > lowest]
    count = (len(clues) >= ONE_DOUBLE) + (len(clues) >= TWO_DOUBLES)
    return sorted(desk.random.sample(likely, min(count, len(likely))))


@action("quiz.happen", needs=Permission.RUN_QUIZ)
def happen(desk: Desk, /, game_id: int, kind: EventKind, **detail: Any) -> ClassGame:
    """Adds what just happened to a class game, and to the results where somebody was judged.

    Raises NotFound; Refused where it can't happen at this stage; nothing changes then.
    """
    row = _row(desk.session, game_id)
    events = events_of(desk.session, game_id)
    before = replay(events)
    if kind is EventKind.FINAL and "clue" not in detail:
        detail["clue"] = final_clue(before)
    if why := refusal(before, kind, detail):
        raise Refused(why, "Nothing was changed.")
    if "text" in detail:
        detail["text"] = clean(str(detail["text"]), SHORT_LIMIT)
    if learned := _learn(desk, events, replay([*events, Event(kind, desk.now(), detail)])):
        detail["learned"] = learned
    append(desk, row, kind, detail)
    game = replay(events_of(desk.session, game_id))
    row.ended_at = desk.now() if game.stage is Stage.OVER else None
    desk.session.add(row)
    _settle(desk, row, game)
    desk.event.tell(game=game_id, what=kind, **detail)
    desk.session.flush()
    return game_of(desk.session, row)


def _settle(desk: Desk, row: GameRow, game: Game) -> None:
    """Makes the results of a game those of its judgements as they now stand."""
    desk.session.execute(delete(Answer).where(col(Answer.game_id) == row.id))
    agents = {agent.name: agent.id for agent in desk.session.exec(select(Agent))}
    for judged in game.judged:
        team = game.teams[judged.team].name
        desk.session.add(
            Answer(
                clue_id=judged.clue,
                agent_id=agents.get(team),
                team=team,
                game_id=row.id,
                event_id=judged.event_id or None,
                kind=GameKind.CLASS,
                at=judged.at,
                text=judged.text,
                verdict=Verdict.RIGHT if judged.right else Verdict.WRONG,
            )
        )


def _learn(desk: Desk, events: Sequence[Event], after: Game) -> list[list[int | str]]:
    """What was typed and is right after all counts from now on, and no longer once that is taken back.

    Gives the (clue, text) that its deck learned; what it held before this game taught it stays.
    """
    was = {judged.event_id: judged.right for judged in replay(events).judged}
    taught = [pair for event in events for pair in event.detail.get("learned", ())]
    learned: list[list[int | str]] = []
    for judged in after.judged:
        if not judged.text or was.get(judged.event_id, judged.right) == judged.right:
            continue
        row = clue_row(desk.session, judged.clue)
        pair: list[int | str] = [judged.clue, judged.text]
        if not judged.right and pair in taught:
            drop_alternative(desk, row, judged.text)
        elif judged.right and take_alternative(desk, row, judged.text):
            learned.append(pair)
    return learned


def judge(desk: Desk, clue_id: int, text: str) -> Judgement:
    """What the grader says of a typed answer; nothing is kept. Raises NotFound."""
    with desk.reading() as session:
        return grade(clue_of(clue_row(session, clue_id)), text)


def class_game(desk: Desk, game_id: int) -> ClassGame:
    """A class game as it stands. Raises NotFound."""
    with desk.reading() as session:
        return game_of(session, _row(session, game_id))


def unfinished(desk: Desk, kind: GameKind) -> tuple[GameRowView, ...]:
    """My games of that kind that did not come to their end, the latest first."""
    query = (
        select(GameRow, Deck.name)
        .join(Deck, col(Deck.id) == col(GameRow.deck_id))
        .where(GameRow.kind == kind, col(GameRow.ended_at).is_(None), GameRow.begun_by_id == desk.agent.id)
        .order_by(col(GameRow.id).desc())
    )
    with desk.reading() as session:
        return tuple(
            GameRowView(row.id or 0, name, kind, desk.agent.name, row.begun_at, len(events_of(session, row.id or 0)))
            for row, name in session.exec(query)
        )


def append(desk: Desk, row: GameRow, kind: EventKind, detail: dict[str, Any]) -> GameEvent:
    """Writes an event behind the others of its game, within the action that runs."""
    number = 1 + len(desk.session.exec(select(GameEvent.id).where(GameEvent.game_id == row.id)).all())
    text = json.dumps(detail, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    event = GameEvent(game_id=row.id or 0, number=number, at=desk.now(), kind=kind, detail=text)
    desk.session.add(event)
    desk.session.flush()
    return event


def events_of(session: Session, game_id: int) -> list[Event]:
    """What happened in a game, in order."""
    query = select(GameEvent).where(GameEvent.game_id == game_id).order_by(col(GameEvent.number))
    return [Event(EventKind(row.kind), row.at, json.loads(row.detail), row.id or 0) for row in session.exec(query)]


def game_of(session: Session, row: GameRow) -> ClassGame:
    """A row's game, whole."""
    game = replay(events_of(session, row.id or 0))
    deck = session.get_one(Deck, row.deck_id)
    rows = session.exec(select(DeckClue).where(col(DeckClue.id).in_(game.clues)))
    found = {one.id: ClueView(one.id or 0, deck.name, clue_of(one)) for one in rows}
    clues = {clue: found[clue] for clue in game.clues}
    begun_by = session.get_one(Agent, row.begun_by_id).name
    return ClassGame(row.id or 0, deck.name, begun_by, row.begun_at, row.ended_at is not None, game, clues)


def _row(session: Session, game_id: int) -> GameRow:
    row = session.get(GameRow, game_id)
    if row is None or row.kind != GameKind.CLASS:
        raise NotFound(f"There is no class game {game_id}.", "Begin one from its deck.")
    return row
