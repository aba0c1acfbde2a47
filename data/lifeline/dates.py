"""Lifeline's deadlines, as days: pure arithmetic over the figures of 47 CFR 54.404, 54.405 and 54.410.

Counting follows 47 CFR 1.4(b): the day on which something happens is not counted, the day after it is day 1, and a
deadline is the last day on which it can still be met. Every `…_by` and `…_until` here is such a last day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

WINDOW_DAYS = 60  # to answer a recertification: 54.405(e)(4)
NOTICE_DAYS = 90  # the federal notices begin so long before the anniversary
CALIFORNIA_NOTICE_DAYS = 105  # California's letter, sent by Xerox
DE_ENROL_BUSINESS_DAYS = 5  # after time to answer has run out: 54.405(e)(1), (e)(2), (e)(4)
PROOF_DAYS = 30  # to prove eligibility that is doubted: 54.405(e)(1)
NON_USE_DAYS = 30  # without use of free service: 54.405(e)(3)
CURE_DAYS = 15  # then to use it after all: 54.405(e)(3)
TELL_CHANGE_BUSINESS_DAYS = 10  # until NLAD has a change: 54.404(b)(8)
TELL_DE_ENROLMENT_BUSINESS_DAYS = 1  # until NLAD has a de-enrolment: 54.404(b)(10)
SATURDAY = 5
FIRST_DAY = date(1985, 1, 1)  # nobody had Lifeline before


def anniversary(day: date, years: int = 1) -> date:
    """The same day `years` later; 29 February falls on 28 February in common years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def expires_on(initiated_on: date, recertified_on: date | None) -> date:
    """The day by which the customer must recertify (54.410(f)(1)): what "certification will expire on" names.

    It is the first anniversary of service initiation, or of the last recertification where there is a later one.
    That day itself still counts: an answer on it is in time, and the certification has run out on the day after.
    """
    return anniversary(max(initiated_on, recertified_on or initiated_on))


def notices_start_on(expires: date, *, california: bool) -> date:
    """The day on which the first notice goes out: 90 days before the anniversary, California's letter 105."""
    return expires - timedelta(CALIFORNIA_NOTICE_DAYS if california else NOTICE_DAYS)


def window_opens_on(expires: date) -> date:
    """The day on which the customer's 60 days to answer begin (54.405(e)(4)).

    The window is the last 60 days up to the anniversary, the shortest the rule allows: opened on this day, the day
    after is its day 1, and the anniversary, its day 60, is its last. An answer to an earlier notice counts as well.
    """
    return expires - timedelta(WINDOW_DAYS)


def de_enrol_by(last_day: date) -> date:
    """The last day to de-enrol after time to answer ran out with `last_day`: 5 business days (54.405(e)(1), (4)).

    For a duplicate, `last_day` is the day on which the administrator told of it (54.405(e)(2)).
    """
    return after_business_days(last_day, DE_ENROL_BUSINESS_DAYS)


def prove_by(asked_on: date) -> date:
    """The last day to prove eligibility that was doubted in a letter of `asked_on`: 30 days (54.405(e)(1))."""
    return asked_on + timedelta(PROOF_DAYS)


def non_use_notice_on(last_used_on: date) -> date:
    """The day that completes 30 days without use: the 15 days' notice goes out (54.405(e)(3))."""
    return last_used_on + timedelta(NON_USE_DAYS)


def use_by(last_used_on: date) -> date:
    """The last day on which use keeps free service: the notice of day 30, and 15 days more (54.405(e)(3))."""
    return last_used_on + timedelta(NON_USE_DAYS + CURE_DAYS)


def tell_change_by(changed_on: date) -> date:
    """The last day for NLAD to learn of a change: 10 business days (54.404(b)(8))."""
    return after_business_days(changed_on, TELL_CHANGE_BUSINESS_DAYS)


def tell_de_enrolment_by(de_enrolled_on: date) -> date:
    """The last day for NLAD to learn of a de-enrolment: 1 business day (54.404(b)(10))."""
    return after_business_days(de_enrolled_on, TELL_DE_ENROLMENT_BUSINESS_DAYS)


def is_business_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a federal holiday, observed ones included (47 CFR 1.4(e))."""
    return day.weekday() < SATURDAY and day not in _federal_holidays(day.year)


def after_business_days(day: date, count: int) -> date:
    """The `count`-th business day after `day`, which itself is not counted."""
    while count:
        day += timedelta(1)
        count -= is_business_day(day)
    return day


def days_left(today: date, last_day: date) -> int:
    """Calendar days from `today` to `last_day`: 0 on the last day itself, below 0 once it has passed."""
    return (last_day - today).days


def business_days_left(today: date, last_day: date) -> int:
    """Business days after `today` up to and with `last_day`: 0 on the last day itself.

    Once `last_day` has passed: minus the calendar days since, so that late is always below 0.
    """
    late = days_left(today, last_day)
    if late <= 0:
        return late
    return sum(is_business_day(today + timedelta(number)) for number in range(1, late + 1))


@cache
def _federal_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays

    return frozenset(country_holidays("US", years=year))
