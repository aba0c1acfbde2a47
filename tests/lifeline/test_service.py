"""Lifeline itself: it begins, is recertified, used, doubted, handed over and ends, and each tells what must follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from data.customers.queries import account
from data.desk import Desk, open_desk
from data.errors import Invalid, NotFound, Refused
from data.lifeline import service
from data.lifeline.actions import submit
from data.lifeline.nlad import Answer
from data.lifeline.queries import enrolment, needs_someone
from data.lifeline.records import Record
from data.lifeline.rules import EnrolmentState, Need, Outcome, Transaction, Vendor, VerificationState
from data.lifeline.service import Proof
from data.lifeline.tables import LifelineSubmission
from data.lifeline.views import EnrolmentView
from tests.builders import add_customer
from tests.conftest import NOW
from tests.lifeline.enrolments import MARIA, add_subscriber, stored

TODAY = date(2026, 11, 22)
NUMBER = "SV000001"
LONG_AGO = date(1984, 12, 31)


def needs(desk: Desk) -> set[Need]:
    return {need.need for need in needs_someone(desk) if need.count}


def test_who_is_enrolled_is_told_to_the_vendor_of_their_state(desk: Desk) -> None:
    add_customer(desk, NUMBER, **MARIA)
    begun = service.enrol(desk, "sv000001", date(2024, 2, 29), proof=Proof(sac="150072", last4_ssn="4821"))
    assert (begun.vendor, begun.verification, begun.mdn) == (Vendor.NLAD, VerificationState.PENDING, "2125550143")
    assert (begun.expires_on, begun.changed_on, begun.to_submit) == (date(2025, 2, 28), TODAY, True)
    done = submit(desk, NUMBER)
    assert (done.outcome, done.kind) == (Outcome.ACCEPTED, Transaction.ENROLL)


@pytest.mark.parametrize(("state", "vendor"), [("CA", Vendor.XEROX), ("OR", Vendor.STATE), ("TX", Vendor.STATE)])
def test_opt_out_states_have_their_own_vendor(desk: Desk, state: str, vendor: Vendor) -> None:
    add_customer(desk, NUMBER, **(MARIA | {"state": state}))
    assert service.enrol(desk, NUMBER, TODAY).vendor is vendor


def test_free_service_that_is_never_used_at_all_counts_from_its_first_day(desk: Desk) -> None:
    add_customer(desk, NUMBER, **MARIA)
    service.enrol(desk, NUMBER, date(2026, 10, 23))  # 30 days ago
    assert Need.NON_USE in needs(desk)
    assert any("has not been used for 30 days" in notice.message for notice in account(desk, NUMBER).notices)


def test_service_that_is_paid_for_may_rest_from_the_start(desk: Desk) -> None:
    add_customer(desk, NUMBER, **MARIA)
    service.enrol(desk, NUMBER, date(2026, 6, 1), free_service=False)
    assert Need.NON_USE not in needs(desk)


def test_a_number_that_another_has_is_told_whoever_enrolled_them(desk: Desk) -> None:
    john = {"first_name": "John", "last_name": "Smith", "street": "99 Elm St", "birth_date": date(1970, 1, 2)}
    for number, who, last4 in ((NUMBER, MARIA, "4821"), ("SV000002", MARIA | john, "1111")):
        add_customer(desk, number, **who)
        service.enrol(desk, number, date(2026, 11, 1), proof=Proof(sac="150072", last4_ssn=last4))
    assert submit(desk, NUMBER).outcome is Outcome.ACCEPTED
    assert submit(desk, "SV000002").error_code == "DUPLICATE_PHONE_NUMBER"


def test_nobody_is_enrolled_twice_and_who_left_may_come_back(desk: Desk) -> None:
    add_subscriber(desk)
    with pytest.raises(Refused, match="has Lifeline already"):
        service.enrol(desk, NUMBER, TODAY)
    service.de_enrol(desk, NUMBER)
    again = service.enrol(desk, NUMBER, TODAY)
    assert (again.state, again.de_enrolled_on, again.expires_on) == (
        EnrolmentState.ENROLLED,
        None,
        date(2027, 11, 22),
    )


def test_a_recertification_moves_the_expiry_and_is_told(desk: Desk) -> None:
    add_subscriber(desk, expires_on=date(2026, 12, 3))
    assert needs(desk) == {Need.DUE}
    assert service.recertify(desk, NUMBER).expires_on == date(2027, 11, 22)
    assert needs(desk) == {Need.UNSUBMITTED}


def test_proof_is_kept_and_told(desk: Desk) -> None:
    enrolment_id = add_subscriber(desk)
    seen = service.amend(desk, NUMBER, Proof(household_certified_on=TODAY, eligibility_code="E2"))
    assert seen.to_submit
    row = stored(desk, enrolment_id)
    assert (row.household_certified_on, row.eligibility_code, row.last4_ssn) == (TODAY, "E2", "4821")


@pytest.mark.parametrize(
    ("field", "value"), [("sac", "15007"), ("last4_ssn", "48x1"), ("tribal_id", "no. 7"), ("eligibility_code", "E 2")]
)
def test_proof_that_can_t_be_is_told_field_by_field(desk: Desk, field: str, value: str) -> None:
    enrolment_id = add_subscriber(desk)
    with pytest.raises(Invalid) as refused:
        service.amend(desk, NUMBER, Proof(**{field: value}))
    assert refused.value.fields.keys() == {field}
    assert stored(desk, enrolment_id).changed_at is None


def test_use_ends_the_countdown_and_concerns_no_vendor(desk: Desk) -> None:
    add_subscriber(desk, last_used_on=date(2026, 10, 15))
    assert needs(desk) == {Need.NON_USE}
    assert service.note_use(desk, NUMBER).last_used_on == TODAY
    assert service.note_use(desk, NUMBER, date(2026, 11, 1)).last_used_on == TODAY
    assert needs(desk) == set()


@pytest.mark.parametrize(("answer", "told"), [(Answer(), True), (Answer("TPIV_FAIL"), False)])
def test_an_end_while_the_vendor_thinks_is_told_once_it_has_enrolled_the_customer(
    desk: Desk, answer: Answer, told: bool
) -> None:
    add_subscriber(desk, verification=VerificationState.PENDING, changed_at=NOW)

    class Nlad:
        def submit(self, record: Record) -> Answer:
            service.de_enrol(desk, NUMBER)
            return answer

    assert submit(desk, NUMBER, nlad=Nlad()).kind is Transaction.ENROLL
    assert needs(desk) == ({Need.UNSUBMITTED} if told else set())


@pytest.mark.parametrize(
    ("report", "need"), [(service.question, Need.PROOF), (service.report_duplicate, Need.DUPLICATE)]
)
def test_what_is_doubted_stays_open_until_it_is_settled(
    desk: Desk, report: Callable[[Desk, str, date], EnrolmentView], need: Need
) -> None:
    add_subscriber(desk)
    report(desk, NUMBER, date(2026, 11, 20))
    assert needs(desk) == {need}
    service.settle(desk, NUMBER)
    assert needs(desk) == set()


def test_a_de_enrolment_closes_what_is_open_and_must_be_told(desk: Desk) -> None:
    add_subscriber(desk, expires_on=date(2026, 11, 13), questioned_on=TODAY, duplicate_on=TODAY)
    ended = service.de_enrol(desk, NUMBER, date(2026, 11, 20))
    assert (ended.state, ended.de_enrolled_on) == (EnrolmentState.DE_ENROLLED, date(2026, 11, 20))
    assert needs(desk) == {Need.UNSUBMITTED}
    assert submit(desk, NUMBER).kind is Transaction.DE_ENROLL
    assert needs(desk) == set()


def test_an_end_that_the_vendor_never_heard_the_beginning_of_is_not_told(desk: Desk) -> None:
    add_subscriber(desk, verification=VerificationState.PENDING, changed_at=NOW)
    service.de_enrol(desk, NUMBER)
    assert needs(desk) == set()


NOTED = (service.note_use, service.question, service.report_duplicate, service.de_enrol)


@pytest.mark.parametrize("note", NOTED)
def test_the_first_day_of_the_service_can_be_noted_and_so_can_today(
    desk: Desk, note: Callable[..., EnrolmentView]
) -> None:
    add_subscriber(desk)
    add_subscriber(desk, "SV000002")
    assert note(desk, NUMBER, date(2024, 9, 1)).account == NUMBER
    assert note(desk, "SV000002", TODAY).account == "SV000002"


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda desk: service.recertify(desk, NUMBER, date(2026, 11, 23)), "on"),
        (lambda desk: service.recertify(desk, NUMBER, date(2026, 8, 19)), "on"),
        (lambda desk: service.amend(desk, NUMBER, Proof(household_certified_on=LONG_AGO)), "household_certified_on"),
        (lambda desk: service.note_use(desk, NUMBER, date(2026, 11, 23)), "on"),
        (lambda desk: service.question(desk, NUMBER, date(2026, 11, 23)), "on"),
        (lambda desk: service.de_enrol(desk, NUMBER, date(2026, 11, 23)), "on"),
        (lambda desk: service.report_duplicate(desk, NUMBER, date(2026, 11, 23)), "on"),
        *((partial(note, number=NUMBER, on=date(2024, 8, 31)), "on") for note in NOTED),
        (
            lambda desk: service.amend(desk, NUMBER, Proof(household_certified_on=date(2026, 11, 23))),
            "household_certified_on",
        ),
    ],
)
def test_days_that_can_t_be_change_nothing(desk: Desk, act: Callable[[Desk], Any], field: str) -> None:
    add_subscriber(desk)
    before = enrolment(desk, 1)
    with pytest.raises(Invalid) as refused:
        act(desk)
    assert refused.value.fields.keys() == {field}
    assert enrolment(desk, 1) == before


def test_no_service_began_before_there_was_lifeline(desk: Desk) -> None:
    add_customer(desk, NUMBER, **MARIA)
    with pytest.raises(Invalid, match="no Lifeline before 1985") as refused:
        service.enrol(desk, NUMBER, LONG_AGO)
    assert refused.value.fields.keys() == {"initiated_on"}
    assert service.enrol(desk, NUMBER, date(1985, 1, 1)).expires_on == date(1986, 1, 1)


@pytest.mark.parametrize(("recertified_on", "fits"), [(date(2025, 5, 1), True), (date(2025, 4, 30), False)])
def test_no_certification_is_renewed_before_it_began(desk: Desk, recertified_on: date, fits: bool) -> None:
    add_customer(desk, NUMBER, **MARIA)
    if fits:
        assert service.enrol(desk, NUMBER, date(2025, 5, 1), recertified_on=recertified_on).expires_on.year == 2026
    else:
        with pytest.raises(Invalid, match="began on 05-01-2025"):
            service.enrol(desk, NUMBER, date(2025, 5, 1), recertified_on=recertified_on)


def test_who_has_no_lifeline_has_nothing_to_recertify(desk: Desk) -> None:
    with pytest.raises(NotFound):
        service.recertify(desk, NUMBER)
    add_customer(desk, NUMBER, **MARIA)
    with pytest.raises(Refused, match="has no Lifeline"):
        service.recertify(desk, NUMBER)
    add_subscriber(desk, "SV000002", state=EnrolmentState.DE_ENROLLED, de_enrolled_on=TODAY)
    with pytest.raises(Refused, match="since 11-22-2026"):
        service.recertify(desk, "SV000002")


def test_a_customer_who_moved_to_texas_ends_at_nlad_and_goes_to_the_state(desk: Desk) -> None:
    enrolment_id = add_subscriber(desk, customer={"state": "TX"}, changed_at=NOW)
    with desk.store.writing() as session:
        session.add(LifelineSubmission(enrolment_id=enrolment_id, kind="enroll", sent_at=NOW, outcome="accepted"))
    asked: list[Record] = []

    class Nlad:
        def submit(self, record: Record) -> Answer:
            asked.append(record)
            return Answer()

    moved = service.hand_over(desk, NUMBER, nlad=Nlad())
    assert [record["transactionType"] for record in asked] == ["de-enroll"]
    assert (moved.vendor, moved.verification, moved.to_submit) == (Vendor.STATE, VerificationState.PENDING, True)
    assert submit(desk, NUMBER).kind is Transaction.ENROLL
    assert stored(desk, enrolment_id).vendor == Vendor.STATE


def test_only_who_moved_is_handed_over(desk: Desk) -> None:
    add_subscriber(desk)
    with pytest.raises(Refused, match="nothing to hand over"):
        service.hand_over(desk, NUMBER)


def test_only_who_may_edit_changes_an_enrolment(desk: Desk) -> None:
    add_subscriber(desk)
    trainer = open_desk(desk.store, "trainer05", clock=lambda: NOW)
    with pytest.raises(Refused, match="may not edit"):
        service.de_enrol(trainer, NUMBER)
