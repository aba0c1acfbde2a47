"""Credits at the console: which way one goes, asked for, agreed, issued month by month; and the set-up fee."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from data.cases.actions import change_status
from data.cases.queries import find_cases
from data.cases.rules import Status
from data.credits import actions, agreements
from data.credits.queries import credit, credits_of_account, credits_of_case
from data.credits.rules import AgreementState, CreditKind, CreditState
from data.credits.setup_fee import setup_fee
from data.desk import Desk
from data.errors import Refused
from screens.case import CaseScreen
from screens.credit import CreditScreen
from screens.credits import CreditsScreen
from screens.new_credit import CreditForm
from screens.setup_fee import SetUpFeeWalk
from screens.widgets.one_of import OneOf
from tests.credits.conftest import ask
from tests.screens.conftest import Console

WAYS = {
    "50": "You grant it alone",
    "199.99": "Neither an On Call Resolution nor a Release Agreement",
    "200": "a Release Agreement is signed. No On Call Resolution",
    "200.01": "On Call Resolution: a lead decides in the moment",
    "499.99": "On Call Resolution: a lead decides in the moment",
    "500.00": "a Release Agreement is signed. No On Call Resolution",
    "x": "is not an amount",
}


async def test_the_form_says_which_way_it_goes_before_anything_is_asked(
    console: Console, desk: Desk, case: str
) -> None:
    async with console() as person:
        await person.open(CaseScreen(case))
        await person.press("r", "ctrl+s")
        person.sees("! Amount", "! There is no amount yet. Write dollars and cents")
        assert person.app.focused is person.app.screen.query_one("#form-amount")
        for amount, told in WAYS.items():
            await person.press("ctrl+u")
            await person.type(amount)
            person.sees(told)
    assert credits_of_case(desk, case).credits == ()


@pytest.mark.parametrize(
    ("field", "typed", "wrong"), [("amount", "x", "is not an amount"), ("months", "x", "a number")]
)
async def test_what_is_wrong_is_said_once(
    console: Console, desk: Desk, case: str, field: str, typed: str, wrong: str
) -> None:
    async with console() as person:
        await person.open(CaseScreen(case))
        await person.press("r")
        person.app.screen.query_one("#form-kind", OneOf).value = CreditKind.VZ_PROMO
        person.app.screen.query_one("#form-amount", Input).value = "40"
        place = person.app.screen.query_one(f"#form-{field}", Input)
        place.value = typed
        await person.rest()
        person.sees(wrong)
        await person.press("ctrl+s")
        assert person.screen_text.count(wrong) == 1
        place.focus()
        await person.press("backspace", "x")
        assert person.screen_text.count(wrong) == 1


async def test_what_was_read_before_a_step_does_not_take_its_place(console: Console, desk: Desk, case: str) -> None:
    asked = ask(desk, case, "40.00")  # which the agent grants alone
    async with console() as person:
        screen = CreditScreen(asked.id)
        await person.open(screen)
        before, turn = screen.whole, screen.turn
        assert before is not None
        await person.press("i", "right", "enter")
        screen.post_message(CreditScreen.Came(before, turn=turn))  # a read that comes late
        await person.rest()
        person.sees("✓ Issued.", "✓ issued")


async def test_an_unsigned_credit_is_not_issued_and_says_what_to_do(
    console: Console, desk: Desk, later_lead: Desk, case: str
) -> None:
    view = ask(desk, case, "300.00")
    async with console() as person:
        await person.open(CreditScreen(view.id))
        await person.press("a")
        person.sees("An agent may not decide about credits.")
        await person.press("i")
        person.sees("Nobody has approved this credit yet. It waits for a lead.")
        actions.approve(later_lead, view.id)
        await person.until("None yet. A draws it up.")
        await person.press("f5", "i")
        person.sees("is not issued before its Release Agreement is signed.", "Draw the agreement up")
        agreements.draw_up(desk, view.id)
        await person.press("f5", "A", "enter")
        await person.press("enter")
        person.sees("is sent", "to address of record")
        await person.press("i")
        person.sees("Once the customer has signed it, note that under Agreement")
        await person.press("A", "down", "enter")
        await person.type("no")
        await person.press("enter")
        person.sees("declined", "a new agreement, or to be withdrawn")
        await person.press("w")
        await person.type("no need")
        await person.press("enter")
        person.sees("withdrawn", "no need")
        await person.press("u")
        person.sees("Undone")
    assert credit(desk, view.id).credit.state is CreditState.APPROVED
    assert credit(desk, view.id).agreements[0].state is AgreementState.DECLINED


async def test_enter_on_a_version_of_the_agreement_saves_that_one(
    console: Console, desk: Desk, lead: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    view = ask(desk, case, "300.00")
    actions.approve(lead, view.id)
    for _ in range(2):
        agreements.draw_up(desk, view.id)
    async with console() as person:
        await person.open(CreditScreen(view.id))
        person.app.screen.versions.focus()
        await person.press("end", "enter", "enter")
        person.sees("✓ Saved as")
    assert (tmp_path / "release-agreement-1-1.pdf").read_bytes() == agreements.document(desk, view.id, 1)


async def test_a_credit_by_the_month_says_how_many_remain(console: Console, desk: Desk, lead: Desk, case: str) -> None:
    view = ask(desk, case, "100.00", kind=CreditKind.VZ_PROMO, months=10)
    actions.approve(lead, view.id)
    async with console() as person:
        await person.open(CreditScreen(view.id))
        person.sees("It needs none.", "0 of 10 months", "10 remain ($100.00)")
        await person.press("i")
        person.sees("Note that month 1 of 10 was issued?")
        await person.press("enter")
        person.sees("0 of 10 months")
        await person.press("i", "right", "enter")
        person.sees("1 of 10 months, $10.00, 9 remain ($90.00)")
        await person.press("i")
        person.sees("Note that month 2 of 10 was issued?")
        actions.issue(lead, view.id)
        await person.press("right", "enter")
        person.sees("Month 3 is the next one, not 2.", "2 of 10 months")


async def test_from_an_account_a_case_is_chosen_or_opened_in_the_same_go(
    console: Console, desk: Desk, case: str
) -> None:
    change_status(desk, case, Status.CLOSED, resolution="done")
    async with console() as person:
        await person.open_account("SV000001")
        person.sees("Credits none. r asks for one.")
        await person.press("r")
        person.sees("new case, opened with this request")
        await person.press("tab", "tab")
        await person.type("20")
        await person.press("ctrl+s")
        person.sees("Say why the customer is to have it.")
        assert len(find_cases(desk, "SV000001")) == 1
        await person.type("promised")
        await person.press("ctrl+s")
        person.sees("Credit 1 of $20.00 on case", "is approved", "Credits 1 · $20.00 to issue")
        await person.press("r")
        await person.press("n", "n")
        person.sees("none, the account itself")
        await person.press("tab", "tab")
        await person.type("21")
        await person.press("tab")
        await person.type("promised too")
        await person.press("ctrl+s")
        await person.press("dollar_sign")
        assert isinstance(person.app.screen, CreditsScreen)
        person.sees("Credits of account SV000001", "$41.00 to issue", "promised too")
    opened = find_cases(desk, "SV000001")[0]
    assert opened.subject == "promised"
    assert [view.case for view in credits_of_account(desk, "SV000001").credits] == [None, opened.number]


async def test_leaving_a_form_half_filled_asks(console: Console, desk: Desk, case: str) -> None:
    async with console() as person:
        await person.open(CaseScreen(case))
        await person.press("r", "tab", "5", "escape")
        person.sees("Not done yet: Credit on case")
        await person.press("enter")
        assert isinstance(person.app.screen, CreditForm)
        await person.press("escape", "right", "enter")
        assert isinstance(person.app.screen, CaseScreen)


async def test_a_set_up_fee_is_explained_then_the_coupon_offered_and_asked_for(
    console: Console, desk: Desk, case: str
) -> None:
    async with console() as person:
        await person.open(CaseScreen(case))
        await person.press("r", "d", "tab")
        await person.type("50")
        person.sees("A set-up fee is explained first")
        await person.press("tab")
        await person.type("fee not told")
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, SetUpFeeWalk)
        person.sees("Explain the set-up fee.", "is charged once")
        await person.press("enter")
        person.sees("Offer the accessory coupon.")
        await person.press("enter", "enter")
        assert isinstance(person.app.screen, CreditForm)
        person.sees("Accessory coupon")
        await person.press("escape", "right", "enter")
        with pytest.raises(Refused, match="accepted an accessory coupon"):
            change_status(desk, case, Status.CLOSED, resolution="done")
        await person.press("r", "a", "tab", "2", "5", "tab")
        await person.type("for the fee")
        await person.press("ctrl+s")
        person.sees("Credit 1 of $25.00", "is approved")
    assert setup_fee(desk, case).has_coupon
    assert change_status(desk, case, Status.CLOSED, resolution="done").status is Status.CLOSED


async def test_in_a_closed_case_nothing_is_asked_for(console: Console, desk: Desk, case: str) -> None:
    change_status(desk, case, Status.CLOSED, resolution="done")
    async with console() as person:
        await person.open(CaseScreen(case))
        person.does_not_see("r asks for one", "T adds a task")
        await person.press("r")
        person.sees("This case is closed. K clones it; ask in the clone.")
