"""The embedded NLAD: every published code, what makes it, and the form of a record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.desk import Desk
from data.lifeline.actions import find
from data.lifeline.codes import ERRORS
from data.lifeline.nlad import Answer, EmbeddedNlad
from data.lifeline.records import FIELDS, NAMES, Record, parse_day, plain, record, wrong_fields
from data.lifeline.rules import EnrolmentState, Transaction, Vendor, VerificationState, address_key
from tests.lifeline.enrolments import add_subscriber

TODAY = date(2026, 11, 22)
GOOD = dict.fromkeys(NAMES, "") | {
    "transactionType": "update",
    "transactionEffectiveDate": "11/22/2026",
    "sac": "150072",
    "firstName": "Maria",
    "lastName": "Alvarez",
    "phoneNumber": "2125550143",
    "last4ssn": "4821",
    "dob": "05/17/1980",
    "iehFlag": "0",
    "primaryAddress1": "12 Oak St",
    "primaryCity": "Yonkers",
    "primaryState": "NY",
    "primaryZipCode": "10701",
    "serviceInitializationDate": "09/01/2024",
    "etcGeneralUse": "SV000009",
}


def answer(desk: Desk, **changes: str) -> Answer:
    return EmbeddedNlad(desk).submit(GOOD | changes)


def test_a_record_in_order_is_accepted(desk: Desk) -> None:
    assert wrong_fields(GOOD) == ()
    assert answer(desk) == Answer()


ALONE: list[tuple[str, dict[str, str]]] = [
    ("SAC_NOT_SIX_DIGITS", {"sac": "15007"}),
    ("SAC_NOT_SIX_DIGITS", {"sac": ""}),
    ("SAC_NOT_SIX_DIGITS", {"sac": "15007A"}),
    ("TPIV_FAIL_NAME_SSN4", {"firstName": ""}),
    ("TPIV_FAIL_NAME_SSN4", {"lastName": "Alvarez 2"}),
    ("TPIV_FAIL_NAME_SSN4", {"lastName": "A" * 51}),
    ("TPIV_FAIL_NAME_SSN4", {"last4ssn": "482"}),
    ("TPIV_FAIL_NAME_SSN4", {"last4ssn": "0000"}),
    ("TPIV_FAIL_DOB", {"dob": ""}),
    ("TPIV_FAIL_DOB", {"dob": "1980-05-17"}),
    ("TPIV_FAIL_DOB", {"dob": "02/29/1981"}),
    ("TPIV_FAIL_DOB", {"dob": "01/01/1900"}),
    ("TPIV_FAIL_DECEASED", {"dob": "11/22/1906"}),
    ("TPIV_FAIL_IDENTITY_NOT_FOUND", {"lastName": "Nobody"}),
    ("TPIV_FAIL", {"last4ssn": ""}),
    ("TPIV_FAIL", {"last4ssn": "", "tribalId": "no. 7"}),
    ("TPIV_WEBSERVICE_ERROR", {"sac": "999999"}),
    ("SUBSCRIBER_UNDER_18", {"dob": "11/23/2008"}),
    ("INVALID_ADDRESS", {"primaryAddress1": ""}),
    ("INVALID_ADDRESS", {"primaryAddress1": "PO Box 12"}),
    ("INVALID_ADDRESS", {"primaryAddress1": "p.o. box 12"}),
    ("INVALID_ADDRESS", {"primaryZipCode": "1070"}),
    ("INVALID_ADDRESS", {"primaryZipCode": "10701-12"}),
    ("INVALID_ADDRESS", {"primaryState": "New York"}),
    ("INVALID_ADDRESS", {"primaryState": "ZZ"}),
    ("AMS_FAILURE_ANALYSIS", {"primaryAddress1": "Oak St"}),
]


@pytest.mark.parametrize(("code", "changes"), ALONE)
def test_a_record_is_judged_by_itself(desk: Desk, code: str, changes: dict[str, str]) -> None:
    assert answer(desk, **changes).error_code == code


@pytest.mark.parametrize(
    "changes",
    [
        {"dob": "11/22/2008"},  # 18 today
        {"dob": "11/23/1906"},  # not yet 120
        {"last4ssn": "", "tribalId": "AB-1234"},
        {"lastName": "O'Brien-Smith"},
        {"primaryZipCode": "10701-1234"},
        {"primaryAddress1": "12 Poboxer St"},
    ],
)
def test_what_is_just_inside_the_rules_is_accepted(desk: Desk, changes: dict[str, str]) -> None:
    assert answer(desk, **changes).accepted


MARIA_S_HOME = address_key("12 Oak St", "", "10701")
ELSEWHERE = {"phoneNumber": "2125550144", "last4ssn": "1111"}
SAME_HOUSE: list[tuple[str, str, dict[str, str]]] = [
    ("DUPLICATE_PRIMARY_ADDRESS", MARIA_S_HOME, ELSEWHERE),
    ("DUPLICATE_PRIMARY_ADDRESS", MARIA_S_HOME, {**ELSEWHERE, "primaryAddress1": "12 OAK ST."}),
    ("DUPLICATE_ADDRESS", MARIA_S_HOME, {**ELSEWHERE, "primaryAddress2": "Apt 3"}),
    ("DUPLICATE_ADDRESS", address_key("12 Oak St", "Apt 3", "10701"), ELSEWHERE),
    ("", address_key("12 Oak St", "Apt 3", "10701"), {**ELSEWHERE, "primaryAddress2": "Apt 4"}),
    ("", MARIA_S_HOME, {**ELSEWHERE, "primaryZipCode": "10702"}),
    ("", MARIA_S_HOME, {**ELSEWHERE, "primaryAddress1": "12 Oak St North"}),
    ("", MARIA_S_HOME, {**ELSEWHERE, "iehFlag": "1"}),
    ("", "", ELSEWHERE),
]


@pytest.mark.parametrize(("code", "known_address", "changes"), SAME_HOUSE)
def test_households_are_told_apart_by_their_apartments(
    desk: Desk, code: str, known_address: str, changes: dict[str, str]
) -> None:
    add_subscriber(desk, known_address=known_address)
    assert answer(desk, **changes).error_code == code


def test_the_same_person_is_found_by_number_name_and_birth_date(desk: Desk) -> None:
    add_subscriber(desk, customer={"last_name": "Álvarez"})
    assert answer(desk, phoneNumber="2125550144").error_code == "DUPLICATE_SUBSCRIBER"
    assert answer(desk, phoneNumber="2125550144", dob="05/18/1980").accepted
    assert answer(desk, phoneNumber="2125550144", last4ssn="1111").accepted


def test_a_phone_number_belongs_to_one_customer(desk: Desk) -> None:
    add_subscriber(desk)
    assert answer(desk, last4ssn="1111") == Answer("DUPLICATE_PHONE_NUMBER", "phoneNumber")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": EnrolmentState.DE_ENROLLED},
        {"verification": VerificationState.PENDING},
        {"verification": VerificationState.FAILED},
        {"vendor": Vendor.XEROX},
    ],
)
def test_nlad_knows_only_what_it_has_accepted(desk: Desk, fields: dict[str, Any]) -> None:
    add_subscriber(desk, known_address=MARIA_S_HOME, **fields)
    assert answer(desk).accepted


def test_an_enrolment_is_no_duplicate_of_itself(desk: Desk) -> None:
    add_subscriber(desk, "SV000009", known_address=MARIA_S_HOME)
    assert answer(desk).accepted


@pytest.mark.parametrize(
    ("began", "code"),
    [(date(2026, 9, 23), ""), (date(2026, 9, 24), "CANNOT_TRANSFER_WITHIN_60_DAYS")],
)
def test_a_benefit_rests_60_days_between_transfers(desk: Desk, began: date, code: str) -> None:
    add_subscriber(desk, initiated_on=began, recertified_on=None)
    assert answer(desk, transactionType="transfer").error_code == code


def test_a_de_enrolment_is_accepted_whoever_the_customer_is(desk: Desk) -> None:
    add_subscriber(desk)
    assert answer(desk, transactionType="de-enroll", dob="01/01/1900").accepted


def test_every_published_code_can_be_made() -> None:
    made = {code for code, _ in ALONE} | {code for code, *_ in SAME_HOUSE if code}
    made |= {"DUPLICATE_SUBSCRIBER", "DUPLICATE_PHONE_NUMBER", "CANNOT_TRANSFER_WITHIN_60_DAYS"}
    assert made == ERRORS.keys()


def test_an_enrolment_is_written_as_nlad_takes_it(desk: Desk) -> None:
    add_subscriber(
        desk,
        customer={"first_name": "José", "middle_name": "L.", "last_name": "Núñez’s", "zip": "10701-1234"},
        eligibility_code="E2",
        household_certified_on=date(2024, 9, 1),
        tribal_address=True,
    )
    written = record(find(desk, "sv000001"), Transaction.UPDATE, TODAY)
    assert tuple(written) == NAMES
    assert {name: value for name, value in written.items() if value not in ("", "0")} == {
        "transactionType": "update",
        "transactionEffectiveDate": "11/22/2026",
        "sac": "150072",
        "firstName": "Jose",
        "middleName": "L",
        "lastName": "Nunez's",
        "phoneNumber": "2125550143",
        "last4ssn": "4821",
        "dob": "05/17/1980",
        "serviceType": "Voice",
        "iehFlag": "1",
        "iehCertificationDate": "09/01/2024",
        "primaryAddress1": "12 Oak St",
        "primaryCity": "Yonkers",
        "primaryState": "NY",
        "primaryZipCode": "10701-1234",
        "primaryPermanentAddressFlag": "1",
        "primaryTribalFlag": "1",
        "serviceInitializationDate": "09/01/2024",
        "serviceReverificationDate": "08/20/2026",
        "eligibilityCode": "E2",
        "lifelineTribalBenefitFlag": "1",
        "etcGeneralUse": "SV000001",
    }
    assert wrong_fields(written) == ()


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("sac", "12345", False),
        ("sac", "123456", True),
        ("sac", "1234567", False),
        ("sac", "١٢٣٤٥٦", False),
        ("last4ssn", "１２３４", False),
        ("phoneNumber", "212555014", False),
        ("phoneNumber", "٢١٢٥٥٥٠١٤٣", False),
        ("primaryZipCode", "10701", True),
        ("primaryZipCode", "10701-1234", True),
        ("primaryZipCode", "107011234", False),
        ("primaryZipCode", "١٠٧٠١", False),
        ("dob", "02/29/2024", True),
        ("dob", "02/29/2023", False),
        ("dob", "2/9/2024", False),
        ("dob", "٠٢/٠٩/٢٠٢٤", False),
        ("lastName", "O`Neill-D'Arcy Li", True),
        ("lastName", "A" * 50, True),
        ("lastName", "A" * 51, False),
        ("lastName", "Smith3", False),
        ("primaryTribalFlag", "2", False),
    ],
)
def test_each_form_ends_where_the_published_one_does(field: str, value: str, fits: bool) -> None:
    assert [wrong.name for wrong in wrong_fields({**GOOD, field: value})] == ([] if fits else [field])


def test_the_field_table_names_each_field_once_and_says_its_form() -> None:
    assert len(set(NAMES)) == len(NAMES) == len(FIELDS)
    assert {field.code for field in FIELDS} - {""} <= ERRORS.keys()
    assert all(field.form for field in FIELDS if field.needed)


@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=12) for name in NAMES}))
def test_no_record_is_too_odd_to_be_judged(changes: Record) -> None:
    wrong = wrong_fields({**GOOD, **changes})
    assert all(field.name in changes for field in wrong)


@given(st.dates(date(1000, 1, 1)))
def test_days_survive_their_written_form(day: date) -> None:
    assert parse_day(f"{day:%m/%d/%Y}") == day


def test_letters_lose_their_accents_and_keep_their_case() -> None:
    assert plain("Ærøskøbing Łódź O’Brien") == "Aeroskobing Lodz O'Brien"
