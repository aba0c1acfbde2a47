"""Practice by spaced repetition: what is about to be forgotten comes first, a few clues a day (fsrs plans when)."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlmodel import Session, col, func, select

from data.agents.rules import Permission
from data.cases.pending import end_of_day
from data.desk import Desk, action
from data.quiz.grading import Judgement, Verdict, grade
from data.quiz.keeping import clue_of, clue_row, deck_row
from data.quiz.rules import SHORT_LIMIT, GameKind
from data.quiz.solo import keep_answer
from data.quiz.tables import Answer, Card, Deck, DeckClue
from data.quiz.views import ClueView
from data.quiz.waiting import waiting_to_practise
from data.text import clean

NEW_A_DAY = 10
AT_ONCE = 20  # clues of one sitting
FORECAST_DAYS = 7


@dataclass(frozen=True)
class Due:
    """What there is to practise. `due`: clues to be asked again now; `new`: that may be begun today.

    `streak`: days in a row with practice, today or yesterday the last; `forecast`: how many become due on each of the
    next days, today's first; `known`: clues that have a card; `next_at`: when the next one is due, if none is now.
    """

    due: int
    new: int
    streak: int
    forecast: tuple[tuple[date, int], ...]
    known: int
    next_at: datetime | None


@dataclass(frozen=True)
class Practised:
    """An answer in practice: how it was judged, and when the clue comes again."""

    judgement: Judgement
    due_at: datetime


@cache
def _scheduler() -> Any:
    from fsrs import Scheduler

    return Scheduler(enable_fuzzing=False)


def due(desk: Desk) -> Due:
    """What this agent has to practise today, and in the days to come."""
    today, zone = desk.today(), desk.agent.zone
    with desk.reading() as session:
        times = _due_times(session, desk.agent.id)
        waiting = waiting_to_practise(desk)
        by_day = Counter(max(today, at.astimezone(zone).date()) for at in times)
        days = [today + timedelta(days) for days in range(FORECAST_DAYS)]
        new = min(_new_left(session, desk), len(_new_clues(session, desk.agent.id, "")))
        return Due(
            due=waiting,
            new=new,
            streak=_streak(session, desk),
            forecast=tuple((day, by_day[day]) for day in days),
            known=len(times),
            next_at=None if waiting else min(times, default=None),
        )


def to_practise(desk: Desk, deck_name: str = "", most: int = AT_ONCE) -> tuple[ClueView, ...]:
    """The clues of one sitting: those due, the longest due first, then new ones. Raises NotFound."""
    with desk.reading() as session:
        deck_id = deck_row(session, deck_name).id if deck_name else None
        query = (
            select(DeckClue, Deck.name)
            .join(Deck, col(Deck.id) == col(DeckClue.deck_id))
            .join(Card, col(Card.clue_id) == col(DeckClue.id))
            .where(Card.agent_id == desk.agent.id, Card.due_at <= desk.now())
            .where(~col(DeckClue.retired), col(Deck.archived_at).is_(None))
            .order_by(col(Card.due_at), col(DeckClue.id))
        )
        if deck_id is not None:
            query = query.where(Deck.id == deck_id)
        ready = [ClueView(row.id or 0, name, clue_of(row)) for row, name in session.exec(query.limit(most))]
        left = min(_new_left(session, desk), most - len(ready))
        return (*ready, *_new_clues(session, desk.agent.id, deck_name)[: max(0, left)])


@action("quiz.practise", needs=Permission.PLAY_QUIZ)
def practise(desk: Desk, clue_id: int, text: str, seconds: int | None = None) -> Practised:
    """Grades an answer, keeps it, and plans when the clue comes again. Raises NotFound."""
    row = clue_row(desk.session, clue_id)
    said = clean(text, SHORT_LIMIT)
    judgement = grade(clue_of(row), said)
    card = desk.session.get(Card, (desk.agent.id, clue_id))
    state, due_at = _reviewed(card, clue_id, judgement.verdict, desk.now())
    card = card or Card(agent_id=desk.agent.id, clue_id=clue_id, due_at=due_at, state=state)
    card.state, card.due_at = state, due_at
    desk.session.add(card)
    keep_answer(desk, clue_id, GameKind.PRACTICE, said, judgement.verdict, seconds)
    desk.event.tell(clue=clue_id, verdict=judgement.verdict, due=due_at.isoformat())
    return Practised(judgement, due_at)


def _reviewed(card: Card | None, clue_id: int, verdict: Verdict, now: datetime) -> tuple[str, datetime]:
    """The card's state after a review, and when it is due again."""
    from fsrs import Card as Memory
    from fsrs import Rating

    ratings = {Verdict.RIGHT: Rating.Good, Verdict.PARTLY: Rating.Hard, Verdict.WRONG: Rating.Again}
    memory = Memory.from_dict(json.loads(card.state)) if card else Memory(card_id=clue_id, due=now)
    memory, _ = _scheduler().review_card(memory, ratings[verdict], now)
    return json.dumps(memory.to_dict(), sort_keys=True), memory.due


def _due_times(session: Session, agent_id: int) -> list[datetime]:
    query = (
        select(Card.due_at)
        .join(DeckClue, col(DeckClue.id) == col(Card.clue_id))
        .join(Deck, col(Deck.id) == col(DeckClue.deck_id))
        .where(Card.agent_id == agent_id, ~col(DeckClue.retired), col(Deck.archived_at).is_(None))
    )
    return list(session.exec(query))


def _new_clues(session: Session, agent_id: int, deck_name: str) -> list[ClueView]:
    """The clues that the agent never practised, the cheapest of each deck first."""
    known = select(Card.clue_id).where(Card.agent_id == agent_id)
    query = (
        select(DeckClue, Deck.name)
        .join(Deck, col(Deck.id) == col(DeckClue.deck_id))
        .where(~col(DeckClue.retired), col(Deck.archived_at).is_(None), col(DeckClue.id).not_in(known))
        .order_by(col(Deck.id), col(DeckClue.value), col(DeckClue.place))
    )
    if deck_name:
        query = query.where(Deck.id == deck_row(session, deck_name).id)
    return [ClueView(row.id or 0, name, clue_of(row)) for row, name in session.exec(query)]


def _new_left(session: Session, desk: Desk) -> int:
    """How many new clues the agent may still begin today."""
    first = (
        select(func.min(Answer.at).label("first"))
        .where(Answer.agent_id == desk.agent.id, Answer.kind == GameKind.PRACTICE)
        .group_by(col(Answer.clue_id))
        .subquery()
    )
    morning = end_of_day(desk.now(), desk.agent.zone) - timedelta(days=1)
    begun = session.exec(select(func.count()).select_from(first).where(first.c.first >= morning)).one()
    return max(0, NEW_A_DAY - begun)


def _streak(session: Session, desk: Desk) -> int:
    query = select(Answer.at).where(Answer.agent_id == desk.agent.id, Answer.kind == GameKind.PRACTICE)
    days = {at.astimezone(desk.agent.zone).date() for at in session.exec(query)}
    return streak(days, desk.today())


def streak(days: set[date], today: date) -> int:
    """How many days in a row are in `days`, up to today, or up to yesterday while today is still open."""
    last = today if today in days else today - timedelta(days=1)
    count = 0
    while last - timedelta(days=count) in days:
        count += 1
    return count
