"""Who opens many accounts without a call is told to the lead; a change of contact is told at the previous one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.command_line import run
from data.audit.queries import audit_events
from data.cases.dashboard import pending
from data.cases.pending import ItemKind
from data.customers.actions import edit_customer, open_account
from data.customers.rules import CustomerEdit
from data.desk import Desk
from data.errors import NotPermitted, Refused
from data.mail.letters import letters, letters_waiting, note_posted, print_letters
from data.operators.actions import set_rule
from data.operators.rules import BULK_LOOK_RULE
from data.verification.actions import begin_call, end_call, see_bulk_look
from data.verification.own_pin import set_pin
from data.verification.queries import bulk_looks
from tests.builders import add_customer, put_on_line
from tests.conftest import NOW


@pytest.fixture
def accounts(desk: Desk, admin: Desk) -> list[str]:
    """Five accounts; more than three opened without a call within an hour are too many."""
    set_rule(admin, BULK_LOOK_RULE, "3")
    numbers = [f"SV{number:06}" for number in range(1, 6)]
    for number in numbers:
        add_customer(desk, number, first_name="Ann", last_name="Walker")
    return numbers


def looked(desk: Desk, numbers: list[str], *, minutes: int = 0) -> None:
    then = replace(desk, clock=lambda: NOW + timedelta(minutes=minutes))
    for number in numbers:
        open_account(then, number)


def test_the_number_itself_is_allowed(desk: Desk, lead: Desk, accounts: list[str]) -> None:
    looked(desk, accounts[:3] * 3)
    assert bulk_looks(lead) == ()


def test_one_more_is_told_to_the_lead_once_until_it_is_seen(desk: Desk, lead: Desk, accounts: list[str]) -> None:
    looked(desk, accounts)
    (notice,) = bulk_looks(lead)
    assert (notice.agent, notice.accounts, notice.seen_by) == ("agent07", 5, "")
    (item,) = [item for item in pending(lead).items if item.kind is ItemKind.LOOK]
    assert item.text == "agent07 opened 5 accounts without a call within an hour"
    assert not [item for item in pending(desk).items if item.kind is ItemKind.LOOK]
    see_bulk_look(lead, notice.id)
    assert (bulk_looks(lead), len(pending(lead))) == ((), 0)
    assert bulk_looks(lead, seen=True)[0].seen_by == "lead03"


def test_an_hour_is_an_hour(desk: Desk, lead: Desk, accounts: list[str]) -> None:
    looked(desk, accounts[:2])
    looked(desk, accounts[2:4], minutes=60)
    assert bulk_looks(lead) == ()
    looked(desk, accounts[4:] + accounts[:1], minutes=60)
    assert bulk_looks(lead)[0].accounts == 4


def test_what_is_opened_on_a_call_is_no_looking(desk: Desk, lead: Desk, accounts: list[str]) -> None:
    looked(desk, accounts[:3])
    begin_call(desk)
    looked(desk, accounts)
    end_call(desk)
    assert bulk_looks(lead) == ()


def test_only_who_leads_sees_who_looked(desk: Desk, accounts: list[str]) -> None:
    with pytest.raises(Refused, match="may not see and share out"):
        bulk_looks(desk)


def test_the_command_line_looks_count_too(
    desk: Desk, lead: Desk, accounts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for number in accounts:
        assert run(["--store", str(desk.store.path), "--agent", "agent07", "account", number]) == 0
    assert bulk_looks(lead)[0].accounts == 5
    capsys.readouterr()
    assert run(["--store", str(desk.store.path), "--agent", "lead03", "call", "looks"]) == 0
    assert "agent07: 5 accounts without a call" in capsys.readouterr().out
    assert run(["--store", str(desk.store.path), "--agent", "lead03", "call", "seen", "1"]) == 0


# --- notices to the previous contact ---


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
    from data.customers.queries import account

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
    from data.mail.queue import mail_queue

    put_on_line(desk, maria)
    edit_customer(desk, maria, 1, CustomerEdit(emails=("new@example.com",)))
    assert [mail.recipient for mail in mail_queue(lead)] == ["the customer"]
    with pytest.raises(NotPermitted, match="may not send mail"):
        mail_queue(desk)
