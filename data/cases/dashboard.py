"""The CSR Pending Dashboard: what waits for an agent, or for the whole team of a lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal, null, select
from sqlmodel import Session

from data.agents.finding import active_agent_row
from data.agents.rules import Permission, Role, may
from data.agents.tables import Agent
from data.cases.pending import (
    Dashboard,
    Day,
    ItemKind,
    LoadView,
    PendingItem,
    by_urgency,
    waits_on,
)
from data.cases.rules import ORPHAN_ACCOUNT, Priority, Status
from data.cases.statements import NAMED, a, c, e, k, owner, t, target
from data.cases.tables import Case, CaseEntry, CaseMention, CaseTask
from data.columns import columns
from data.complaints.pending import pending_complaints
from data.credits.pending import pending_credits
from data.customers.rules import display_name
from data.customers.tables import Account, Customer
from data.desk import Desk, permit
from data.quiz.pending import pending_quizzes
from data.verification.pending import pending_looks

m, agent = columns(CaseMention), columns(Agent)
Source = Callable[[Session, Day, int | None], Iterator[PendingItem]]  # whose: the agent's id, None: everybody's


def pending(desk: Desk, agent: str | None = None, *, team: bool = False) -> Dashboard:
    """All that waits in my name, from cases to quizzes; a lead may name an `agent`, or see the `team`'s.

    Raises Refused where an agent who does not lead asks for somebody else's, NotFound where nobody is called `agent`.
    """
    others = team or agent not in (None, desk.agent.name)
    if others:
        permit(desk, Permission.LEAD_TEAM)
    with desk.reading() as session:
        who: int | None = desk.agent.id
        if agent is not None:
            who = active_agent_row(session, agent).id
        elif team:
            who = None
        day = Day.at(desk.now(), desk.agent.zone)
        return Dashboard(by_urgency([item for source in SOURCES for item in source(session, day, who)]))


def pending_count(desk: Desk) -> int:
    """How many things the dashboard has: what the bar shows."""
    return len(pending(desk))


def team_load(desk: Desk) -> tuple[LoadView, ...]:
    """How much each agent has, the busiest first. Raises Refused where this agent does not lead."""
    permit(desk, Permission.LEAD_TEAM)
    day = Day.at(desk.now(), desk.agent.zone)
    loads: list[LoadView] = []
    with desk.reading() as session:
        cases = _counts(session, day, Case, k.owner_id, k.due_at, k.closed_at.is_(None))
        tasks = _counts(session, day, CaseTask, t.owner_id, t.due_at, t.done_at.is_(None))
        for who in session.connection().execute(
            select(agent.id, agent.name, agent.display_name, agent.role, agent.active)
        ):
            own, todo = cases.get(who.id, NOTHING), tasks.get(who.id, NOTHING)
            works_cases = who.active and may(Role(who.role), Permission.WORK_CASES)
            if works_cases or own.all or todo.all:
                overdue, due_today = own.overdue + todo.overdue, own.due_today + todo.due_today
                loads.append(LoadView(who.name, who.display_name, who.role, own.all, todo.all, overdue, due_today))
    return tuple(sorted(loads, key=lambda load: (-load.cases - load.tasks, load.agent)))


class Counts(NamedTuple):
    """How many cases, or tasks, somebody has; and how many of them are overdue, or due today."""

    all: int
    overdue: int
    due_today: int


NOTHING = Counts(0, 0, 0)


def _counts(
    session: Session, day: Day, table: Any, owner_id: Any, due_at: Any, under_way: ColumnElement[bool]
) -> dict[int, Counts]:
    """How many rows of `table` under way each agent has, by the agent's id."""
    overdue, due_today = due_at <= day.now, (due_at > day.now) & (due_at < day.tonight)
    query = (
        select(
            owner_id,
            func.count(),
            func.sum(case((overdue, 1), else_=0)),
            func.sum(case((due_today, 1), else_=0)),
        )
        .select_from(table)
        .where(under_way, owner_id.is_not(None))
        .group_by(owner_id)
    )
    return {owner: Counts(*counts) for owner, *counts in session.connection().execute(query)}


def _cases(session: Session, day: Day, who: int | None) -> Iterator[PendingItem]:
    query = (
        select(k.id, k.number, k.subject, k.status, k.priority, k.due_at, k.opened_at, *NAMED)
        .select_from(Case)
        .outerjoin(Account, a.id == k.account_id)
        .outerjoin(Customer, c.id == a.customer_id)
        .outerjoin(owner, owner.c.id == k.owner_id)
        .where(k.closed_at.is_(None), *([] if who is None else [k.owner_id == who]))
    )
    for row in session.connection().execute(query):
        yield _item(day, ItemKind.CASE, row, waits_on(Status(row[3])))


def _tasks(session: Session, day: Day, who: int | None) -> Iterator[PendingItem]:
    query = (
        _of_case(t.id, t.text, t.due_at, t.added_at)
        .join(CaseTask, t.case_id == k.id)
        .join(owner, owner.c.id == t.owner_id)
        .where(t.done_at.is_(None), *([] if who is None else [t.owner_id == who]))
    )
    for row in session.connection().execute(query):
        yield _item(day, ItemKind.TASK, row, "me")


def _mentions(session: Session, day: Day, who: int | None) -> Iterator[PendingItem]:
    query = (
        _of_case(m.id, e.agent + ": " + e.text, null(), e.at)
        .join(CaseEntry, e.case_id == k.id)
        .join(CaseMention, m.entry_id == e.id)
        .join(owner, owner.c.id == m.agent_id)
        .where(m.seen_at.is_(None), *([] if who is None else [m.agent_id == who]))
    )
    for row in session.connection().execute(query):
        yield _item(day, ItemKind.MENTION, row, "me")


SOURCES: tuple[Source, ...] = (
    _cases,
    _tasks,
    _mentions,
    pending_credits,
    pending_complaints,
    pending_quizzes,
    pending_looks,
)
"""What the dashboard is gathered from. A capability whose things wait for somebody adds its own line here."""


def _of_case(id: Any, text: Any, due_at: Any, since: Any) -> Select[Any]:
    """A select of something that hangs on a case, with whose it is; a merged case is named by what took it in."""
    number = func.coalesce(target.c.number, k.number)
    return (
        select(id, number, text, literal(""), literal(Priority.NORMAL.value), due_at, since, *NAMED)
        .select_from(Case)
        .outerjoin(target, target.c.id == k.merged_into_id)
        .outerjoin(Account, a.id == k.account_id)
        .outerjoin(Customer, c.id == a.customer_id)
    )


def _item(day: Day, kind: ItemKind, row: Any, waiting_on: str) -> PendingItem:
    """A row as the selects above have it; taken apart by place, since there are hundreds."""
    id, number, text, status, priority, due_at, since, account, first, middle, last, company, its_owner = row
    return PendingItem(
        kind=kind,
        id=id,
        case=number,
        text=text,
        urgency=day.urgency(due_at, on_others=waiting_on != "me"),
        waiting_on=waiting_on,
        owner=its_owner or "",
        account=account,
        name=ORPHAN_ACCOUNT if account is None else display_name(first, middle, last, company),
        due_at=due_at,
        since=since,
        age_days=day.age(since),
        status=status,
        priority=Priority(priority),
    )
