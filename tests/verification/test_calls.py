"""A call: one at a time, about somebody, verified step by step, and over when it is over."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from data.agents.rules import Permission
from data.agents.tokens import make_token
from data.audit import AuditEvent
from data.customers.actions import open_account
from data.customers.queries import account
from data.desk import Desk, open_desk
from data.errors import Invalid, NotPermitted, Refused
from data.operators.tables import Operator
from data.store import Store
from data.verification.actions import begin_call, conceal, end_call, keep_call, put_on_call, reveal
from data.verification.own_pin import check_pin, set_pin
from data.verification.queries import current_call, verification
from data.verification.records import Record
from data.verification.rules import LONGEST_CALL, Field, Level, Method, Outcome
from data.verification.sight import ALL, Sight, sight_in
from data.verification.tables import VerificationStep
from data.verification.verifying import (
    call_back,
    check_temporary_pin,
    confirm_link,
    open_link_in_demo,
    pass_over,
    send_link,
    send_temporary_pin,
    verify_rq,
)
from tests.conftest import NOW
from tests.verification.conftest import PIN, six_digits, wrong

Messages = Callable[[], list[str]]


def later(desk: Desk, **by: float) -> Desk:
    """The same desk, some time on."""
    return replace(desk, clock=lambda: NOW + timedelta(**by))


def sight(desk: Desk) -> Sight:
    with desk.reading() as session:
        return sight_in(session, desk)


def level(desk: Desk, number: str) -> Level:
    return verification(desk, number).level


def audited(desk: Desk, action: str) -> list[dict[str, Any]]:
    with desk.reading() as session:
        wanted = select(AuditEvent.detail).where(AuditEvent.action == action).order_by(col(AuditEvent.id))
        return [json.loads(detail) for detail in session.exec(wanted)]


def verified(desk: Desk, number: str, messages: Messages) -> None:
    """The customer reads a temporary PIN back."""
    send_temporary_pin(desk, number)
    assert check_temporary_pin(desk, number, six_digits(messages()[-1])).passed


# --- the call ---


def test_one_call_at_a_time(desk: Desk, maria: str) -> None:
    assert current_call(desk) is None
    begun = begin_call(desk, maria)
    assert (begun.name, begun.told) == ("Maria Alvarez", "not verified")
    assert current_call(desk) == begun
    with pytest.raises(Refused, match="goes on already"):
        begin_call(desk)
    ended = end_call(later(desk, seconds=134))
    assert ended.seconds(NOW) == 134
    assert current_call(desk) is None
    with pytest.raises(Refused, match="Nobody is on the line"):
        end_call(desk)


def test_a_call_belongs_to_one_agent(desk: Desk, admin: Desk, maria: str) -> None:
    begin_call(desk, maria)
    assert current_call(admin) is None
    begin_call(admin)


def test_the_account_that_is_opened_is_on_the_call_until_someone_is_verified(
    desk: Desk, maria: str, john: str, messages: Messages
) -> None:
    begin_call(desk)
    open_account(desk, john)
    open_account(desk, maria)
    assert current_call(desk).account == maria
    verified(desk, maria, messages)
    open_account(desk, john)
    assert current_call(desk).account == maria


def test_a_call_that_was_forgotten_verifies_nobody_and_makes_way(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    next_day = later(desk, seconds=LONGEST_CALL.total_seconds() + 1)
    assert current_call(next_day) is None
    assert sight(next_day).levels == {}
    assert begin_call(next_day).account is None


def test_a_call_gone_on_with_after_a_crash_is_verified_anew(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    kept = keep_call(desk)
    assert (kept.account, kept.level) == (maria, Level.NONE)
    assert level(desk, maria) is Level.NONE
    assert sight(desk).levels == {}


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


def test_only_who_is_verified_chooses_a_pin(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    with pytest.raises(Refused, match="Only a verified caller"):
        set_pin(desk, maria, PIN)
    verified(desk, maria, messages)
    with pytest.raises(Invalid, match="easy to guess"):
        set_pin(desk, maria, "0143")  # the end of her number
    with pytest.raises(Invalid, match="four digits"):
        set_pin(desk, maria, "12a4")


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


# --- call-back and RQ ---


def test_a_call_back_is_a_call_of_its_own(desk: Desk, maria: str, john: str) -> None:
    first = begin_call(desk, maria)
    back = call_back(desk, maria)
    assert (back.id != first.id, back.outgoing, back.told) == (True, True, "verified by call-back")
    assert sight(desk).hidden(1) == frozenset()
    with pytest.raises(Refused, match="no number of record"):
        call_back(desk, john)


def test_rq_is_for_who_never_had_an_account_and_opens_none(desk: Desk, maria: str) -> None:
    begin_call(desk)
    assert not verify_rq(desk, [("Which store?", True), ("When?", True)])
    assert not verify_rq(desk, [("Which store?", True), ("When?", True), ("What for?", False)])
    assert verify_rq(desk, [("Which store?", True), ("When?", True), ("What for?", True)])
    assert current_call(desk).told == "verified by RQ, no account"
    assert sight(desk) == Sight({}, {})
    assert audited(desk, "verify.rq")[-1]["asked"] == [["Which store?", True], ["When?", True], ["What for?", True]]
    put_on_call(desk, maria)
    with pytest.raises(Refused, match="An account is on this call"):
        verify_rq(desk, [("Which store?", True)])


# --- what ends with the call, and what is revealed ---


def test_the_end_of_the_call_masks_everything(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    reveal(desk, maria, Field.BIRTH_DATE, "the vendor asks for it")
    assert sight(desk).hidden(1) == {Field.CALL_DETAIL}
    end_call(desk)
    assert sight(desk).hidden(1) == ALL


def test_another_caller_on_the_same_call_is_verified_alone(
    desk: Desk, maria: str, john: str, messages: Messages
) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    assert sight(desk).hidden(2) == ALL


def test_a_reveal_says_why_and_is_kept_with_who_what_and_how(desk: Desk, maria: str) -> None:
    with pytest.raises(Invalid, match="Say why"):
        reveal(desk, maria, Field.STREET, " . ")
    reveal(desk, maria, Field.STREET, "a letter came back")
    assert sight(desk).hidden(1) == ALL - {Field.STREET}
    assert audited(desk, "account.reveal") == [
        {"field": "street address", "why": "a letter came back", "method": "no call", "call": None}
    ]
    with pytest.raises(Refused, match="open already"):
        reveal(desk, maria, Field.STREET, "again")


def test_a_reveal_ends_with_the_visit(desk: Desk, maria: str, john: str) -> None:
    reveal(desk, maria, Field.STREET, "a letter came back")
    assert sight(later(desk, minutes=10)).hidden(1) == ALL
    open_account(desk, maria)
    assert Field.STREET not in sight(desk).hidden(1)
    open_account(desk, john)
    assert sight(desk).hidden(1) == ALL
    reveal(desk, maria, Field.STREET, "once more")
    conceal(desk)
    assert sight(desk).hidden(1) == ALL


def test_a_reveal_is_one_agents_alone(desk: Desk, admin: Desk, maria: str) -> None:
    reveal(desk, maria, Field.STREET, "a letter came back")
    assert sight(admin).hidden(1) == ALL


def test_who_takes_no_calls_reveals_nothing(store: Store, desk: Desk, maria: str) -> None:
    trainer = open_desk(store, "trainer05", clock=lambda: NOW)
    with pytest.raises(Refused, match="may not take calls"):
        reveal(trainer, maria, Field.STREET, "curious")


def test_every_step_is_kept_with_the_call(desk: Desk, maria: str, messages: Messages) -> None:
    begin_call(desk, maria)
    verified(desk, maria, messages)
    with desk.reading() as session:
        step = session.exec(select(VerificationStep)).one()
    assert (step.outcome, step.digest) == (Outcome.PASSED, "")
