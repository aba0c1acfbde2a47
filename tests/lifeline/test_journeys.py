"""Whole days at a desk: an edit that ends at the vendor, a year of a subscriber, two agents in one store."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from data.customers.actions import edit_customer
from data.customers.queries import AccountView, account
from data.customers.rules import CustomerEdit
from data.desk import Desk, open_desk
from data.lifeline import service
from data.lifeline.actions import submit, submit_due
from data.lifeline.queries import in_need, needs_someone
from data.lifeline.rules import (
    EnrolmentState,
    Need,
    NoticeKind,
    NoticeRemedy,
    Outcome,
    VerificationState,
)
from data.lifeline.service import Proof
from data.lifeline.tables import LifelineSubmission
from data.operators.actions import set_rule
from data.operators.rules import RECERTIFICATION_DISPLAY_RULE
from data.store import Store
from tests.builders import add_customer
from tests.lifeline.enrolments import MARIA, add_subscriber, stored

NUMBER = "SV000001"
FAILED = "Customer Verification has failed or needs to be updated with NLAD"


def on(desk: Desk, day: date) -> Desk:
    """The same desk on another day, at noon in New York."""
    noon = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
    return replace(desk, clock=lambda: noon)


def needs(desk: Desk) -> set[Need]:
    return {need.need for need in needs_someone(desk) if need.count}


def first(view: AccountView) -> tuple[str, NoticeRemedy]:
    """What stands on top of Important Information, and what its key does."""
    return view.notices[0].message, view.notices[0].remedy


def test_a_failed_verification_is_mended_by_an_edit_and_a_submission(desk: Desk) -> None:
    add_subscriber(desk, customer={"birth_date": date(1900, 1, 1)}, verification=VerificationState.PENDING)
    submit(desk, NUMBER)
    seen = account(desk, NUMBER)
    assert first(seen) == (FAILED, NoticeRemedy.EDIT)
    assert seen.notices[0].detail.startswith("TPIV_FAIL_DOB: the birth date does not match.")

    saved = edit_customer(desk, NUMBER, seen.customer.version, CustomerEdit(birth_date="05-17-1980"), why="by letter")
    assert first(saved) == (FAILED, NoticeRemedy.SUBMIT)
    assert saved.notices[0].days_left == 10

    assert submit(desk, NUMBER).outcome is Outcome.ACCEPTED
    done = account(desk, NUMBER)
    assert [notice.kind for notice in done.notices] == [NoticeKind.EXPIRY]
    assert [entry.text for entry in done.timeline][:1] == ["NLAD accepted the enrollment"]


def test_an_edit_that_the_vendor_need_not_learn_of_leaves_nothing_to_submit(desk: Desk) -> None:
    add_subscriber(desk)
    version = account(desk, NUMBER).customer.version
    edit_customer(
        desk, NUMBER, version, CustomerEdit(emails=("maria@example.com",), county="Westchester"), why="by letter"
    )
    assert needs(desk) == set()
    assert submit_due(desk).submitted == ()


def test_what_nobody_submits_goes_out_with_the_timer(desk: Desk) -> None:
    add_subscriber(desk)
    edit_customer(desk, NUMBER, 1, CustomerEdit(street="14 Oak St"), why="by letter")
    tomorrow = on(desk, date(2026, 11, 23))
    assert needs(tomorrow) == {Need.UNSUBMITTED}
    assert submit_due(tomorrow).count(Outcome.ACCEPTED) == 1
    assert needs(tomorrow) == set()
    assert submit_due(tomorrow).submitted == ()


def test_a_change_that_nobody_submits_grows_urgent_and_then_late(desk: Desk) -> None:
    add_subscriber(desk)
    edit_customer(desk, NUMBER, 1, CustomerEdit(zip="10702"), why="by letter")  # a Sunday; Thanksgiving is on the way
    told = [
        account(on(desk, day), NUMBER).notices[0]
        for day in (date(2026, 11, 22), date(2026, 12, 3), date(2026, 12, 7), date(2026, 12, 8))
    ]
    assert [(notice.days_left, notice.urgency) for notice in told] == [
        (10, "warning"),
        (2, "urgent"),
        (0, "urgent"),
        (-1, "urgent"),
    ]


def test_a_year_of_a_subscriber_who_answers(desk: Desk) -> None:
    begins = date(2024, 2, 29)
    add_customer(desk, NUMBER, **MARIA)
    service.enrol(on(desk, begins), NUMBER, begins, proof=Proof(sac="150072", last4_ssn="4821"))
    assert submit(on(desk, begins), NUMBER).outcome is Outcome.ACCEPTED

    service.note_use(on(desk, date(2024, 12, 29)), NUMBER)
    days = {date(2024, 12, 29): set(), date(2024, 12, 30): {Need.DUE}}
    for day, expected in days.items():
        assert needs(on(desk, day)) == expected, day
    last_day = on(desk, date(2025, 2, 28))
    service.note_use(last_day, NUMBER)
    assert needs(last_day) == {Need.DUE}
    (row,) = in_need(last_day, Need.DUE)
    assert (row.days_left, row.message) == (
        0,
        "This customer's Lifeline certification will expire on 02-28-2025.",
    )

    service.recertify(last_day, NUMBER)
    assert submit(last_day, NUMBER).outcome is Outcome.ACCEPTED
    assert needs(last_day) == set()
    assert account(last_day, NUMBER).notices[0].message.endswith("02-28-2026.")


def test_the_last_days_of_a_subscriber_who_does_not(desk: Desk) -> None:
    enrolment = add_subscriber(desk, expires_on=date(2026, 11, 20))
    overdue = on(desk, date(2026, 11, 23))
    (row,) = in_need(overdue, Need.OVERDUE)
    assert row.message == "No answer came by that day. De-enroll by 11-30-2026: 4 business days left."

    service.de_enrol(overdue, NUMBER)
    (row,) = in_need(overdue, Need.UNSUBMITTED)
    assert row.days_left == 1
    assert submit_due(overdue).count(Outcome.ACCEPTED) == 1
    seen = account(overdue, NUMBER)
    assert (seen.notices, needs(overdue)) == ((), set())
    assert seen.enrolment is not None and seen.enrolment.state is EnrolmentState.DE_ENROLLED
    assert stored(desk, enrolment).changed_at is None


def test_the_expiry_date_is_held_back_as_the_operator_wants_it(desk: Desk, admin: Desk) -> None:
    add_subscriber(desk, expires_on=date(2026, 12, 22))  # 30 days on
    for value, shown in (("29", False), ("30", True)):
        set_rule(admin, RECERTIFICATION_DISPLAY_RULE, value)
        kinds = [notice.kind for notice in account(desk, NUMBER).notices]
        assert (NoticeKind.EXPIRY in kinds) is shown


def test_two_agents_who_submit_the_same_account_at_once_both_get_an_answer(desk: Desk, store: Store) -> None:
    enrolment = add_subscriber(desk, changed_at=desk.now())
    desks = [desk, open_desk(store, "lead03", clock=desk.clock, random=random.Random(8))]
    start, outcomes = Barrier(2), []

    def press(at: Desk) -> None:
        start.wait()
        outcomes.append(submit(at, NUMBER).outcome)

    threads = [Thread(target=press, args=(at,)) for at in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert stored(desk, enrolment).changed_at is None
    with desk.reading() as session:
        assert len(session.exec(select(LifelineSubmission)).all()) == 2


@pytest.mark.parametrize("days_ago", [0, 3])
def test_the_oldest_untold_change_sets_the_deadline(desk: Desk, days_ago: int) -> None:
    add_subscriber(desk)
    earlier = on(desk, date(2026, 11, 20) - timedelta(days_ago))
    edit_customer(earlier, NUMBER, 1, CustomerEdit(street="14 Oak St"), why="by letter")
    deadline = account(earlier, NUMBER).notices[0].due_on
    edit_customer(desk, NUMBER, 2, CustomerEdit(street="16 Oak St"), why="by letter")
    assert account(desk, NUMBER).notices[0].due_on == deadline


def test_many_changes_go_out_whatever_becomes_of_each(desk: Desk) -> None:
    """The timer over a mixed floor: each is answered by itself, and all that can be told is told."""
    rng = random.Random(11)
    expected: dict[str, str] = {}
    for place in range(30):
        number = f"SV{place:06d}"
        code, customer, fields = rng.choice(
            (
                ("", {}, {}),
                ("SAC_NOT_SIX_DIGITS", {}, {"sac": "12"}),
                ("TPIV_FAIL_DOB", {"birth_date": None}, {}),
                ("AMS_FAILURE_ANALYSIS", {"street": "Oak Street"}, {}),
                ("not sent", {"mdns": ()}, {}),
            )
        )
        customer = {"mdns": (f"2125550{100 + place}",), "street": f"{place} Elm St", "last_name": "Smith"} | customer
        add_subscriber(desk, number, customer=customer, changed_at=desk.now(), last4_ssn=f"{1000 + place}", **fields)
        expected[number] = code
    run = submit_due(desk)
    told = {one.account: one.error_code for one in run.submitted}
    told |= {one.account: "not sent" for one in run.not_sent}
    assert told == expected
    waiting = {row.account for row in in_need(desk, Need.UNSUBMITTED)}
    assert waiting == {number for number, code in expected.items() if code == "not sent"}
