"""A window that becomes wider shows more of what was shortened, and takes nothing away from who types in it."""

from __future__ import annotations

import pytest

from data.agents.rules import Permission
from data.cases.actions import open_case
from data.cases.rules import SUBJECT_LIMIT
from data.desk import Desk, action, open_desk
from data.mail.queue import queue_mail
from data.store import Store
from screens.bulk import BulkScreen
from screens.mail import MailScreen
from tests.builders import add_customer
from tests.conftest import NOW
from tests.screens.conftest import Console, Person

SUBJECT = "Complaint about Harbor Wireless: the promised $400 for the trade-in never came"
WIDE = (180, 40)


@action("test.resized", needs=Permission.SEND_MAIL)
def queue(desk: Desk) -> None:
    queue_mail(desk, "complaint/1", "market@carrier.example", SUBJECT, "Body")


@pytest.fixture
def lead(store: Store) -> Desk:
    return open_desk(store, "lead03", clock=lambda: NOW)


async def widen(person: Person) -> None:
    await person.pilot.resize_terminal(*WIDE)
    await person.rest()


async def test_the_mail_shows_its_whole_subject_where_there_is_room(console: Console, lead: Desk) -> None:
    queue(lead)
    async with console(at=lead) as person:
        await person.open(MailScreen())
        row = next(line for line in person.screen_text.splitlines() if "· waiting" in line)
        assert SUBJECT not in row
        await widen(person)
        row = next(line for line in person.screen_text.splitlines() if "· waiting" in line)
        assert SUBJECT in row


async def test_many_cases_show_their_whole_subjects_where_there_is_room(console: Console, desk: Desk) -> None:
    subject = "Promised $400 for the trade-in, and nothing came ".ljust(SUBJECT_LIMIT, "x")
    number = open_case(desk, subject).number
    async with console() as person:
        await person.press("f9", "b", "enter", "o", "k", "ctrl+s")
        assert isinstance(person.app.screen, BulkScreen)
        person.does_not_see(subject)
        await widen(person)
        assert f"✓ {number}  {subject}" in person.screen_text


async def test_what_is_typed_stays_in_a_window_of_another_size(console: Console, desk: Desk) -> None:
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez")
    async with console() as person:
        await person.open_account("SV000001")
        await person.press("e")
        await person.type("Mary")
        await widen(person)
        person.sees("First name Mary")
        assert person.app.focused is person.app.screen.query_one("#first_name")
