"""The statements that read cases, within a snapshot that is already open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, literal, or_, select, union_all
from sqlmodel import Session

from data.agents.tables import Agent
from data.cases.rules import ORPHAN_ACCOUNT, Category, EntryKind, Priority, Status
from data.cases.tables import Case, CaseEntry, CaseLink, CaseSpan, CaseTag, CaseTask, CaseVisit
from data.cases.time import PRESENT_FOR, Span, worked_seconds
from data.cases.views import CaseRow, CaseView, EntryView, LinkView, PresenceView, TaskView, TimeView
from data.columns import columns
from data.customers.rules import name_of
from data.customers.tables import Account, Customer
from data.desk import Desk
from data.errors import NotFound
from data.identifiers import case_number_in
from data.lines.tables import Line
from data.statements import Find
from data.store import driver_of
from data.text import clean
from data.verification.rules import Field, without_numbers
from data.verification.sight import Hidden, in_order, sight_in

NEWEST = 1_000  # entries that a case shows; whoever needs more filters

k, e, t = columns(Case), columns(CaseEntry), columns(CaseTask)
a, c, line = columns(Account), columns(Customer), columns(Line)
tag, link, visit, span = columns(CaseTag), columns(CaseLink), columns(CaseVisit), columns(CaseSpan)
agents = columns(Agent).id.table
owner, opener = agents.alias("owner"), agents.alias("opener")
other, source = k.id.table.alias("other_case"), k.id.table.alias("source_case")
target = k.id.table.alias("target_case")

newest_icci = (
    select(func.max(e.id)).where(e.case_id == k.id, e.kind == EntryKind.ICCI).correlate(k.id.table).scalar_subquery()
)
NAMED = (
    a.number.label("account"),
    c.first_name,
    c.middle_name,
    c.last_name,
    c.company_name,
    owner.c.name.label("owner"),
)
WHOSE = (*NAMED, line.mdn)

ROWS = (
    select(
        k.id,
        k.number,
        k.subject,
        k.category,
        k.priority,
        k.status,
        k.account_id,
        k.due_at,
        k.opened_at,
        k.changed_at,
        k.closed_at,
        *WHOSE,
        e.id.label("icci_id"),
        e.at.label("icci_at"),
        e.agent.label("icci_agent"),
        e.text.label("icci_text"),
        e.next_step.label("icci_next_step"),
    )
    .select_from(Case)
    .outerjoin(Account, a.id == k.account_id)
    .outerjoin(Customer, c.id == a.customer_id)
    .outerjoin(Line, line.id == k.line_id)
    .outerjoin(owner, owner.c.id == k.owner_id)
    .outerjoin(CaseEntry, e.id == newest_icci)
)
WHOLE = Find(
    select(
        k,
        *WHOSE,
        a.customer_id,
        opener.c.name.label("opened_by"),
        source.c.number.label("source"),
        target.c.number.label("merged_into"),
    )
    .select_from(Case)
    .outerjoin(Account, a.id == k.account_id)
    .outerjoin(Customer, c.id == a.customer_id)
    .outerjoin(Line, line.id == k.line_id)
    .outerjoin(owner, owner.c.id == k.owner_id)
    .join(opener, opener.c.id == k.opened_by_id)
    .outerjoin(source, source.c.id == k.source_id)
    .outerjoin(target, target.c.id == k.merged_into_id)
    .where(k.number == bindparam("number"))
)
ITS: BindParameter[int] = bindparam("case")


def own_and_taken_in(case_id: Any) -> Select[Any]:
    """The ids of a case and of those that were merged into it. `case_id`: an id, or a parameter that binds one."""
    return select(k.id).where(or_(k.id == case_id, k.merged_into_id == case_id))


ENTRIES = Find(
    select(e.id, k.number, e.kind, e.at, e.agent, e.text, e.next_step)
    .join(Case, k.id == e.case_id)
    .where(e.case_id.in_(own_and_taken_in(ITS)))
    .order_by(e.id.desc())
    .limit(NEWEST)
)
TASKS = Find(
    select(t, k.number, owner.c.name.label("owner"))
    .join(Case, k.id == t.case_id)
    .join(owner, owner.c.id == t.owner_id)
    .where(t.case_id.in_(own_and_taken_in(ITS)))
    .order_by(t.done_at.is_not(None), t.due_at.is_(None), t.due_at, t.id)
)
TAGS = Find(select(tag.tag).where(tag.case_id == ITS).order_by(tag.tag))
SPANS = Find(
    select(visit.id, owner.c.name, span.started_at, span.ended_at)
    .select_from(CaseVisit)
    .join(owner, owner.c.id == visit.agent_id)
    .outerjoin(CaseSpan, span.visit_id == visit.id)
    .where(visit.case_id == ITS)
    .order_by(visit.id)
)
PRESENT = Find(
    select(owner.c.name, owner.c.display_name, func.min(visit.started_at).label("since"))
    .join(CaseVisit, visit.agent_id == owner.c.id)
    .where(
        visit.case_id == ITS,
        visit.ended_at.is_(None),
        visit.seen_at >= bindparam("fresh"),
        visit.agent_id != bindparam("me"),
    )
    .group_by(owner.c.id)
    .order_by(owner.c.name)
)


def _linked(place: int, how: str, *conditions: ColumnElement[bool]) -> Select[Any]:
    named = (literal(place).label("place"), literal(how).label("how"))
    return select(*named, other.c.id, other.c.number, other.c.subject, other.c.status).where(*conditions)


LINKS = Find(
    union_all(
        _linked(0, "cloned from", other.c.id == select(k.source_id).where(k.id == ITS).scalar_subquery()),
        _linked(1, "cloned as", other.c.source_id == ITS),
        _linked(2, "merged into", other.c.id == select(k.merged_into_id).where(k.id == ITS).scalar_subquery()),
        _linked(3, "took in", other.c.merged_into_id == ITS),
        _linked(4, "linked", other.c.id.in_(select(link.other_id).where(link.case_id == ITS))),
        _linked(4, "linked", other.c.id.in_(select(link.case_id).where(link.other_id == ITS))),
    ).order_by("place", "id")
)


def rows_in(session: Session, *conditions: ColumnElement[bool], limit: int = -1) -> tuple[CaseRow, ...]:
    """The cases that meet `conditions`, the latest opened first, `limit` at most; all of them where it is below 0."""
    query = ROWS.where(*conditions).order_by(k.id.desc()).limit(limit)
    return tuple(row_view(row) for row in session.connection().execute(query))


def row_view(row: Any) -> CaseRow:
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
        name=whose(row),
        mdn=row.mdn,
        icci=icci,
    )


def whose(row: Any) -> str:
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
        name=whose(row),
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
