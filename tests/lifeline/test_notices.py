"""Important Information: every state of an enrolment on both sides of each of its boundaries."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.lifeline import dates
from data.lifeline.codes import ERRORS, error_for
from data.lifeline.notices import notices
from data.lifeline.rules import (
    Enrolment,
    EnrolmentState,
    Notice,
    NoticeKind,
    NoticeRemedy,
    Recertification,
    Unit,
    Urgency,
    Vendor,
    VerificationState,
    address_key,
    recertification,
    vendor_for,
)

TODAY = date(2026, 11, 20)  # a Friday
FAR = date(2027, 9, 1)
PUBLISHED = {
    "DUPLICATE_SUBSCRIBER", "DUPLICATE_ADDRESS", "DUPLICATE_PRIMARY_ADDRESS", "DUPLICATE_PHONE_NUMBER", "TPIV_FAIL",
    "TPIV_FAIL_NAME_SSN4", "TPIV_FAIL_DOB", "TPIV_FAIL_IDENTITY_NOT_FOUND", "TPIV_FAIL_DECEASED",
    "TPIV_WEBSERVICE_ERROR", "INVALID_ADDRESS", "AMS_FAILURE_ANALYSIS", "CANNOT_TRANSFER_WITHIN_60_DAYS",
    "SAC_NOT_SIX_DIGITS", "SUBSCRIBER_UNDER_18",
}  # fmt: skip


def enrolment(**facts: Any) -> Enrolment:
    """An enrolment that needs nobody, but for `facts`."""
    return Enrolment(**{"vendor": Vendor.NLAD, "residence": "NY", "expires_on": FAR} | facts)


def only(kind: NoticeKind, found: tuple[Notice, ...]) -> Notice:
    """The one notice of `kind`."""
    (notice,) = [notice for notice in found if notice.kind is kind]
    return notice


def kinds(found: tuple[Notice, ...]) -> list[NoticeKind]:
    return [notice.kind for notice in found]


EXPIRES = date(2026, 12, 3)  # a Thursday


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


@pytest.mark.parametrize(
    ("facts", "how"),
    [
        ({"expires_on": TODAY + timedelta(200)}, "Nothing is to be done yet: the customer gets a letter."),
        (
            {"expires_on": TODAY + timedelta(70)},
            "Nothing is to be done yet. If the answer came already: `careline lifeline recertify SV093001`",
        ),
        (
            {"expires_on": TODAY + timedelta(30)},
            "Ask whether the form came; help to answer it. Once it did: `careline lifeline recertify SV093001`",
        ),
        (
            {"expires_on": TODAY - timedelta(1)},
            "Answered in time? `careline lifeline recertify SV093001`. If not: `careline lifeline de-enroll SV093001`",
        ),
    ],
)
def test_what_is_to_be_done_fits_the_time(facts: dict[str, Any], how: str) -> None:
    (notice,) = notices(enrolment(account="SV093001", **facts), TODAY)
    assert notice.how == how


@pytest.mark.parametrize(
    ("facts", "commands"),
    [
        ({"duplicate_on": TODAY}, ["de-enroll", "settle"]),
        ({"questioned_on": TODAY}, ["settle"]),
        ({"questioned_on": TODAY - timedelta(40)}, ["settle", "de-enroll"]),
        ({"last_used_on": TODAY - timedelta(30)}, ["use"]),
        ({"last_used_on": TODAY - timedelta(60)}, ["use", "de-enroll"]),
        ({"residence": "CA"}, ["hand-over"]),
        ({"verification": VerificationState.FAILED, "error_code": "DUPLICATE_SUBSCRIBER"}, ["submit", "de-enroll"]),
        ({"verification": VerificationState.FAILED, "error_code": "SAC_NOT_SIX_DIGITS"}, ["amend"]),
    ],
)
def test_what_no_key_does_names_the_command_that_does_it(facts: dict[str, Any], commands: list[str]) -> None:
    notice = next(n for n in notices(enrolment(account="SV093001", **facts), TODAY) if n.kind is not NoticeKind.EXPIRY)
    assert re.findall(r"`careline lifeline ([\w-]+) SV093001[^`]*`", notice.how) == commands


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
    ("vendor", "message"),
    [
        (Vendor.NLAD, "Customer Verification has failed or needs to be updated with NLAD"),
        (Vendor.XEROX, "Customer Verification has failed or needs to be updated with Xerox"),
        (Vendor.STATE, "Customer Verification has failed or needs to be updated with the state"),
    ],
)
def test_a_failed_verification_is_told_in_the_words_agents_look_for(vendor: Vendor, message: str) -> None:
    failed = enrolment(vendor=vendor, verification=VerificationState.FAILED, error_code="TPIV_FAIL_DOB")
    first = notices(failed, TODAY)[0]
    assert (first.message, first.urgency, first.remedy) == (message, Urgency.URGENT, NoticeRemedy.EDIT)
    assert first.detail == "TPIV_FAIL_DOB: the birth date does not match."
    assert first.days_left is None


def test_an_update_that_the_vendor_asks_for_needs_no_error() -> None:
    first = notices(enrolment(verification=VerificationState.NEEDS_UPDATE), TODAY)[0]
    assert first.message.endswith("needs to be updated with NLAD")
    assert (first.detail, first.remedy) == ("NLAD asks for an update.", NoticeRemedy.EDIT)


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


def test_mending_a_failed_verification_turns_the_key_from_edit_to_submit() -> None:
    failed = {"verification": VerificationState.FAILED, "error_code": "TPIV_FAIL_DOB"}
    mended = notices(enrolment(**failed, changed_on=TODAY, to_submit=True), TODAY)[0]
    assert (mended.remedy, mended.urgency) == (NoticeRemedy.SUBMIT, Urgency.URGENT)
    assert mended.detail.endswith("The last answer was TPIV_FAIL_DOB: the birth date does not match.")
    refused_again = notices(enrolment(**failed, changed_on=TODAY, to_submit=False), TODAY)[0]
    assert refused_again.remedy is NoticeRemedy.EDIT
    assert refused_again.detail.startswith("TPIV_FAIL_DOB: the birth date does not match. NLAD must know by")


def test_a_vendor_that_could_not_answer_is_asked_again() -> None:
    unanswered = enrolment(
        verification=VerificationState.FAILED, error_code="TPIV_WEBSERVICE_ERROR", changed_on=TODAY, to_submit=True
    )
    first = notices(unanswered, TODAY)[0]
    assert first.detail.startswith("TPIV_WEBSERVICE_ERROR: the identity service did not answer.")
    assert first.remedy is NoticeRemedy.SUBMIT


@pytest.mark.parametrize(
    ("vendor", "message", "remedy"),
    [
        (Vendor.XEROX, "Waiting for an answer from Xerox.", NoticeRemedy.HOW),
        (Vendor.STATE, "Waiting for an answer from the state.", NoticeRemedy.HOW),
        (Vendor.NLAD, "NLAD has not confirmed this customer yet.", NoticeRemedy.SUBMIT),
    ],
)
def test_an_answer_that_has_not_come_is_told(vendor: Vendor, message: str, remedy: NoticeRemedy) -> None:
    found = notices(enrolment(vendor=vendor, verification=VerificationState.PENDING), TODAY)
    notice = only(NoticeKind.WAITING, found)
    assert (notice.message, notice.remedy, notice.urgency) == (message, remedy, Urgency.INFO)


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


def test_a_de_enrolment_that_was_told_leaves_nothing_to_do() -> None:
    gone = enrolment(
        state=EnrolmentState.DE_ENROLLED, de_enrolled_on=TODAY, verification=VerificationState.FAILED, expires_on=TODAY
    )
    assert notices(gone, TODAY) == ()


@pytest.mark.parametrize(
    ("residence", "vendor"),
    [("CA", Vendor.XEROX), ("OR", Vendor.STATE), ("TX", Vendor.STATE), ("NY", Vendor.NLAD), ("", Vendor.NLAD)],
)
def test_each_state_has_its_keeper_of_records(residence: str, vendor: Vendor) -> None:
    assert vendor_for(residence) is vendor
    found = notices(enrolment(vendor=vendor, residence=residence), TODAY)
    assert NoticeKind.OPT_OUT not in kinds(found)


@pytest.mark.parametrize(("residence", "name"), [("CA", "California"), ("OR", "Oregon"), ("TX", "Texas")])
def test_an_nlad_customer_who_moved_to_an_opt_out_state_is_told_of(residence: str, name: str) -> None:
    notice = only(NoticeKind.OPT_OUT, notices(enrolment(residence=residence), TODAY))
    assert notice.message == f"The customer lives in {name}, which keeps its own Lifeline records."


def test_what_is_late_comes_first_then_the_verification_then_the_nearest_day() -> None:
    found = notices(
        enrolment(
            verification=VerificationState.FAILED,
            error_code="TPIV_FAIL_DOB",
            expires_on=TODAY + timedelta(11),
            last_used_on=TODAY - timedelta(43),
            duplicate_on=TODAY - timedelta(30),
            questioned_on=TODAY,
        ),
        TODAY,
    )
    assert kinds(found) == [
        NoticeKind.DUPLICATE,  # late
        NoticeKind.VERIFICATION,
        NoticeKind.NON_USE,  # 2 days left
        NoticeKind.EXPIRY,  # 11 days left
        NoticeKind.PROOF,  # 30 days left: a warning only
    ]


def test_every_published_error_has_a_meaning_and_a_next_step() -> None:
    assert ERRORS.keys() == PUBLISHED
    for error in ERRORS.values():
        assert error.meaning.endswith(".") and error.next_step.endswith(".")
    assert {code for code, error in ERRORS.items() if error.passing} == {"TPIV_WEBSERVICE_ERROR"}


def test_an_error_that_is_not_published_is_shown_as_it_came() -> None:
    unknown = error_for("INVALID_PHASE_OF_MOON")
    assert unknown.code == "INVALID_PHASE_OF_MOON"
    assert "Look it up" in unknown.next_step


def test_addresses_are_compared_without_case_signs_or_the_zip_s_ending() -> None:
    assert address_key("12 Oak St.", "Apt #3", "10701-1234") == address_key("12  OAK ST", "apt 3", "10701")
    assert address_key("12 Oak St", "", "10701") != address_key("12 Oak St", "3", "10701")
    assert address_key("", "3", "10701") == address_key("12 Oak St", "", "") == ""


@given(st.integers(-40, 400), st.none() | st.integers(0, 366), st.integers(0, 60), st.sampled_from(VerificationState))
def test_notices_are_sorted_and_say_something_whatever_the_facts(
    days: int, display: int | None, unused: int, verification: VerificationState
) -> None:
    found = notices(
        enrolment(
            expires_on=TODAY + timedelta(days), last_used_on=TODAY - timedelta(unused), verification=verification
        ),
        TODAY,
        display,
    )
    ranks = [list(Urgency).index(notice.urgency) for notice in found]
    assert ranks == sorted(ranks)
    for notice in found:
        assert notice.message and notice.detail and notice.how
        assert (notice.days_left is None) == (notice.due_on is None)
        assert not (notice.late and notice.urgency is not Urgency.URGENT)
