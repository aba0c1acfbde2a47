"""The promotions that lines have or had: which stand, which were had, and what taking one back brings back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from data.billing.rules import month_later
from data.promotions.tables import LinePromotion, PromotionRevision

REPLACED_BY = "replaced by OST {ost}"
Applied = tuple[LinePromotion, PromotionRevision]


def standing_promotions(
    session: Session, line_ids: Sequence[int | None], bought: Mapping[int, date], today: date
) -> dict[int, list[Applied]]:
    """The promotions that lines have: applied, not undone and not ended; by line, the first one first.

    One whose last credit has come stands no more, but for the purchase that it belongs to: nobody is to have it twice
    for that. `bought`: the day of the purchase that is asked about, by line.
    """
    found = defaultdict(list)
    for applied, revision in _applied(session, line_ids, col(LinePromotion.ended_on).is_(None)):
        last_credit_on = month_later(applied.first_bill_on, applied.months - 1)
        if last_credit_on > today or applied.bought_on == bought.get(applied.line_id):
            found[applied.line_id].append((applied, revision))
    return found


def had_promotions(
    session: Session, line_ids: Sequence[int | None], bought: Mapping[int, date]
) -> dict[int, tuple[str, ...]]:
    """The OST numbers that lines had for the purchase that is asked about, until another took their place.

    One whose place was taken before its first credit is not among them: nobody had anything of it.
    """
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    begun = col(LinePromotion.ended_on) > LinePromotion.first_bill_on
    for applied, revision in _applied(session, line_ids, begun):
        if applied.bought_on == bought.get(applied.line_id):
            found[applied.line_id] += (revision.ost,)
    return found


def replaced_by(session: Session, row: LinePromotion, ost: str) -> list[LinePromotion]:
    """What `row`, a promotion of that OST number, took the place of, and what stands again once it is taken back."""
    wanted = (row.first_bill_on, REPLACED_BY.format(ost=ost))
    found: list[LinePromotion] = []
    for applied, revision in _applied(session, [row.line_id], col(LinePromotion.id) < row.id):
        if revision.ost == ost:
            found.clear()  # that one took the place of those before it
        if (applied.ended_on, applied.ended_why) == wanted:
            found.append(applied)
    return found


def put_there_since(session: Session, row: LinePromotion) -> str:
    """The OST number of the promotion that was put last on the line of `row`, after it; "" where none was."""
    since = _applied(session, [row.line_id], col(LinePromotion.id) > row.id)
    return since[-1][1].ost if since else ""


def _applied(session: Session, line_ids: Sequence[int | None], which: ColumnElement[bool]) -> Sequence[Applied]:
    """What was put on these lines and not undone, as far as `which` says, the first one first."""
    return session.exec(
        select(LinePromotion, PromotionRevision)
        .join(PromotionRevision, col(PromotionRevision.id) == LinePromotion.revision_id)
        .where(col(LinePromotion.line_id).in_(line_ids), col(LinePromotion.undone_at).is_(None), which)
        .order_by(col(LinePromotion.id))
    ).all()
