"""How an account's timeline tells of calls."""

from __future__ import annotations

from data.verification.story import SENTENCES


def test_how_long_a_call_went_on_does_not_read_as_a_time_of_day() -> None:
    told = SENTENCES["call.end"]({"seconds": 615, "verified": "not verified"})
    assert told == "Call ended after 10:15 min, not verified"
