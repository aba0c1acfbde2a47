"""Quiz decks on the CSR Pending Dashboard: those that I am to play, with the day by which."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select

from data.agents.tables import Agent
from data.cases.pending import Day, ItemKind, PendingItem
from data.quiz.tables import Assignment, Deck


def pending_quizzes(session: Session, day: Day, who: int | None) -> Iterator[PendingItem]:
    """The decks that the agent `who` has to play; None: everybody's."""
    query = (
        select(Assignment, Deck.name, Agent.name)
        .join(Deck, col(Deck.id) == col(Assignment.deck_id))
        .join(Agent, col(Agent.id) == col(Assignment.agent_id))
        .where(col(Assignment.done_at).is_(None), col(Deck.archived_at).is_(None))
    )
    if who is not None:
        query = query.where(Assignment.agent_id == who)
    for row, deck, agent in session.exec(query):
        yield PendingItem(
            kind=ItemKind.QUIZ,
            id=row.id or 0,
            case="",
            text=f"Play the quiz deck {deck}",
            urgency=day.urgency(row.due_at),
            waiting_on="me",
            owner=agent,
            account=None,
            name=deck,
            due_at=row.due_at,
            since=row.assigned_at,
            age_days=day.age(row.assigned_at),
            status="assigned",
        )
