"""Merging a duplicate case into the one that goes on. Nothing is copied or lost: undoing it is one step back."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from data.agents.rules import Permission
from data.cases.rules import EntryKind, Status
from data.cases.tables import Case, CaseEntry, CaseTask
from data.cases.views import CaseView
from data.cases.writing import case_row, change, tell, whole
from data.desk import Desk, action
from data.errors import No, Refused, refuse


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do. `entries`, `tasks`: of the duplicate, which show in the case that goes on."""

    duplicate: str
    duplicate_subject: str
    into: str
    into_subject: str
    entries: int
    tasks: int


def preview_merge(desk: Desk, number: str, into: str) -> MergePreview:
    """What merging `number` into `into` would do; nothing is changed. Raises Refused where the two can't be one."""
    with desk.reading() as session:
        duplicate, target = (case_row(session, one, to_write=False) for one in (number, into))
        refuse(_may_merge(session, duplicate, target))
        entries = session.exec(select(func.count()).where(CaseEntry.case_id == duplicate.id)).one()
        undone = select(func.count()).where(CaseTask.case_id == duplicate.id, col(CaseTask.done_at).is_(None))
        return MergePreview(
            duplicate.number, duplicate.subject, target.number, target.subject, entries, session.exec(undone).one()
        )


@action("case.merge", needs=Permission.WORK_CASES)
def merge(desk: Desk, number: str, into: str) -> CaseView:
    """Closes a duplicate, and shows what happened in it and what is left to do in the case that goes on.

    Returns that case. Raises Refused where the two can't be one.
    """
    duplicate, target = case_row(desk.session, number), case_row(desk.session, into)
    refuse(_may_merge(desk.session, duplicate, target))
    stood = {
        "status": duplicate.status,
        "resolution": duplicate.resolution,
        "closed_at": duplicate.closed_at.isoformat() if duplicate.closed_at else None,
    }
    duplicate.merged_into_id = target.id
    duplicate.resolution = duplicate.resolution or f"Duplicate of {target.number}."
    duplicate.status, duplicate.closed_at = Status.CLOSED, duplicate.closed_at or desk.now()
    change(
        desk,
        duplicate,
        EntryKind.MERGE,
        f"Merged into {target.number}",
        {"status": [stood["status"], duplicate.status]},
        stood=stood,
    )
    tell(desk, target, EntryKind.MERGE, f"Took in {duplicate.number}: {duplicate.subject}")
    target.changed_at = desk.now()
    desk.event.tell(merged=duplicate.number)
    return whole(desk, target)


@action("case.unmerge", needs=Permission.WORK_CASES)
def undo_merge(desk: Desk, number: str) -> CaseView:
    """Takes a merged duplicate out again, as it stood; returns it. Who merged it may, and a lead.

    Raises Refused where it is not merged, or somebody else's doing.
    """
    duplicate = case_row(desk.session, number)
    if duplicate.merged_into_id is None:
        raise Refused(f"Case {duplicate.number} is not merged.", "There is nothing to undo.")
    target = desk.session.get_one(Case, duplicate.merged_into_id)
    merged = _last_merge(desk.session, duplicate)
    if merged.agent != desk.agent.name and not desk.may(Permission.LEAD_TEAM):
        raise Refused(f"{merged.agent} merged these two.", "Ask them, or a lead, to take them apart.")
    stood, before = json.loads(merged.detail)["stood"], duplicate.status
    duplicate.merged_into_id = None
    duplicate.status, duplicate.resolution = stood["status"], stood["resolution"]
    duplicate.closed_at = duplicate.closed_at if stood["closed_at"] else None
    change(
        desk,
        duplicate,
        EntryKind.MERGE,
        f"Taken out of {target.number} again",
        {"status": [before, duplicate.status]},
    )
    tell(desk, target, EntryKind.MERGE, f"{duplicate.number} taken out again")
    desk.event.tell(merged=duplicate.number)
    return whole(desk, duplicate)


def _may_merge(session: Session, duplicate: Case, target: Case) -> No | None:
    """Why the one can't be merged into the other; None where it can."""
    if duplicate.id == target.id:
        return No("A case is no duplicate of itself.", "Give the number of the case that goes on.")
    if duplicate.merged_into_id is not None:
        return No(f"Case {duplicate.number} is merged already.", "Open the case that took it in.")
    if target.closed_at is not None:
        return No(f"Case {target.number} is closed.", "Merge into the case that goes on; clone it first if need be.")
    if None not in (duplicate.account_id, target.account_id) and duplicate.account_id != target.account_id:
        return No("The two cases are different accounts'.", "Link them instead, so that each account keeps its own.")
    took_in = select(func.count()).select_from(Case).where(Case.merged_into_id == duplicate.id)
    if session.exec(took_in).one():
        return No(f"Case {duplicate.number} took others in itself.", "Merge the other way round.")
    return None


def _last_merge(session: Session, duplicate: Case) -> CaseEntry:
    """The entry that tells of the merge that stands."""
    merges = select(CaseEntry).where(
        CaseEntry.case_id == duplicate.id, CaseEntry.kind == EntryKind.MERGE, col(CaseEntry.detail).contains('"stood"')
    )
    return session.exec(merges.order_by(col(CaseEntry.id).desc()).limit(1)).one()
