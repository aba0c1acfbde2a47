"""Promotions, bills and eligibility by keyboard: the two calls that agents of this trade get most."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import data.promotions.pca
from data.billing.queries import explain_bill
from data.desk import Desk, open_desk
from data.mail.queue import mail_queue
from data.promotions.queries import find, line_id, promotion, promotions_of_line
from data.promotions.views import PcaPreview
from data.verification.actions import end_call
from data.verification.rules import DEMO_PIN
from screens.bill import BillScreen
from screens.eligibility import EligibilityScreen
from screens.line import LineScreen
from screens.promotion import PromotionScreen
from screens.promotion_forms import editing
from screens.promotions import PromotionsScreen
from screens.sheet import Sheet
from tests.builders import put_on_line
from tests.conftest import NOW
from tests.promotions.conftest import CAFE, JOHN
from tests.screens.conftest import LARGE, Console, console, keys_of
from tests.screens.counting import Counting

__all__ = ["console"]

MOST_KEYS = 25
KEYS_TO_VERIFY = 10


class Taking(Counting):
    """Somebody who takes calls, and whose keys are counted."""

    async def take_the_call(self, account: str) -> None:
        """Finds the account, begins the call and verifies the caller by PIN."""
        await self.type(account)
        await self.press("enter", "f3", "v", "down", "down", "enter", "down", "down", "enter")
        await self.type(DEMO_PIN)
        await self.press("enter", "enter")
        self.person.sees("verified by PIN")


async def test_what_was_read_before_it_was_put_on_the_line_comes_too_late(
    console: Console, demo: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = line_id(demo, JOHN, "5185550187")
    applied, read = threading.Event(), data.promotions.pca.preview

    def late(*asked: Any) -> PcaPreview:
        seen = read(*asked)
        applied.wait(30)
        return seen

    async with console(at=demo) as person:
        await person.open(PromotionScreen("5020", JOHN, line, find(demo, "expected $400").said))
        monkeypatch.setattr(data.promotions.pca, "preview", late)
        await person.press("a")
        await person.pilot.press("right", "enter")
        while "✓ On the line: OST 5020" not in person.screen_text:
            await person.pilot.pause()
        applied.set()
        await person.rest()
        person.sees("The line has it")


async def test_expected_400_and_not_receiving_it(console: Console, demo: Desk) -> None:
    end_call(demo)
    async with console(at=demo) as person:
        caller = Taking(person)
        await caller.take_the_call(JOHN)
        await caller.press("p")
        await caller.type("expected $400")
        person.sees("✓ 5020 Galaxy S24 FE, autumn upgrade", "$400.00, $11.11 × 36 months")
        await caller.press("enter", "enter")
        person.sees("$11.11 a month for 36 months from 12-05-2026, $400.00 in all", "Note to case")
        await caller.press("a", "right", "enter")
        person.sees("✓ On the line: OST 5020 Galaxy S24 FE, autumn upgrade, $11.11 a month, from 12-05-2026.")
        person.sees("The line has it")
        line = line_id(demo, JOHN, "5185550187")
        assert [one.ost for one in promotions_of_line(demo, line)] == ["5020"]
        assert caller.keys <= MOST_KEYS
        await person.press("escape")
        person.sees("Promotions for SV093004, line 518-555-0187")  # though it would now fit another line only
        await person.press("enter", "u")
        person.sees("OST 5020 is off the line again.")
        assert promotions_of_line(demo, line) == ()


async def test_the_bill_is_higher_than_quoted(console: Console, demo: Desk) -> None:
    put_on_line(demo, CAFE)
    async with console(at=demo) as person:
        caller = Taking(person)
        await caller.type(CAFE)
        await caller.press("enter", "b")
        await caller.type("206.78")
        await caller.press("enter")
        person.sees("More than quoted, of which", "$27.77 OST 5030", "not applied", "$40.00 autopay off, 4 lines")
        assert caller.keys + KEYS_TO_VERIFY <= MOST_KEYS
        await caller.press("down", "down", "enter")
        assert isinstance(person.app.screen, PromotionScreen)
        person.sees("$27.77 a month for 36 months")


async def test_what_was_understood_can_be_corrected(console: Console, demo: Desk) -> None:
    async with console(at=demo, size=LARGE) as person:
        await person.open(PromotionsScreen(JOHN))
        await person.press("f4")
        person.sees("What the customer says")
        await person.press("down", "down", "down", "down", "down", "down", "i", "ctrl+s")
        person.sees("loyalty", "✓ 5021")


async def test_the_facts_of_a_masked_account_are_not_told(console: Console, demo: Desk) -> None:
    put_on_line(demo, CAFE, None)
    async with console(at=demo) as person:
        for screen in (PromotionsScreen(JOHN), BillScreen(JOHN), EligibilityScreen(JOHN)):
            await person.open(screen)
            person.sees("masked")
            person.does_not_see("S24 FE")
            await person.press("escape")
        await person.open(PromotionScreen("5021", JOHN))
        await person.press("a")
        person.sees("No line is chosen", "v verifies the caller")
        person.does_not_see("see why above")


async def test_a_masked_bill_has_its_keys_until_it_is_shown(console: Console, demo: Desk) -> None:
    put_on_line(demo, CAFE, None)
    async with console(at=demo) as person:
        person.app.push_screen(BillScreen(CAFE))
        await person.rest()
        person.sees("Verify the caller (v)")
        person.does_not_see("⏎ Open")
        await person.press("v", "down", "down", "enter", "down", "down", "enter")
        await person.type("4071")
        await person.press("enter", "enter")
        person.sees("verified by PIN", "Unlimited")
        await person.type("206.78")
        await person.press("enter")
        person.sees("More than quoted, of which")


async def test_a_label_is_asked_for_and_followed(console: Console, demo: Desk) -> None:
    async with console(at=demo) as person:
        await person.open(EligibilityScreen(JOHN))
        person.sees("Early upgrade", "yes: $461.00 of $829.99 paid", "Return by label")
        await person.press("enter")
        person.sees("the 30 days of the guarantee ended on 11-19-2026")
        await person.press("G", "enter", "right", "enter")
        person.sees("for moto g play is asked for")
        await person.press("enter", "enter")
        person.sees("is sent")


async def test_a_lead_writes_a_revision(console: Console, lead: Desk) -> None:
    async with console(at=lead, size=LARGE) as person:
        await person.open(PromotionScreen("5001"))
        await person.press("e")
        person.sees("New revision of OST 5001")
        form = person.app.screen
        form.query_one("#form-amount").value = "450.00"  # type: ignore[attr-defined]
        await person.press("ctrl+s")
        person.sees("✓ OST 5001 has a new revision.", "$450.00 once")
    assert [one.terms.cents for one in promotion(lead, "5001")] == [400_00, 450_00]
    assert promotion(lead, "5001")[0].terms.valid_to == NOW.date() - timedelta(1)


@pytest.mark.parametrize("until", ["12-31-2026", "2026-12-31"])
async def test_a_revision_shows_days_as_every_screen_does_and_takes_them_as_files_do(
    console: Console, lead: Desk, until: str
) -> None:
    terms = replace(promotion(lead, "5001")[0].terms, valid_to=NOW.date() + timedelta(9))
    async with console(at=lead) as person:
        await person.open(editing(terms, NOW.date()))
        person.sees(f"{NOW:%m-%d-%Y}", f"{terms.valid_to:%m-%d-%Y}")
        person.does_not_see(f"{NOW:%Y-%m-%d}")
        form = person.app.screen
        form.query_one("#form-valid_to").value = "soon"  # type: ignore[attr-defined]
        await person.press("ctrl+s")
        person.sees("is not a day; write 05-01-2026")
        form.query_one("#form-valid_to").value = until  # type: ignore[attr-defined]
        await person.press("ctrl+s")
    newest = promotion(lead, "5001")[-1].terms
    assert (newest.valid_from, newest.valid_to) == (NOW.date(), date(2026, 12, 31))


async def test_the_longest_form_keeps_its_keys_and_what_is_wrong_in_sight(console: Console, lead: Desk) -> None:
    async with console(at=lead) as person:
        await person.open(PromotionsScreen())
        await person.press("ctrl+n", "ctrl+s")
        person.sees("! Bought from", "! Say the first day of purchase.", "^s Save")
        await person.hurry("shift+tab", *["up"] * 5)
        person.does_not_see("Read out")
        await person.press("up")
        person.sees("Read out", "^s Save")


async def test_a_store_without_promotions_says_what_to_do(console: Console, desk: Desk) -> None:
    async with console(at=desk) as person:
        await person.open(PromotionsScreen())
        person.sees("The catalogue is empty.", "careline promo import")


async def test_a_bill_is_explained_by_lines_mailed_and_covered(console: Console, demo: Desk) -> None:
    async with console(at=demo) as person:
        await person.open(BillScreen(JOHN))
        person.sees("International calling")
        await person.hurry(*keys_of("0187=45"), "enter")
        person.sees(f"${explain_bill(demo, JOHN, by_line={'5185550187': Decimal(45)}).difference}")
        await person.press("n", "m")
        person.sees("estimate of the bill of 12-05-2026", "Mail the estimate of $195.33 for 12-05-2026 to")
        await person.press("right", "enter")
        person.sees("✓ The estimate is in the queue")
        lead = open_desk(demo.store, "lead03", clock=lambda: NOW)
        assert any(mail.key.startswith(f"estimate/{JOHN}") for mail in mail_queue(lead))
        person.app.screen.query_one("#quoted").focus()
        await person.press("x", "enter")
        person.sees("is not an amount")
        await person.press("f3", "f3")
        person.does_not_see("International calling")


async def test_from_a_line_what_does_not_fit_says_why_and_offers_a_credit(console: Console, demo: Desk) -> None:
    line = line_id(demo, JOHN, "5185550187")
    async with console(at=demo) as person:
        await person.open(LineScreen(JOHN, line))
        for key, screen in (("p", PromotionsScreen), ("b", BillScreen), ("E", EligibilityScreen)):
            await person.press(key)
            assert isinstance(person.app.screen, screen)
            await person.press("escape")
        await person.open(PromotionScreen("5021", JOHN, line))
        person.sees("OST 5021 does not fit, loyalty: not loyalty")
        await person.press("e")
        person.sees("may not change the promotions catalogue")
        await person.press("a")
        person.sees("r asks for a credit instead")
        await person.press("r")
        assert isinstance(person.app.screen, Sheet)
        person.sees("VZ Promo")
