"""Submitting: by hand, by the daily timer, with changes made meanwhile, and what is kept of each answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from data.audit import AuditEvent
from data.desk import Desk, open_desk
from data.errors import NotFound, Refused, StoreTrouble
from data.lifeline.actions import mark_changed, submit, submit_due
from data.lifeline.nlad import Answer
from data.lifeline.queries import enrolment as enrolment_of
from data.lifeline.queries import needs_someone
from data.lifeline.records import Record
from data.lifeline.rules import EnrolmentState, Need, Outcome, Transaction, Vendor, VerificationState
from data.lifeline.tables import LifelineEnrolment, LifelineSubmission
from tests.conftest import NOW
from tests.lifeline.enrolments import add_subscriber, stored

CHANGED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


class Listening:
    """An NLAD that keeps what it was asked, and answers as told."""

    def __init__(self, answer: Callable[[Record], Answer] = lambda record: Answer()) -> None:
        self.answer = answer
        self.asked: list[Record] = []

    def submit(self, record: Record) -> Answer:
        self.asked.append(record)
        return self.answer(record)


def log(desk: Desk) -> list[LifelineSubmission]:
    with desk.reading() as session:
        return list(session.exec(select(LifelineSubmission)))


def test_an_accepted_change_is_told_and_nothing_is_left_to_do(desk: Desk) -> None:
    enrolment = add_subscriber(desk, changed_at=CHANGED, revision=1)
    done = submit(desk, "SV000001")
    assert (done.outcome, done.kind, done.vendor) == (Outcome.ACCEPTED, Transaction.UPDATE, Vendor.NLAD)
    assert done.sentence == "NLAD has the customer's information as it is now."
    row = stored(desk, enrolment)
    assert (row.verification, row.changed_at, row.error_code) == (VerificationState.VERIFIED, None, "")
    assert row.known_address == "12 oak st||10701"
    (entry,) = log(desk)
    assert (entry.kind, entry.sent_at, entry.outcome, entry.error_code) == ("update", NOW, "accepted", "")


def test_a_refusal_says_what_is_wrong_and_what_to_do_and_waits_for_a_correction(desk: Desk) -> None:
    enrolment = add_subscriber(desk, customer={"birth_date": date(1900, 1, 1)}, changed_at=CHANGED, revision=1)
    done = submit(desk, "SV000001")
    assert done.outcome is Outcome.REFUSED
    assert done.sentence == (
        "NLAD refused it. TPIV_FAIL_DOB: the birth date does not match. Ask for the birth date, correct it and submit."
    )
    row = stored(desk, enrolment)
    assert (row.verification, row.error_code) == (VerificationState.FAILED, "TPIV_FAIL_DOB")
    assert row.changed_at == CHANGED  # the vendor still has to learn of it
    seen = enrolment_of(desk, row.account_id)
    assert seen is not None and not seen.to_submit
    assert submit_due(desk).submitted == ()  # but not unchanged, day after day
    with desk.store.writing() as session:
        mark_changed(session, row.account_id, NOW)
    assert len(submit_due(desk).submitted) == 1


def test_a_vendor_that_could_not_judge_is_asked_again_by_the_timer(desk: Desk) -> None:
    enrolment = add_subscriber(desk, sac="999999")
    assert submit(desk, "SV000001").error_code == "TPIV_WEBSERVICE_ERROR"
    assert stored(desk, enrolment).changed_at == NOW
    assert submit_due(desk, nlad=Listening()).count(Outcome.ACCEPTED) == 1
    assert stored(desk, enrolment).changed_at is None


def test_what_changes_while_the_vendor_thinks_is_submitted_again(desk: Desk) -> None:
    enrolment = add_subscriber(desk, changed_at=CHANGED, revision=1)

    def meanwhile(record: Record) -> Answer:
        with desk.store.writing() as session:
            mark_changed(session, 1, NOW)
        return Answer()

    assert submit(desk, "SV000001", nlad=Listening(meanwhile)).outcome is Outcome.ACCEPTED
    row = stored(desk, enrolment)
    assert (row.verification, row.changed_at) == (VerificationState.VERIFIED, CHANGED)
    assert {need.need for need in needs_someone(desk) if need.count} == {Need.UNSUBMITTED}


def test_a_refusal_of_what_has_changed_since_does_not_stop_the_timer(desk: Desk) -> None:
    add_subscriber(desk, changed_at=CHANGED, revision=1)

    def meanwhile(record: Record) -> Answer:
        with desk.store.writing() as session:
            mark_changed(session, 1, NOW)
        return Answer("TPIV_FAIL_DOB")

    submit(desk, "SV000001", nlad=Listening(meanwhile))
    assert len(submit_due(desk, nlad=Listening()).submitted) == 1


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"verification": VerificationState.VERIFIED}, Transaction.UPDATE),
        ({"verification": VerificationState.NEEDS_UPDATE}, Transaction.UPDATE),
        ({"verification": VerificationState.PENDING}, Transaction.ENROLL),
        ({"verification": VerificationState.FAILED}, Transaction.ENROLL),
        ({"state": EnrolmentState.DE_ENROLLED, "de_enrolled_on": date(2026, 11, 19)}, Transaction.DE_ENROLL),
    ],
)
def test_the_transaction_follows_from_what_the_vendor_knows(
    desk: Desk, fields: dict[str, Any], kind: Transaction
) -> None:
    add_subscriber(desk, **fields)
    nlad = Listening()
    assert submit(desk, "SV000001", nlad=nlad).kind is kind
    (asked,) = nlad.asked
    effective = "11/19/2026" if kind is Transaction.DE_ENROLL else "11/22/2026"
    assert (asked["transactionType"], asked["transactionEffectiveDate"]) == (kind, effective)


def test_a_subscriber_whom_the_vendor_once_took_is_updated_after_a_refusal(desk: Desk) -> None:
    add_subscriber(desk, verification=VerificationState.PENDING)
    nlad = Listening()
    submit(desk, "SV000001", nlad=nlad)
    submit(desk, "SV000001", nlad=Listening(lambda record: Answer("INVALID_ADDRESS")))
    submit(desk, "SV000001", nlad=nlad)
    assert [asked["transactionType"] for asked in nlad.asked] == ["enroll", "update"]


def test_who_comes_back_after_a_de_enrolment_is_enrolled_anew(desk: Desk) -> None:
    enrolment = add_subscriber(desk, state=EnrolmentState.DE_ENROLLED, de_enrolled_on=date(2026, 11, 19))
    nlad = Listening()
    submit(desk, "SV000001", nlad=nlad)
    with desk.store.writing() as session:
        row = session.get_one(LifelineEnrolment, enrolment)
        row.state, row.verification = EnrolmentState.ENROLLED, VerificationState.PENDING
    submit(desk, "SV000001", nlad=nlad)
    assert [asked["transactionType"] for asked in nlad.asked] == ["de-enroll", "enroll"]


def test_a_duplicate_may_be_submitted_as_a_transfer(desk: Desk) -> None:
    add_subscriber(desk, "SV000001")
    add_subscriber(desk, "SV000002", customer={"mdns": ("2125550144",)}, verification=VerificationState.PENDING)
    assert submit(desk, "SV000002").error_code == "DUPLICATE_SUBSCRIBER"
    done = submit(desk, "SV000002", transfer=True)
    assert (done.outcome, done.kind) == (Outcome.ACCEPTED, Transaction.TRANSFER)


def test_an_account_without_a_number_or_without_lifeline_is_refused_before_anything_is_sent(desk: Desk) -> None:
    nlad = Listening()
    with pytest.raises(NotFound):
        submit(desk, "SV999999", nlad=nlad)
    add_subscriber(desk, customer={"mdns": ()})
    with pytest.raises(Refused, match="phoneNumber is empty"):
        submit(desk, "SV000001", nlad=nlad)
    assert (nlad.asked, log(desk)) == ([], [])


def test_nlad_is_not_told_of_customers_in_opt_out_states(desk: Desk) -> None:
    add_subscriber(desk, customer={"state": "TX"}, changed_at=CHANGED)
    nlad = Listening()
    with pytest.raises(Refused, match="lives in Texas"):
        submit(desk, "SV000001", nlad=nlad)
    assert nlad.asked == []


@pytest.mark.parametrize("vendor", [Vendor.XEROX, Vendor.STATE])
def test_a_vendor_that_takes_files_gets_it_with_the_next_one(desk: Desk, vendor: Vendor) -> None:
    enrolment = add_subscriber(
        desk, vendor=vendor, verification=VerificationState.FAILED, revision=2, refused_revision=2
    )
    done = submit(desk, "SV000001", nlad=Listening())
    assert done.outcome is Outcome.QUEUED
    assert done.sentence == f"The customer's information goes with the next file to {vendor}."
    row = stored(desk, enrolment)
    assert (row.changed_at, row.refused_revision) == (NOW, None)
    run = submit_due(desk, nlad=Listening())
    assert (run.submitted, run.not_sent, run.waiting) == ((), (), {vendor: 1})


def test_the_timer_sends_what_waits_and_one_that_fails_stops_no_other(desk: Desk) -> None:
    for place in range(1, 6):
        add_subscriber(
            desk,
            f"SV00000{place}",
            customer={"mdns": (f"212555014{place}",), "last_name": "Broken" if place == 3 else f"Alvarez{place}"},
            changed_at=CHANGED + timedelta(minutes=place) if place != 5 else None,
        )

    def breaks(record: Record) -> Answer:
        if record["lastName"] == "Broken":
            raise ValueError("half an answer")
        return Answer("INVALID_ADDRESS" if record["etcGeneralUse"] == "SV000002" else "")

    told: list[tuple[int, int]] = []
    run = submit_due(desk, nlad=Listening(breaks), progress=lambda done, total: told.append((done, total)))
    assert [one.account for one in run.submitted] == ["SV000001", "SV000002", "SV000004"]
    assert (run.count(Outcome.ACCEPTED), run.count(Outcome.REFUSED)) == (2, 1)
    assert [(one.account, "ValueError" in one.reason) for one in run.not_sent] == [("SV000003", True)]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert len(log(desk)) == 3


def test_the_timer_stops_where_the_store_fails_and_keeps_what_was_done(desk: Desk) -> None:
    for place in (1, 2):
        mdn = f"212555014{place}"
        add_subscriber(
            desk, f"SV00000{place}", customer={"mdns": (mdn,)}, changed_at=CHANGED + timedelta(minutes=place)
        )

    def fills_the_disk(record: Record) -> Answer:
        if record["etcGeneralUse"] == "SV000002":
            raise StoreTrouble("The disk is full.")
        return Answer()

    with pytest.raises(StoreTrouble):
        submit_due(desk, nlad=Listening(fills_the_disk))
    assert [entry.outcome for entry in log(desk)] == ["accepted"]


def test_only_who_may_submit_does(desk: Desk) -> None:
    add_subscriber(desk, changed_at=CHANGED)
    trainer = open_desk(desk.store, "trainer05", clock=lambda: NOW)
    nlad = Listening()
    with pytest.raises(Refused, match="may not submit"):
        submit(trainer, "SV000001", nlad=nlad)
    with pytest.raises(Refused, match="may not submit"):
        submit_due(trainer, nlad=nlad)
    assert nlad.asked == []


def test_the_audit_keeps_each_submission_without_the_customer_s_secrets(desk: Desk) -> None:
    add_subscriber(desk, changed_at=CHANGED)
    submit(desk, "SV000001")
    with desk.reading() as session:
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "lifeline.submit")).one()
    assert (event.agent, event.account_id) == ("agent07", 1)
    assert json.loads(event.detail) == {"vendor": "NLAD", "kind": "update", "outcome": "accepted", "error": ""}
