"""What an agent does with a case: opens it, moves it on, logs what to say, clones it.

Notes and tasks are made in notes.py, fields changed in editing.py, owner, account, links and tags in ties.py; all of
it can be had from here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from data.agents.finding import active_agent_row
from data.agents.rules import Permission
from data.cases.editing import Overtaken, edit_case
from data.cases.free_text import refuse_secrets
from data.cases.making import NewCase, make_case
from data.cases.notes import add_note, add_task, finish_task, give_task, mark_seen
from data.cases.reading import no_case
from data.cases.rules import COMES_ALONG, SHORT_LIMIT, SUBJECT_LIMIT, Category, EntryKind, Priority, Status, may_clone
from data.cases.statements import k, opener
from data.cases.tables import Case
from data.cases.ties import attach, link, reassign, tag
from data.cases.views import CaseView
from data.cases.whose import behind, contact_text, device_text
from data.cases.writing import case_row, move, tell, whole
from data.desk import Desk, action
from data.errors import Invalid, Refused, refuse
from data.identifiers import case_number_in
from data.statements import Find
from data.text import LIMIT, clean, refuse_long

__all__ = [
    "ClonedAlready",
    "Overtaken",
    "add_note",
    "add_task",
    "attach",
    "change_status",
    "clone",
    "edit_case",
    "finish_task",
    "give_task",
    "link",
    "log_icci",
    "mark_seen",
    "open_case",
    "reassign",
    "tag",
]


SOURCE = Find(
    select(k.id, k.number, k.status, k.merged_into_id, *(k[field] for field, comes in COMES_ALONG.items() if comes))
    .where(k.number == bindparam("number"))
    .with_for_update()
)
CLONES = Find(
    select(k.number, k.status, opener.c.name.label("by"))
    .join(opener, opener.c.id == k.opened_by_id)
    .where(k.source_id == bindparam("source"))
    .order_by(k.id.desc())
)


class ClonedAlready(Refused):
    """Somebody cloned the case before. `clones`: their numbers, the latest first; `anyway=True` goes on."""

    def __init__(self, number: str, clones: tuple[str, ...], by: str, status: str) -> None:
        super().__init__(
            f"Case {number} was cloned before: {clones[0]}, opened by {by}, is {status}.",
            f"Go on in {clones[0]}, or clone once more if you mean to.",
        )
        self.clones = clones


@action("case.open", needs=Permission.WORK_CASES)
def open_case(
    desk: Desk,
    subject: str,
    *,
    account: str | None = None,
    mdn: str | None = None,
    category: Category = Category.OTHER,
    priority: Priority = Priority.NORMAL,
    contact: str | None = None,
    device: str | None = None,
    due_at: datetime | None = None,
    owner: str | None = None,
) -> NewCase:
    """Opens a case, New and the agent's own, or another `owner`'s.

    On an account, by its number; on a line, by its `mdn`, which says the account too; with neither it is the Orphan
    Account's. Left out, `contact` and `device` are the customer's first way to be reached and the line's handset.
    Raises Invalid without a subject or with one that is too long, NotFound where account, line or owner is not there.
    """
    refuse_long(SUBJECT_LIMIT, subject=subject)
    refuse_long(LIMIT, contact=contact or "", device=device or "")
    subject = clean(subject, SUBJECT_LIMIT)
    if not subject:
        raise Invalid({"subject": "A case needs a subject."})
    refuse_secrets(subject=subject, contact=contact or "")
    whose, line = behind(desk.session, account, mdn)
    made = make_case(
        desk,
        account_id=whose.id if whose else None,
        line_id=line.id if line else None,
        device=clean(device if device is not None else device_text(desk.session, line)),
        contact=clean(contact if contact is not None else contact_text(desk.session, whose)),
        category=category,
        subject=subject,
        priority=priority,
        owner_id=active_agent_row(desk.session, owner).id if owner else desk.agent.id,
        due_at=due_at,
    )
    tell(desk, made, EntryKind.OPENED, "Case opened")
    desk.event.tell(subject=subject, category=category)
    return made


@action("case.status", needs=Permission.WORK_CASES)
def change_status(desk: Desk, number: str, status: Status, *, resolution: str = "") -> CaseView:
    """Moves a case on, as TRANSITIONS allows. `resolution`: how it ended; it can't be Closed without one.

    Raises NotFound; Refused where there is no way from its status to that one, or something keeps it open; Invalid for
    a resolution that is missing, too long, or holds what no case may.
    """
    row = case_row(desk.session, number)
    move(desk, row, status, resolution)
    return whole(desk, row)


@action("case.icci", needs=Permission.WORK_CASES)
def log_icci(desk: Desk, number: str, text: str, next_step: str = "") -> CaseView:
    """Logs what whoever picks up must know if the customer calls in, and the next step. Anybody may, in any case.

    Raises Invalid without a text, or with one that is too long.
    """
    row = case_row(desk.session, number)
    refuse_long(SHORT_LIMIT, text=text, next_step=next_step)
    said = clean(text, SHORT_LIMIT)
    if not said:
        raise Invalid({"text": "An ICCI says what to tell the customer."})
    refuse_secrets(text=said, next_step=next_step)
    tell(desk, row, EntryKind.ICCI, said, next_step=clean(next_step, SHORT_LIMIT))
    row.changed_at = desk.now()
    return whole(desk, row)


@action("case.clone", needs=Permission.WORK_CASES)
def clone(desk: Desk, number: str, *, anyway: bool = False) -> NewCase:
    """A new case from a closed one: the agent's own, New, with a clock of its own; rules.COMES_ALONG says what it has.

    Raises Refused where the case is not closed or was merged into another, ClonedAlready where it was cloned before,
    unless `anyway`.
    """
    source = SOURCE.first(desk.driver, number=case_number_in(number))
    if source is None:
        raise no_case(number)
    refuse(may_clone(Status(source.status)))
    if source.merged_into_id is not None:
        target = desk.session.get_one(Case, source.merged_into_id).number
        raise Refused(f"Case {source.number} was merged into {target}.", f"Go on in {target}, or take the two apart.")
    if not anyway:
        _refuse_second_clone(desk.driver, source)
    along = {field: getattr(source, field) for field, comes in COMES_ALONG.items() if comes}
    made = make_case(desk, **along, source_id=source.id)
    tell(desk, source, EntryKind.CLONE, f"Cloned as {made.number}")
    tell(desk, made, EntryKind.CLONE, f"Cloned from {source.number}")
    desk.event.tell(source=source.number)
    return made


def _refuse_second_clone(driver: Any, source: Any) -> None:
    clones = CLONES.all(driver, source=source.id)
    if clones:
        numbers = tuple(one.number for one in clones)
        raise ClonedAlready(source.number, numbers, clones[0].by, clones[0].status)
