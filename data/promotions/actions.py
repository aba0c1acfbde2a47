"""Writes to the promotions catalogue: days that have passed keep the terms that were told for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from data.agents.rules import Permission
from data.days import EARLIEST, LATEST, is_meant
from data.desk import Desk, action
from data.errors import Invalid, Misused, Refused
from data.promotions.catalogue import edition
from data.promotions.files import Entry
from data.promotions.queries import revision_view, revisions
from data.promotions.reading import read_terms
from data.promotions.records import Plain, columns_of, terms_of
from data.promotions.rules import Overlap, Terms, day_before, ended, place
from data.promotions.tables import PromotionRevision
from data.promotions.views import RevisionView


@dataclass(frozen=True)
class Reject:
    """An entry of a file that can't be used: where it stands, its OST number, and why."""

    where: str
    ost: str
    why: str
    entry: Entry


@dataclass(frozen=True)
class Imported:
    """What an import did: how many revisions are new, how many stood there already, and what was rejected."""

    new: int
    same: int
    rejects: tuple[Reject, ...]


@action("promotion.save", needs=Permission.EDIT_PROMOTIONS)
def save_promotion(desk: Desk, plain: Plain) -> RevisionView:
    """Adds a promotion, or a revision of one. `plain`: its fields as docs/promotions.md has them.

    A revision takes over from an earlier one on its first day. Raises Invalid by field, also where it would change
    days that have passed.
    """
    terms = read_terms(plain)
    try:
        row, new = _put(desk, terms)
    except Overlap as error:
        raise Invalid({"valid_from": str(error)}, "Let it begin today or later.") from None
    desk.event.tell(ost=terms.ost, name=terms.name, valid_from=terms.valid_from.isoformat(), new=new)
    return revision_view(row)


@action("promotion.end", needs=Permission.EDIT_PROMOTIONS)
def end_promotion(desk: Desk, ost: str, last_day: date) -> RevisionView:
    """Ends a promotion with `last_day` of purchase. Raises NotFound, Refused where days that passed would change.

    Misused for a day that nobody means.
    """
    if not is_meant(last_day):
        raise Misused(f"A promotion ends between {EARLIEST:%Y} and {LATEST:%Y}.", "Check the year.")
    for row in revisions(desk.session, ost):
        terms = terms_of(row)
        if terms.holds_on(last_day) and (terms.valid_to is None or terms.valid_to > last_day):
            if last_day < day_before(desk.today()):
                raise Refused("Days that have passed keep their terms.", "End it today, or on a day to come.")
            row.valid_to, row.edition = last_day, edition(desk.session) + 1
            desk.event.tell(ost=row.ost, last_day=last_day.isoformat())
            desk.session.flush()
            return revision_view(row)
    raise Refused(
        f"OST {ost} does not run on {last_day:%m-%d-%Y}, or ends with that day already.", "Look at its revisions."
    )


@action("promotion.import", needs=Permission.EDIT_PROMOTIONS)
def import_promotions(desk: Desk, entries: Iterable[Entry]) -> Imported:
    """Adds the promotions of a file; what can't be used is rejected with its reason, and the rest goes in."""
    counts, rejects = {True: 0, False: 0}, []
    for entry in entries:
        try:
            _, new = _put(desk, read_terms(entry.plain))
            counts[new] += 1
        except (Misused, Overlap) as error:
            why = error.reason if isinstance(error, Misused) else str(error)
            rejects.append(Reject(entry.where, str(entry.plain.get("ost", "")), why, entry))
    desk.event.tell(new=counts[True], same=counts[False], rejected=len(rejects))
    return Imported(counts[True], counts[False], tuple(rejects))


def _put(desk: Desk, terms: Terms) -> tuple[PromotionRevision, bool]:
    """Puts `terms` among the revisions of their OST number; says whether anything is new. Raises Overlap."""
    rows = desk.session.exec(select(PromotionRevision).where(col(PromotionRevision.ost) == terms.ost)).all()
    standing = {row.valid_from: row for row in rows}
    where = place(terms, [terms_of(row) for row in rows], desk.today())
    if where.same:
        return standing[terms.valid_from], False
    number = edition(desk.session) + 1
    if where.cut:
        cut = standing[where.cut.valid_from]
        cut.valid_to, cut.edition = ended(where.cut, day_before(terms.valid_from)).valid_to, number
    values: dict[str, Any] = {"made_by": desk.agent.name, "made_at": desk.now(), "edition": number}
    row = standing[terms.valid_from] if where.replaces else PromotionRevision(**columns_of(terms), **values)
    if where.replaces:
        for name, value in (columns_of(terms) | values).items():
            setattr(row, name, value)
    desk.session.add(row)
    desk.session.flush()
    return row, True
