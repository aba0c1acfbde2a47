"""What a credit is and may become."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.credits.rules import (
    AGREEMENT_TRANSITIONS,
    STANDING,
    TRANSITIONS,
    WORDS,
    AgreementState,
    AskedOf,
    CreditKind,
    CreditRequest,
    CreditState,
    issued_amount,
    month_amount,
    parse_kind,
    state_after_month,
    wrong_request,
)
from data.errors import Misused

GOOD = CreditRequest(kind=CreditKind.BILL_CREDIT, amount=Decimal("25.00"), reason="Promised in store", case="01000001")


@pytest.mark.parametrize(("kind", "word"), [(kind, word) for kind, words in WORDS.items() for word in words])
def test_a_kind_is_known_by_each_of_its_words(kind: CreditKind, word: str) -> None:
    assert parse_kind(word) is kind
    assert parse_kind(word.upper().replace("-", " ")) is kind
    assert parse_kind(word.replace("-", "_")) is kind


def test_a_kind_is_known_by_its_name() -> None:
    assert [parse_kind(kind) for kind in CreditKind] == list(CreditKind)
    with pytest.raises(Misused, match="accessory-coupon"):
        parse_kind("free phone")


def test_a_good_request_has_nothing_wrong() -> None:
    assert wrong_request(GOOD) == {}
    assert wrong_request(replace(GOOD, kind=CreditKind.VZ_PROMO, months=36)) == {}


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("amount", {"amount": Decimal(0)}),
        ("amount", {"amount": Decimal("-5")}),
        ("amount", {"amount": Decimal("100000")}),
        ("amount", {"amount": Decimal("NaN")}),
        ("amount", {"amount": Decimal("Infinity")}),
        (
            "amount",
            {"amount": Decimal("199.995")},
        ),  # kept as $200.00, it would need the agreement that $199.995 does not
        ("months", {"months": 0}),
        ("months", {"months": 61, "kind": CreditKind.VZ_PROMO}),
        ("months", {"months": 2}),
        ("months", {"months": 36, "kind": CreditKind.VZ_PROMO, "amount": Decimal("0.35")}),
        ("reason", {"reason": "  "}),
        ("dealer", {"asked_of": AskedOf.DEALER}),
        ("case", {"case": "", "account": ""}),
    ],
)
def test_what_a_request_may_not_be(field: str, change: dict[str, Any]) -> None:
    assert list(wrong_request(replace(GOOD, **change))) == [field]


@given(st.decimals("0.60", "5000", places=2), st.integers(1, 60))
def test_the_months_of_a_credit_add_up_to_it(amount: Decimal, months: int) -> None:
    each = [month_amount(amount, months, month) for month in range(1, months + 1)]
    assert sum(each) == amount
    assert min(each) > 0
    assert [issued_amount(amount, months, done) for done in range(months + 1)] == [
        sum(each[:done], Decimal(0)) for done in range(months + 1)
    ]


def test_eight_hundred_dollars_over_three_years() -> None:
    assert month_amount(Decimal(800), 36, 1) == Decimal("22.22")
    assert month_amount(Decimal(800), 36, 36) == Decimal("22.30")


@given(st.lists(st.integers(0, 5), max_size=12))
def test_a_walk_through_the_states_ends_only_where_it_may(choices: list[int]) -> None:
    state, issued, months = CreditState.REQUESTED, 0, 3
    for choice in choices:
        ways = sorted(TRANSITIONS[state])
        if not ways:
            assert state in (CreditState.DENIED, CreditState.ISSUED, CreditState.WITHDRAWN)
            break
        wanted = ways[choice % len(ways)]
        if wanted in (CreditState.ISSUING, CreditState.ISSUED):
            assert state in (CreditState.APPROVED, CreditState.ISSUING), "nothing is issued that nobody approved"
            issued += 1
            wanted = state_after_month(months, issued)
            assert wanted in TRANSITIONS[state]
        state = wanted
    assert 0 <= issued <= months
    assert (state is CreditState.ISSUED) == (issued == months) or state is CreditState.WITHDRAWN


def test_every_state_can_be_reached_and_every_way_leads_to_one() -> None:
    reached, edge = {CreditState.REQUESTED}, [CreditState.REQUESTED]
    while edge:
        for state in TRANSITIONS[edge.pop()] - reached:
            reached.add(state)
            edge.append(state)
    assert reached == set(CreditState) == set(TRANSITIONS)
    assert set(CreditState) - {CreditState.DENIED, CreditState.WITHDRAWN} == STANDING


def test_a_signed_agreement_is_final() -> None:
    assert set(AGREEMENT_TRANSITIONS) == set(AgreementState)
    assert AGREEMENT_TRANSITIONS[AgreementState.SIGNED] == frozenset()
    assert AgreementState.SIGNED not in AGREEMENT_TRANSITIONS[AgreementState.DECLINED]
