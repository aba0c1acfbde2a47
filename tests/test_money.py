"""Amounts as people type them: whole cents, or a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import Misused
from data.money import from_cents, parse, show, to_cents


@pytest.mark.parametrize(
    ("text", "amount"), [("$1,234.5", "1234.50"), (" 300 ", "300"), ("-5", "-5"), ("2499e-2", "24.99")]
)
def test_an_amount_is_read(text: str, amount: str) -> None:
    assert parse(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "abc", "1.234", "1e30", "1e-30", "-1e99", "1e999999", "inf", "nan", "1" * 40])
def test_what_is_no_amount_is_told_so(text: str) -> None:
    with pytest.raises(Misused, match=r"is not an amount|There is no amount yet"):
        parse(text)


@given(st.integers(-(10**12), 10**12))
def test_what_is_shown_can_be_typed(cents: int) -> None:
    assert to_cents(parse(show(from_cents(cents)))) == cents
