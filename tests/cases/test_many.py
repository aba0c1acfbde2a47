"""Many cases: lists, kept filters, merging, doing one thing to all, exports."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cases.actions import add_note, add_task, change_status, clone, finish_task, log_icci, open_case, reassign, tag
from data.cases.bulk import Bulk, preview, run
from data.cases.dashboard import pending
from data.cases.exporting import as_csv, cell, facts
from data.cases.filters import CaseFilter, fitting, forget_filter, list_cases, save_filter, saved_filters
from data.cases.merging import merge, preview_merge, undo_merge
from data.cases.pending import Order, ordered
from data.cases.queries import case
from data.cases.rules import TRANSITIONS, Category, Priority, Status
from data.desk import Desk, open_desk
from data.errors import Invalid, Misused, NotFound, Refused
from data.store import Store
from tests.builders import add_customer
from tests.conftest import NOW


@pytest.fixture
def many(desk: Desk, maria: str) -> None:
    """Cases 01000001 to 01000004, each different."""
    open_case(desk, "Promised $400", account=maria, category=Category.PROMOTION, due_at=NOW - timedelta(hours=1))
    open_case(desk, "Bill too high", account=maria, priority=Priority.HIGH, due_at=NOW + timedelta(hours=1))
    open_case(desk, "Dealer never called", owner="lead03")
    open_case(desk, "Old bill, 100% paid", account=maria)
    tag(desk, "01000002", "OST")
    change_status(desk, "01000004", Status.CLOSED, resolution="Paid.")


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (CaseFilter(), "4 3 2 1"),
        (CaseFilter(under_way=True), "3 2 1"),
        (CaseFilter(status="closed"), "4"),
        (CaseFilter(category="promotion"), "1"),
        (CaseFilter(priority="High"), "2"),
        (CaseFilter(owner="me", under_way=True), "2 1"),
        (CaseFilter(owner="lead03"), "3"),
        (CaseFilter(owner="nobody"), ""),
        (CaseFilter(tag="ost"), "2"),
        (CaseFilter(account="sv000001 "), "4 2 1"),
        (CaseFilter(orphan=True), "3"),
        (CaseFilter(due="overdue"), "1"),
        (CaseFilter(due="today"), "2"),
        (CaseFilter(older_than_days=1), ""),
        (CaseFilter(text="BILL"), "4 2"),
        (CaseFilter(text="bill high"), "2"),
        (CaseFilter(text="alvarez"), "4 2 1"),
        (CaseFilter(text="100%"), "4"),
        (CaseFilter(text="10_%"), ""),
    ],
)
def test_a_list_holds_what_fits(desk: Desk, many: None, wanted: CaseFilter, numbers: str) -> None:
    listed = [row.number for row in list_cases(desk, wanted)]
    assert [number[-1] for number in listed] == numbers.split()
    asked = [f"0100000{place}" for place in range(1, 9)]
    assert fitting(desk, wanted, asked * 300) == set(listed)
    assert fitting(desk, wanted, asked[1:2]) == set(listed) & {asked[1]}


def test_a_list_is_cut_where_asked(desk: Desk, many: None) -> None:
    assert [row.number[-1] for row in list_cases(desk, limit=2)] == ["4", "3"]


@pytest.mark.parametrize("wanted", [CaseFilter(status="Done"), CaseFilter(due="soon"), CaseFilter(category="x")])
def test_a_value_that_there_is_not_is_told(desk: Desk, wanted: CaseFilter) -> None:
    with pytest.raises(Misused):
        list_cases(desk, wanted)


def test_filters_are_kept_each_agents_own(desk: Desk, lead: Desk) -> None:
    mine = CaseFilter(status="Open", text="bill", older_than_days=7, orphan=True)
    save_filter(desk, " Old  bills ", CaseFilter())
    save_filter(desk, "Old bills", mine)
    assert saved_filters(desk) == {"Old bills": mine}
    assert saved_filters(lead) == {}
    with pytest.raises(Misused):
        save_filter(desk, "Wrong", CaseFilter(due="soon"))
    with pytest.raises(Invalid):
        save_filter(desk, " ", mine)
    forget_filter(desk, "Old bills")
    assert saved_filters(desk) == {}
    with pytest.raises(NotFound):
        forget_filter(desk, "Old bills")


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


def test_a_preview_says_what_would_come_of_it_and_changes_nothing(desk: Desk, many: None) -> None:
    add_task(desk, "01000002", "Call back")
    numbers = ["01000001", "01000002", "01000004", "01000009", "01000001"]
    told = {line.number[-1]: line.reason for line in preview(desk, Bulk.CLOSE, numbers, "Done.")}
    assert told == {
        "1": "",
        "2": "The case has a task that is not done.",
        "4": "The case is Closed already.",
        "9": "There is no case 01000009 here.",
    }
    assert case(desk, "01000001").status is Status.NEW
    done = {line.number[-1]: line.reason for line in run(desk, Bulk.CLOSE, numbers, "Done.")}
    assert done == told
    assert case(desk, "01000001").resolution == "Done."


def test_many_change_hands_or_get_a_tag(desk: Desk, lead: Desk, many: None) -> None:
    seen: list[tuple[int, int]] = []
    numbers = ["01000001", "01000003"]
    assert [bool(line.reason) for line in preview(lead, Bulk.REASSIGN, numbers, "lead03")] == [False, True]
    lines = run(lead, Bulk.REASSIGN, numbers, "lead03", lambda done, total: seen.append((done, total)))
    assert [bool(line.reason) for line in lines] == [False, True]
    assert seen == [(1, 2), (2, 2)]
    assert len(list_cases(lead, CaseFilter(owner="me"))) == 2
    assert run(desk, Bulk.TAG, numbers, "Dealer 12")[0].reason == ""
    assert len(list_cases(desk, CaseFilter(tag="dealer-12"))) == 2


@pytest.mark.parametrize(("doing", "what"), [(Bulk.CLOSE, " "), (Bulk.TAG, "…"), (Bulk.TAG, "")])
def test_what_can_be_done_to_no_case_is_told_at_once(desk: Desk, many: None, doing: Bulk, what: str) -> None:
    with pytest.raises(Invalid):
        preview(desk, doing, ["01000001"], what)
    with pytest.raises(NotFound):
        run(desk, Bulk.REASSIGN, ["01000001"], "nobody")


def test_an_export_reads_back_as_what_it_was(desk: Desk, many: None) -> None:
    log_icci(desk, "01000001", "Wait, he said", "Call")
    reassign(desk, "01000003", "agent07")
    rows = list_cases(desk)
    read = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert [one["number"] for one in read] == [row.number for row in rows]
    last = read[-1]
    assert (last["icci"], last["next_step"], last["mdn"], last["name"]) == (
        "Wait, he said",
        "Call",
        "",
        "Maria Alvarez",
    )
    assert last["due_at"] == "2026-11-22T14:00:00+00:00"
    assert json.loads(json.dumps([facts(row) for row in rows]))[0]["status"] == "Closed"


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("\t=1+1", "' =1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+1 212-555-0143", "+1 212-555-0143"),
        ("-12.50", "-12.50"),
        ("-cmd|x", "'-cmd|x"),
        ("+A1", "'+A1"),
        (None, ""),
        ("plain", "plain"),
    ],
)
def test_no_cell_is_taken_for_a_formula(value: str | None, safe: str) -> None:
    assert cell(value) == safe


@given(st.text(max_size=40))
def test_no_text_becomes_a_formula(text: str) -> None:
    shown = cell(text)
    assert not shown.lstrip().startswith(("=", "@"))
    assert shown.isprintable()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_tried_every_case_stays_lawful(desk: Desk, maria: str, seed: int) -> None:
    """A walk through all that changes a status: what is refused changes nothing, what is done is in the table."""
    rng, numbers = random.Random(seed), [open_case(desk, "x", account=maria).number for _ in range(3)]
    for _ in range(40):
        number, other, wanted = rng.choice(numbers), rng.choice(numbers), rng.choice(list(Status))
        before = case(desk, number)
        doing = rng.choice(("move", "move", "move", "clone", "merge", "undo"))
        try:
            if doing == "move":
                assert change_status(desk, number, wanted, resolution="Done").status in TRANSITIONS[before.status]
            elif doing == "clone":
                numbers.append(clone(desk, number, anyway=True).number)
                assert before.status is Status.CLOSED
            elif doing == "merge":
                merge(desk, number, other)
            else:
                undo_merge(desk, number)
        except Refused:
            assert case(desk, number) == before
        for row in (case(desk, number) for number in numbers):
            assert (row.closed_at is not None) == (row.status is Status.CLOSED)
            assert row.merged_into is None or row.status is Status.CLOSED


def test_a_merge_is_looked_at_without_changing_anything(desk: Desk, many: None) -> None:
    add_task(desk, "01000002", "call back")
    before = case(desk, "01000002")
    preview = preview_merge(desk, "01000002", "01000001")
    assert (preview.into, preview.into_subject) == ("01000001", "Promised $400")
    assert (preview.entries, preview.tasks) == (3, 1)
    assert case(desk, "01000002") == before
    with pytest.raises(Refused, match="is closed"):
        preview_merge(desk, "01000002", "01000004")


@pytest.mark.parametrize(
    ("order", "numbers"),
    [(Order.URGENCY, "1 2 4"), (Order.PRIORITY, "2 1 4"), (Order.CASE, "1 2 4"), (Order.NEWEST, "4 1 2")],
)
def test_what_waits_is_sorted(desk: Desk, store: Store, maria: str, order: Order, numbers: str) -> None:
    later = open_desk(store, "agent07", clock=lambda: NOW + timedelta(minutes=5))
    open_case(desk, "late", account=maria, due_at=NOW - timedelta(hours=1))
    open_case(desk, "important", account=maria, priority=Priority.HIGH)
    open_case(desk, "another's", owner="lead03")
    open_case(later, "new", account=maria)
    items = pending(desk).items
    assert [item.case[-1] for item in ordered(items, order)] == numbers.split()
