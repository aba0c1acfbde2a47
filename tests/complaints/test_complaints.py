"""Complaints about dealers: taken, reviewed, sent back with questions, closed; told on the case and the account."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cases.queries import case as case_view
from data.cases.rules import EntryKind
from data.complaints import actions
from data.complaints.market_mail import preview
from data.complaints.queries import (
    By,
    complaint,
    complaints,
    complaints_of_case,
    questioned_for_me,
    report,
    review_queue,
)
from data.complaints.rules import TRANSITIONS, ComplaintState
from data.customers.queries import account
from data.desk import Desk
from data.errors import Invalid, NotFound, NotPermitted, Refused
from tests.complaints.conftest import TODAY, take


def test_it_waits_for_a_lead_with_all_that_was_said(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case, evidence="Receipt 12")
    assert review_queue(lead) == (view,)
    assert (view.case, view.account, view.name, view.market) == (case, "SV000001", "Maria Alvarez", "Northeast")
    assert (view.taken_by, view.state, view.evidence) == ("agent07", ComplaintState.WAITING, "Receipt 12")
    assert complaints_of_case(desk, case) == (view,)


@pytest.mark.parametrize("field", ["dealer", "promised", "happened"])
def test_what_must_be_said(desk: Desk, lead: Desk, case: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        take(desk, case, **{field: "  "})
    assert list(refused.value.fields) == [field]
    assert complaints(lead) == ()


def test_only_a_lead_decides_and_reads_what_waits(desk: Desk, case: str) -> None:
    view = take(desk, case)
    reads = (
        review_queue,
        complaints,
        lambda desk: report(desk, By.DEALER, TODAY, TODAY),
        lambda desk: preview(desk, 1),
    )
    for read in reads:
        with pytest.raises(NotPermitted, match="may not review dealer complaints"):
            read(desk)
    assert complaints_of_case(desk, case) == (view,)
    for decide in (actions.send_to_market, actions.send_back, actions.close):
        with pytest.raises(Refused, match="may not review dealer complaints"):
            decide(desk, view.id, "because")
    assert complaint(desk, view.id).complaint == view


def test_questions_go_back_to_the_agent_and_the_answer_to_review(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case)
    actions.send_back(lead, view.id, "Which rep?")
    assert review_queue(lead) == ()
    assert [one.outcome for one in questioned_for_me(desk)] == ["Which rep?"]
    assert questioned_for_me(lead) == ()
    with pytest.raises(Refused, match="back with the agent"):
        actions.send_to_market(lead, view.id)
    answered = actions.answer(desk, view.id, "Dana, with the glasses")
    assert [(step.agent, step.why) for step in answered.steps] == [
        ("agent07", "Fee not told"),
        ("lead03", "Which rep?"),
        ("agent07", "Dana, with the glasses"),
    ]
    assert len(review_queue(lead)) == 1
    with pytest.raises(Refused, match="Nobody has asked"):
        actions.answer(desk, view.id, "And another thing")


def test_a_closed_one_stays_closed_with_its_reason(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case)
    with pytest.raises(Invalid):
        actions.close(lead, view.id, " ")
    assert (
        actions.close(lead, view.id, "The fee was on the contract").complaint.outcome == "The fee was on the contract"
    )
    for decide in (actions.send_to_market, actions.send_back, actions.close):
        with pytest.raises(Refused, match="closed already"):
            decide(lead, view.id, "Still")


def test_it_is_told_on_the_case_and_on_the_account(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case)
    actions.close(lead, view.id, "Refunded")
    told = [entry.text for entry in case_view(desk, case).timeline if entry.kind is EntryKind.COMPLAINT]
    assert told == [
        "Complaint about Harbor Wireless closed: Refunded",
        "Complaint about Harbor Wireless taken: Fee not told",
    ]
    assert [entry.text for entry in account(desk, "SV000001").timeline][:2] == [
        "Complaint about Harbor Wireless closed",
        "Complaint about Harbor Wireless taken",
    ]


def test_none_is_taken_from_a_case_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        take(desk, "09999999")
    with pytest.raises(NotFound):
        complaint(desk, 7)


def test_every_state_can_be_reached() -> None:
    assert set(TRANSITIONS) == set(ComplaintState)
    assert set().union(*TRANSITIONS.values()) == set(ComplaintState)
    assert ComplaintState.SENT not in TRANSITIONS[ComplaintState.QUESTIONED]


@given(st.lists(st.sampled_from(ComplaintState), max_size=8))
def test_a_walk_never_leaves_an_end(wanted: list[ComplaintState]) -> None:
    state = ComplaintState.WAITING
    for next_state in wanted:
        if next_state in TRANSITIONS[state]:
            assert state not in (ComplaintState.SENT, ComplaintState.CLOSED)
            state = next_state
