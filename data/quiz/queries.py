"""Reads of decks: the list, one of them whole, one as it once was, and who is to play what."""

from __future__ import annotations

import json

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.agents.tables import Agent
from data.desk import Desk, permit
from data.errors import NotFound
from data.quiz.formats import read_deck
from data.quiz.keeping import deck_row, views_of
from data.quiz.rules import DeckText
from data.quiz.tables import Assignment, Deck, DeckClue, DeckVersion
from data.quiz.views import AssignmentView, DeckRow, DeckView, VersionView


def decks(desk: Desk, *, archived: bool = False) -> tuple[DeckRow, ...]:
    """Every deck that may be played, by name; with `archived`, those that were put away too."""
    with desk.reading() as session:
        found = session.exec(select(Deck).order_by(col(Deck.name))).all()
        rows = session.exec(select(DeckClue).where(~col(DeckClue.retired))).all()
        return tuple(
            _row(deck, [row for row in rows if row.deck_id == deck.id])
            for deck in found
            if archived or deck.archived_at is None
        )


def _row(deck: Deck, clues: list[DeckClue]) -> DeckRow:
    return DeckRow(
        id=deck.id or 0,
        name=deck.name,
        about=deck.about,
        version=deck.version,
        categories=len({row.category for row in clues}),
        clues=len(clues),
        flags=sum(bool(json.loads(row.flags)) for row in clues),
        builtin=bool(deck.builtin),
        archived=deck.archived_at is not None,
    )


def deck(desk: Desk, name: str) -> DeckView:
    """A deck by its name, the beginning of it, or its number. Raises NotFound."""
    with desk.reading() as session:
        return deck_view(session, deck_row(session, name))


def deck_view(session: Session, row: Deck) -> DeckView:
    """A row's deck, whole."""
    query = (
        select(DeckVersion, Agent.name)
        .join(Agent, col(Agent.id) == col(DeckVersion.made_by_id))
        .where(DeckVersion.deck_id == row.id)
        .order_by(col(DeckVersion.number).desc())
    )
    versions = tuple(VersionView(one.number, who, one.made_at, one.why) for one, who in session.exec(query))
    clues = views_of(session, row)
    return DeckView(row.id or 0, row.name, row.about, row.version, row.archived_at is not None, clues, versions)


def deck_version(desk: Desk, name: str, number: int) -> DeckText:
    """A deck as it was in its version `number`. Raises NotFound."""
    with desk.reading() as session:
        row = deck_row(session, name)
        found = session.exec(
            select(DeckVersion).where(DeckVersion.deck_id == row.id, DeckVersion.number == number)
        ).one_or_none()
        if found is None:
            raise NotFound(f"{row.name} has no version {number}.", f"It has versions 1 to {row.version}.")
        return read_deck(found.content, row.name, "toml")


def assignments(desk: Desk, *, everybodys: bool = False, done: bool = False) -> tuple[AssignmentView, ...]:
    """What I am to play; for a trainer `everybodys`; with `done`, what was played too. The soonest due first."""
    if everybodys:
        permit(desk, Permission.RUN_QUIZ)
    by = aliased(Agent)
    query = (
        select(Assignment, Deck.name, Agent.name, by.name)
        .join(Deck, col(Deck.id) == col(Assignment.deck_id))
        .join(Agent, col(Agent.id) == col(Assignment.agent_id))
        .join(by, col(by.id) == col(Assignment.assigned_by_id))
        .order_by(col(Assignment.due_at), col(Assignment.id))
    )
    if not everybodys:
        query = query.where(Assignment.agent_id == desk.agent.id)
    if not done:
        query = query.where(col(Assignment.done_at).is_(None))
    with desk.reading() as session:
        return tuple(
            AssignmentView(row.id or 0, deck_name, who, by_whom, row.assigned_at, row.due_on, row.done_at)
            for row, deck_name, who, by_whom in session.exec(query)
        )
