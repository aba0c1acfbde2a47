"""The statements that read cases: a list of them, and one with its entries, tasks, tags, links and time worked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, literal, or_, select, union_all

from data.agents.tables import Agent
from data.cases.rules import EntryKind
from data.cases.tables import Case, CaseEntry, CaseLink, CaseSpan, CaseTag, CaseTask, CaseVisit
from data.columns import columns
from data.customers.tables import Account, Customer
from data.lines.tables import Line
from data.statements import Find

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
