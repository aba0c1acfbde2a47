"""Reads about promotions: the catalogue, what a question may mean, and what a line has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from data import money
from data.billing.masking import account_with_bills, bills_are_masked, refuse_masked_bills
from data.billing.rules import scheduled
from data.customers.finding import account_row
from data.customers.tables import Account
from data.desk import Desk
from data.errors import NotFound
from data.lines.tables import Line
from data.promotions.catalogue import catalogue
from data.promotions.conditions import Facts
from data.promotions.facts import LineFacts, beside, likely, line_of, lines_facts
from data.promotions.names import digits, key
from data.promotions.ranking import Catalogue, Match
from data.promotions.recognising import Names, recognise
from data.promotions.records import terms_of
from data.promotions.tables import LinePromotion, PromotionRevision
from data.promotions.views import Found, OnLine, RevisionView
from data.text import clean

MOST_LINES = 6  # lines of an account that a question is tried on
FACTS = frozenset(field.name for field in fields(Facts))


def find(
    desk: Desk,
    text: str = "",
    given: Mapping[str, Any] | None = None,
    *,
    account: str | None = None,
    line: str | None = None,
    limit: int = 10,
) -> Found:
    """The promotions that a caller may mean, the likeliest first.

    `text`: what they say. `given`: facts by name (Facts), which hold instead of what the text or the account says;
    None takes one away. With `account` the facts of its `line` (a number; else the one that is most likely meant) are
    filled in, unless they are masked. Raises NotFound where there is no such account or line.
    """
    with desk.reading() as session:
        known = catalogue(session, desk.store)
        understood = recognise(text, known.names, desk.today())
        said = understood.facts | _named(dict(given or {}), known.names)
        row = account_row(session, account) if account else None
        masked = row is not None and bills_are_masked(session, desk, row)
        lines = lines_facts(session, row, desk.today()) if row and not masked else ()
    candidates: list[LineFacts | None] = (
        [line_of(lines, line)] if line and not masked else [*likely(lines, said, MOST_LINES)]
    )
    answers = [_answer(known, one, said, understood.words, limit) for one in candidates or [None]]
    whose, facts, matches = max(answers, key=lambda answer: _fits(answer[2]))
    return Found(
        facts,
        {name: value for name, value in said.items() if value is not None},
        understood.words,
        row.number if row else None,
        whose.line_id if whose else None,
        whose.mdn if whose else None,
        matches,
        masked,
    )


def _answer(
    known: Catalogue, line: LineFacts | None, said: dict[str, Any], words: tuple[str, ...], limit: int
) -> tuple[LineFacts | None, Facts, tuple[Match, ...]]:
    """What the question may mean, if it is about that line."""
    whole = (beside(line, said) if line else {}) | said
    facts = Facts(**{name: value for name, value in whole.items() if value is not None}, words=words)
    return line, facts, known.rank(facts, limit)


def _fits(matches: tuple[Match, ...]) -> tuple[bool, float]:
    """How well the best answer fits; one that the line qualifies for is what the caller means."""
    best = matches[0] if matches else None
    return (best is not None and best.eligible is True, best.score if best else 0.0)


def promotions(desk: Desk, on: date | None = None) -> tuple[RevisionView, ...]:
    """Every revision of the catalogue, by OST number and day; with `on` those for purchases of that day."""
    with desk.reading() as session:
        rows = session.exec(
            select(PromotionRevision).order_by(col(PromotionRevision.ost), col(PromotionRevision.valid_from))
        )
        found = tuple(map(revision_view, rows))
    return found if on is None else tuple(one for one in found if one.terms.holds_on(on))


def promotion(desk: Desk, ost: str) -> tuple[RevisionView, ...]:
    """The revisions of that OST number, the first one first. Raises NotFound where there is none."""
    with desk.reading() as session:
        return tuple(map(revision_view, revisions(session, ost)))


def revisions(session: Session, ost: str) -> list[PromotionRevision]:
    """The rows of that OST number, within a snapshot that is already open. Raises NotFound where there is none."""
    wanted = ost.upper().removeprefix("OST").strip(" #")
    rows = session.exec(
        select(PromotionRevision).where(PromotionRevision.ost == wanted).order_by(col(PromotionRevision.valid_from))
    ).all()
    if not rows:
        raise NotFound(f"There is no promotion OST {clean(wanted, 20)}.", "Look for it by what the customer says.")
    return list(rows)


def line_id(desk: Desk, account: str, line: str = "") -> int:
    """The id of the account's line with that number; without one, of its only line. Raises NotFound."""
    with desk.reading() as session:
        lines = lines_facts(session, account_with_bills(session, desk, account), desk.today())
    if not line and len(lines) == 1:
        return lines[0].line_id
    return line_of(lines, line).line_id


def promotions_of_line(desk: Desk, line_id: int) -> tuple[OnLine, ...]:
    """What a line has or had, the latest first; what was undone the same day is not among it.

    Raises NotFound where there is no such line, Refused where the bills are masked.
    """
    rows = (
        select(LinePromotion, PromotionRevision)
        .join(PromotionRevision, col(PromotionRevision.id) == LinePromotion.revision_id)
        .where(LinePromotion.line_id == line_id, col(LinePromotion.undone_at).is_(None))
        .order_by(col(LinePromotion.id).desc())
    )
    with desk.reading() as session:
        line = session.get(Line, line_id)
        if line is None:
            raise NotFound("That line is not here any more.", "Open the account again.")
        refuse_masked_bills(session, desk, session.get_one(Account, line.account_id))
        return tuple(on_line(applied, revision) for applied, revision in session.exec(rows))


def on_line(applied: LinePromotion, revision: PromotionRevision) -> OnLine:
    """A promotion on a line, as a view."""
    return OnLine(
        applied.id or 0,
        revision.ost,
        revision.name,
        money.from_cents(applied.cents),
        applied.months,
        money.from_cents(scheduled(applied.cents, applied.months, 1)),
        applied.first_bill_on,
        applied.applied_by,
        applied.applied_at,
        applied.ended_on,
        applied.ended_why,
    )


def revision_view(row: PromotionRevision) -> RevisionView:
    """A revision, as a view."""
    return RevisionView(row.id or 0, terms_of(row), row.made_by, row.made_at)


def _named(given: dict[str, Any], names: Names) -> dict[str, Any]:
    """`given` with devices and plans by their names in the catalogue, however they were written."""
    known = {key(name): name for name in (*names.devices, *names.plans)}
    for fact in ("device", "trade_in", "plan"):
        if given.get(fact):
            given[fact] = known.get(key(given[fact])) or _likest(given[fact], names)
    if given.get("trade_in"):
        given.setdefault("traded", True)
    return {name: value for name, value in given.items() if name in FACTS}


def _likest(said: str, names: Names) -> str:
    like, name, _ = names.like(key(said), digits(said))
    return name if like >= 75 else clean(said, 60)
