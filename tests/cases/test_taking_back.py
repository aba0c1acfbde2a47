"""What is given away, closed or tagged by a slip is taken back; what can't be says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.audit.queries import audit_events
from data.cases.actions import add_note, add_task, change_status, clone, finish_task, give_task, open_case, tag
from data.cases.bulk import Bulk, run, take_back
from data.cases.dashboard import pending
from data.cases.merging import merge
from data.cases.queries import case
from data.cases.reopening import undo_close
from data.cases.rules import UNDO_CLOSING_WITHIN, Status, may_take_back_closing
from data.desk import Desk, open_desk
from data.errors import NotFound, Refused
from data.store import Store
from tests.conftest import NOW

AT_ONCE, HOUR = timedelta(0), UNDO_CLOSING_WITHIN


@pytest.mark.parametrize(
    ("status", "mine", "since", "changed", "cloned", "merged", "why"),
    [
        (Status.CLOSED, True, AT_ONCE, False, False, False, None),
        (Status.CLOSED, True, HOUR, False, False, False, None),
        (Status.CLOSED, True, HOUR + timedelta(seconds=1), False, False, False, "more than an hour"),
        (Status.CLOSED, False, AT_ONCE, False, False, False, "Somebody else"),
        (Status.CLOSED, True, AT_ONCE, True, False, False, "changed since"),
        (Status.CLOSED, True, AT_ONCE, False, True, False, "cloned"),
        (Status.CLOSED, True, AT_ONCE, False, False, True, "merged"),
        (Status.RESOLVED, True, AT_ONCE, False, False, False, "not closed"),
    ],
)
def test_who_may_take_a_closing_back(
    status: Status, mine: bool, since: timedelta, changed: bool, cloned: bool, merged: bool, why: str | None
) -> None:
    no = may_take_back_closing(status, mine=mine, since=since, changed=changed, cloned=cloned, merged=merged)
    assert (no is None) if why is None else (no is not None and why in no.reason)


@given(st.sampled_from(Status), st.booleans(), st.timedeltas(AT_ONCE), st.booleans(), st.booleans())
def test_only_an_own_fresh_untouched_closing_is_taken_back(
    status: Status, mine: bool, since: timedelta, changed: bool, cloned: bool
) -> None:
    no = may_take_back_closing(status, mine=mine, since=since, changed=changed, cloned=cloned)
    fine = status is Status.CLOSED and mine and since <= HOUR and not changed and not cloned
    assert (no is None) is fine


def test_a_closing_taken_back_leaves_the_case_as_it_stood(desk: Desk, opened: str) -> None:
    change_status(desk, opened, Status.PENDING_CARRIER, resolution="The carrier looks.")
    change_status(desk, opened, Status.CLOSED, resolution="slip")
    add_note(desk, opened, "A note does not stand in the way.")
    back = undo_close(desk, opened)
    assert (back.status, back.resolution, back.closed_at) == (Status.PENDING_CARRIER, "The carrier looks.", None)
    assert "Closing taken back: Pending carrier again" in [entry.text for entry in back.timeline]
    with pytest.raises(Refused, match="not closed"):
        undo_close(desk, opened)
    change_status(desk, opened, Status.CLOSED, resolution="Now it is.")
    assert undo_close(desk, opened).status is Status.PENDING_CARRIER


def test_a_closing_stays_where_taking_it_back_would_hide_something(
    desk: Desk, lead: Desk, store: Store, closed: str
) -> None:
    with pytest.raises(Refused, match="Somebody else"):
        undo_close(lead, closed)
    late = open_desk(store, "agent07", clock=lambda: NOW + timedelta(hours=2))
    with pytest.raises(Refused, match="more than an hour"):
        undo_close(late, closed)
    clone(desk, closed)
    with pytest.raises(Refused, match="cloned"):
        undo_close(desk, closed)
    double, target = open_case(desk, "double").number, open_case(desk, "goes on").number
    change_status(desk, double, Status.CLOSED, resolution="x")
    merge(desk, double, target)
    with pytest.raises(Refused, match="merged"):
        undo_close(desk, double)


def test_a_task_is_given_away_with_its_case_left_where_it_is(desk: Desk, lead: Desk, admin: Desk, opened: str) -> None:
    task = add_task(desk, opened, "Call the store").tasks[0].id
    view = give_task(desk, task, "Lead03")
    assert (view.owner, view.tasks[0].owner) == ("agent07", "lead03")
    assert view.timeline[0].text == "Task given to lead03: Call the store"
    assert [item.kind for item in pending(lead).items] == ["task"]
    event = audit_events(admin)[0]
    assert (event.action, event.detail["changed"]) == ("case.task_given", {"owner": ["agent07", "lead03"]})
    with pytest.raises(Refused, match="lead03's already"):
        give_task(desk, task, "lead03")
    with pytest.raises(NotFound, match="no active agent"):
        give_task(desk, task, "nobody9")
    with pytest.raises(NotFound, match="no such task"):
        give_task(desk, task + 1, "agent07")
    finish_task(lead, task)
    with pytest.raises(Refused, match="did that already"):
        give_task(desk, task, "agent07")


def test_many_are_put_back_and_what_moved_on_says_why(desk: Desk, lead: Desk) -> None:
    numbers = [open_case(desk, f"case {place}").number for place in range(3)]
    tag(desk, numbers[0], "vip")
    done = run(desk, Bulk.TAG, numbers, "VIP")
    assert [line.same for line in done] == [True, False, False]
    tagged = take_back(desk, Bulk.TAG, done, "VIP")
    assert ([case(desk, number).tags for number in numbers], len(tagged)) == ([("vip",), (), ()], 2)
    closed = run(desk, Bulk.CLOSE, numbers, "Done.")
    clone(desk, numbers[1])
    lines = take_back(desk, Bulk.CLOSE, closed, "Done.")
    assert [case(desk, number).status for number in numbers] == [Status.NEW, Status.CLOSED, Status.NEW]
    assert [bool(line.reason) for line in lines] == [False, True, False]
    given = run(desk, Bulk.REASSIGN, [numbers[0], numbers[2]], "lead03")
    run(lead, Bulk.REASSIGN, [numbers[2]], "admin01")
    lines = take_back(desk, Bulk.REASSIGN, given, "lead03")
    assert [case(desk, number).owner for number in numbers] == ["agent07", "agent07", "admin01"]
    assert lines[1].reason == f"Case {numbers[2]} is admin01's now."
