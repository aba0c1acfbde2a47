"""What keeps a case open: everything that somebody still has to do for it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from data.cases.tables import Case, CaseTask
from data.credits.closing import blocks_closing
from data.errors import No

Check = Callable[[Session, int], No | None]


def tasks_left(session: Session, case_id: int) -> No | None:
    """A case is not closed over tasks that nobody has done, its own or those of a case that it took in."""
    undone = (
        select(func.count())
        .select_from(CaseTask)
        .join(Case, col(Case.id) == col(CaseTask.case_id))
        .where(or_(col(Case.id) == case_id, col(Case.merged_into_id) == case_id), col(CaseTask.done_at).is_(None))
    )
    left = session.exec(undone).one()
    if not left:
        return None
    what = "a task that is" if left == 1 else f"{left} tasks that are"
    return No(f"The case has {what} not done.", "Do what is left, or tick it off; then close the case.")


CHECKS: tuple[Check, ...] = (tasks_left, blocks_closing)
"""A capability that keeps cases open adds its own line here."""


def hindrance(session: Session, case_id: int) -> No | None:
    """Why the case may not be closed yet; None where it may."""
    return next((no for check in CHECKS if (no := check(session, case_id))), None)
