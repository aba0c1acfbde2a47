"""Undoing the last step of a credit, and the way that a request would go before it is made."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cases.actions import open_case
from data.credits import actions, agreements
from data.credits.queries import credit, waiting_for_me
from data.credits.routing import way_of
from data.credits.rules import TRANSITIONS, UNDO_WITHIN, CreditKind, CreditRequest, CreditState, undone
from data.credits.undoing import undo
from data.desk import Desk
from data.errors import Misused, NotFound, Refused
from tests.conftest import NOW
from tests.credits.conftest import ask, at

R, A, D = CreditState.REQUESTED, CreditState.APPROVED, CreditState.DENIED
ON, IN, W = CreditState.ISSUING, CreditState.ISSUED, CreditState.WITHDRAWN


@pytest.mark.parametrize(
    ("states", "alone", "wanted"),
    [
        ((R,), False, W),
        ((R, A), True, W),
        ((R, A), False, R),
        ((R, D), False, R),
        ((R, A, W), False, A),
        ((R, W), False, R),
        ((R, A, ON, W), False, ON),
        ((R, A, IN), False, None),
        ((R, A, ON), False, None),
        ((R, A, R), False, None),
    ],
)
def test_what_undoing_makes_of_a_credit(states: tuple[CreditState, ...], alone: bool, wanted: CreditState) -> None:
    assert undone(states, alone) is wanted


@given(st.data(), st.booleans())
def test_undoing_never_reaches_a_state_that_the_credit_could_not_have(data: st.DataObject, alone: bool) -> None:
    states = [R]
    while (further := sorted(TRANSITIONS[states[-1]])) and len(states) < 6 and data.draw(st.booleans()):
        states.append(data.draw(st.sampled_from(further)))
    wanted = undone(states, alone)
    assert wanted in (None, W, *states)
    assert not ({ON, IN} & {states[-1]} and wanted)


def test_a_lead_takes_a_decision_back(desk: Desk, lead: Desk, case: str) -> None:
    view = ask(desk, case)
    actions.deny(lead, view.id, "Slipped")
    with pytest.raises(Refused, match="lead03 took the last step"):
        undo(desk, view.id)
    again = undo(lead, view.id).credit
    assert (again.state, again.decided_by, again.decision) == (R, "", "")
    assert [one.id for one in waiting_for_me(lead)] == [view.id]
    assert credit(lead, view.id).steps[-1].why == "undone: denied"
    with pytest.raises(Refused, match="Nothing was done"):
        undo(lead, view.id)


def test_it_is_too_late_after_ten_minutes_or_once_something_came_after(desk: Desk, lead: Desk, case: str) -> None:
    view = ask(desk, case)
    actions.approve(lead, view.id)
    late = at(lead, NOW + UNDO_WITHIN + timedelta(seconds=1))
    with pytest.raises(Refused, match="more than ten minutes"):
        undo(late, view.id)
    agreements.draw_up(desk, view.id)
    with pytest.raises(Refused, match="drawn up since"):
        undo(lead, view.id)
    agreements.note_signed(desk, view.id)
    actions.issue(desk, view.id)
    with pytest.raises(Refused, match="with the customer"):
        undo(desk, view.id)


def test_what_was_asked_for_by_mistake_is_withdrawn(desk: Desk, case: str) -> None:
    asked = ask(desk, case)
    assert undo(desk, asked.id).credit.state is W
    assert undo(desk, asked.id).credit.state is R
    granted = ask(desk, open_case(desk, "Another", account="SV000001").number, "10.00")
    assert undo(desk, granted.id).credit.state is W


@pytest.mark.parametrize(
    ("amount", "alone", "ocr", "agreement"),
    [
        ("50.00", True, False, False),
        ("50.01", False, False, False),
        ("199.99", False, False, False),
        ("200.00", False, False, True),
        ("200.01", False, True, True),
        ("499.99", False, True, True),
        ("500.00", False, False, True),
    ],
)
def test_the_way_is_known_before_and_is_the_one_that_is_taken(
    desk: Desk, case: str, amount: str, alone: bool, ocr: bool, agreement: bool
) -> None:
    way = way_of(desk, CreditRequest(kind=CreditKind.BILL_CREDIT, amount=Decimal(amount), reason="", case=case))
    assert (way.route.alone, way.route.ocr, way.route.release_agreement) == (alone, ocr, agreement)
    assert way.market is not None and way.market.name == "Northeast"
    view = ask(desk, case, amount)
    assert (view.state is A, view.ocr, view.release_agreement) == (alone, ocr, agreement)


def test_the_way_counts_what_was_asked_for_before(desk: Desk, case: str) -> None:
    first = ask(desk, case, "30.00")
    wanted = CreditRequest(kind=CreditKind.BILL_CREDIT, amount=Decimal("20.01"), reason="", case=case)
    way = way_of(desk, wanted)
    assert (way.others, way.before, way.route.alone) == ((first.id,), Decimal("30.00"), False)
    assert "$30.00" in way.route.why


def test_the_way_of_a_caller_without_an_account_asks_for_the_market(desk: Desk) -> None:
    orphan = open_case(desk, "Caller without an account").number
    wanted = CreditRequest(kind=CreditKind.BILL_CREDIT, amount=Decimal(300), reason="", case=orphan)
    assert way_of(desk, wanted).wants_market
    with pytest.raises(NotFound):
        way_of(desk, CreditRequest(kind=CreditKind.BILL_CREDIT, amount=Decimal(300), reason="", case="09999999"))
    with pytest.raises(Misused):
        way_of(desk, CreditRequest(kind=CreditKind.BILL_CREDIT, amount=Decimal(0), reason="", case=orphan))


@pytest.mark.parametrize(("second", "stands"), [("10.00", True), ("10.01", False)])
def test_what_was_granted_alone_does_not_come_back_beside_what_was_granted_since(
    desk: Desk, case: str, second: str, stands: bool
) -> None:
    first = ask(desk, case, "40.00")
    actions.withdraw(desk, first.id, "Typed twice")
    assert ask(desk, case, second).state is A
    if stands:
        assert undo(desk, first.id).credit.state is A
    else:
        with pytest.raises(Refused, match=r"With \$10\.01 asked for on this case within 30 days"):
            undo(desk, first.id)
        assert credit(desk, first.id).credit.state is W


def test_a_lead_s_decision_comes_back_whatever_was_granted_since(desk: Desk, lead: Desk, case: str) -> None:
    first = ask(desk, case, "150.00")
    actions.approve(lead, first.id)
    actions.withdraw(lead, first.id, "Slipped")
    assert ask(desk, case, "50.00").state is A
    assert undo(lead, first.id).credit.state is A
