"""A credit from the request to the last month: who may do what, what is told, what is refused."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.cases.actions import open_case
from data.cases.merging import merge
from data.cases.queries import case as case_view
from data.cases.rules import EntryKind
from data.credits import actions, agreements
from data.credits.queries import (
    credit,
    credits_of_account,
    credits_of_case,
    decided_for_me,
    route_for,
    unfinished,
    waiting_for_me,
)
from data.credits.rules import TRANSITIONS, AskedOf, CreditKind, CreditState
from data.customers.queries import account
from data.desk import Desk, open_desk
from data.errors import Invalid, Misused, NotFound, Refused
from data.operators.actions import set_rule
from data.operators.rules import AGENT_CREDIT_RULE
from data.store import Store
from tests.builders import add_customer
from tests.conftest import NOW
from tests.credits.conftest import ask, at


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


def test_the_market_of_the_customer_decides_whether_it_is_an_ocr(desk: Desk, case: str) -> None:
    assert ask(desk, case, "200.01").ocr
    assert ask(desk, case, "200.01").market == "Northeast"
    assert not ask(desk, case, "200.00").ocr
    assert not ask(desk, case, "500.00").ocr
    assert not ask(desk, case, "300.00", market="gulf").ocr


def test_without_a_known_market_an_ocr_is_not_guessed(desk: Desk) -> None:
    orphan = open_case(desk, "Caller without an account").number
    with pytest.raises(Invalid) as refused:
        ask(desk, orphan, "300.00")
    assert list(refused.value.fields) == ["market"]
    assert ask(desk, orphan, "300.00", market="Pacific").ocr
    assert ask(desk, orphan, "600.00").release_agreement


def test_the_way_is_told_before_and_kept_after(desk: Desk, lead: Desk, case: str) -> None:
    way = route_for(desk, CreditKind.BILL_CREDIT, Decimal("300.00"), "Northeast")
    view = ask(desk, case, "300.00")
    assert (view.ocr, view.release_agreement) == (way.ocr, way.release_agreement) == (True, True)
    assert route_for(lead, CreditKind.BILL_CREDIT, Decimal("199.99")).alone
    with pytest.raises(Misused):
        route_for(desk, CreditKind.BILL_CREDIT, Decimal(0))
    with pytest.raises(NotFound, match="no Market called Mars"):
        route_for(desk, CreditKind.BILL_CREDIT, Decimal(5), "Mars")


def test_the_operator_lowers_what_an_agent_grants_alone(desk: Desk, admin: Desk, case: str) -> None:
    set_rule(admin, AGENT_CREDIT_RULE, "19.99")
    assert ask(desk, case, "19.99").state is CreditState.APPROVED
    assert ask(desk, case, "20.00").state is CreditState.REQUESTED
    for wrong in ("200", "-1", "5.5", "lots"):
        with pytest.raises(Invalid):
            set_rule(admin, AGENT_CREDIT_RULE, wrong)


def test_pieces_of_one_amount_reach_a_lead_and_show(desk: Desk, lead: Desk, case: str) -> None:
    first = ask(desk, case, "40.00")
    second = ask(desk, case, "40.00")
    assert (first.state, second.state) == (CreditState.APPROVED, CreditState.REQUESTED)
    together = credit(lead, second.id).together
    assert (together.others, together.total) == ((first.id,), Decimal("80.00"))
    assert "more than the $50.00 that an agent may grant alone" in together.passes[0]
    third = ask(desk, case, "150.00")
    assert any("Release Agreement" in words for words in credit(lead, third.id).together.passes)


def test_pieces_older_than_30_days_or_taken_back_do_not_count(desk: Desk, case: str) -> None:
    ask(desk, case, "40.00")
    assert ask(at(desk, NOW + timedelta(30)), case, "40.00").state is CreditState.REQUESTED
    assert ask(at(desk, NOW + timedelta(61)), case, "40.00").state is CreditState.APPROVED
    other = open_case(desk, "Another matter", account="SV000001").number
    taken_back = ask(desk, other, "40.00")
    actions.withdraw(desk, taken_back.id, "Typed twice")
    again = ask(desk, other, "40.00")
    assert again.state is CreditState.APPROVED
    assert credit(desk, again.id).together.passes == ()


def test_pieces_on_cases_that_were_merged_are_pieces_of_one(desk: Desk, lead: Desk, case: str) -> None:
    duplicate = open_case(desk, "The same once more", account="SV000001").number
    first = ask(desk, duplicate, "30.00")
    merge(desk, duplicate, case)
    assert ask(desk, case, "20.00").state is CreditState.APPROVED
    third = ask(desk, case, "0.01")
    assert third.state is CreditState.REQUESTED
    assert credit(lead, third.id).together.total == Decimal("50.01")
    assert credit(lead, first.id).together.total == Decimal("50.01")


def test_months_that_were_issued_before_the_rest_was_withdrawn_count(desk: Desk, lead: Desk, case: str) -> None:
    promised = ask(lead, case, "199.98", kind=CreditKind.VZ_PROMO, months=2)
    actions.issue(lead, promised.id)
    actions.withdraw(lead, promised.id, "The plan changed")
    assert ask(lead, case, "100.00").state is CreditState.APPROVED
    assert ask(lead, case, "0.01").state is CreditState.REQUESTED


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


def test_the_section_of_a_case_lists_carrier_and_dealer(desk: Desk, lead: Desk, case: str) -> None:
    ask(desk, case, "30.00")
    dealers = ask(desk, case, "120.00", asked_of=AskedOf.DEALER, dealer="Harbor Wireless")
    actions.deny(lead, dealers.id, "The dealer says no")
    ask(desk, case, "250.00")
    section = credits_of_case(desk, case)
    assert [(one.asked_of, one.state) for one in section.credits] == [
        (AskedOf.CARRIER, CreditState.REQUESTED),
        (AskedOf.DEALER, CreditState.DENIED),
        (AskedOf.CARRIER, CreditState.APPROVED),
    ]
    assert vars(section.totals) == {
        "requested": Decimal("250.00"),
        "to_issue": Decimal("30.00"),
        "issued": Decimal("0.00"),
    }
    with pytest.raises(NotFound):
        credits_of_case(desk, "09999999")


def test_an_account_shows_the_credits_of_all_its_cases(desk: Desk, case: str) -> None:
    other = open_case(desk, "Another matter", account="SV000001").number
    made = [ask(desk, case, "10.00"), ask(desk, other, "11.00"), ask(desk, "", "12.00", account="sv000001")]
    add_customer(desk, "SV000002", first_name="Jon", last_name="Smith", state="NY")
    ask(desk, "", "13.00", account="SV000002")
    section = credits_of_account(desk, "SV000001")
    assert [one.id for one in section.credits] == [one.id for one in reversed(made)]
    assert {one.account for one in section.credits} == {"SV000001"}
    assert section.totals.to_issue == Decimal("33.00")


def test_a_case_and_an_account_must_belong_together(desk: Desk, case: str) -> None:
    add_customer(desk, "SV000002", first_name="Jon", last_name="Smith")
    with pytest.raises(Invalid, match="another account"):
        ask(desk, case, "10.00", account="SV000002")
    assert ask(desk, case, "10.00", account="SV000001").account == "SV000001"


def test_the_lead_sees_what_waits_and_the_agent_the_answer(desk: Desk, lead: Desk, case: str) -> None:
    plain = ask(desk, case, "700.00")
    moment = ask(at(desk, NOW + timedelta(minutes=5)), case, "300.00")
    assert [one.id for one in waiting_for_me(lead)] == [moment.id, plain.id], "in the moment comes first"
    assert waiting_for_me(desk) == ()
    assert decided_for_me(desk, NOW) == ()
    actions.approve(at(lead, NOW + timedelta(minutes=6)), moment.id, "Go ahead")
    (told,) = decided_for_me(desk, NOW)
    assert (told.id, told.decision, told.decided_by) == (moment.id, "Go ahead", "lead03")
    assert decided_for_me(desk, NOW + timedelta(minutes=6)) == ()
    assert [one.id for one in waiting_for_me(lead)] == [plain.id]


def test_what_is_not_finished_is_in_my_name(desk: Desk, lead: Desk, case: str) -> None:
    mine = [ask(desk, case, "10.00"), ask(desk, case, "300.00")]
    theirs = ask(lead, case, "20.00")
    assert [one.id for one in unfinished(desk)] == [one.id for one in mine]
    actions.issue(desk, mine[0].id)
    assert [one.id for one in unfinished(desk)] == [mine[1].id]
    assert [one.id for one in unfinished(lead, everybodys=True)] == [mine[1].id, theirs.id]
    assert unfinished(desk)[0].waits_for == "a lead to decide"


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
    from data.cases.actions import change_status
    from data.cases.rules import Status

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
