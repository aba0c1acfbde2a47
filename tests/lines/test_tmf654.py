"""What a charging system says of its balances (TMF654), read: units, the line's status, and whatever is no answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.lines.tmf654 import Unreadable, buckets_of, line_status, listed_buckets
from tests.lines.charging_system import MDN, VOICE


@pytest.mark.parametrize(
    ("amount", "units", "shown"),
    [
        (100, "seconds", "1.66 min"),
        (2, "GB", "2048 MB"),
        (1536, "kB", "1.5 MB"),
        (1, "byte", "0.00 MB"),
        (0.6, "Gbyte", "614.4 MB"),
        (-5, "minutes", "-5 min"),
        (7, "sms", "7 texts"),
        (3, "tokens", "3 tokens"),
    ],
)
def test_units_are_converted_and_never_rounded_up(amount: float, units: str, shown: str) -> None:
    body = json.dumps([{"usageType": "other", "remainingValue": {"amount": amount, "units": units}}]).encode()
    (bucket,) = buckets_of(MDN, listed_buckets(body))
    assert Decimal(shown.split()[0]) == bucket.remaining
    assert shown.split()[1] == bucket.unit


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["suspended", "active"], "active"),
        (["expired", "suspended"], "suspended"),
        (["expired"], "expired"),
        (["odd"], "unknown"),
    ],
)
def test_a_line_is_what_its_balances_are(statuses: list[str], status: str) -> None:
    assert line_status(statuses) == status


def fuzzed() -> st.SearchStrategy[Any]:
    """JSON of any shape, with TMF654's own field names in it."""
    names = st.sampled_from([*VOICE, "amount", "units", "endDateTime", "remainingValueName"]) | st.text(max_size=3)
    plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
    return st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5))


@settings(max_examples=60)
@given(st.lists(fuzzed(), max_size=3))
def test_any_answer_is_read_or_told_to_be_unreadable(listed: list[Any]) -> None:
    read: Callable[[], Any] = lambda: buckets_of(MDN, listed_buckets(json.dumps(listed).encode()))  # noqa: E731
    try:
        buckets = read()
    except Unreadable:
        return
    for bucket in buckets:
        assert bucket.remaining is None or bucket.remaining.is_finite()
        assert bucket.name.isprintable() and bucket.unit.isprintable() and bucket.status.isprintable()
