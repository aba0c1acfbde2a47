"""The report: how many complaints a period had, by dealer, store, rep, reason and outcome."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from data.complaints import actions
from data.complaints.queries import By, report, report_csv
from data.complaints.rules import ComplaintReason, ComplaintState, report_from
from data.desk import Desk
from data.errors import Misused
from tests.complaints.conftest import TODAY, take
from tests.conftest import NOW
from tests.credits.conftest import at


def test_the_report_counts_a_period_by_each_thing(desk: Desk, lead: Desk, case: str) -> None:
    first = take(desk, case)
    take(desk, case, rep="Lee", about=ComplaintReason.CONDUCT)
    take(desk, case, dealer="Prairie Phones", store="", rep="")
    take(at(desk, NOW - timedelta(days=40)), case)
    actions.close(lead, first.id, "Refunded")
    week = (TODAY - timedelta(7), TODAY)
    assert [(row.name, row.count) for row in report(lead, By.DEALER, *week)] == [
        ("Harbor Wireless", 2),
        ("Prairie Phones", 1),
    ]
    assert report(lead, By.DEALER, *week)[0].states == ((ComplaintState.WAITING, 1), (ComplaintState.CLOSED, 1))
    assert [row.name for row in report(lead, By.REP, *week)] == ["Dana", "Lee", "not named"]
    assert {row.name: row.count for row in report(lead, By.REASON, *week)} == {"Fee not told": 2, "Conduct": 1}
    assert {row.name: row.count for row in report(lead, By.OUTCOME, *week)} == {"waiting for review": 2, "closed": 1}
    assert report(lead, By.DEALER, TODAY - timedelta(90), TODAY)[0].count == 3
    assert report(lead, By.STORE, TODAY + timedelta(1), TODAY + timedelta(2)) == ()


def test_a_name_counts_however_it_is_spelled_and_is_told_as_most_spell_it(desk: Desk, lead: Desk, case: str) -> None:
    for dealer in ("CAFÉ Móvil", "Cafe Movil", "Cafe Movil", "cafe  movil", "Cafe Movil East"):
        take(desk, case, dealer=dealer)
    found = [(row.name, row.count) for row in report(lead, By.DEALER, TODAY, TODAY)]
    assert found == [("Cafe Movil", 4), ("Cafe Movil East", 1)]


def test_a_report_covers_thirty_days_today_with_them(desk: Desk, lead: Desk, case: str) -> None:
    first = report_from(TODAY)
    assert [(first + timedelta(days)) for days in (0, 29)] == [date(2026, 10, 24), TODAY]
    for days, count in ((30, 0), (29, 1)):
        take(at(desk, NOW - timedelta(days)), case)
        assert sum(row.count for row in report(lead, By.DEALER, first, TODAY)) == count


@pytest.mark.parametrize(
    ("first", "last"),
    [(TODAY, TODAY - timedelta(1)), (TODAY, date.max), (date.min, TODAY), (report_from(date.min), date.min)],
)
def test_days_that_nobody_means_are_not_counted(lead: Desk, first: date, last: date) -> None:
    with pytest.raises(Misused, match="no days to count"):
        report(lead, By.DEALER, first, last)


def test_a_day_is_the_leads_own(desk: Desk, lead: Desk, case: str) -> None:
    take(at(desk, NOW.replace(day=23, hour=4, minute=59)), case)  # 23:59 on the 22nd in New York
    assert report(lead, By.DEALER, TODAY, TODAY)[0].count == 1
    assert report(lead, By.DEALER, TODAY + timedelta(1), TODAY + timedelta(1)) == ()


def test_no_cell_of_the_report_is_a_formula(desk: Desk, lead: Desk, case: str) -> None:
    for dealer in ('=HYPERLINK("http://x")', "+1", "@SUM(A1)", "-2+3", "A, B"):
        take(desk, case, dealer=dealer)
    rows = list(csv.reader(io.StringIO(report_csv(By.DEALER, report(lead, By.DEALER, TODAY, TODAY)))))
    assert rows[0] == ["dealer", "complaints", *ComplaintState]
    assert not any(cell[0] in "=@" for row in rows[1:] for cell in row if cell)
    assert "A, B" in [row[0] for row in rows]
