"""Lists of cases: by what they are, in whose hands, how old; and filters that an agent keeps under a name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel import select as select_rows

from data.agents.finding import agent_row
from data.agents.rules import Permission
from data.cases.free_text import refuse_secrets
from data.cases.pending import end_of_day
from data.cases.reading import rows_in
from data.cases.rules import Category, Priority, Status, tag_text
from data.cases.statements import a, c, k, owner
from data.cases.statements import tag as tags
from data.cases.tables import Case, SavedFilter
from data.cases.views import CaseRow
from data.customers.rules import spellings
from data.customers.tables import Account, Customer
from data.desk import Desk, action
from data.errors import Invalid, Misused, NotFound
from data.text import clean, refuse_long

LISTED = 500  # cases that a list shows
ASKED = 900  # numbers in one statement
NAME_LIMIT = 40
OLDEST = 36_500  # days: no case is older
Condition = Any  # a clause of SQL
ME, NOBODY = "me", "nobody"
FITTING = (
    select(k.number)
    .select_from(Case)
    .outerjoin(Account, a.id == k.account_id)
    .outerjoin(Customer, c.id == a.customer_id)
    .outerjoin(owner, owner.c.id == k.owner_id)
)


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """Which cases a list holds; what is left out does not matter.

    `status` and `category` by value; `owner`: a sign-in name, "me" or "nobody"; `under_way`: not closed;
    `due`: "overdue" or "today"; `older_than_days`: opened so long ago; `text`: words that the subject or
    the customer's last name holds, in any order.
    """

    status: str | None = None
    category: str | None = None
    priority: str | None = None
    owner: str | None = None
    tag: str | None = None
    account: str | None = None
    orphan: bool = False
    under_way: bool = False
    due: str | None = None
    older_than_days: int | None = None
    text: str = ""


def list_cases(desk: Desk, wanted: CaseFilter = CaseFilter(), limit: int = LISTED) -> tuple[CaseRow, ...]:
    """The cases that fit, the latest opened first. Raises Misused for a value, NotFound for an owner that is none."""
    conditions = tuple(_conditions(desk, wanted))
    with desk.reading() as session:
        return rows_in(session, *conditions, limit=limit)


def fitting(desk: Desk, wanted: CaseFilter, numbers: Iterable[str]) -> frozenset[str]:
    """Those of the cases of these numbers that fit. Raises Misused for a value that there is not."""
    asked = list(dict.fromkeys(numbers))
    conditions = tuple(_conditions(desk, wanted))
    found: set[str] = set()
    with desk.reading() as session:
        for first in range(0, len(asked), ASKED):
            some = FITTING.where(k.number.in_(asked[first : first + ASKED]), *conditions)
            found.update(session.connection().execute(some).scalars())
    return frozenset(found)


def saved_filters(desk: Desk) -> dict[str, CaseFilter]:
    """The agent's own filters by name, in the order of the alphabet."""
    with desk.reading() as session:
        mine = select_rows(SavedFilter).where(SavedFilter.agent_id == desk.agent.id).order_by(col(SavedFilter.name))
        return {row.name: _read(row.filter) for row in session.exec(mine)}


@action("case.save_filter", needs=Permission.READ_ACCOUNTS)
def save_filter(desk: Desk, name: str, wanted: CaseFilter) -> None:
    """Keeps a filter under a name, in place of what had that name.

    Raises Invalid without a name, and what `list_cases` raises, so that no filter is kept that lists nothing.
    """
    refuse_secrets(name=name, text=wanted.text)
    refuse_long(NAME_LIMIT, name=name)
    if not (kept := clean(name, NAME_LIMIT)):
        raise Invalid({"name": "A filter needs a name."})
    tuple(_conditions(desk, wanted))  # raises for what can't be
    text = json.dumps(asdict(wanted), ensure_ascii=False, sort_keys=True)
    desk.session.merge(SavedFilter(agent_id=desk.agent.id, name=kept, filter=text))
    desk.event.tell(filter=kept)


@action("case.forget_filter", needs=Permission.READ_ACCOUNTS)
def forget_filter(desk: Desk, name: str) -> None:
    """Lets go of a filter. Raises NotFound where there is none of that name."""
    row = desk.session.get(SavedFilter, (desk.agent.id, clean(name, NAME_LIMIT)))
    if row is None:
        raise NotFound(f"You keep no filter called {clean(name, NAME_LIMIT)}.", "See the names of those you keep.")
    desk.session.delete(row)
    desk.event.tell(filter=row.name)


def _conditions(desk: Desk, wanted: CaseFilter) -> Iterator[Condition]:
    if wanted.status:
        yield k.status == _one_of(Status, wanted.status)
    if wanted.category:
        yield k.category == _one_of(Category, wanted.category)
    if wanted.priority:
        yield k.priority == _one_of(Priority, wanted.priority)
    if wanted.owner:
        yield _owned(desk, wanted.owner)
    if wanted.tag:
        yield k.id.in_(select(tags.case_id).where(tags.tag == tag_text(wanted.tag)))
    if wanted.account:
        yield a.number.in_(spellings(wanted.account))
    if wanted.orphan:
        yield k.account_id.is_(None)
    if wanted.under_way or wanted.due:
        yield k.closed_at.is_(None)
    if wanted.due:
        yield _due(desk, wanted.due)
    if wanted.older_than_days is not None:
        yield k.opened_at < desk.now() - timedelta(days=min(wanted.older_than_days, OLDEST))
    for word in clean(wanted.text).split():
        yield or_(k.subject.icontains(word, autoescape=True), c.last_name.icontains(word, autoescape=True))


def _owned(desk: Desk, name: str) -> Condition:
    if name == NOBODY:
        return k.owner_id.is_(None)
    if name == ME:
        return k.owner_id == desk.agent.id
    with desk.reading() as session:
        return k.owner_id == agent_row(session, name).id


def _due(desk: Desk, when: str) -> Condition:
    if when == "overdue":
        return k.due_at <= desk.now()
    if when == "today":
        return (k.due_at > desk.now()) & (k.due_at < end_of_day(desk.now(), desk.agent.zone))
    raise Misused(f"“{clean(when, 30)}” is no due time.", "Say overdue or today.")


def _one_of(kind: Any, text: str) -> Any:
    for one in kind:
        if one.value.lower() == text.strip().lower():
            return one
    named = ", ".join(one.value for one in kind)
    raise Misused(f"There is no {kind.__name__.lower()} called {clean(text, 30)}.", f"Say one of: {named}.")


def _read(text: str) -> CaseFilter:
    """A kept filter; what a later version kept besides is left out."""
    known = {field.name for field in fields(CaseFilter)}
    return CaseFilter(**{name: value for name, value in json.loads(text).items() if name in known})
