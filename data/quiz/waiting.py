"""How many clues wait to be practised: what home tells at a glance, read with one count."""

from __future__ import annotations

from sqlmodel import col, func, select

from data.desk import Desk
from data.quiz.tables import Card, Deck, DeckClue


def waiting_to_practise(desk: Desk) -> int:
    """How many clues are due for this agent now."""
    query = (
        select(func.count())
        .select_from(Card)
        .join(DeckClue, col(DeckClue.id) == col(Card.clue_id))
        .join(Deck, col(Deck.id) == col(DeckClue.deck_id))
        .where(Card.agent_id == desk.agent.id, Card.due_at <= desk.now())
        .where(~col(DeckClue.retired), col(Deck.archived_at).is_(None))
    )
    with desk.reading() as session:
        return session.exec(query).one()
