"""The temporary PIN: six digits that hold once, for ten minutes and three tries, and are nowhere in the store."""

from __future__ import annotations

import pytest

from data.desk import Desk
from data.errors import Refused
from data.mail.carriers import NotTaken, Outbox, Uncertain
from data.verification.actions import begin_call
from data.verification.queries import verification
from data.verification.rules import Level, Method
from data.verification.verifying import check_temporary_pin, send_temporary_pin
from tests.verification.calling import Messages, later, level, verified
from tests.verification.conftest import six_digits, wrong


def test_a_temporary_pin_holds_once(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    with pytest.raises(Refused, match="No temporary PIN holds"):
        check_temporary_pin(desk, maria, six_digits(messages()[-1]))


def test_a_temporary_pin_holds_for_ten_minutes(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    send_temporary_pin(desk, maria)
    pin = six_digits(messages()[-1])
    with pytest.raises(Refused):
        check_temporary_pin(later(desk, minutes=10), maria, pin)
    assert check_temporary_pin(later(desk, minutes=9, seconds=59), maria, pin).passed


def test_three_wrong_ones_make_a_temporary_pin_void(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    send_temporary_pin(desk, maria)
    pin = six_digits(messages()[-1])
    with pytest.raises(Refused, match="6 digits"):
        check_temporary_pin(desk, maria, pin[:5])  # a slip of the agent's is no try of the caller's
    assert [check_temporary_pin(desk, maria, wrong(pin)).tries_left for _ in range(3)] == [2, 1, 0]
    with pytest.raises(Refused):
        check_temporary_pin(desk, maria, pin)
    assert level(desk, maria) is Level.NONE


def test_a_second_temporary_pin_voids_the_first_and_five_are_enough(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    for _ in range(5):
        send_temporary_pin(desk, maria)
    sent = [six_digits(message) for message in messages()]
    with pytest.raises(Refused, match="Enough messages"):
        send_temporary_pin(desk, maria)
    assert len(set(sent)) > 1
    assert not check_temporary_pin(desk, maria, next(pin for pin in sent if pin != sent[-1])).passed
    assert check_temporary_pin(desk, maria, f"{sent[-1][:3]} {sent[-1][3:]}").passed


def test_what_was_sent_is_nowhere_in_the_store(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    send_temporary_pin(desk, maria)
    with desk.store.raw() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [str(row) for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]
    assert six_digits(messages()[-1]) not in "\n".join(rows)


def test_what_could_not_be_sent_is_void(desk: Desk, maria: str) -> None:
    desk.store.path.with_suffix(".outbox").write_text("a file where the folder would be")
    begin_call(desk, maria)
    with pytest.raises(Refused, match="could not be sent"):
        send_temporary_pin(desk, maria)
    assert verification(desk, maria).next is Method.TEMPORARY_PIN
    with pytest.raises(Refused, match="No temporary PIN holds"):
        check_temporary_pin(desk, maria, "000000")


@pytest.mark.parametrize(("error", "counts"), [(NotTaken("shut", passing=True), False), (Uncertain("broke"), True)])
def test_only_what_may_have_arrived_is_one_of_the_five_messages_within_the_hour(
    desk: Desk, maria: str, monkeypatch: pytest.MonkeyPatch, error: Exception, counts: bool
) -> None:
    monkeypatch.setattr(Outbox, "take", lambda outbox, letter: raise_(error))
    begin_call(desk, maria)
    for _ in range(5):
        with pytest.raises(Refused, match="could not be sent"):
            send_temporary_pin(desk, maria)
    with pytest.raises(Refused, match="Enough messages" if counts else "could not be sent"):
        send_temporary_pin(desk, maria)
    with pytest.raises(Refused, match="could not be sent"):
        send_temporary_pin(later(desk, hours=1), maria)


def raise_(error: Exception) -> None:
    raise error
