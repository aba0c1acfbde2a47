"""Due times as a person types them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from data.cases.due import due_text, read_due
from tests.conftest import NOW

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("12-03-2026 15:00", (2026, 12, 3, 15, 0)),
        ("12/03/2026", (2026, 12, 3, 23, 59)),
        ("2026-12-03 9:05", (2026, 12, 3, 9, 5)),
        ("2026-12-03T09:05", (2026, 12, 3, 9, 5)),
        ("12-03-2026 00:00", (2026, 12, 3, 0, 0)),
        ("12-31-2099", (2099, 12, 31, 23, 59)),
        ("12-03", (2026, 12, 3, 23, 59)),
        ("11-21", (2027, 11, 21, 23, 59)),
        ("15:30", (2026, 11, 22, 15, 30)),
        ("today", (2026, 11, 22, 23, 59)),
        (" Tomorrow  8:00 ", (2026, 11, 23, 8, 0)),
        ("in 3 days", (2026, 11, 25, 23, 59)),
        ("10d", (2026, 12, 2, 23, 59)),
    ],
)
def test_a_due_time_is_read_in_the_agents_zone(typed: str, means: tuple[int, int, int, int, int]) -> None:
    assert read_due(typed, NOW, NEW_YORK) == datetime(*means, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    "typed", ["soon", "13-40", "02-30-2027", "25:00", "12-03-2026 24:00", "in days", "12-31-9999", "01-01-0001"]
)
def test_what_is_no_time_says_how_to_write_one(typed: str) -> None:
    with pytest.raises(ValueError, match=r"is no due time\. Write it so: 12-03-2026 15:00"):
        read_due(typed, NOW, NEW_YORK)


def test_a_form_holds_what_it_reads() -> None:
    assert read_due("", NOW, NEW_YORK) is None
    assert due_text(None, NEW_YORK) == ""
    due = read_due("12-03-2026 15:00", NOW, NEW_YORK)
    assert due_text(due, NEW_YORK) == "12-03-2026 15:00"
    assert read_due(due_text(due, NEW_YORK), NOW, NEW_YORK) == due
