"""A change of PIN, e-mail or address is told at the contact before it: by mail, by text, or by a letter that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.command_line import run
from data.audit.queries import audit_events
from data.customers.actions import edit_customer
from data.customers.queries import account
from data.customers.rules import CustomerEdit
from data.desk import Desk
from data.errors import NotPermitted, Refused
from data.mail.letters import letters, letters_waiting, note_posted, print_letters
from data.mail.queue import mail_queue
from data.verification.own_pin import set_pin
from tests.builders import put_on_line
from tests.conftest import NOW


def mails(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.raw() as connection:
        rows: list[tuple[str, str]] = connection.execute("SELECT recipient, body FROM mail ORDER BY id").fetchall()
    return rows


@pytest.mark.parametrize(
    ("edit", "to", "tells"),
    [
        (CustomerEdit(emails=("new@example.com",)), "maria@example.com", "e-mail address"),
        (CustomerEdit(emails=()), "maria@example.com", "e-mail address"),
        (CustomerEdit(street="1 New St"), "maria@example.com", "address"),
        (CustomerEdit(street="1 New St", emails=("new@example.com",)), "maria@example.com", "e-mail address and the"),
    ],
)
def test_a_change_is_told_where_the_customer_was_reached_before(
    desk: Desk, maria: str, edit: CustomerEdit, to: str, tells: str
) -> None:
    put_on_line(desk, maria)
    edit_customer(desk, maria, 1, edit)
    ((recipient, body),) = mails(desk)
    assert recipient == to
    assert f"The {tells}" in body
    assert "new@example.com" not in body
    assert "1 New St" not in body


def test_other_changes_tell_nobody(desk: Desk, maria: str) -> None:
    put_on_line(desk, maria)
    edit_customer(desk, maria, 1, CustomerEdit(last_name="Ruiz", phones=("9145550101",), birth_date="05/02/1980"))
    assert mails(desk) == []


def test_without_an_address_the_number_of_record_is_told(desk: Desk, maria: str) -> None:
    put_on_line(desk, maria)
    edit_customer(desk, maria, 1, CustomerEdit(emails=()))
    edit_customer(desk, maria, 2, CustomerEdit(emails=("late@example.com",)))
    assert [recipient for recipient, _ in mails(desk)] == ["maria@example.com", "2125550143@text.invalid"]


@pytest.mark.parametrize(
    ("days", "to"), [(0, "2125550143@text.invalid"), (29.99, "2125550143@text.invalid"), (30, "second@example.com")]
)
def test_an_address_is_told_of_the_next_one_once_it_is_of_record(desk: Desk, maria: str, days: float, to: str) -> None:
    edit_customer(desk, maria, 1, CustomerEdit(emails=("second@example.com",)), why="asked for by letter")
    then = replace(desk, clock=lambda: NOW + timedelta(days=days))
    edit_customer(then, maria, 2, CustomerEdit(emails=("third@example.com",)), why="asked for by letter")
    assert [recipient for recipient, _ in mails(desk)] == ["maria@example.com", to]


def test_whom_nothing_reaches_is_told_by_letter(desk: Desk, john: str) -> None:
    edit_customer(desk, john, 1, CustomerEdit(street="1 New St"), why="asked for by letter")
    assert mails(desk) == []
    assert account(desk, john).timeline[0].text == "Customer edited: street; tell the customer by letter"


def test_the_letter_goes_to_the_address_before_and_waits_until_it_is_posted(desk: Desk, admin: Desk, john: str) -> None:
    put_on_line(desk, john)
    edit_customer(desk, john, 1, CustomerEdit(street="12 Oak St", city="Yonkers", state="NY", zip="10701"))
    assert letters(admin) == ()  # until then no address was known
    edit_customer(desk, john, 2, CustomerEdit(street="1 New St"))
    (waiting,) = letters(admin)
    assert (waiting.account, waiting.posted_at, letters_waiting(admin)) == (john, None, 1)
    (printed,) = print_letters(admin)
    assert printed.address == ("John Smith", "12 Oak St", "Yonkers, NY 10701")
    assert "The address of your account was changed" in printed.body
    assert "New St" not in printed.body
    note_posted(admin, waiting.id)
    assert (letters(admin), print_letters(admin), len(letters(admin, posted=True))) == ((), (), 1)
    with pytest.raises(Refused, match="admin01 posted that letter already"):
        note_posted(admin, waiting.id)


def test_a_letter_is_for_who_sends_mail_and_its_reading_is_on_the_record(
    desk: Desk, admin: Desk, john: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put_on_line(desk, john)
    edit_customer(desk, john, 1, CustomerEdit(street="12 Oak St"))
    set_pin(desk, john, "2846")
    for read in (letters, print_letters):
        with pytest.raises(NotPermitted):
            read(desk)
    assert letters_waiting(desk) == 0
    assert run(["--store", str(desk.store.path), "--agent", "admin01", "mail", "letters"]) == 0
    assert "Oak" not in capsys.readouterr().out
    assert run(["--store", str(desk.store.path), "--agent", "admin01", "mail", "letters", "--print"]) == 0
    assert capsys.readouterr().out.startswith("John Smith\n12 Oak St\n\n11-22-2026\n\nThe PIN of your account")
    (told,) = audit_events(admin, words="letter.print")
    assert told.detail == {"letters": [1], "accounts": [john]}


def test_the_queue_tells_nobodys_address(desk: Desk, lead: Desk, maria: str) -> None:
    put_on_line(desk, maria)
    edit_customer(desk, maria, 1, CustomerEdit(emails=("new@example.com",)))
    assert [mail.recipient for mail in mail_queue(lead)] == ["the customer"]
    with pytest.raises(NotPermitted, match="may not send mail"):
        mail_queue(desk)
