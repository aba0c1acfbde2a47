"""The customer's own PIN: who chooses one, what it opens, and how wrong ones lock it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from data.desk import Desk
from data.errors import Invalid, Refused
from data.verification.actions import begin_call, end_call
from data.verification.own_pin import check_new_pin, check_pin, set_pin
from data.verification.queries import current_call, verification
from data.verification.rules import Level, Method
from data.verification.verifying import pass_over
from tests.verification.calling import Messages, later, level, sight, verified
from tests.verification.conftest import PIN, wrong


@pytest.fixture
def with_pin(desk: Desk, maria: str, messages: Messages) -> str:
    """Maria has a PIN; no call goes on."""
    begin_call(desk, maria)
    verified(desk, maria, messages)
    set_pin(desk, maria, PIN)
    end_call(desk)
    return maria


@pytest.mark.parametrize("choose", [set_pin, check_new_pin])
def test_only_who_is_verified_chooses_a_pin(
    desk: Desk, maria: str, messages: Messages, choose: Callable[[Desk, str, str], None]
) -> None:
    """A new one is looked at as it will be when it is kept, before the customer says it again."""
    begin_call(desk, maria)
    with pytest.raises(Refused, match="Only a verified caller"):
        choose(desk, maria, PIN)
    verified(desk, maria, messages)
    with pytest.raises(Invalid, match="easy to guess"):
        choose(desk, maria, "0143")  # the end of her number
    with pytest.raises(Invalid, match="four digits"):
        choose(desk, maria, "12a4")


def test_to_look_at_a_new_pin_keeps_none(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    check_new_pin(desk, maria, PIN)
    assert not verification(desk, maria).has_pin


def test_a_pin_opens_everything_and_is_kept_as_a_hash(desk: Desk, with_pin: str, messages: Messages) -> None:
    begin_call(desk, with_pin)
    pass_over(desk, with_pin, Method.TEMPORARY_PIN)
    assert check_pin(desk, with_pin, PIN).passed
    assert current_call(desk).told == "verified by PIN"
    assert sight(desk).hidden(1) == frozenset()
    with desk.store.raw() as connection:
        kept = connection.execute("SELECT hash FROM customer_pin").fetchone()[0]
    assert kept.startswith("$argon2id$")


def test_wrong_pins_lock_it_for_ever_longer(desk: Desk, with_pin: str) -> None:
    begin_call(desk, with_pin)
    pass_over(desk, with_pin, Method.TEMPORARY_PIN)
    with pytest.raises(Refused, match="4 digits"):
        check_pin(desk, with_pin, PIN[:3])  # a slip of the agent's is no try of the caller's
    assert [check_pin(desk, with_pin, wrong(PIN)).tries_left for _ in range(3)] == [2, 1, 0]
    with pytest.raises(Refused, match="locked until"):
        check_pin(desk, with_pin, PIN)
    end_call(desk)
    assert level_after_lock(desk, with_pin, minutes=14) is Level.NONE  # another call unlocks nothing
    assert level_after_lock(desk, with_pin, minutes=15) is Level.PROVEN


def level_after_lock(desk: Desk, number: str, minutes: int) -> Level:
    then = later(desk, minutes=minutes)
    begin_call(then, number)
    pass_over(then, number, Method.TEMPORARY_PIN)
    with suppress(Refused):
        check_pin(then, number, PIN)
    reached = level(then, number)
    end_call(then)
    return reached


def test_a_changed_pin_is_told_at_the_previous_contact_without_it(desk: Desk, with_pin: str) -> None:
    with desk.store.raw() as connection:
        ((recipient, body),) = connection.execute("SELECT recipient, body FROM mail").fetchall()
    assert recipient == "maria@example.com"
    assert "PIN" in body
    assert PIN not in body
