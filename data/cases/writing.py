"""What every action on a case shares: its row, its timeline, its version."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, select

from data.cases.closing import hindrance
from data.cases.free_text import refuse_secrets
from data.cases.making import NewCase
from data.cases.reading import case_in, no_case
from data.cases.rules import TEXT_LIMIT, EntryKind, Status, may_become
from data.cases.tables import Case, CaseEntry
from data.cases.views import CaseView
from data.desk import Desk
from data.errors import Invalid, refuse
from data.identifiers import case_number_in
from data.statements import Add
from data.text import clean_lines, refuse_long
from data.verification.rules import without_numbers

BY_NUMBER = select(Case).where(Case.number == bindparam("number"))
BY_NUMBER_TO_WRITE = BY_NUMBER.with_for_update()
ADD_ENTRY = Add(CaseEntry)


def case_row(session: Session, number: str, *, to_write: bool = True) -> Case:
    """The row of the case of that number, held for writing. Raises NotFound where there is none."""
    wanted = {"number": case_number_in(number)}
    row = session.exec(BY_NUMBER_TO_WRITE if to_write else BY_NUMBER, params=wanted).one_or_none()
    if row is None:
        raise no_case(number)
    return row


def tell(
    desk: Desk,
    row: Case | NewCase,
    kind: EntryKind,
    text: str,
    *,
    next_step: str = "",
    detail: dict[str, Any] | None = None,
) -> int:
    """Adds an entry to the case's timeline, and names the case in the audit of the action that runs.

    Returns the entry's id.
    """
    assert row.id is not None
    entry = ADD_ENTRY.row(
        desk.driver,
        case_id=row.id,
        kind=kind,
        at=desk.now(),
        agent=desk.agent.name,
        text=text,
        next_step=next_step,
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True) if detail else "",
    )
    desk.event.tell(account_id=row.account_id, case=row.number)
    return entry


def change(desk: Desk, row: Case, kind: EntryKind, text: str, changed: dict[str, list[Any]], **detail: Any) -> None:
    """Counts a change of the case's row and tells it. `changed`: field → [old, new], as plain values."""
    row.version += 1
    row.changed_at = desk.now()
    desk.session.add(row)
    tell(desk, row, kind, text, detail={"version": row.version, "changed": changed, **detail})
    desk.event.tell(changed={field: _for_audit(field, both) for field, both in changed.items()})


def _for_audit(field: str, both: list[Any]) -> list[Any]:
    """The old and the new value as the audit keeps them: no telephone, mail address or device number."""
    return [without_numbers(value) for value in both] if field in ("contact", "device") else both


def whole(desk: Desk, row: Case) -> CaseView:
    """The case as it stands now, for an action to hand back."""
    desk.session.flush()
    return case_in(desk.session, desk, row.number)


def move(desk: Desk, row: Case, status: Status, resolution: str = "") -> None:
    """Gives a case another status, for the actions that do; raises what change_status raises."""
    before = Status(row.status)
    refuse(may_become(before, status))
    refuse_secrets(resolution=resolution)
    refuse_long(TEXT_LIMIT, resolution=resolution)
    stood = {"status": before, "resolution": row.resolution}
    row.resolution = clean_lines(resolution, TEXT_LIMIT) or row.resolution
    if status is Status.CLOSED and not row.resolution:
        raise Invalid({"resolution": "Say how the case ended before it is closed."})
    if status is Status.CLOSED and row.id is not None:
        refuse(hindrance(desk.session, row.id))
    row.status = status
    row.closed_at = desk.now() if status is Status.CLOSED else None
    ended = f": {row.resolution}" if resolution and row.resolution else ""
    kept = {"stood": stood} if status is Status.CLOSED else {}
    change(desk, row, EntryKind.STATUS, f"{before} → {status}{ended}", {"status": [before, status]}, **kept)
