"""How a caller is verified: the prompts in their order, where a message goes, and the link that the customer opens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.agents.rules import Permission
from data.agents.tokens import make_token
from data.customers.actions import edit_customer
from data.customers.queries import account
from data.customers.rules import CustomerEdit
from data.desk import Desk, open_desk
from data.errors import NotPermitted, Refused
from data.operators.tables import Operator
from data.verification.actions import begin_call, end_call
from data.verification.own_pin import check_pin
from data.verification.queries import current_call, verification
from data.verification.records import Record
from data.verification.rules import Field, Method
from data.verification.verifying import (
    check_temporary_pin,
    confirm_link,
    open_link_in_demo,
    pass_over,
    send_link,
    send_temporary_pin,
)
from tests.verification.calling import Messages, audited, later, sight
from tests.verification.conftest import six_digits


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
