"""Reads about cases: one whole, those of an account, and whichever a number leads to."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlmodel import Session

from data.cases.reading import case_in, rows_in
from data.cases.rules import EntryKind
from data.cases.statements import a, e, k, line
from data.cases.tables import Case, CaseEntry
from data.cases.views import CaseRow, CaseView, EntryView
from data.customers.rules import spellings
from data.desk import Desk
from data.identifiers import parse_case, parse_mdn

FOUND = 200  # cases that a number leads to


def case(desk: Desk, number: str) -> CaseView:
    """The case of that number, whole. Raises NotFound where there is none."""
    with desk.reading() as session:
        return case_in(session, desk, number)


def cases_of(desk: Desk, account_id: int) -> tuple[CaseRow, ...]:
    """An account's cases: those under way first, then the latest opened."""
    with desk.reading() as session:
        return cases_in(session, account_id)


def cases_in(session: Session, account_id: int) -> tuple[CaseRow, ...]:
    """`cases_of` within a snapshot that is already open."""
    return _open_first(rows_in(session, k.account_id == account_id))


def orphans(desk: Desk, limit: int = FOUND) -> tuple[CaseRow, ...]:
    """The Orphan Account's cases that are under way, the latest opened first."""
    with desk.reading() as session:
        return rows_in(session, k.account_id.is_(None), k.closed_at.is_(None), limit=limit)


def icci_of(desk: Desk, accounts: Iterable[str]) -> dict[str, EntryView]:
    """The newest ICCI of each of those accounts' cases under way, by account number; accounts without one are left out.

    A list of search hits shows it, so that whoever picks up knows in one look.
    """
    newest = (
        select(a.number.label("account"), func.max(e.id).label("id"))
        .join(Case, k.account_id == a.id)
        .join(CaseEntry, e.case_id == k.id)
        .where(a.number.in_(list(accounts)), k.closed_at.is_(None), e.kind == EntryKind.ICCI)
        .group_by(a.id)
        .subquery()
    )
    query = (
        select(newest.c.account, e.id, k.number, e.at, e.agent, e.text, e.next_step)
        .join(newest, newest.c.id == e.id)
        .join(Case, k.id == e.case_id)
    )
    with desk.reading() as session:
        return {
            row.account: EntryView(row.id, row.number, EntryKind.ICCI, row.at, row.agent, row.text, row.next_step)
            for row in session.connection().execute(query)
        }


def find_cases(desk: Desk, text: str) -> tuple[CaseRow, ...]:
    """The cases that `text` leads to: by case number, by MTN (MDN), or by account number; those under way first."""
    with desk.reading() as session:
        if (number := parse_case(text)) and (found := rows_in(session, k.number == number)):
            return found
        if (mdn := parse_mdn(text)) and (found := _of_mdn(session, mdn)):
            return found
        accounts = select(a.id).where(a.number.in_(spellings(text)))
        return _open_first(rows_in(session, k.account_id.in_(accounts), limit=FOUND))


def _of_mdn(session: Session, mdn: str) -> tuple[CaseRow, ...]:
    """The cases of the accounts that have a line of that number."""
    lines = select(line.id).where(line.mdn == mdn)
    accounts = select(line.account_id).where(line.mdn == mdn)
    of_either = or_(k.line_id.in_(lines), k.account_id.in_(accounts))
    return _open_first(rows_in(session, of_either, limit=FOUND))


def _open_first(rows: Iterable[CaseRow]) -> tuple[CaseRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.closed_at is not None))
