"""Lists of cases: what a filter lets through, and the filters that each agent keeps."""

from __future__ import annotations

import pytest

from data.cases.filters import CaseFilter, fitting, forget_filter, list_cases, save_filter, saved_filters
from data.desk import Desk
from data.errors import Invalid, Misused, NotFound


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
