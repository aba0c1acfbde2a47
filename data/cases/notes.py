"""What agents write for each other in a case, whom they name, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rapidfuzz import process
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from data.agents.finding import active_agent_row
from data.agents.rules import Permission
from data.agents.tables import Agent
from data.cases.free_text import refuse_secrets
from data.cases.rules import SHORT_LIMIT, TEXT_LIMIT, EntryKind, mentioned
from data.cases.tables import Case, CaseEntry, CaseMention, CaseTask
from data.cases.views import CaseView
from data.cases.writing import case_row, tell, whole
from data.desk import Desk, action
from data.errors import Invalid, NotFound, Refused
from data.text import clean, clean_lines, refuse_long

LIKE = 75  # of 100: how much a name must be like another to be meant by a slip


@action("case.note", needs=Permission.WORK_CASES)
def add_note(desk: Desk, number: str, text: str) -> CaseView:
    """Adds an internal note. Whoever it names with an @ finds it on their dashboard.

    Raises Invalid without a text, with one of more than TEXT_LIMIT characters, where it holds what is kept nowhere, or
    names somebody who does not work here.
    """
    row = case_row(desk.session, number)
    refuse_long(TEXT_LIMIT, text=text)
    said = clean_lines(text, TEXT_LIMIT)
    if not said:
        raise Invalid({"text": "A note says something."})
    refuse_secrets(text=said)
    agents = _named(desk.session, mentioned(said))
    entry_id = tell(desk, row, EntryKind.NOTE, said)
    row.changed_at = desk.now()
    for agent in agents:
        assert agent.id is not None
        desk.session.add(CaseMention(entry_id=entry_id, agent_id=agent.id))
    desk.event.tell(mentions=[agent.name for agent in agents])
    return whole(desk, row)


@action("case.seen", needs=Permission.WORK_CASES)
def mark_seen(desk: Desk, number: str) -> None:
    """Takes what was said to me in a case off my dashboard."""
    row = case_row(desk.session, number)
    for mention in desk.session.exec(_unseen(desk, row)):
        mention.seen_at = desk.now()
    desk.event.tell(case=row.number)


def has_unseen(desk: Desk, number: str) -> bool:
    """Whether something was said to me in that case that I have not seen."""
    with desk.reading() as session:
        return session.exec(_unseen(desk, case_row(session, number, to_write=False)).limit(1)).first() is not None


def _unseen(desk: Desk, row: Case) -> SelectOfScalar[CaseMention]:
    """What was said to me in a case, in it or in those that it took in."""
    of_case = or_(col(Case.id) == row.id, col(Case.merged_into_id) == row.id)
    return (
        select(CaseMention)
        .join(CaseEntry, col(CaseEntry.id) == col(CaseMention.entry_id))
        .join(Case, col(Case.id) == col(CaseEntry.case_id))
        .where(of_case, CaseMention.agent_id == desk.agent.id, col(CaseMention.seen_at).is_(None))
    )


@action("case.task", needs=Permission.WORK_CASES)
def add_task(
    desk: Desk, number: str, text: str, *, due_at: datetime | None = None, owner: str | None = None
) -> CaseView:
    """Adds something to be done, by me or by `owner`, until `due_at` (aware).

    Raises Invalid without a text or with one that is too long, Refused where the case is closed.
    """
    row = case_row(desk.session, number)
    if row.closed_at is not None:
        raise Refused("In a closed case nothing is left to do.", "Clone it, and add the task to the clone.")
    refuse_long(SHORT_LIMIT, text=text)
    said = clean(text, SHORT_LIMIT)
    if not said:
        raise Invalid({"text": "A task says what is to be done."})
    refuse_secrets(text=said)
    who = active_agent_row(desk.session, owner or desk.agent.name)
    assert row.id is not None
    assert who.id is not None
    desk.session.add(
        CaseTask(
            case_id=row.id, text=said, owner_id=who.id, due_at=due_at, added_by=desk.agent.name, added_at=desk.now()
        )
    )
    tell(desk, row, EntryKind.TASK, f"Task for {who.name}: {said}")
    row.changed_at = desk.now()
    return whole(desk, row)


@action("case.task_done", needs=Permission.WORK_CASES)
def finish_task(desk: Desk, task_id: int) -> CaseView:
    """Ticks a task off. Raises NotFound where it is not there, Refused where it is done already."""
    task = desk.session.get(CaseTask, task_id)
    if task is None:
        raise NotFound("There is no such task.", "Open the case again to see its tasks.")
    if task.done_at is not None:
        raise Refused(f"{task.done_by} did that already.", "There is nothing left to do about it.")
    task.done_at, task.done_by = desk.now(), desk.agent.name
    row = desk.session.get_one(Case, task.case_id)
    tell(desk, row, EntryKind.TASK, f"Task done: {task.text}")
    row.changed_at = desk.now()
    return whole(desk, row)


@action("case.task_given", needs=Permission.WORK_CASES)
def give_task(desk: Desk, task_id: int, owner: str) -> CaseView:
    """Gives a task to another agent, or to oneself. Raises NotFound where task or agent is not there.

    Raises Refused where the task is done, or is that agent's already.
    """
    task = desk.session.get(CaseTask, task_id)
    if task is None:
        raise NotFound("There is no such task.", "Open the case again to see its tasks.")
    if task.done_at is not None:
        raise Refused(f"{task.done_by} did that already.", "There is nothing left to give away.")
    before, who = desk.session.get_one(Agent, task.owner_id), active_agent_row(desk.session, owner)
    if who.id == before.id:
        raise Refused(f"The task is {who.name}'s already.", "There is nothing to change.")
    assert who.id is not None
    task.owner_id = who.id
    row = desk.session.get_one(Case, task.case_id)
    tell(desk, row, EntryKind.TASK, f"Task given to {who.name}: {task.text}")
    desk.event.tell(task=task_id, changed={"owner": [before.name, who.name]})
    row.changed_at = desk.now()
    return whole(desk, row)


def _named(session: Session, names: Iterable[str]) -> list[Agent]:
    """The agents of those names (lower case)."""
    wanted = list(names)
    if not wanted:
        return []
    working = {agent.name.lower(): agent for agent in session.exec(select(Agent).where(col(Agent.active)))}
    for name in wanted:
        if name not in working:
            like = process.extractOne(name, list(working), score_cutoff=LIKE)
            hint = f" Did you mean @{working[like[0]].name}?" if like else ""
            raise Invalid({"text": f"Nobody called @{name} works here.{hint}"}, "Mend the name, or leave the @ out.")
    return [working[name] for name in wanted]
