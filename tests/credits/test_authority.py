"""Who may grant which credit: every boundary, for every role."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.agents.rules import Role
from data.credits.authority import (
    AGREEMENT_FROM,
    AUTHORITY,
    BELOW_AGREEMENT,
    USUAL_OWN_LIMIT,
    MarketRule,
    Route,
    authority,
    limits_passed,
    route,
)
from data.credits.rules import CreditKind
from data.operators.rules import AGENT_CREDIT_RULE, CUSTOM_RULES, wrong_custom_rule

ALLOWS, FORBIDS = MarketRule("Northeast", True), MarketRule("Gulf", False)
ALONE, ASKS, OCR, AGREES = "alone", "asks a lead", "OCR", "agreement"

# amount → what a bill credit needs, by the role that asks for it
BOUNDARIES: dict[str, dict[Role, set[str]]] = {
    "0.01": {Role.AGENT: {ALONE}, Role.LEAD: {ALONE}},
    "50.00": {Role.AGENT: {ALONE}, Role.LEAD: {ALONE}},
    "50.01": {Role.AGENT: {ASKS}, Role.LEAD: {ALONE}},
    "199.99": {Role.AGENT: {ASKS}, Role.LEAD: {ALONE}},
    "200.00": {Role.AGENT: {ASKS, AGREES}, Role.LEAD: {ASKS, AGREES}},
    "200.01": {Role.AGENT: {ASKS, AGREES, OCR}, Role.LEAD: {ASKS, AGREES, OCR}},
    "499.99": {Role.AGENT: {ASKS, AGREES, OCR}, Role.LEAD: {ASKS, AGREES, OCR}},
    "500.00": {Role.AGENT: {ASKS, AGREES}, Role.LEAD: {ASKS, AGREES}},
}


def needs(found: Route) -> set[str]:
    said = {ALONE: found.alone, ASKS: found.approver is Role.LEAD, OCR: found.ocr, AGREES: found.release_agreement}
    return {what for what, so in said.items() if so}


@pytest.mark.parametrize(("amount", "expected"), BOUNDARIES.items())
def test_each_boundary_for_agent_lead_and_administrator(amount: str, expected: dict[Role, set[str]]) -> None:
    for role in (Role.AGENT, Role.LEAD, Role.ADMINISTRATOR):
        wanted = expected[Role.LEAD if role is Role.ADMINISTRATOR else role]
        for market in (ALLOWS, None):
            assert needs(route(CreditKind.BILL_CREDIT, Decimal(amount), market, role)) == wanted
        assert needs(route(CreditKind.BILL_CREDIT, Decimal(amount), FORBIDS, role)) == wanted - {OCR}


@pytest.mark.parametrize("amount", BOUNDARIES)
def test_a_trainer_grants_nothing_alone(amount: str) -> None:
    found = route(CreditKind.ACCESSORY_COUPON, Decimal(amount), ALLOWS, Role.TRAINER)
    assert not found.alone
    assert "asks for no credits" in found.why


@pytest.mark.parametrize("kind", [CreditKind.VZ_PROMO, CreditKind.OTHER])
def test_an_agent_grants_no_promotion_alone(kind: CreditKind) -> None:
    assert needs(route(kind, Decimal("0.01"), ALLOWS, Role.AGENT)) == {ASKS}


def test_the_operator_sets_what_an_agent_grants_alone() -> None:
    twenty = Decimal("20.00")
    assert route(CreditKind.BILL_CREDIT, twenty, None, Role.AGENT, own_limit=twenty).alone
    assert not route(CreditKind.BILL_CREDIT, Decimal("20.01"), None, Role.AGENT, own_limit=twenty).alone
    assert not route(CreditKind.BILL_CREDIT, Decimal("0.01"), None, Role.AGENT, own_limit=Decimal(0)).alone


def test_an_amount_in_pieces_is_not_granted_alone() -> None:
    forty = Decimal("40.00")
    found = route(CreditKind.BILL_CREDIT, forty, None, Role.AGENT, before=Decimal("10.01"))
    assert needs(found) == {ASKS}
    assert "$10.01 asked for on this case within 30 days" in found.why
    assert route(CreditKind.BILL_CREDIT, forty, None, Role.AGENT, before=Decimal("10.00")).alone


def test_the_reason_names_the_market() -> None:
    three_hundred = Decimal("300.00")
    assert "Northeast allows" in route(CreditKind.BILL_CREDIT, three_hundred, ALLOWS, Role.AGENT).why
    assert "Gulf allows none" in route(CreditKind.BILL_CREDIT, three_hundred, FORBIDS, Role.AGENT).why
    assert "provided that the Market allows" in route(CreditKind.BILL_CREDIT, three_hundred, None, Role.AGENT).why


def test_every_role_and_kind_stands_in_exactly_one_row() -> None:
    for role in Role:
        for kind in CreditKind:
            assert sum(row.role is role and kind in row.kinds for row in AUTHORITY) == 1
            assert authority(role, kind).role is role


amounts = st.decimals("0.01", "2000", places=2)


@given(amounts, st.sampled_from(CreditKind), st.sampled_from(Role), st.sampled_from([ALLOWS, FORBIDS, None]))
def test_one_way_and_never_an_agreement_alone(
    amount: Decimal, kind: CreditKind, role: Role, market: MarketRule | None
) -> None:
    found = route(kind, amount, market, role)
    assert found.alone == (found.approver is None)
    assert found.release_agreement == (amount >= 200)
    assert not (found.alone and (found.ocr or found.release_agreement))
    assert not found.ocr or 200 < amount < 500
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("amount", "together", "count"),
    [("100", "150", 0), ("40", "80", 1), ("150", "199.99", 0), ("150", "200", 1), ("300", "500", 1), ("40", "500", 3)],
)
def test_limits_that_pieces_pass_together(amount: str, together: str, count: int) -> None:
    assert len(limits_passed(Decimal(amount), Decimal(together), Decimal(50))) == count


def test_what_an_operator_may_let_agents_grant_ends_a_cent_below_the_agreement() -> None:
    told = f"from 0 to {BELOW_AGREEMENT}; not set: {USUAL_OWN_LIMIT:.0f}."
    assert CUSTOM_RULES[AGENT_CREDIT_RULE].endswith(told)
    assert wrong_custom_rule(AGENT_CREDIT_RULE, str(BELOW_AGREEMENT)) is None
    assert f"from 0 to {BELOW_AGREEMENT}" in (wrong_custom_rule(AGENT_CREDIT_RULE, str(AGREEMENT_FROM)) or "")
