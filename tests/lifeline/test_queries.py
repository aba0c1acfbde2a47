"""Who needs someone: counts and lists at the edges of each need, and that each follows an index."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from data.customers.tables import Account
from data.desk import Desk
from data.lifeline.actions import mark_changed
from data.lifeline.queries import due, enrolment, important, in_need, needs_someone
from data.lifeline.rules import EnrolmentState, Need, NoticeKind, Recertification, Vendor, VerificationState
from data.operators.rules import RECERTIFICATION_DISPLAY_RULE
from data.operators.tables import CustomRule
from tests.lifeline.enrolments import add_subscriber, stored

TODAY = date(2026, 11, 22)
CHANGED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
FAILED = {"verification": VerificationState.FAILED, "error_code": "TPIV_FAIL_DOB"}


def days(number: int) -> date:
    return TODAY + timedelta(number)


def counts(desk: Desk) -> dict[Need, int]:
    return {need.need: need.count for need in needs_someone(desk) if need.count}


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({}, set()),
        ({"expires_on": days(61)}, set()),
        ({"expires_on": days(60)}, {Need.DUE}),
        ({"expires_on": days(0)}, {Need.DUE}),
        ({"expires_on": days(-1)}, {Need.OVERDUE}),
        ({"expires_on": days(-1), "state": EnrolmentState.DE_ENROLLED, "de_enrolled_on": TODAY}, set()),
        (FAILED, {Need.FAILED}),
        ({"verification": VerificationState.NEEDS_UPDATE}, {Need.FAILED}),
        ({"verification": VerificationState.PENDING}, set()),
        ({"changed_at": CHANGED}, {Need.UNSUBMITTED}),
        ({"changed_at": CHANGED, "revision": 3, "refused_revision": 2}, {Need.UNSUBMITTED}),
        ({"changed_at": CHANGED, "revision": 3, "refused_revision": 3} | FAILED, {Need.FAILED}),
        ({"last_used_on": days(-29)}, set()),
        ({"last_used_on": days(-30)}, {Need.NON_USE}),
        ({"last_used_on": days(-90), "free_service": False}, set()),
        ({"questioned_on": TODAY}, {Need.PROOF}),
        ({"duplicate_on": TODAY}, {Need.DUPLICATE}),
    ],
)
def test_an_account_is_counted_and_listed_where_it_needs_someone(
    desk: Desk, fields: dict[str, Any], needs: set[Need]
) -> None:
    add_subscriber(desk, **fields)
    assert counts(desk) == dict.fromkeys(needs, 1)
    for need in Need:
        listed = in_need(desk, need)
        assert [row.account for row in listed] == (["SV000001"] if need in needs else [])
        assert all(row.name == "Maria Alvarez" and row.message for row in listed)


def test_the_most_urgent_stands_first_and_the_limit_cuts_the_rest(desk: Desk) -> None:
    for number, left in (("SV000001", 40), ("SV000002", 3), ("SV000003", 11)):
        add_subscriber(desk, number, expires_on=days(left))
    first = in_need(desk, Need.DUE, limit=2)
    assert [(row.account, row.days_left) for row in first] == [("SV000002", 3), ("SV000003", 11)]
    assert first[0].message == "This customer's Lifeline certification will expire on 11-25-2026."


def test_an_end_that_must_be_told_tomorrow_stands_before_a_change_with_days_to_go(desk: Desk) -> None:
    add_subscriber(desk, "SV000001", changed_at=CHANGED - timedelta(1))
    ended = {"state": EnrolmentState.DE_ENROLLED, "de_enrolled_on": date(2026, 11, 18)}
    add_subscriber(desk, "SV000002", changed_at=CHANGED, **ended)
    add_subscriber(desk, "SV000003", changed_at=CHANGED - timedelta(20))
    listed = in_need(desk, Need.UNSUBMITTED)
    assert [row.account for row in listed] == ["SV000003", "SV000002", "SV000001"]
    assert [row.account for row in in_need(desk, Need.UNSUBMITTED, limit=2)] == ["SV000003", "SV000002"]


def test_proof_is_listed_by_its_own_last_day(desk: Desk) -> None:
    add_subscriber(desk, "SV000001", questioned_on=days(-31))  # to be de-enrolled within 5 business days
    add_subscriber(desk, "SV000002", questioned_on=days(-30))  # the last day to prove it
    assert [row.account for row in in_need(desk, Need.PROOF)] == ["SV000002", "SV000001"]


def test_what_is_due_within_some_days_includes_the_last_of_them_and_what_is_overdue(desk: Desk) -> None:
    for number, left in (("SV000001", 15), ("SV000002", 14), ("SV000003", -2)):
        add_subscriber(desk, number, expires_on=days(left))
    assert [(row.account, row.days_left, row.phase) for row in due(desk, 14)] == [
        ("SV000003", -2, Recertification.CLOSED),
        ("SV000002", 14, Recertification.OPEN),
    ]


def test_an_enrolment_is_read_with_its_days_in_the_agent_s_zone(desk: Desk) -> None:
    late_evening = datetime(2026, 11, 21, 3, 30, tzinfo=UTC)  # the 20th, 22:30 in New York
    add_subscriber(desk, expires_on=days(11), changed_at=late_evening)
    seen = enrolment(desk, 1)
    assert seen is not None
    assert (seen.vendor, seen.residence, seen.mdn) == (Vendor.NLAD, "NY", "2125550143")
    assert (seen.changed_on, seen.window_opens_on, seen.phase) == (
        date(2026, 11, 20),
        date(2026, 10, 4),
        Recertification.OPEN,
    )


def test_an_account_without_lifeline_has_nothing_to_say(desk: Desk) -> None:
    assert enrolment(desk, 999) is None
    with desk.reading() as session:
        assert important(session, desk, None) == ()


@pytest.mark.parametrize(("rule", "shown"), [(None, True), ("10", False), ("11", True)])
def test_the_custom_rule_holds_the_expiry_date_back(desk: Desk, rule: str | None, shown: bool) -> None:
    add_subscriber(desk, expires_on=days(11))
    if rule is not None:
        with desk.store.writing() as session:
            session.add(CustomRule(name=RECERTIFICATION_DISPLAY_RULE, value=rule))
    with desk.reading() as session:
        found = important(session, desk, enrolment(desk, 1))
    assert [notice.kind for notice in found] == ([NoticeKind.EXPIRY] if shown else [])


def test_the_countdown_of_a_change_runs_from_the_oldest_one(desk: Desk) -> None:
    first, second = CHANGED, CHANGED + timedelta(days=2)
    enrolment_id = add_subscriber(desk)
    for at in (first, second):
        with desk.store.writing() as session:
            account = session.exec(select(Account)).one()
            assert account.id is not None
            mark_changed(session, account.id, at)
    row = stored(desk, enrolment_id)
    assert (row.changed_at, row.revision) == (first, 2)


def test_a_change_after_de_enrolment_concerns_no_vendor(desk: Desk) -> None:
    enrolment_id = add_subscriber(desk, state=EnrolmentState.DE_ENROLLED, de_enrolled_on=TODAY)
    with desk.store.writing() as session:
        mark_changed(session, 1, CHANGED)
    assert stored(desk, enrolment_id).changed_at is None


def test_no_need_is_found_by_reading_every_enrolment(desk: Desk) -> None:
    statements: list[tuple[str, Any]] = []
    event.listen(
        desk.store.engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, parameters, context, many: statements.append((statement, parameters)),
    )
    needs_someone(desk)
    for need in Need:
        in_need(desk, need, limit=10)
    due(desk, 30)
    assert len(statements) >= len(Need) + 2
    with desk.store.raw() as connection:
        for statement, parameters in statements:
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert not [step for step in plan if step.startswith(("SCAN lifeline", "SCAN account", "SCAN customer"))]
            assert not [step for step in plan if step.endswith("(state=?)")], "every enrolled one would be read"
