"""Days of Lifeline that a file tells of: those that can't be are left out, and none undoes what was noted here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.customers.queries import account
from data.desk import Desk
from data.imports.reasons import Oddity
from data.lifeline.dates import CALIFORNIA_NOTICE_DAYS, FIRST_DAY, anniversary
from data.lifeline.service import de_enrol, enrol, recertify
from tests.conftest import NOW
from tests.imports.files import counts, import_file

HEADINGS = "account,name,mdn,city,state,lifeline start,recert date,lifeline expires\n"
TODAY = date(2026, 11, 22)
TOMORROW, YESTERDAY = TODAY + timedelta(1), TODAY - timedelta(1)
LAST = anniversary(TODAY + timedelta(CALIFORNIA_NOTICE_DAYS))  # that a certification may have today


def row(*days: date | str, city: str = "Troy") -> str:
    """A file of one customer with Lifeline since, last recertified and until these days."""
    return f"{HEADINGS}A1,Ana Li,2125550143,{city},NY,{','.join(map(str, days))}\n"


def expires(desk: Desk) -> date | None:
    enrolment = account(desk, "A1").enrolment
    return enrolment.expires_on if enrolment else None


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ((TODAY, "", ""), date(2027, 11, 22)),
        ((TOMORROW, "", ""), None),
        ((date(2024, 1, 15), TODAY, ""), date(2027, 11, 22)),
        ((date(2024, 1, 15), TOMORROW, ""), None),
        (("", TOMORROW, ""), None),
        (("", "", LAST), LAST),
        (("", "", LAST + timedelta(1)), None),
        ((date(2024, 1, 15), "", LAST + timedelta(1)), None),
        ((FIRST_DAY, "", ""), date(1986, 1, 1)),
        ((FIRST_DAY - timedelta(1), "", ""), None),
        (("", "", "0001-01-01"), None),  # what programs write for no day at all
        (("9999-12-31", "", ""), None),
        ((date(2024, 1, 15), "9999-12-31", ""), None),
    ],
)
def test_days_that_cannot_be_are_left_out_and_counted(
    admin: Desk, tmp_path: Path, days: tuple[date | str, ...], wanted: date | None
) -> None:
    report = import_file(admin, tmp_path, row(*days))
    assert (counts(report), expires(admin)) == ((1, 1, 0, 0, 0), wanted)
    assert report.warnings.get(Oddity.LIFELINE_ODD, 0) == (wanted is None)


def test_the_day_is_the_agents(admin: Desk, tmp_path: Path) -> None:
    late = replace(admin, clock=lambda: NOW.replace(day=23, hour=4))  # 23:00 on the 22nd in New York
    assert import_file(late, tmp_path, row(TOMORROW, "", "")).warnings == {Oddity.LIFELINE_ODD: 1}


@pytest.mark.parametrize(
    ("told", "wanted", "older"),
    [
        (date(2025, 11, 25), date(2027, 11, 21), 1),  # what the file knew before
        ("", date(2027, 11, 21), 0),
        (YESTERDAY, date(2027, 11, 21), 0),
        (TODAY, date(2027, 11, 22), 0),  # later than what was noted
    ],
)
def test_an_older_day_does_not_undo_a_recertification_that_was_noted_here(
    admin: Desk, tmp_path: Path, told: date | str, wanted: date, older: int
) -> None:
    began = date(2024, 1, 15)
    import_file(admin, tmp_path, row(began, date(2025, 11, 25), ""))
    recertify(admin, "A1", YESTERDAY)
    report = import_file(admin, tmp_path, row(began, told, "", city="Albany"))
    assert (counts(report), expires(admin)) == ((1, 0, 1, 0, 0), wanted)
    assert report.warnings.get(Oddity.LIFELINE_OLDER, 0) == older


def test_nor_a_lifeline_that_began_anew_here(admin: Desk, tmp_path: Path) -> None:
    import_file(admin, tmp_path, row(date(2024, 1, 15), date(2025, 11, 25), ""))
    de_enrol(admin, "A1", YESTERDAY)
    enrol(admin, "A1", TODAY)
    report = import_file(admin, tmp_path, row(date(2024, 1, 15), date(2025, 11, 25), "", city="Albany"))
    assert (report.warnings, expires(admin)) == ({Oddity.LIFELINE_OLDER: 1}, date(2027, 11, 22))


def test_a_file_mends_what_only_files_told(admin: Desk, tmp_path: Path) -> None:
    import_file(admin, tmp_path, row(date(2024, 1, 15), date(2026, 10, 20), ""))
    import_file(admin, tmp_path, row(date(2024, 1, 15), date(2026, 2, 20), ""))
    assert expires(admin) == date(2027, 2, 20)
