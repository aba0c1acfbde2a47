"""What trainers do with one clue: change, add or remove it, take another answer to it as right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.agents.tables import Agent
from data.desk import Desk, action
from data.errors import Invalid, Refused
from data.quiz.keeping import clue_of, clue_row, clue_rows, deck_row, new_version, put_clue
from data.quiz.queries import deck_view
from data.quiz.rules import LISTS, LONG, NAME_LIMIT, SHORT_LIMIT, TEXT_LIMIT, Clue, tidy_clue
from data.quiz.tables import Deck, DeckClue, DeckVersion
from data.quiz.views import DeckView
from data.text import clean, fold, refuse_long

EMPTY: dict[str, Any] = {"category": "", "value": 0, "text": "", "answer": ""}


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
    tidied = _checked(clue)
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
    tidied = _checked(clue)
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


def _checked(clue: Clue) -> Clue:
    """The clue as it is kept. Raises Invalid where a text is longer than that, or there is no clue or no answer."""
    refuse_long(NAME_LIMIT, category=clue.category, article=clue.article)
    refuse_long(TEXT_LIMIT, **{name: getattr(clue, name) for name in LONG})
    refuse_long(SHORT_LIMIT, **{name: max(getattr(clue, name), key=len, default="") for name in LISTS})
    tidied = tidy_clue(clue)
    needed = {"text": "Write the clue.", "answer": "Write its answer."}
    if wrong := {field: sentence for field, sentence in needed.items() if not getattr(tidied, field)}:
        raise Invalid(wrong)
    return tidied


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
