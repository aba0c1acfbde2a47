"""Important Information: every date of an enrolment on both sides of each of its boundaries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.lifeline import dates
from data.lifeline.notices import notices
from data.lifeline.rules import (
    EnrolmentState,
    NoticeKind,
    NoticeRemedy,
    Recertification,
    Unit,
    Urgency,
    Vendor,
    VerificationState,
    recertification,
)
from tests.lifeline.noticed import EXPIRES, TODAY, enrolment, kinds, only


@pytest.mark.parametrize(
    ("today", "california", "phase"),
    [
        (EXPIRES - timedelta(106), True, Recertification.NOT_DUE),
        (EXPIRES - timedelta(105), True, Recertification.NOTICED),
        (EXPIRES - timedelta(105), False, Recertification.NOT_DUE),
        (EXPIRES - timedelta(91), False, Recertification.NOT_DUE),
        (EXPIRES - timedelta(90), False, Recertification.NOTICED),
        (EXPIRES - timedelta(61), False, Recertification.NOTICED),
        (EXPIRES - timedelta(61), True, Recertification.NOTICED),
        (EXPIRES - timedelta(60), False, Recertification.OPEN),
        (EXPIRES, False, Recertification.OPEN),
        (EXPIRES + timedelta(1), False, Recertification.CLOSED),
        (date(2026, 12, 10), False, Recertification.CLOSED),  # the fifth business day after it
        (date(2026, 12, 11), False, Recertification.LATE),
    ],
)
def test_a_recertification_passes_through_its_phases(today: date, california: bool, phase: Recertification) -> None:
    assert recertification(EXPIRES, today, california=california) is phase


@pytest.mark.parametrize(
    ("days_before", "urgency", "detail"),
    [
        (91, Urgency.INFO, "91 days left. The first notice goes out on 09-04-2026."),
        (90, Urgency.INFO, "90 days left. Notices are out; the 60 days to answer begin on 10-04-2026."),
        (61, Urgency.INFO, "61 days left. Notices are out; the 60 days to answer begin on 10-04-2026."),
        (60, Urgency.WARNING, "60 days left to answer."),
        (15, Urgency.WARNING, "15 days left to answer."),
        (14, Urgency.URGENT, "14 days left to answer."),
        (1, Urgency.URGENT, "1 day left to answer."),
        (0, Urgency.URGENT, "Today is the last day to answer."),
        (-1, Urgency.URGENT, "No answer came by that day. De-enroll by 12-10-2026: 4 business days left."),
        (-7, Urgency.URGENT, "No answer came by that day. De-enroll by 12-10-2026: today is the last day."),
        (-8, Urgency.URGENT, "No answer came by that day. De-enrollment was due by 12-10-2026, 1 day ago."),
    ],
)
def test_the_expiry_date_stands_alone_and_the_detail_counts(days_before: int, urgency: Urgency, detail: str) -> None:
    (notice,) = notices(enrolment(expires_on=EXPIRES), EXPIRES - timedelta(days_before))
    assert notice.message == "This customer's Lifeline certification will expire on 12-03-2026."
    assert (notice.kind, notice.urgency, notice.detail) == (NoticeKind.EXPIRY, urgency, detail)
    if days_before >= 0:
        assert (notice.days_left, notice.unit, notice.due_on) == (days_before, Unit.DAYS, EXPIRES)


def test_a_certification_of_29_february_expires_on_28_february_in_a_common_year() -> None:
    expires = dates.expires_on(date(2024, 2, 29), None)
    (notice,) = notices(enrolment(expires_on=expires), date(2025, 2, 28))
    assert notice.message == "This customer's Lifeline certification will expire on 02-28-2025."
    assert notice.detail == "Today is the last day to answer."
    (notice,) = notices(enrolment(expires_on=expires), date(2025, 3, 1))
    assert notice.detail.startswith("No answer came by that day.")


@pytest.mark.parametrize(
    ("display_days", "days_before", "shown"),
    [
        (None, 365, True),
        (30, 31, False),
        (30, 30, True),
        (30, 29, True),
        (0, 1, False),
        (0, 0, True),
        (0, -1, True),
        (30, -3, True),
        (366, 366, True),
    ],
)
def test_the_operator_may_hold_the_expiry_date_back(display_days: int | None, days_before: int, shown: bool) -> None:
    found = notices(enrolment(expires_on=EXPIRES), EXPIRES - timedelta(days_before), display_days)
    assert (kinds(found) == [NoticeKind.EXPIRY]) is shown


def test_only_the_expiry_date_is_held_back() -> None:
    troubled = enrolment(verification=VerificationState.FAILED, error_code="TPIV_FAIL_DOB", last_used_on=TODAY)
    assert kinds(notices(troubled, TODAY, 0)) == [NoticeKind.VERIFICATION]


@pytest.mark.parametrize(
    ("today", "urgency", "left", "ending"),
    [
        (date(2026, 11, 20), Urgency.WARNING, 10, "NLAD must know by 12-07-2026: 10 business days left."),
        (date(2026, 11, 22), Urgency.WARNING, 10, "NLAD must know by 12-07-2026: 10 business days left."),
        (date(2026, 12, 2), Urgency.WARNING, 3, "NLAD must know by 12-07-2026: 3 business days left."),
        (date(2026, 12, 3), Urgency.URGENT, 2, "NLAD must know by 12-07-2026: 2 business days left."),
        (date(2026, 12, 4), Urgency.URGENT, 1, "NLAD must know by 12-07-2026: 1 business day left."),
        (date(2026, 12, 7), Urgency.URGENT, 0, "NLAD must know by 12-07-2026: today is the last day."),
        (date(2026, 12, 8), Urgency.URGENT, -1, "NLAD had to know by 12-07-2026: 1 day ago."),
    ],
)
def test_a_change_counts_down_ten_business_days(today: date, urgency: Urgency, left: int, ending: str) -> None:
    notice = only(NoticeKind.VERIFICATION, notices(enrolment(changed_on=date(2026, 11, 20), to_submit=True), today))
    assert notice.message == "Customer Verification has failed or needs to be updated with NLAD"
    assert notice.detail == f"Changed on 11-20-2026, not submitted yet. {ending}"
    assert (notice.urgency, notice.days_left, notice.unit) == (urgency, left, Unit.BUSINESS_DAYS)
    assert notice.remedy is NoticeRemedy.SUBMIT


@pytest.mark.parametrize(("vendor", "residence"), [(Vendor.XEROX, "CA"), (Vendor.STATE, "OR")])
def test_a_change_for_a_vendor_that_takes_files_needs_no_key(vendor: Vendor, residence: str) -> None:
    changed = enrolment(vendor=vendor, residence=residence, changed_on=date(2026, 11, 20), to_submit=True)
    notice = only(NoticeKind.VERIFICATION, notices(changed, date(2026, 11, 20)))
    assert notice.detail.startswith(f"Changed on 11-20-2026; it goes with the next file to {vendor}. ")
    assert notice.how == "Nothing is to be done here: whoever sends the files has it."
    assert notice.remedy is NoticeRemedy.HOW


@pytest.mark.parametrize(
    ("unused", "detail"),
    [
        (29, None),
        (30, "Use by 12-05-2026 keeps it: 15 days left."),
        (44, "Use by 11-21-2026 keeps it: 1 day left."),
        (45, "Use by 11-20-2026 keeps it: today is the last day."),
        (46, "It had to be used by 11-19-2026: 1 day ago."),
    ],
)
def test_free_service_that_is_not_used_counts_down(unused: int, detail: str | None) -> None:
    found = notices(enrolment(last_used_on=TODAY - timedelta(unused)), TODAY)
    told = [notice for notice in found if notice.kind is NoticeKind.NON_USE]
    assert [notice.detail for notice in told] == ([detail] if detail else [])
    for notice in told:
        assert notice.message == f"Lifeline service has not been used for {unused} days."


def test_service_that_is_paid_for_may_rest() -> None:
    rested = enrolment(free_service=False, last_used_on=TODAY - timedelta(200))
    assert kinds(notices(rested, TODAY)) == [NoticeKind.EXPIRY]


@pytest.mark.parametrize(
    ("asked_days_ago", "urgency", "detail"),
    [
        (0, Urgency.WARNING, "Asked on 11-20-2026. Proof must come by 12-20-2026: 30 days left."),
        (15, Urgency.WARNING, "Asked on 11-05-2026. Proof must come by 12-05-2026: 15 days left."),
        (16, Urgency.URGENT, "Asked on 11-04-2026. Proof must come by 12-04-2026: 14 days left."),
        (30, Urgency.URGENT, "Asked on 10-21-2026. Proof must come by 11-20-2026: today is the last day."),
        (31, Urgency.URGENT, "No proof came by 11-19-2026. De-enroll by 11-27-2026: 4 business days left."),
        (40, Urgency.URGENT, "No proof came by 11-10-2026. De-enrollment was due by 11-18-2026, 2 days ago."),
    ],
)
def test_doubted_eligibility_counts_down_30_days(asked_days_ago: int, urgency: Urgency, detail: str) -> None:
    found = notices(enrolment(questioned_on=TODAY - timedelta(asked_days_ago)), TODAY)
    notice = only(NoticeKind.PROOF, found)
    assert (notice.urgency, notice.detail) == (urgency, detail)


@pytest.mark.parametrize(
    ("told_on", "ending"),
    [
        (date(2026, 11, 20), "De-enroll by 11-30-2026: 5 business days left."),
        (date(2026, 11, 13), "De-enroll by 11-20-2026: today is the last day."),
        (date(2026, 11, 12), "De-enrollment was due by 11-19-2026, 1 day ago."),
    ],
)
def test_a_duplicate_counts_down_five_business_days(told_on: date, ending: str) -> None:
    notice = only(NoticeKind.DUPLICATE, notices(enrolment(duplicate_on=told_on), TODAY))
    assert notice.detail == f"NLAD told of it on {told_on:%m-%d-%Y}. {ending}"


@pytest.mark.parametrize(
    ("today", "left"),
    [(date(2026, 11, 25), 1), (date(2026, 11, 26), 1), (date(2026, 11, 27), 0), (date(2026, 11, 28), -1)],
)
def test_a_de_enrolment_must_reach_the_vendor_within_one_business_day(today: date, left: int) -> None:
    gone = enrolment(
        state=EnrolmentState.DE_ENROLLED,
        de_enrolled_on=date(2026, 11, 25),
        changed_on=date(2026, 11, 25),
        to_submit=True,
        last_used_on=date(2026, 1, 1),
    )
    (notice,) = notices(gone, today)
    assert notice.detail.startswith("De-enrolled on 11-25-2026, not submitted yet.")
    assert (notice.days_left, notice.due_on, notice.remedy) == (left, date(2026, 11, 27), NoticeRemedy.SUBMIT)
