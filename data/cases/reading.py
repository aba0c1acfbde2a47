"""Cases as they are read within a snapshot that is already open: rows of a list, one whole, its time, who is there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session

from data.cases.rules import ORPHAN_ACCOUNT, Category, EntryKind, Priority, Status
from data.cases.statements import ENTRIES, LINKS, PRESENT, ROWS, SPANS, TAGS, TASKS, WHOLE, k
from data.cases.time import PRESENT_FOR, Span, worked_seconds
from data.cases.views import CaseRow, CaseView, EntryView, LinkView, PresenceView, TaskView, TimeView
from data.customers.rules import name_of
from data.desk import Desk
from data.errors import NotFound
from data.identifiers import case_number_in
from data.store import driver_of
from data.text import clean
from data.verification.rules import Field, without_numbers
from data.verification.sight import Hidden, in_order, sight_in


def rows_in(session: Session, *conditions: ColumnElement[bool], limit: int = -1) -> tuple[CaseRow, ...]:
    """The cases that meet `conditions`, the latest opened first, `limit` at most; all of them where it is below 0."""
    query = ROWS.where(*conditions).order_by(k.id.desc()).limit(limit)
    return tuple(_row_view(row) for row in session.connection().execute(query))


def _row_view(row: Any) -> CaseRow:
    """A row of ROWS as a list shows it."""
    icci = None
    if row.icci_id is not None:
        icci = EntryView(
            row.icci_id, row.number, EntryKind.ICCI, row.icci_at, row.icci_agent, row.icci_text, row.icci_next_step
        )
    return CaseRow(
        id=row.id,
        number=row.number,
        subject=row.subject,
        category=Category(row.category),
        priority=Priority(row.priority),
        status=Status(row.status),
        owner=row.owner or "",
        due_at=row.due_at,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        closed_at=row.closed_at,
        account=row.account,
        name=_whose(row),
        mdn=row.mdn,
        icci=icci,
    )


def _whose(row: Any) -> str:
    """The name of the customer behind a case, or the Orphan Account."""
    if row.account is None:
        return ORPHAN_ACCOUNT
    return name_of(row)


def case_in(session: Session, desk: Desk, number: str) -> CaseView:
    """The case of that number, whole. Raises NotFound where there is none."""
    driver = driver_of(session)
    row = WHOLE.first(driver, number=case_number_in(number))
    if row is None:
        raise no_case(number)
    whole = replace(
        _bare(row),
        tags=tuple(one.tag for one in TAGS.all(driver, case=row.id)),
        links=tuple(
            LinkView(one.how, one.number, one.subject, Status(one.status)) for one in LINKS.all(driver, case=row.id)
        ),
        tasks=tuple(_task(one) for one in TASKS.all(driver, case=row.id)),
        timeline=tuple(_entry(one) for one in ENTRIES.all(driver, case=row.id)),
        time=time_in(session, row.id),
        others=present_in(session, desk, row.id),
    )
    return covered_case(whole, sight_in(session, desk).hidden(row.customer_id))


def no_case(number: str) -> NotFound:
    """What to raise where no case has that number."""
    return NotFound(f"There is no case {clean(number, 40)} here.", "Check the eight digits, or look on the account.")


def _bare(row: Any) -> CaseView:
    """What a row of WHOLE says of a case by itself."""
    return CaseView(
        id=row.id,
        number=row.number,
        subject=row.subject,
        category=Category(row.category),
        priority=Priority(row.priority),
        status=Status(row.status),
        resolution=row.resolution,
        account_id=row.account_id,
        account=row.account,
        name=_whose(row),
        line_id=row.line_id,
        mdn=row.mdn,
        device=row.device,
        contact=row.contact,
        owner=row.owner or "",
        due_at=row.due_at,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        closed_at=row.closed_at,
        source=row.source,
        merged_into=row.merged_into,
        tags=(),
        links=(),
        tasks=(),
        timeline=(),
        time=(),
        others=(),
        version=row.version,
    )


def covered_case(whole: CaseView, hidden: Hidden) -> CaseView:
    """The case with the numbers and addresses in its handset and contact masked, as far as they are `hidden`."""
    device = without_numbers(whole.device) if Field.DEVICE in hidden else whole.device
    contact = without_numbers(whole.contact) if Field.CONTACTS in hidden else whole.contact
    behind = {Field.DEVICE: device != whole.device, Field.CONTACTS: contact != whole.contact}
    found = in_order({*whole.masked, *(field for field, there in behind.items() if there)})
    return replace(whole, device=device, contact=contact, masked=found)


def present_in(session: Session, desk: Desk, case_id: int) -> tuple[PresenceView, ...]:
    """Who else has the case open now."""
    found = PRESENT.all(driver_of(session), case=case_id, fresh=desk.now() - PRESENT_FOR, me=desk.agent.id)
    return tuple(PresenceView(one.name, one.display_name, one.since) for one in found)


def _entry(row: Any) -> EntryView:
    return EntryView(row.id, row.number, EntryKind(row.kind), row.at, row.agent, row.text, row.next_step)


def _task(row: Any) -> TaskView:
    return TaskView(
        row.id, row.number, row.text, row.owner, row.due_at, row.added_by, row.added_at, row.done_by, row.done_at
    )


def time_in(session: Session, case_id: int) -> tuple[TimeView, ...]:
    """How long each agent worked the case, in the order in which they came."""
    visits: dict[str, set[int]] = defaultdict(set)
    spans: dict[str, list[Span]] = defaultdict(list)
    for row in SPANS.all(driver_of(session), case=case_id):
        visits[row.name].add(row.id)
        if row.started_at is not None:
            spans[row.name].append((row.started_at, row.ended_at))
    return tuple(TimeView(agent, len(those), worked_seconds(spans[agent])) for agent, those in visits.items())
