"""Merging a duplicate: looked at before, with its story and what is left to do, and taken out again."""

from __future__ import annotations

import pytest

from data.cases.actions import add_note, add_task, change_status, clone, finish_task, open_case
from data.cases.dashboard import pending
from data.cases.merging import merge, preview_merge, undo_merge
from data.cases.queries import case
from data.cases.rules import Status
from data.desk import Desk
from data.errors import Refused
from tests.builders import add_customer


def test_a_duplicate_is_merged_with_its_story_and_what_is_left_to_do(desk: Desk, opened: str) -> None:
    double = open_case(desk, "The same promise", account="SV000001").number
    add_note(desk, double, "They called twice.")
    task = add_task(desk, double, "Call back").tasks[0]
    kept = merge(desk, double, opened)
    assert (kept.number, kept.notes[0].text, kept.notes[0].case) == (opened, "They called twice.", double)
    assert [(one.case, one.text) for one in kept.tasks] == [(double, "Call back")]
    with pytest.raises(Refused, match=f"merged into {opened}"):
        clone(desk, double)
    closed = case(desk, double)
    assert (closed.status, closed.merged_into, closed.resolution) == (Status.CLOSED, opened, f"Duplicate of {opened}.")
    assert [item.case for item in pending(desk).items if item.kind == "task"] == [opened]
    with pytest.raises(Refused, match="not done"):
        change_status(desk, opened, Status.CLOSED, resolution="x")
    finish_task(desk, task.id)
    assert change_status(desk, opened, Status.CLOSED, resolution="x").status is Status.CLOSED


def test_a_merge_undone_leaves_both_as_they_stood(desk: Desk, lead: Desk, opened: str) -> None:
    double = open_case(desk, "The same promise", account="SV000001").number
    change_status(desk, double, Status.PENDING_CARRIER)
    merge(lead, double, opened)
    with pytest.raises(Refused, match="lead03 merged"):
        undo_merge(desk, double)
    back = undo_merge(lead, double)
    assert (back.status, back.merged_into, back.closed_at, back.resolution) == (Status.PENDING_CARRIER, None, None, "")
    assert all(entry.case == opened for entry in case(desk, opened).timeline)
    assert [entry.text for entry in back.timeline][:2] == [f"Taken out of {opened} again", f"Merged into {opened}"]
    with pytest.raises(Refused, match="nothing to undo"):
        undo_merge(lead, double)


def test_a_closed_duplicate_is_closed_again_when_it_comes_back(desk: Desk, closed: str) -> None:
    other = open_case(desk, "Goes on", account="SV000001").number
    before = case(desk, closed)
    merge(desk, closed, other)
    after = undo_merge(desk, closed)
    assert (after.status, after.closed_at, after.resolution) == (Status.CLOSED, before.closed_at, before.resolution)


def test_what_can_not_be_one_is_not_merged(desk: Desk, closed: str) -> None:
    one, two = clone(desk, closed).number, open_case(desk, "x", account="SV000001").number
    add_customer(desk, "SV000002", last_name="Lee")
    others = open_case(desk, "x", account="SV000002").number
    for number, into in ((one, one), (one, closed), (one, others)):
        with pytest.raises(Refused):
            merge(desk, number, into)
    merge(desk, two, one)
    orphan = open_case(desk, "x").number
    for number, into in ((two, orphan), (one, orphan)):
        with pytest.raises(Refused):
            merge(desk, number, into)
    assert case(desk, orphan).timeline[0].text == "Case opened"
    assert merge(desk, orphan, one).links[-1].number == orphan


def test_a_merge_is_looked_at_without_changing_anything(desk: Desk, many: None) -> None:
    add_task(desk, "01000002", "call back")
    before = case(desk, "01000002")
    preview = preview_merge(desk, "01000002", "01000001")
    assert (preview.into, preview.into_subject) == ("01000001", "Promised $400")
    assert (preview.entries, preview.tasks) == (3, 1)
    assert case(desk, "01000002") == before
    with pytest.raises(Refused, match="is closed"):
        preview_merge(desk, "01000002", "01000004")
