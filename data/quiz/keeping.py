"""Decks between rows and values: reading one, writing one as a new version. For the rooms of this capability."""

from __future__ import annotations

import json
from typing import Any

from sqlmodel import Session, col, func, select

from data.desk import Desk
from data.errors import NotFound, Refused
from data.quiz.formats import write_deck
from data.quiz.rules import LISTS, Clue, DeckText
from data.quiz.tables import Deck, DeckClue, DeckVersion
from data.quiz.views import ClueView
from data.text import clean, fold

PLAIN = ("category", "value", "text", "answer", "ordered", "explanation", "article")


def clue_of(row: DeckClue) -> Clue:
    """A row's clue."""
    lists: dict[str, Any] = {name: tuple(json.loads(getattr(row, name))) for name in LISTS}
    plain: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    return Clue(**plain, **lists)


def put_clue(row: DeckClue, clue: Clue) -> None:
    """Writes a clue into its row."""
    for name in PLAIN:
        setattr(row, name, getattr(clue, name))
    for name in LISTS:
        setattr(row, name, json.dumps(getattr(clue, name), ensure_ascii=False))


def deck_row(session: Session, name: str) -> Deck:
    """The deck of that name, of its number, or the only one whose name begins so. Raises NotFound."""
    wanted = fold(clean(name))
    decks = session.exec(select(Deck).order_by(col(Deck.id))).all()
    if wanted.isdecimal():
        found = [deck for deck in decks if str(deck.id) == wanted]
    else:
        exact = [deck for deck in decks if fold(deck.name) == wanted]
        found = exact or [deck for deck in decks if wanted and fold(deck.name).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(deck.name for deck in found)
        raise NotFound(f"“{clean(name)}” begins several decks: {names}.", "Type more of the name.")
    raise NotFound(f"There is no deck called {clean(name)}.", "`careline quiz list` shows them all.")


def clue_rows(session: Session, deck_id: int | None) -> list[DeckClue]:
    """The clues that a deck has now, in their order."""
    query = select(DeckClue).where(DeckClue.deck_id == deck_id, ~col(DeckClue.retired)).order_by(col(DeckClue.place))
    return list(session.exec(query))


def clue_row(session: Session, clue_id: int) -> DeckClue:
    """One clue. Raises NotFound."""
    row = session.get(DeckClue, clue_id)
    if row is None:
        raise NotFound(f"There is no clue {clue_id}.", "Open its deck again.")
    return row


def deck_text(session: Session, deck: Deck) -> DeckText:
    """A deck as it is now, as files hold it."""
    return DeckText(deck.name, tuple(map(clue_of, clue_rows(session, deck.id))), deck.about)


def views_of(session: Session, deck: Deck) -> tuple[ClueView, ...]:
    """The clues that a deck has now."""
    return tuple(ClueView(row.id or 0, deck.name, clue_of(row)) for row in clue_rows(session, deck.id))


def put_clues(session: Session, deck: Deck, deck_now: DeckText) -> None:
    """Makes a deck's rows those of `deck_now`; a clue keeps its row, found by its text or else by its place."""
    rows = clue_rows(session, deck.id)
    by_text = {row.text: row for row in rows}
    by_place = {(row.category, row.value): row for row in rows}
    texts = {clue.text for clue in deck_now.clues}
    used: set[int] = set()
    for place, clue in enumerate(deck_now.clues):
        row = by_text.get(clue.text) or by_place.get((clue.category, clue.value))
        if row is None or id(row) in used or (row.text != clue.text and row.text in texts):
            row = DeckClue(deck_id=deck.id or 0, place=place, category="", value=0, text="", answer="")
        used.add(id(row))
        row.place = place
        put_clue(row, clue)
        session.add(row)
    for row in rows:
        row.retired = id(row) not in used
        session.add(row)
    session.flush()


def new_version(desk: Desk, deck: Deck, why: str) -> None:
    """Keeps the deck as it now is as its newest version."""
    last = desk.session.exec(select(func.max(DeckVersion.number)).where(DeckVersion.deck_id == deck.id)).one()
    deck.version = (last or 0) + 1
    desk.session.add(deck)
    desk.session.add(
        DeckVersion(
            deck_id=deck.id or 0,
            number=deck.version,
            made_by_id=desk.agent.id,
            made_at=desk.now(),
            why=why,
            content=write_deck(deck_text(desk.session, deck), "toml"),
        )
    )
    desk.event.tell(deck=deck.name, version=deck.version, why=why)
    desk.session.flush()


def check_playable(deck: Deck, clues: int) -> None:
    """Raises Refused where nobody can play a deck."""
    if deck.archived_at:
        raise Refused(f"{deck.name} is archived.", "A trainer brings it back with `careline quiz archive --back`.")
    if not clues:
        raise Refused(f"{deck.name} has no clue.", "A trainer adds some.")
