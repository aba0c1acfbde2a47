"""One thing done to many cases: previewed, done where it can be, told where not."""

from __future__ import annotations

import pytest

from data.cases.actions import add_task
from data.cases.bulk import Bulk, preview, run
from data.cases.filters import CaseFilter, list_cases
from data.cases.queries import case
from data.cases.rules import Status
from data.desk import Desk
from data.errors import Invalid, NotFound


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
