"""Every Lifeline deadline at its boundaries; days worked out by hand from the calendar of 2024 to 2028."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.lifeline import dates

DAYS = st.dates(date(2012, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("initiated", "recertified", "expires"),
    [
        (date(2025, 12, 3), None, date(2026, 12, 3)),
        (date(2021, 12, 3), date(2025, 11, 20), date(2026, 11, 20)),
        (date(2024, 2, 29), None, date(2025, 2, 28)),
        (date(2024, 2, 28), None, date(2025, 2, 28)),
        (date(2023, 2, 28), None, date(2024, 2, 28)),
        (date(2024, 2, 29), date(2027, 2, 28), date(2028, 2, 28)),
        (date(2020, 3, 1), date(2028, 2, 29), date(2029, 2, 28)),
        (date(2026, 6, 1), date(2025, 5, 1), date(2027, 6, 1)),  # recertified elsewhere, before service began here
    ],
)
def test_certification_expires_on_the_next_anniversary(
    initiated: date, recertified: date | None, expires: date
) -> None:
    assert dates.expires_on(initiated, recertified) == expires


def test_an_anniversary_of_29_february_stays_one_where_the_year_has_it() -> None:
    leap_day = date(2024, 2, 29)
    assert [dates.anniversary(leap_day, years) for years in (1, 2, 3, 4)] == [
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_the_notices_and_the_window_count_back_from_the_anniversary() -> None:
    expires = date(2026, 12, 3)
    assert dates.notices_start_on(expires, california=False) == date(2026, 9, 4)
    assert dates.notices_start_on(expires, california=True) == date(2026, 8, 20)
    assert dates.window_opens_on(expires) == date(2026, 10, 4)


def test_the_window_of_a_29_february_subscriber_spans_60_days() -> None:
    assert dates.window_opens_on(date(2025, 2, 28)) == date(2024, 12, 30)
    assert dates.window_opens_on(date(2028, 2, 29)) == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("day", "business"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 11, 26), False),  # Thanksgiving
        (date(2026, 11, 27), True),  # the day after it is no federal holiday
        (date(2026, 7, 3), False),  # Independence Day, observed on the Friday
        (date(2027, 7, 5), False),  # observed on the Monday
        (date(2027, 12, 31), False),  # New Year's Day 2028, observed in the year before
        (date(2028, 2, 29), True),
    ],
)
def test_business_days_leave_out_weekends_and_federal_holidays(day: date, business: bool) -> None:
    assert dates.is_business_day(day) is business


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 16), 5, date(2026, 11, 23)),  # Monday: to the next Monday
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday: over the weekend
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 5, date(2026, 11, 30)),  # over Thanksgiving
        (date(2026, 12, 18), 10, date(2027, 1, 5)),  # over Christmas Day and New Year's Day
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_business_days_are_counted_from_the_day_after(start: date, count: int, end: date) -> None:
    assert dates.after_business_days(start, count) == end


def test_each_deadline_is_the_last_day_to_act() -> None:
    assert dates.de_enrol_by(date(2026, 11, 20)) == date(2026, 11, 30)
    assert dates.prove_by(date(2026, 11, 1)) == date(2026, 12, 1)
    assert dates.non_use_notice_on(date(2026, 10, 1)) == date(2026, 10, 31)
    assert dates.use_by(date(2026, 10, 1)) == date(2026, 11, 15)
    assert dates.use_by(date(2028, 1, 30)) == date(2028, 3, 15)  # over 29 February
    assert dates.tell_change_by(date(2026, 11, 20)) == date(2026, 12, 7)
    assert dates.tell_de_enrolment_by(date(2026, 11, 25)) == date(2026, 11, 27)


def test_what_is_left_is_0_on_the_last_day_and_below_0_after_it() -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert [dates.days_left(day, friday) for day in (date(2026, 11, 19), friday, monday)] == [1, 0, -3]
    assert [dates.business_days_left(day, monday) for day in (friday, date(2026, 11, 21), monday)] == [1, 1, 0]
    assert dates.business_days_left(date(2026, 11, 21), friday) == -1  # late counts calendar days


@given(DAYS)
def test_an_anniversary_is_a_year_later_in_the_same_month(day: date) -> None:
    later = dates.anniversary(day)
    assert (later.year, later.month) == (day.year + 1, day.month)
    assert day.day - later.day in (0, 1)
    assert (later - day).days in (365, 366)


@given(DAYS, st.integers(1, 12))
def test_a_deadline_in_business_days_has_exactly_that_many_left(day: date, count: int) -> None:
    deadline = dates.after_business_days(day, count)
    assert dates.is_business_day(deadline)
    assert dates.business_days_left(day, deadline) == count
    assert dates.business_days_left(deadline + timedelta(1), deadline) == -1
