"""Taking a closing back: a slip undone by whoever made it, and the case is as it stood."""

from __future__ import annotations

import json

from sqlmodel import col, func, select

from data.agents.rules import Permission
from data.cases.rules import EntryKind, Status, may_take_back_closing
from data.cases.tables import Case, CaseEntry
from data.cases.views import CaseView
from data.cases.writing import case_row, change, whole
from data.desk import Desk, action
from data.errors import refuse


@action("case.unclose", needs=Permission.WORK_CASES)
def undo_close(desk: Desk, number: str) -> CaseView:
    """Takes back a closing that this desk's agent made a moment ago; the case has the status that it had before.

    Raises Refused as rules.may_take_back_closing says: for somebody else's closing, after an hour, or once the case
    was changed or cloned.
    """
    row = case_row(desk.session, number)
    closing = desk.session.exec(
        select(CaseEntry)
        .where(CaseEntry.case_id == row.id, CaseEntry.kind == EntryKind.STATUS, col(CaseEntry.detail) != "")
        .order_by(col(CaseEntry.id).desc())
    ).first()
    detail = json.loads(closing.detail) if closing else {}
    clones = desk.session.exec(select(func.count()).select_from(Case).where(Case.source_id == row.id)).one()
    refuse(
        may_take_back_closing(
            Status(row.status),
            mine=closing is not None and closing.agent == desk.agent.name,
            since=desk.now() - (row.closed_at or desk.now()),
            changed="stood" not in detail or detail["version"] != row.version,
            cloned=clones > 0,
            merged=row.merged_into_id is not None,
        )
    )
    stood = detail["stood"]
    row.status, row.resolution, row.closed_at = stood["status"], stood["resolution"], None
    told = f"Closing taken back: {row.status} again"
    change(desk, row, EntryKind.STATUS, told, {"status": [Status.CLOSED, row.status]})
    return whole(desk, row)
