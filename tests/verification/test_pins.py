"""PINs by table and by property: how long wrong ones lock, which are easily guessed, and how they are hashed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.verification import hashes
from data.verification.pins import FREE_FAILURES, LONGEST_LOCK, lock, lock_ends, wrong_pin


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (2, 0), (3, 15), (4, 30), (5, 60), (9, 960), (10, 1440), (1000, 1440)]
)
def test_how_long_wrong_pins_lock(failures: int, minutes: int) -> None:
    assert lock(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (15, "23:45"),
        (15.001, "23:46"),  # it is still locked when the clock shows 23:45
        (29, "23:59"),
        (29.5, "00:00 on 11-23-2026"),
        (30, "00:00 on 11-23-2026"),
        (1440, "23:30 on 11-23-2026"),
    ],
)
def test_a_lock_that_ends_on_another_day_says_so(minutes: float, told: str) -> None:
    now = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)  # the evening of the 22nd in New York
    assert lock_ends(now + timedelta(minutes=minutes), now, ZoneInfo("America/New_York")) == told


@given(st.integers(0, 10_000))
def test_a_lock_never_gets_shorter(failures: int) -> None:
    assert lock(failures) <= lock(failures + 1) <= LONGEST_LOCK
    assert bool(lock(failures)) == (failures >= FREE_FAILURES)


@pytest.mark.parametrize(
    "easy",
    ["0000", "9999", "1234", "4321", "9012", "0143", "2125", "1980", "0501", "0105", "3042", "0199", "1070", "0701"],
)
def test_a_pin_that_others_may_guess_is_refused(easy: str) -> None:
    known = ("SV003042", "2125550143", "914-555-0199", "10701")
    assert wrong_pin(easy, known, date(1980, 5, 1)) == "That PIN is too easy to guess; the customer chooses another."


@pytest.mark.parametrize("typed", ["", "123", "12345", "12 4", "abcd", "١٢٣٤"])
def test_a_pin_is_four_digits(typed: str) -> None:
    assert wrong_pin(typed, (), None) == "A PIN is four digits."


def test_any_other_pin_will_do() -> None:
    assert wrong_pin("4071", ("SV003042", "2125550143"), date(1980, 5, 1)) is None


def test_temporary_pins_are_six_digits_and_not_foretold() -> None:
    made = {hashes.temporary_pin() for _ in range(200)}
    assert all(len(pin) == 6 and pin.isdigit() for pin in made)
    assert len(made) > 190


def test_a_pin_is_hashed_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # as Careline itself does it
    assert hashes.pin_hash("4071").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_hash_is_whose_it_is() -> None:
    assert hashes.digest("123456", of="SV000001") != hashes.digest("123456", of="SV000002")
    assert hashes.same(hashes.digest("a"), hashes.digest("a"))
    assert not hashes.same(hashes.digest("a"), "")
