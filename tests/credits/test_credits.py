"""A credit from the request to the last month: who may do what, what is told, what is refused."""

from __future__ import annotations

import threading
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.cases.actions import change_status, open_case
from data.cases.queries import case as case_view
from data.cases.rules import EntryKind, Status
from data.credits import actions, agreements
from data.credits.queries import credit, credits_of_case, waiting_for_me
from data.credits.rules import TRANSITIONS, CreditKind, CreditState
from data.customers.queries import account
from data.desk import Desk, open_desk
from data.errors import Invalid, Refused
from data.store import Store
from tests.builders import add_customer
from tests.conftest import NOW
from tests.credits.conftest import ask


def test_a_small_credit_is_granted_at_once(desk: Desk, case: str) -> None:
    view = ask(desk, case, "50.00")
    assert (view.state, view.decided_by, view.decided_at) == (CreditState.APPROVED, "agent07", NOW)
    assert "up to $50.00 alone" in view.decision
    done = actions.issue(desk, view.id)
    assert (done.credit.state, done.credit.issued) == (CreditState.ISSUED, Decimal("50.00"))
    assert [step.state for step in done.steps] == ["requested", "approved", "issued"]


def test_a_larger_one_waits_for_a_lead(desk: Desk, lead: Desk, case: str) -> None:
    view = ask(desk, case, "50.01")
    assert view.state is CreditState.REQUESTED
    with pytest.raises(Refused, match="Nobody has approved"):
        actions.issue(desk, view.id)
    with pytest.raises(Invalid, match="301 characters; 300 are kept"):
        actions.approve(lead, view.id, "x" * 301)
    done = actions.approve(lead, view.id, "Fair").credit
    assert (done.state, done.decided_by, done.decision) == (CreditState.APPROVED, "lead03", "Fair")


def test_nobody_decides_what_they_asked_for(lead: Desk, admin: Desk, case: str) -> None:
    view = ask(lead, case, "300.00")
    with pytest.raises(Refused, match="yourself"):
        actions.approve(lead, view.id)
    assert waiting_for_me(lead) == ()
    assert actions.approve(admin, view.id).credit.decided_by == "admin01"


def test_an_agent_decides_nothing_and_a_trainer_asks_for_nothing(desk: Desk, case: str) -> None:
    view = ask(desk, case)
    with pytest.raises(Refused, match="may not decide about credits"):
        actions.approve(desk, view.id)
    trainer = open_desk(desk.store, "trainer05", clock=lambda: NOW)
    with pytest.raises(Refused, match="may not ask for credits"):
        ask(trainer, case)


def test_the_second_to_decide_is_told_who_was_first(desk: Desk, lead: Desk, admin: Desk, case: str) -> None:
    view = ask(desk, case)
    actions.approve(lead, view.id)
    with pytest.raises(Refused, match="approved by lead03 already"):
        actions.deny(admin, view.id, "No")
    assert credit(desk, view.id).credit.state is CreditState.APPROVED


def test_a_denial_says_why(desk: Desk, lead: Desk, case: str) -> None:
    view = ask(desk, case)
    with pytest.raises(Invalid):
        actions.deny(lead, view.id, "   ")
    assert actions.deny(lead, view.id, "Credited in May").credit.decision == "Credited in May"
    with pytest.raises(Refused):
        actions.withdraw(desk, view.id, "Never mind")


def test_only_who_asked_or_a_lead_withdraws(desk: Desk, lead: Desk, admin: Desk, case: str) -> None:
    view = ask(admin, case)
    with pytest.raises(Refused, match="Somebody else asked"):
        actions.withdraw(desk, view.id, "Mine now")
    assert actions.withdraw(lead, view.id, "Not owed").credit.state is CreditState.WITHDRAWN


def test_months_are_issued_one_by_one_until_the_plan_changes(desk: Desk, lead: Desk, case: str) -> None:
    view = ask(desk, case, "100.00", kind=CreditKind.VZ_PROMO, months=3)
    actions.approve(lead, view.id)
    issued = [actions.issue(desk, view.id).credit for _ in range(2)]
    assert [(one.state, one.issued, one.months_left) for one in issued] == [
        (CreditState.ISSUING, Decimal("33.33"), 2),
        (CreditState.ISSUING, Decimal("66.66"), 1),
    ]
    ended = actions.withdraw(desk, view.id, "Changed the plan").credit
    assert (ended.state, ended.issued) == (CreditState.WITHDRAWN, Decimal("66.66"))
    with pytest.raises(Refused):
        actions.issue(desk, view.id)


def test_the_last_month_has_the_rest(desk: Desk, lead: Desk, case: str) -> None:
    view = ask(desk, case, "100.00", kind=CreditKind.VZ_PROMO, months=3)
    actions.approve(lead, view.id)
    last = [actions.issue(desk, view.id) for _ in range(3)][-1]
    assert (last.credit.state, last.credit.issued) == (CreditState.ISSUED, Decimal("100.00"))
    assert [step.why for step in last.steps if step.state in ("issuing", "issued")] == [
        "$33.33 · month 1 of 3",
        "$33.33 · month 2 of 3",
        "$33.34 · month 3 of 3",
    ]


