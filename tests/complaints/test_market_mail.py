"""The mail to the Market: what was previewed goes once, and no more of the customer than its template names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cases.actions import open_case
from data.complaints import actions
from data.complaints.market_mail import preview
from data.complaints.queries import complaint
from data.complaints.rules import CUSTOMER_FIELDS, SUBJECT, TEMPLATE, ComplaintState, fields_of, fill, without_private
from data.complaints.tables import Complaint
from data.desk import Desk
from data.errors import Invalid, Refused
from data.mail.queue import deliver, mail_queue
from data.operators.markets import set_market
from tests.complaints.conftest import TODAY, take


def test_the_market_gets_what_was_previewed_and_gets_it_once(desk: Desk, lead: Desk, case: str) -> None:
    view = take(desk, case)
    shown = preview(lead, view.id)
    with pytest.raises(Invalid, match="301 characters; 300 are kept"):
        actions.send_to_market(lead, view.id, "x" * 301)
    sent = actions.send_to_market(lead, view.id, "Third one this month")
    assert sent.mail is not None
    assert (sent.mail.recipient, sent.mail.subject, sent.mail.body) == (
        "complaints.northeast@carrier.example",
        f"Dealer complaint {view.id}: Harbor Wireless, Yonkers Main St",
        shown.body,
    )
    assert deliver(lead).sent == 1
    (file,) = lead.store.path.with_suffix(".outbox").iterdir()
    assert b"Harbor Wireless" in file.read_bytes()
    with pytest.raises(Refused, match="sent to Market already"):
        actions.send_to_market(lead, view.id)
    assert deliver(lead).sent == 0
    assert len(mail_queue(lead, settled=True)) == 1
    whole = complaint(lead, view.id)
    assert whole.mail is not None
    assert whole.mail.state == "sent"


def test_the_mail_holds_no_more_of_the_customer_than_the_template_names(desk: Desk, lead: Desk, case: str) -> None:
    happened = (
        "Call her on 212-555-0143, 2125550143 or 555 0143, maria@example.com, 12 Oak St, ZIP 10701. PIN is 4821, "
        "SSN 123-45-6789, card 4111 1111 1111 1111, IMEI 490154203237518. Paid $1,234.50 on 11-02-2026."
    )
    view = take(desk, case)
    with desk.store.writing() as session:  # as versions took it that kept any text
        session.get_one(Complaint, view.id).happened = happened
    shown = preview(lead, view.id)
    for private in ("0143", "maria@", "Oak", "10701", "4821", "6789", "4111", "490154"):
        assert private not in shown.body
    assert "Paid $1,234.50 on 11-02-2026." in shown.body
    assert shown.left_out == 10
    assert "Customer: Maria Alvarez, account SV000001" in shown.body
    assert fields_of(TEMPLATE) & CUSTOMER_FIELDS == {"customer", "account"}
    assert fields_of(SUBJECT) & CUSTOMER_FIELDS == set()


def test_a_template_that_does_not_name_the_customer_does_not_tell_of_them() -> None:
    facts = {"customer": "Maria Alvarez", "account": "SV000001", "dealer": "{customer}"}
    assert fill("About {dealer}.", facts, (), TODAY) == "About {customer}."


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("call 555-0187", "call [left out]"),
        ("4821 is his PIN", "[left out] is his PIN"),
        ("the access code is 4821", "the access code is [left out]"),
        ("password is pa$$w0rd", "[left out]"),
        ("born March 14, 1961", "born [left out]"),
        ("1961-03-14 on the form", "[left out] on the form"),
        ("last four of social 1120", "last four of social [left out]"),
        ("4111 1111 1111 1111 12", "[left out]"),
        ("123 45 6789 0123", "[left out]"),
        ("on 2026-05-01 10:00 and 2026-06-01", "on 2026-05-01 10:00 and 2026-06-01"),
        ("$400-1000, 36 x 27.77, on 05-01-2026 at 3:15", "$400-1000, 36 x 27.77, on 05-01-2026 at 3:15"),
    ],
)
def test_what_identifies_somebody_is_left_out_and_amounts_and_days_stay(said: str, goes: str) -> None:
    assert without_private(said, (), TODAY) == goes


@given(st.text(max_size=80), st.text("0123456789", min_size=9, max_size=16), st.sampled_from(["", " ", "-"]))
def test_no_long_number_gets_through(before: str, digits: str, between: str) -> None:
    written = between.join(digits)
    assert written not in without_private(f"{before} {written} now", (), TODAY)


@given(st.text("abc .,{}%$", max_size=40))
def test_plain_words_are_left_alone(text: str) -> None:
    assert without_private(text, ("Zzyzx Rd",), TODAY) == text


def test_a_complaint_without_a_market_is_placed_first(desk: Desk, lead: Desk) -> None:
    orphan = open_case(desk, "Caller without an account").number
    view = take(desk, orphan)
    with pytest.raises(Refused, match="which Market"):
        actions.send_to_market(lead, view.id)
    assert complaint(lead, view.id).complaint.state is ComplaintState.WAITING
    actions.place(lead, view.id, "pacific")
    assert preview(lead, view.id).recipient == "complaints.pacific@carrier.example"
    assert "Customer: -, account -" in preview(lead, view.id).body


def test_a_market_without_an_address_is_told(desk: Desk, lead: Desk, admin: Desk, case: str) -> None:
    view = take(desk, case)
    set_market(admin, "Northeast", email="")
    with pytest.raises(Refused, match="no address for complaints"):
        actions.send_to_market(lead, view.id)
    assert mail_queue(lead) == ()
