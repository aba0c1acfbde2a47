"""What trainers do with decks: keep, mend, archive, bring back, assign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from data.agents.finding import active_agent_row
from data.agents.rules import Permission
from data.agents.tables import Agent
from data.days import is_meant
from data.desk import Desk, action
from data.errors import Invalid, NotFound, Refused
from data.quiz.builtin import builtin_decks
from data.quiz.formats import read_deck
from data.quiz.keeping import check_playable, clue_of, clue_row, clue_rows, deck_row, new_version, put_clue, put_clues
from data.quiz.queries import assignments, deck_view
from data.quiz.rules import (
    LISTS,
    LONG,
    NAME_LIMIT,
    SHORT_LIMIT,
    TEXT_LIMIT,
    Clue,
    DeckText,
    tidy,
    tidy_clue,
    wrong_deck,
)
from data.quiz.tables import Assignment, Deck, DeckClue, DeckVersion
from data.quiz.views import AssignmentView, DeckView
from data.text import clean, fold, refuse_long

CAME = "came with Careline"
EMPTY: dict[str, Any] = {"category": "", "value": 0, "text": "", "answer": ""}


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


class ClueOvertaken(Refused):
    """Somebody changed the clue first; nothing was saved. `clue`: as it stands now."""

    def __init__(self, clue: Clue, agent: str) -> None:
        super().__init__(
            f"{agent} changed this clue while you were editing: “{clue.text}”, answer “{clue.answer}”.",
            "Save once more to put yours in its place; the deck's versions keep theirs.",
        )
        self.clue = clue


@action("quiz.edit_clue", needs=Permission.BUILD_DECKS)
def edit_clue(desk: Desk, clue_id: int, clue: Clue, *, before: Clue | None = None) -> DeckView:
    """Changes one clue, which makes a new version of its deck. `before`: the clue as it was seen, None for no matter.

    Raises NotFound, Invalid by field, ClueOvertaken where somebody changed it since it was seen.
    """
    row = clue_row(desk.session, clue_id)
    deck = desk.session.get_one(Deck, row.deck_id)
    if before is not None and clue_of(row) != before:
        raise ClueOvertaken(clue_of(row), _last_to_change(desk.session, deck))
    _refuse_long(clue)
    tidied = tidy_clue(clue)
    if wrong := _wrong_clue(tidied):
        raise Invalid(wrong)
    if tidied != clue_of(row):
        put_clue(row, tidied)
        desk.session.add(row)
        desk.session.flush()
        new_version(desk, deck, f"{tidied.category} {tidied.value} edited")
    return deck_view(desk.session, deck)


@action("quiz.add_clue", needs=Permission.BUILD_DECKS)
def add_clue(desk: Desk, deck_name: str, clue: Clue) -> DeckView:
    """Adds a clue behind the others of its deck. Raises NotFound, Invalid by field."""
    deck = deck_row(desk.session, deck_name)
    _refuse_long(clue)
    tidied = tidy_clue(clue)
    if wrong := _wrong_clue(tidied):
        raise Invalid(wrong)
    row = DeckClue(deck_id=deck.id or 0, place=len(clue_rows(desk.session, deck.id)), **EMPTY)
    put_clue(row, tidied)
    desk.session.add(row)
    desk.session.flush()
    new_version(desk, deck, f"{tidied.category} {tidied.value} added")
    return deck_view(desk.session, deck)


def _last_to_change(session: Session, deck: Deck) -> str:
    """Who made the newest version of a deck."""
    newest = (
        select(Agent.display_name)
        .join(DeckVersion, col(DeckVersion.made_by_id) == col(Agent.id))
        .where(col(DeckVersion.deck_id) == deck.id)
        .order_by(col(DeckVersion.number).desc())
    )
    return session.exec(newest).first() or "Somebody"


def _refuse_long(clue: Clue) -> None:
    """Raises Invalid where a text of the clue is longer than it is kept."""
    refuse_long(NAME_LIMIT, category=clue.category, article=clue.article)
    refuse_long(TEXT_LIMIT, **{name: getattr(clue, name) for name in LONG})
    refuse_long(SHORT_LIMIT, **{name: max(getattr(clue, name), key=len, default="") for name in LISTS})


def _wrong_clue(clue: Clue) -> dict[str, str]:
    needed = {"text": "Write the clue.", "answer": "Write its answer."}
    return {field: sentence for field, sentence in needed.items() if not getattr(clue, field)}


@action("quiz.remove_clue", needs=Permission.BUILD_DECKS)
def remove_clue(desk: Desk, clue_id: int) -> DeckView:
    """Takes a clue out of its deck; what was answered to it stays. Raises NotFound, Refused for the last one."""
    row = clue_row(desk.session, clue_id)
    deck = desk.session.get_one(Deck, row.deck_id)
    if len(clue_rows(desk.session, deck.id)) == 1:
        raise Refused("A deck needs a clue.", "Archive the deck, if it is not wanted any more.")
    row.retired = True
    desk.session.add(row)
    desk.session.flush()
    new_version(desk, deck, f"{row.category} {row.value} removed")
    return deck_view(desk.session, deck)


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


@action("quiz.accept_answer", needs=Permission.BUILD_DECKS)
def accept_answer(desk: Desk, clue_id: int, text: str) -> DeckView:
    """Takes `text` as right for a clue from now on. Raises NotFound, Invalid where there is none."""
    row = clue_row(desk.session, clue_id)
    if not clean(text):
        raise Invalid({"text": "Write the answer that is right, too."})
    refuse_long(SHORT_LIMIT, text=text)
    take_alternative(desk, row, text)
    return deck_view(desk.session, desk.session.get_one(Deck, row.deck_id))


def take_alternative(desk: Desk, row: DeckClue, text: str) -> bool:
    """Adds an alternative to a clue, within the action that runs; False where the clue has it."""
    clue = clue_of(row)
    wanted = clean(text, SHORT_LIMIT)
    is_new = bool(wanted) and fold(wanted) not in {fold(one) for one in (clue.answer, *clue.alternatives)}
    if is_new:
        _put_alternatives(desk, row, (*clue.alternatives, wanted), f"“{wanted}” is right, too")
    return is_new


def drop_alternative(desk: Desk, row: DeckClue, text: str) -> None:
    """Takes an alternative out of a clue again, within the action that runs, where it has it."""
    clue = clue_of(row)
    dropped = clean(text, SHORT_LIMIT)
    kept = tuple(one for one in clue.alternatives if fold(one) != fold(dropped))
    if kept != clue.alternatives:
        _put_alternatives(desk, row, kept, f"“{dropped}” is not right")


def _put_alternatives(desk: Desk, row: DeckClue, alternatives: tuple[str, ...], why: str) -> None:
    put_clue(row, replace(clue_of(row), alternatives=alternatives))
    desk.session.add(row)
    desk.session.flush()
    new_version(desk, desk.session.get_one(Deck, row.deck_id), f"{row.category} {row.value}: {why}")


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
