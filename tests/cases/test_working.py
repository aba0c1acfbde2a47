"""Working a case: notes and mentions, tasks, time, edits of two agents, owner, links, tags, orphans."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from data.cases.actions import (
    Overtaken,
    add_note,
    add_task,
    attach,
    change_status,
    edit_case,
    finish_task,
    link,
    mark_seen,
    open_case,
    reassign,
    tag,
)
from data.cases.dashboard import pending
from data.cases.queries import case, cases_of, orphans
from data.cases.rules import CaseEdit, Category, EntryKind, Priority, Status
from data.cases.time import PRESENT_FOR
from data.cases.visits import end_visit, heartbeat, start_visit
from data.customers.queries import account
from data.desk import Desk, open_desk
from data.errors import Invalid, Misused, NotFound, Refused
from data.store import Store
from tests.cases.conftest import MDN
from tests.conftest import NOW

Seat = Callable[[str], Desk]


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seat(store: Store, clock: Clock) -> Seat:
    """Desks at one clock."""
    return lambda name: open_desk(store, name, clock=clock, random=random.Random(7))


def test_a_note_lands_with_whom_it_names_until_they_have_seen_it(desk: Desk, lead: Desk, opened: str) -> None:
    view = add_note(desk, opened, "Dealer wrote the promotion down.\n\n\n@Lead03 may we offer it?\x1b[2J")
    assert view.notes[0].text == "Dealer wrote the promotion down.\n\n@Lead03 may we offer it?[2J"
    [item] = pending(lead).items
    assert (item.kind, item.case, item.urgency, item.waiting_on) == ("mention", opened, "Waiting on me", "me")
    assert item.text.startswith("agent07: Dealer wrote")
    mark_seen(lead, opened)
    assert len(pending(lead)) == 0


def test_a_name_mistyped_is_told_before_the_note_is_lost_on_nobody(desk: Desk, opened: str) -> None:
    with pytest.raises(Invalid, match="Did you mean @lead03"):
        add_note(desk, opened, "@led03 please look")
    with pytest.raises(Invalid, match="Nobody called @zzz"):
        add_note(desk, opened, "@zzz please look")
    assert case(desk, opened).notes == ()


def test_a_task_waits_with_its_owner_and_keeps_the_case_open(desk: Desk, lead: Desk, opened: str) -> None:
    view = add_task(desk, opened, "Call the store", due_at=NOW + timedelta(hours=2), owner="lead03")
    [task] = view.tasks
    assert (task.owner, task.added_by, task.done_at) == ("lead03", "agent07", None)
    assert [item.text for item in pending(lead).items] == ["Call the store"]
    with pytest.raises(Refused, match="not done"):
        change_status(desk, opened, Status.CLOSED, resolution="Done")
    done = finish_task(lead, task.id)
    assert (done.tasks[0].done_by, done.timeline[0].text) == ("lead03", "Task done: Call the store")
    with pytest.raises(Refused, match="lead03 did that already"):
        finish_task(desk, task.id)
    assert change_status(desk, opened, Status.CLOSED, resolution="Done").status is Status.CLOSED
    with pytest.raises(Refused, match="Clone it"):
        add_task(desk, opened, "One thing more")


def test_time_runs_while_one_works_and_shows_by_agent_and_visit(clock: Clock, seat: Seat, opened: str) -> None:
    agent, lead = seat("agent07"), seat("lead03")
    visit = start_visit(agent, opened).visit
    for active in (True, True, False, True):
        clock.wait(15)
        pulse = heartbeat(agent, visit, active=active)
    assert pulse.seconds == 45
    clock.wait(10)
    assert end_visit(agent, visit).seconds == 55
    clock.wait(15)
    assert end_visit(agent, visit).seconds == 55, "a visit ends once"
    other = start_visit(lead, opened).visit
    clock.wait(20)
    end_visit(lead, other)
    again = start_visit(agent, opened).visit
    clock.wait(3600)  # the program was away
    assert heartbeat(agent, again).worked == 75
    times = {one.agent: (one.visits, one.seconds) for one in case(agent, opened).time}
    assert times == {"agent07": (2, 55), "lead03": (1, 20)}
    assert case(agent, opened).worked == 75


def test_a_closed_case_counts_no_time(clock: Clock, seat: Seat, closed: str) -> None:
    agent = seat("agent07")
    visit = start_visit(agent, closed).visit
    clock.wait(15)
    assert heartbeat(agent, visit).worked == 0


def test_two_agents_see_each_other_until_one_leaves_or_is_gone(clock: Clock, seat: Seat, opened: str) -> None:
    agent, lead = seat("agent07"), seat("lead03")
    mine = start_visit(agent, opened)
    assert mine.others == ()
    theirs = start_visit(lead, opened)
    assert [other.agent for other in theirs.others] == ["agent07"]
    assert [other.agent for other in heartbeat(agent, mine.visit).others] == ["lead03"]
    assert [other.agent for other in case(agent, opened).others] == ["lead03"]
    clock.wait(PRESENT_FOR.total_seconds() + 1)
    assert heartbeat(agent, mine.visit).others == (), "no sign of life: gone"
    heartbeat(lead, theirs.visit)
    assert [other.agent for other in heartbeat(agent, mine.visit).others] == ["lead03"]
    end_visit(lead, theirs.visit)
    assert heartbeat(agent, mine.visit).others == ()


def test_a_visit_is_its_agents_own(clock: Clock, seat: Seat, opened: str) -> None:
    visit = start_visit(seat("agent07"), opened).visit
    with pytest.raises(NotFound):
        heartbeat(seat("lead03"), visit)


def test_who_does_not_work_cases_has_no_time_in_them(seat: Seat, opened: str) -> None:
    with pytest.raises(Refused, match="may not work cases"):
        start_visit(seat("trainer05"), opened)


def test_an_edit_is_saved_and_told(desk: Desk, opened: str) -> None:
    before = case(desk, opened)
    due = NOW + timedelta(days=2)
    edit = CaseEdit(subject="Promised $400", priority=Priority.HIGH, due_at=due, contact="")
    view = edit_case(desk, opened, before.version, edit)
    assert (view.subject, view.priority, view.due_at, view.contact) == ("Promised $400", Priority.HIGH, due, "")
    assert view.version == before.version + 1
    assert view.timeline[0].text == "Edited: subject, priority, contact, due time"
    assert edit_case(desk, opened, view.version, CaseEdit(no_due=True)).due_at is None
    with pytest.raises(Invalid):
        edit_case(desk, opened, view.version + 1, CaseEdit(subject=" "))


def test_a_save_over_a_newer_one_shows_both_and_loses_neither(desk: Desk, lead: Desk, opened: str) -> None:
    form = case(desk, opened).version
    edit_case(lead, opened, form, CaseEdit(subject="Lead's words", priority=Priority.HIGH))
    with pytest.raises(Overtaken) as error:
        edit_case(desk, opened, form, CaseEdit(subject="My words", category=Category.BILLING))
    [field] = error.value.fields
    assert (field.title, field.before) == ("subject", "Promised $400, not applied")
    assert (field.theirs, field.yours) == ("Lead's words", "My words")
    assert error.value.reason.startswith("lead03 changed subject")
    assert case(desk, opened).subject == "Lead's words"
    settled = edit_case(desk, opened, error.value.version, CaseEdit(subject="My words", category=Category.BILLING))
    assert (settled.subject, settled.category, settled.priority) == ("My words", Category.BILLING, Priority.HIGH)


def test_saves_of_different_fields_both_stand(desk: Desk, lead: Desk, opened: str) -> None:
    form = case(desk, opened).version
    edit_case(lead, opened, form, CaseEdit(priority=Priority.HIGH))
    both = edit_case(desk, opened, form, CaseEdit(subject="My words", priority=Priority.HIGH))
    assert (both.priority, both.subject) == (Priority.HIGH, "My words")


def test_a_due_time_overtaken_comes_back_as_a_time(desk: Desk, lead: Desk, opened: str) -> None:
    due = NOW + timedelta(days=1)
    edit_case(desk, opened, case(desk, opened).version, CaseEdit(due_at=due))
    form = case(desk, opened).version
    edit_case(lead, opened, form, CaseEdit(due_at=due + timedelta(days=1)))
    with pytest.raises(Overtaken) as error:
        edit_case(desk, opened, form, CaseEdit(no_due=True))
    [field] = error.value.fields
    assert (field.before, field.theirs, field.yours) == (due, due + timedelta(days=1), None)


def test_a_case_changes_hands(desk: Desk, lead: Desk, opened: str) -> None:
    assert reassign(desk, opened, "LEAD03").owner == "lead03"
    assert [item.case for item in pending(lead).items] == [opened]
    with pytest.raises(Refused, match="lead03's already"):
        reassign(desk, opened, "lead03")
    with pytest.raises(NotFound, match="no active agent called nobody"):
        reassign(desk, opened, "nobody")


def test_an_orphan_comes_to_an_account_with_its_history(desk: Desk, maria: str) -> None:
    orphan = open_case(desk, "Dealer never called back").number
    add_note(desk, orphan, "They have no number yet.")
    view = attach(desk, orphan, maria, MDN)
    assert (view.account, view.name, view.mdn) == (maria, "Maria Alvarez", MDN)
    assert [entry.kind for entry in view.timeline] == [EntryKind.EDITED, EntryKind.NOTE, EntryKind.OPENED]
    assert orphans(desk) == ()
    assert view.account_id is not None
    assert [row.number for row in cases_of(desk, view.account_id)] == [orphan]
    assert "coming from the Orphan Account" in account(desk, maria).timeline[0].text
    with pytest.raises(Refused, match="already"):
        attach(desk, orphan, maria)


def test_cases_are_linked_both_ways_once(desk: Desk, opened: str) -> None:
    second = open_case(desk, "The same dealer").number
    assert [one.number for one in link(desk, second, opened).links] == [opened]
    assert [one.number for one in case(desk, opened).links] == [second]
    with pytest.raises(Refused, match="linked already"):
        link(desk, opened, second)
    assert link(desk, opened, second, unlink=True).links == ()
    with pytest.raises(Refused, match="not linked"):
        link(desk, opened, second, unlink=True)
    with pytest.raises(Misused):
        link(desk, opened, opened)


def test_tags_are_kept_once_and_taken_off(desk: Desk, opened: str) -> None:
    assert tag(desk, opened, "Trade in", "trade-in", "OST").tags == ("ost", "trade-in")
    assert tag(desk, opened, "ost", untag=True).tags == ("trade-in",)
    with pytest.raises(Invalid):
        tag(desk, opened, "…")
