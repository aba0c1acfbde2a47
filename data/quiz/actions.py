"""What trainers do with decks: keep, archive, bring back, assign.

A deck is mended clue by clue in clues.py; all of it can be had from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from data.agents.finding import active_agent_row
from data.agents.rules import Permission
from data.agents.tables import Agent
from data.days import is_meant
from data.desk import Desk, action
from data.errors import Invalid, NotFound, Refused
from data.quiz.builtin import builtin_decks
from data.quiz.clues import ClueOvertaken, accept_answer, add_clue, edit_clue, remove_clue
from data.quiz.formats import read_deck
from data.quiz.keeping import check_playable, clue_of, clue_rows, deck_row, new_version, put_clues
from data.quiz.queries import assignments, deck_view
from data.quiz.rules import SHORT_LIMIT, DeckText, tidy, wrong_deck
from data.quiz.tables import Assignment, Deck, DeckVersion
from data.quiz.views import AssignmentView, DeckView
from data.text import clean, fold

__all__ = [
    "ClueOvertaken",
    "accept_answer",
    "add_clue",
    "archive_deck",
    "assign",
    "edit_clue",
    "keep_builtin",
    "keep_deck",
    "remove_clue",
    "restore_version",
]

CAME = "came with Careline"


@action("quiz.keep_deck", needs=Permission.BUILD_DECKS)
def keep_deck(desk: Desk, deck: DeckText, why: str = "") -> DeckView:
    """Keeps a deck: a new one, or a new version of the one that has its name. Raises Invalid by field."""
    return _keep(desk, deck, why or "imported")


@action("quiz.keep_builtin", needs=Permission.BUILD_DECKS)
def keep_builtin(desk: Desk) -> tuple[DeckView, ...]:
    """Brings in Careline's own decks, and brings those that are there up to date unless somebody changed them."""
    return tuple(_keep(desk, deck, CAME, slug) for slug, deck in builtin_decks().items())


def _keep(desk: Desk, deck: DeckText, why: str, builtin: str = "") -> DeckView:
    deck = tidy(deck)
    if wrong := wrong_deck(deck):
        raise Invalid(wrong, "No deck was kept.")
    found = [row for row in desk.session.exec(select(Deck)) if fold(row.name) == fold(deck.name)]
    row = found[0] if found else Deck(name=deck.name, made_by_id=desk.agent.id, made_at=desk.now(), builtin=builtin)
    if builtin and found and _changed_here(desk.session, row):
        return deck_view(desk.session, row)
    row.about = deck.about or row.about
    desk.session.add(row)
    desk.session.flush()
    if not found or _differs(desk.session, row, deck):
        put_clues(desk.session, row, deck)
        new_version(desk, row, clean(why, SHORT_LIMIT))
    return deck_view(desk.session, row)


def _changed_here(session: Session, row: Deck) -> bool:
    """Whether somebody made a version of their own."""
    theirs = select(DeckVersion.id).where(DeckVersion.deck_id == row.id, DeckVersion.why != CAME)
    return session.exec(theirs.limit(1)).first() is not None


def _differs(session: Session, row: Deck, deck: DeckText) -> bool:
    return [clue_of(clue) for clue in clue_rows(session, row.id)] != list(deck.clues)


@action("quiz.restore_version", needs=Permission.BUILD_DECKS)
def restore_version(desk: Desk, deck_name: str, number: int) -> DeckView:
    """Makes a deck again what it was in its version `number`, as a new version. Raises NotFound."""
    deck = deck_row(desk.session, deck_name)
    query = select(DeckVersion).where(DeckVersion.deck_id == deck.id, DeckVersion.number == number)
    version = desk.session.exec(query).one_or_none()
    if version is None:
        raise NotFound(f"{deck.name} has no version {number}.", f"It has versions 1 to {deck.version}.")
    put_clues(desk.session, deck, read_deck(version.content, deck.name, "toml"))
    new_version(desk, deck, f"version {number} again")
    return deck_view(desk.session, deck)


@action("quiz.archive_deck", needs=Permission.BUILD_DECKS)
def archive_deck(desk: Desk, deck_name: str, *, back: bool = False) -> DeckView:
    """Puts a deck away, with its results kept; with `back`, brings it back. Raises NotFound."""
    deck = deck_row(desk.session, deck_name)
    deck.archived_at = None if back else deck.archived_at or desk.now()
    desk.session.add(deck)
    desk.event.tell(deck=deck.name, archived=not back)
    return deck_view(desk.session, deck)


@action("quiz.assign", needs=Permission.RUN_QUIZ)
def assign(desk: Desk, deck_name: str, agents: Sequence[str], due_on: date) -> tuple[AssignmentView, ...]:
    """Gives each of `agents` (sign-in names) a deck to play by the end of that day; no names: every active agent.

    What one of them has to play already gets the new day. Raises NotFound, Refused where the day is over.
    """
    deck = deck_row(desk.session, deck_name)
    check_playable(deck, len(clue_rows(desk.session, deck.id)))
    if due_on < desk.today():
        raise Refused(f"{due_on:%m-%d-%Y} is over.", "Name today or a later day.")
    if not is_meant(due_on):
        raise Refused(f"Nobody waits until {due_on:%m-%d-%Y}.", "Check the year.")
    people = _agents(desk.session, agents)
    due_at = datetime.combine(due_on + timedelta(days=1), time(), desk.agent.zone) - timedelta(seconds=1)
    for person in people:
        query = select(Assignment).where(
            Assignment.deck_id == deck.id, Assignment.agent_id == person.id, col(Assignment.done_at).is_(None)
        )
        row = desk.session.exec(query).first() or Assignment(
            deck_id=deck.id or 0,
            agent_id=person.id or 0,
            assigned_by_id=desk.agent.id,
            assigned_at=desk.now(),
            due_on=due_on,
            due_at=due_at,
        )
        row.due_on, row.due_at = due_on, due_at
        desk.session.add(row)
    desk.event.tell(deck=deck.name, agents=[person.name for person in people], due_on=due_on.isoformat())
    desk.session.flush()
    names = {person.name for person in people}
    return tuple(one for one in assignments(desk, everybodys=True) if one.deck == deck.name and one.agent in names)


def _agents(session: Session, names: Sequence[str]) -> list[Agent]:
    """The active agents of those names, each once; no names: all but administrators. Raises NotFound."""
    if not names:
        among = col(Agent.role).in_(("agent", "lead"))
        return list(session.exec(select(Agent).where(col(Agent.active), among).order_by(col(Agent.name))))
    rows = [active_agent_row(session, name) for name in names]
    return list({row.id: row for row in rows}.values())