@pytest.mark.parametrize(("month", "issued"), [(1, 2), (2, 2), (3, 3), (4, 2), (None, 3)])
def test_a_month_that_two_note_is_issued_once(
    desk: Desk, lead: Desk, case: str, month: int | None, issued: int
) -> None:
    view = ask(desk, case, "100.00", kind=CreditKind.VZ_PROMO, months=4)
    actions.approve(lead, view.id)
    for meant in (1, 2):
        actions.issue(desk, view.id, meant)
    if issued == 2:
        with pytest.raises(Refused, match=f"Month 3 is the next one, not {month}"):
            actions.issue(lead, view.id, month)
    else:
        actions.issue(lead, view.id, month)
    assert credit(desk, view.id).credit.months_issued == issued


def test_a_case_and_an_account_must_belong_together(desk: Desk, case: str) -> None:
    add_customer(desk, "SV000002", first_name="Jon", last_name="Smith")
    with pytest.raises(Invalid, match="another account"):
        ask(desk, case, "10.00", account="SV000002")
    assert ask(desk, case, "10.00", account="SV000001").account == "SV000001"


def test_it_is_told_on_the_case_and_on_the_account(desk: Desk, lead: Desk, case: str) -> None:
    view = ask(desk, case, "60.00")
    actions.approve(lead, view.id, "Fair")
    actions.issue(desk, view.id)
    entries = [entry.text for entry in case_view(desk, case).timeline if entry.kind is EntryKind.CREDIT]
    assert entries == [
        "Credit issued: $60.00",
        "Credit of $60.00 approved: Fair",
        "One-time bill credit of $60.00 asked for: Promised in store",
    ]
    told = [entry.text for entry in account(desk, "SV000001").timeline]
    assert told[:3] == [
        "$60.00 of a credit issued",
        "Credit of $60.00 approved: Fair",
        "One-time bill credit of $60.00 asked for",
    ]


def test_nothing_is_asked_for_in_a_closed_case(desk: Desk, case: str) -> None:
    change_status(desk, case, Status.CLOSED, resolution="Answered")
    with pytest.raises(Refused, match="is closed"):
        ask(desk, case)


def test_text_is_cleaned(desk: Desk, case: str) -> None:
    view = ask(desk, case, reason="\x1b[31mred\u202e", evidence="line one\x00\nline two", dealer="A\tB")
    assert (view.reason, view.evidence, view.dealer) == ("[31mred", "line one\nline two", "A B")


def test_a_refused_request_leaves_nothing(desk: Desk, case: str) -> None:
    with pytest.raises(Invalid):
        ask(desk, case, "-1")
    assert credits_of_case(desk, case).credits == ()


STEPS: dict[str, Any] = {
    "approve": lambda desk, lead, number: actions.approve(lead, number),
    "deny": lambda desk, lead, number: actions.deny(lead, number, "no"),
    "withdraw": lambda desk, lead, number: actions.withdraw(desk, number, "no"),
    "issue": lambda desk, lead, number: actions.issue(desk, number),
    "draw up": lambda desk, lead, number: agreements.draw_up(desk, number),
    "send": lambda desk, lead, number: agreements.note_sent(desk, number, "by mail"),
    "sign": lambda desk, lead, number: agreements.note_signed(desk, number),
    "decline": lambda desk, lead, number: agreements.note_declined(desk, number, "no"),
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["60.00", "300.00"]), st.lists(st.sampled_from(sorted(STEPS)), max_size=7))
def test_whatever_is_tried_the_states_stay_lawful(
    desk: Desk, lead: Desk, store: Store, walked: list[str], amount: str, steps: list[str]
) -> None:
    if not walked:
        add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", state="NY")
        walked.append(open_case(desk, "Promised credit", account="SV000001").number)
    view = ask(desk, walked[0], amount, kind=CreditKind.VZ_PROMO, months=2)
    for step in steps:
        before = credit(desk, view.id).credit
        try:
            STEPS[step](desk, lead, view.id)
        except Refused:
            assert credit(desk, view.id).credit == before
            continue
        after = credit(desk, view.id).credit
        assert after.state == before.state or after.state in TRANSITIONS[before.state]
        if after.months_issued > before.months_issued and after.release_agreement:
            assert after.agreement is not None
            assert after.agreement.state == "signed"
    states = [step.state for step in credit(desk, view.id).steps]
    assert all(second in TRANSITIONS[first] for first, second in pairwise(states))


@pytest.fixture
def walked() -> list[str]:
    """The case that all walks of one test share."""
    return []


def test_of_two_who_decide_at_once_one_is_told(desk: Desk, case: str) -> None:
    view = ask(desk, case)
    together = threading.Barrier(2)
    answers: dict[str, str] = {}

    def decide(name: str, how: Any) -> None:
        own = open_desk(desk.store.path, name, clock=lambda: NOW)
        together.wait()
        try:
            answers[name] = how(own, view.id, "Seen").credit.state
        except Refused as refused:
            answers[name] = refused.reason
        finally:
            own.store.close()

    pairs = (("lead03", actions.approve), ("admin01", actions.deny))
    threads = [threading.Thread(target=decide, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = credit(desk, view.id)
    assert answers[after.credit.decided_by] == after.credit.state
    (other,) = answers.keys() - {after.credit.decided_by}
    assert answers[other] == f"This credit is {after.credit.state} by {after.credit.decided_by} already."
    assert len(after.steps) == 2
