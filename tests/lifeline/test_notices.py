"""Important Information: what each state of an enrolment is told as, and what is to be done about it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.lifeline.codes import ERRORS, error_for
from data.lifeline.notices import notices
from data.lifeline.rules import (
    EnrolmentState,
    NoticeKind,
    NoticeRemedy,
    Urgency,
    Vendor,
    VerificationState,
    address_key,
    vendor_for,
)
from tests.lifeline.noticed import TODAY, enrolment, kinds, only

PUBLISHED = {
    "DUPLICATE_SUBSCRIBER", "DUPLICATE_ADDRESS", "DUPLICATE_PRIMARY_ADDRESS", "DUPLICATE_PHONE_NUMBER", "TPIV_FAIL",
    "TPIV_FAIL_NAME_SSN4", "TPIV_FAIL_DOB", "TPIV_FAIL_IDENTITY_NOT_FOUND", "TPIV_FAIL_DECEASED",
    "TPIV_WEBSERVICE_ERROR", "INVALID_ADDRESS", "AMS_FAILURE_ANALYSIS", "CANNOT_TRANSFER_WITHIN_60_DAYS",
    "SAC_NOT_SIX_DIGITS", "SUBSCRIBER_UNDER_18",
}  # fmt: skip


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
            "Answered in time? `careline lifeline recertify SV093001 --on DAY`. "
            "If not: `careline lifeline de-enroll SV093001`",
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
