"""How a caller is verified, step by step: prompts in their order, temporary PINs, links, the PIN of their own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from data.agents.rules import Permission
from data.agents.tokens import make_token
from data.customers.queries import account
from data.desk import Desk, open_desk
from data.errors import Invalid, NotPermitted, Refused
from data.mail.carriers import NotTaken, Outbox, Uncertain
from data.operators.tables import Operator
from data.verification.actions import begin_call, end_call
from data.verification.own_pin import check_new_pin, check_pin, set_pin
from data.verification.queries import current_call, verification
from data.verification.records import Record
from data.verification.rules import Field, Level, Method
from data.verification.verifying import (
    check_temporary_pin,
    confirm_link,
    open_link_in_demo,
    pass_over,
    send_link,
    send_temporary_pin,
)
from tests.verification.calling import Messages, audited, later, level, sight, verified
from tests.verification.conftest import PIN, six_digits, wrong

# --- the order ---


def test_the_prompts_come_in_their_order(desk: Desk, maria: str, messages: Messages) -> None:
    with desk.store.writing() as session:
        session.get_one(Operator, 1).demo = True  # in a demo there is a page for links
    begin_call(desk, maria)
    assert verification(desk, maria).next is Method.LINK
    with pytest.raises(Refused, match="link comes before the temporary PIN"):
        send_temporary_pin(desk, maria)
    pass_over(desk, maria, Method.LINK, "the phone is broken")
    assert verification(desk, maria).next is Method.TEMPORARY_PIN
    send_temporary_pin(desk, maria)
    assert check_temporary_pin(desk, maria, six_digits(messages()[-1])).passed
    assert verification(desk, maria).next is None
    assert current_call(desk).told == "verified by temporary PIN"


def test_a_step_that_cannot_be_taken_here_is_left_out(desk: Desk, maria: str, john: str) -> None:
    begin_call(desk, maria)
    assert verification(desk, maria).next is Method.TEMPORARY_PIN  # no page for links is connected
    with pytest.raises(Refused, match="has no PIN yet"):
        check_pin(desk, maria, "1234")
    assert verification(desk, john).next is None  # neither reached nor with a PIN


def test_nothing_tells_where_a_message_went(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    sent = send_temporary_pin(desk, maria)
    assert "2125550143@text.invalid" in messages()[0]  # the line's own number, not the contact
    assert sent.demo == ""
    told = f"{sent} {verification(desk, maria)} {audited(desk, 'verify.send')}"
    assert not any(part in told for part in ("5550143", "5550199", "example.com", six_digits(messages()[0])))


def test_a_message_may_go_to_the_address_of_record(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    send_temporary_pin(desk, maria, Record.ADDRESS)
    assert "To: maria@example.com" in messages()[0]


def test_an_address_that_is_new_is_not_of_record(desk: Desk, maria: str) -> None:
    from data.customers.actions import edit_customer
    from data.customers.rules import CustomerEdit

    edit_customer(desk, maria, 1, CustomerEdit(emails=("other@example.com",)), why="in the store, with a passport")
    begin_call(desk, maria)
    with pytest.raises(Refused, match="no address of record"):
        send_temporary_pin(desk, maria, Record.ADDRESS)
    almost = later(desk, days=30, seconds=-1)
    begin_call(almost, maria)
    with pytest.raises(Refused, match="no address of record"):
        send_temporary_pin(almost, maria, Record.ADDRESS)
    end_call(almost)
    month_on = later(desk, days=30)
    begin_call(month_on, maria)
    send_temporary_pin(month_on, maria, Record.ADDRESS)


# --- the temporary PIN ---


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


# --- the link ---


def test_a_link_verifies_when_the_customer_opens_it(desk: Desk, admin: Desk, maria: str, messages: Messages) -> None:
    linked = replace(desk, connections=replace(desk.connections, link_url="https://care.example/me/"))
    begin_call(linked, maria)
    send_link(linked, maria)
    token = messages()[-1].replace("=\n", "").partition("https://care.example/me/")[2].split()[0].rstrip(".")
    confirm_link(admin, token)
    assert current_call(desk).told == "verified by link"
    assert Field.PLAN not in sight(desk).hidden(1)
    assert Field.BIRTH_DATE in sight(desk).hidden(1)
    with pytest.raises(Refused, match="no longer"):
        confirm_link(admin, token)


def test_the_page_that_links_lead_to_can_say_so_and_nothing_else(
    desk: Desk, admin: Desk, maria: str, messages: Messages
) -> None:
    made = make_token(admin, "link-page", rights=[Permission.CONFIRM_LINKS])
    page = open_desk(admin.store, token=made.secret, clock=admin.clock)
    linked = replace(desk, connections=replace(desk.connections, link_url="https://care.example/me/"))
    begin_call(linked, maria)
    send_link(linked, maria)
    token = messages()[-1].replace("=\n", "").partition("https://care.example/me/")[2].split()[0].rstrip(".")
    with pytest.raises(NotPermitted):
        account(page, maria)
    with pytest.raises(NotPermitted):
        begin_call(page, maria)
    with pytest.raises(NotPermitted):
        confirm_link(desk, token)
    with pytest.raises(Refused, match="Only the customer opens a link"):  # this is no demo
        open_link_in_demo(desk, token)
    confirm_link(page, token)
    assert current_call(desk).told == "verified by link"


# --- the customer's own PIN ---


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
