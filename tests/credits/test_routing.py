"""Which way a request for a credit goes: by amount, Market and the operator's limit, and by what came before it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from data.cases.actions import open_case
from data.cases.merging import merge
from data.credits import actions
from data.credits.queries import credit, route_for
from data.credits.rules import CreditKind, CreditState
from data.desk import Desk
from data.errors import Invalid, Misused, NotFound
from data.operators.actions import set_rule
from data.operators.rules import AGENT_CREDIT_RULE
from tests.conftest import NOW
from tests.credits.conftest import ask, at


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
