"""Complaints about dealers at the console: taken, reviewed beside the case, sent to the Market, counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.cases.actions import open_case
from data.complaints.queries import complaint, review_queue
from data.complaints.rules import ComplaintState
from data.desk import Desk
from data.mail.queue import MailState, mail_queue
from data.operators.markets import set_market
from screens.case import CaseScreen
from screens.complaint_report import ReportScreen
from screens.complaints import ComplaintsScreen
from screens.mail import MailScreen, Preview
from screens.review import ReviewScreen
from tests.screens.conftest import LARGE, SMALL, Console, Person


async def take(person: Person, number: str) -> None:
    """Takes a complaint from the case by keyboard."""
    await person.open(CaseScreen(number))
    await person.press("D")
    await person.type("Harbor Wireless")
    await person.press("tab", "tab")
    await person.type("Dana")
    await person.press("tab", "f", "tab")
    await person.type("No fee")
    await person.press("tab")
    await person.type("A fee of 50 on 212-555-0143")
    await person.press("ctrl+s")


async def test_a_complaint_goes_from_the_case_by_questions_to_the_market(
    console: Console, desk: Desk, admin: Desk, lead: Desk, case: str
) -> None:
    set_market(admin, "Northeast", email="complaints@market.example")
    async with console() as person:
        await take(person, case)
        person.sees("✓ Complaint 1 about Harbor Wireless waits for a lead's review.", "Dealer complaints")
    async with console(at=lead, size=LARGE) as person:
        await person.press("ctrl+g")
        person.sees("Complaints that wait for review: 1", "Harbor Wireless, Dana", "Fee not told")
        await person.press("enter")
        person.sees("A fee of 50", "promised $300, not applied", "Maria Alvarez SV000001")
        await person.press("b")
        person.sees("Send back")
        person.does_not_see("Save")
        await person.type("Which store")
        await person.press("ctrl+s")
        person.sees("✓ Back with questions.", "back with questions")
        await person.press("s")
        person.sees("This complaint is back with the agent who took it.")
    async with console() as person:
        await person.open(ReviewScreen(1))
        await person.press("s")
        person.sees("An agent may not review dealer complaints.")
        await person.press("w")
        await person.type("Main St")
        await person.press("ctrl+s")
        person.sees("✓ Answered; it is back in review.")
    async with console(at=lead) as person:
        await person.open(ReviewScreen(1))
        await person.press("s")
        assert isinstance(person.app.screen, Preview)
        person.sees("To complaints@market.example", "1 thing that names the customer is left out.", "↓ Further")
        await person.hurry(*["down"] * 30)
        person.sees("customer care")
        await person.press("escape")
        assert mail_queue(lead) == ()
        assert complaint(lead, 1).complaint.state is ComplaintState.WAITING
        await person.press("s")
        await person.type("the third")
        await person.press("ctrl+s")
        await person.until("sent to Market", "the third")
        assert [one.state for one in mail_queue(lead, settled=True)] == [MailState.SENT]
        await person.press("x")
        person.sees("This complaint is sent to Market already.")
    assert review_queue(lead) == ()
    [letter] = lead.store.path.with_suffix(".outbox").glob("*.eml")
    assert "555-0143" not in letter.read_text(encoding="utf-8")


async def test_a_complaint_without_a_market_says_so_and_gets_one(console: Console, desk: Desk, lead: Desk) -> None:
    orphan = open_case(desk, "Caller without an account").number
    async with console() as person:
        await take(person, orphan)
    async with console(at=lead, size=SMALL) as person:
        await person.open(ReviewScreen(1))
        await person.press("s")
        person.sees("Nobody has said which Market this complaint belongs to. Name it: M on the screen")
        await person.press("M")
        person.sees("Which Market does it belong to?")
        await person.press("g", "enter")
        person.sees("✓ It belongs to the")
        await person.press("x")
        await person.press("ctrl+s")
        person.sees("Say why it is closed.")
        await person.type("The dealer paid")
        await person.press("ctrl+s")
        person.sees("✓ Closed; the Market hears nothing.", "The dealer paid")


async def test_the_report_counts_and_is_saved(
    console: Console, desk: Desk, lead: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with console() as person:
        await take(person, case)
    async with console(at=lead) as person:
        await person.open(ComplaintsScreen())
        await person.press("t")
        assert isinstance(person.app.screen, ReportScreen)
        person.sees("Complaints by ‹ dealer ›", "Harbor Wireless", "1 waiting for review", "█")
        await person.press("right", "right")
        person.sees("Complaints by ‹ rep ›", "Dana")
        await person.press("s", "enter")
        person.sees("✓ Saved as")
        await person.press("s", "enter")
        person.sees("There is already a file at")
        await person.press("escape", "p")
        for _ in "11-22-2026":
            await person.pilot.press("backspace")
        await person.type("nonsense")
        await person.press("ctrl+s")
        person.sees("is not a day; write it as MM-DD-YYYY.")
        await person.press("ctrl+u")
        await person.type("2026-11-22")
        await person.press("ctrl+s")
        person.sees("11-22-2026", "1 waiting for review")
    [saved] = tmp_path.glob("*.csv")
    assert "Dana,1" in saved.read_text(encoding="utf-8")


async def test_mail_that_did_not_go_is_seen_and_tried_again(
    console: Console, desk: Desk, admin: Desk, lead: Desk, case: str
) -> None:
    set_market(admin, "Northeast", email="complaints@market.example")
    async with console() as person:
        await take(person, case)
    outbox = lead.store.path.with_suffix(".outbox")
    outbox.write_text("in the way", encoding="utf-8")
    async with console(at=lead) as person:
        await person.open(ReviewScreen(1))
        await person.press("s", "ctrl+s")
        await person.until("sent to Market")
        await person.open(MailScreen())
        person.sees("Mail that did not go yet: 1", "waiting", "can't be written", "To complaints@market.example")
        await person.press("s")
        person.sees("Nothing is due now. What waits goes by itself later.")
        outbox.unlink()
        await person.press("a")
        person.sees("This mail is waiting.")
        await person.press("w")
        person.sees("All mail: 1")
