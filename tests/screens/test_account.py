"""Reading an account by keyboard: what stands first, what a warning leads to, and the ways from there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from textual.widgets import Input, OptionList

from data.customers.queries import account
from data.desk import Desk, open_desk
from data.errors import Refused
from data.lifeline.dates import expires_on
from data.lifeline.rules import Notice, NoticeKind, Urgency, VerificationState
from data.lifeline.service import enrol, report_duplicate
from data.lifeline.tables import LifelineEnrolment
from data.lines.queries import LineView
from data.operators.tables import Operator
from screens.account import AccountScreen
from screens.account_rows import rooms
from screens.dialog import Question
from screens.edit import EditScreen
from screens.help import HelpScreen
from screens.line import LineScreen
from screens.services import ServicesScreen
from screens.widgets.notices import notice_row
from tests.builders import add_customer, put_on_line
from tests.conftest import NOW
from tests.screens.conftest import LARGE, SMALL, Console


@pytest.fixture
def maria(desk: Desk) -> str:
    add_customer(
        desk,
        "SV000001",
        first_name="Maria",
        last_name="Alvarez",
        mdns=["2125550143", "2125550187"],
        device={"meid": "A0000000002329", "make": "Samsung", "model": "Galaxy A15"},
        street="12 Elm St",
        city="Yonkers",
        state="NY",
        zip="10701",
        phones=["2125550143"],
    )
    put_on_line(desk, "SV000001")
    return "SV000001"


@pytest.fixture
def failed(desk: Desk, maria: str) -> str:
    """Maria has Lifeline; NLAD did not accept her birth date, and 11 days are left to recertify."""
    due = NOW.date() + timedelta(days=11)
    initiated = date(due.year - 5, due.month, due.day)
    with desk.store.writing() as session:
        session.add(
            LifelineEnrolment(
                account_id=account(desk, maria).id,
                vendor="NLAD",
                state="enrolled",
                sac="123456",
                initiated_on=initiated,
                recertified_on=date(due.year - 1, due.month, due.day),
                expires_on=expires_on(initiated, date(due.year - 1, due.month, due.day)),
                verification=VerificationState.FAILED,
                error_code="TPIV_FAIL_DOB",
            )
        )
    return maria


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_matters_stands_first_in_words(console: Console, failed: str, size: tuple[int, int]) -> None:
    async with console(size=size) as person:
        await person.open_account(failed)
        person.sees(
            "! Customer Verification has failed or needs to be updated with NLAD",
            "TPIV_FAIL_DOB",
            "e Edit",
            "This customer's Lifeline certification will expire on 12-03-2026.",
            "11 days left",
        )
        lines = person.screen_text.splitlines()
        place = {text: next(i for i, line in enumerate(lines) if text in line) for text in ("Customer Ver", "SV000001")}
        assert place["Customer Ver"] < place["SV000001"]


async def test_where_a_list_ends_the_keys_move_the_whole_account(console: Console, failed: str) -> None:
    async with console(size=SMALL) as person:
        await person.open_account(failed)
        body = person.app.screen.query_one("#body")
        await person.press("pagedown")
        page = body.scroll_y
        await person.press("pageup")
        assert body.scroll_y == 0 < page
        await person.press("down", "down", "down", "down")
        assert body.scroll_y > 0


async def test_color_tells_what_was_refused_from_what_was_done(console: Console, maria: str) -> None:
    async with console() as person:
        await person.open_account(maria)
        screen = person.app.screen
        for sentence, classes in (("! No.", {"-refused"}), ("✓ Done.", {"-done"}), ("Submitting …", set())):
            screen.say(sentence)
            assert screen.trouble.classes == classes


async def test_enter_on_a_warning_does_what_it_asks_for(console: Console, failed: str) -> None:
    async with console() as person:
        await person.open_account(failed)
        await person.press("enter")
        assert isinstance(person.app.screen, EditScreen)
        assert person.app.screen.focused is person.app.screen.place("birth_date")


async def test_what_the_vendor_refused_is_marked_as_refused(console: Console, failed: str) -> None:
    async with console() as person:
        await person.open_account(failed)
        await person.press("s")
        person.sees("! NLAD refused it. TPIV_FAIL_DOB: the birth date does not match.")


@pytest.mark.parametrize("width", range(40, 90, 7))
def test_the_key_of_a_warning_stands_on_one_line(width: int) -> None:
    how = "If they do not qualify: `careline lifeline de-enroll A1`. If they do: `careline lifeline settle A1`."
    shown = notice_row(Notice(NoticeKind.DUPLICATE, Urgency.URGENT, "A second benefit.", "5 days left.", how), width)
    assert shown.plain.endswith("⏎ Do it") and max(map(len, shown.plain.splitlines())) <= width


async def test_a_warning_is_acted_on_without_a_shell(console: Console, desk: Desk, failed: str) -> None:
    async with console(size=LARGE) as person:
        await person.open_account(failed)
        person.sees("Once it did: note the recertification. ⏎ Do it")
        await person.press("down", "enter")
        person.sees("Note the recertification: SV000001", "11-22-2026")
        await person.press("enter")
        person.sees("✓ Done: note the recertification, 11-22-2026.")
        person.does_not_see("will expire on 12-03-2026")
    enrolment = account(desk, failed).enrolment
    assert enrolment is not None
    assert enrolment.recertified_on == NOW.date()


@pytest.mark.parametrize(("ended", "wanted"), [(0, date(2026, 11, 22)), (1, date(2025, 11, 21))])
async def test_after_the_last_day_to_answer_nobody_recertifies_by_leaving_the_day_as_it_stands(
    console: Console, desk: Desk, maria: str, ended: int, wanted: date
) -> None:
    enrol(desk, maria, date(2025, 11, 22) - timedelta(days=ended))
    async with console(size=LARGE) as person:
        await person.open_account(maria)
        await person.press("down", "enter", *["enter"] * bool(ended))
        await person.press("enter")
        if ended:
            person.sees("Note the recertification: SV000001", "Which day was it?")
            await person.press("escape")
    enrolment = account(desk, maria).enrolment
    assert enrolment is not None
    assert (enrolment.recertified_on or enrolment.initiated_on) == wanted


async def test_what_is_the_last_day_before_midnight_is_late_after_it(console: Console, desk: Desk, maria: str) -> None:
    enrol(desk, maria, date(2025, 11, 22))
    clock = [datetime(2026, 11, 23, 4, 59, 59, tzinfo=UTC)]  # midnight in New York is at 5:00
    async with console(replace(desk, clock=lambda: clock[0]), size=LARGE) as person:
        await person.open_account(maria)
        person.app.look_at_clock()
        await person.rest()
        person.sees("Today is the last day to answer.")
        clock[0] += timedelta(seconds=1)
        person.app.look_at_clock()
        await person.rest()
        person.sees("No answer came by that day. De-enroll by 11-30-2026")


async def test_of_two_ways_out_of_a_warning_one_is_chosen(console: Console, desk: Desk, maria: str) -> None:
    enrol(desk, maria, date(2026, 11, 20))
    report_duplicate(desk, maria, NOW.date())
    async with console(size=LARGE) as person:
        await person.open_account(maria)
        await person.press("enter")
        person.sees("This household has a second Lifeline benefit.", "De-enroll", "Note that it is settled")
        await person.press("down", "enter")
        assert isinstance(person.app.screen, Question)
        await person.press("enter")
        person.sees("second Lifeline benefit")
        await person.press("enter", "down", "enter", "right", "enter")
        person.sees("✓ Done: note that it is settled.")
        person.does_not_see("second Lifeline benefit")


async def test_a_line_opens_with_every_form_of_its_device(console: Console, maria: str) -> None:
    async with console() as person:
        await person.open_account(maria)
        await person.press("enter")
        assert isinstance(person.app.screen, LineScreen)
        person.sees("212-555-0143", "Samsung Galaxy A15", "A0000000002329", "268435456000009001", "8051F1AB")


async def test_a_reseller_has_services_as_a_menu(console: Console, maria: str) -> None:
    async with console() as person:
        await person.open_account(maria)
        await person.press("l")
        assert isinstance(person.app.screen, ServicesScreen)
        person.sees("212-555-0187", "no plan")


async def test_an_mvno_has_services_in_the_account(console: Console, desk: Desk, maria: str) -> None:
    with desk.store.writing() as session:
        session.get_one(Operator, 1).kind = "mvno"
    async with console() as person:
        await person.open_account(maria)
        await person.press("t", "l")
        assert isinstance(person.app.screen, AccountScreen)
        assert person.app.focused.id == "lines"


async def test_help_follows_the_focus(console: Console, maria: str) -> None:
    async with console(size=LARGE) as person:
        await person.open_account(maria)
        await person.press("question_mark")
        assert isinstance(person.app.screen, HelpScreen)
        person.sees("Correct the name, address, contacts", "Choose the next row")
        await person.press("escape", "f2", "f1")
        person.sees("Type what the caller says", "Choose the next hit")
        person.does_not_see("Correct the name, address, contacts or birth date. (not")


async def test_the_chosen_row_comes_into_sight_when_it_is_chosen(console: Console, maria: str) -> None:
    async with console(size=(80, 14)) as person:
        await person.open_account(maria)
        for key, chosen in (("home", "212-555-0143"), ("g", "212-555-0143"), ("down", "212-555-0187")):
            await person.press("pagedown", "pagedown")
            person.does_not_see(chosen)
            await person.press(key)
            person.sees(chosen)
        await person.press("pagedown", "home")
        person.sees("Lines, with what remains 212-555-0143")


async def test_what_was_said_goes_when_another_workspace_comes_but_for_what_went_wrong(
    console: Console, desk: Desk, maria: str
) -> None:
    async with console() as person:
        await person.open_account(maria)
        await person.press("u")
        person.sees("There is nothing to undo")
        await person.press("question_mark", "escape")
        person.sees("There is nothing to undo")
        await person.press("l", "escape")
        person.does_not_see("There is nothing to undo")
        person.app.screen.post_message(AccountScreen.Trouble(Refused("The line is gone.", "Look again.")))
        await person.rest()
        await person.press("l", "escape")
        person.sees("! The line is gone. Look again.")


async def test_the_palette_does_what_a_key_does(console: Console, maria: str) -> None:
    async with console(size=LARGE) as person:
        await person.open_account(maria)
        await person.press("ctrl+p")
        await person.type("services")
        await person.press("enter")
        assert isinstance(person.app.screen, ServicesScreen)
        await person.press("ctrl+p")
        await person.type("agents invitation")
        person.sees("Who works here", "Agents, access requests and invitation codes")


async def test_the_palette_comes_again_before_it_is_gone(console: Console, maria: str) -> None:
    async with console(size=LARGE) as person:
        await person.open_account(maria)
        await person.press("ctrl+p")
        person.app.screen.dismiss()
        person.app.action_command_palette()
        await person.rest()
        await person.type("services")
        await person.press("enter")
        assert isinstance(person.app.screen, ServicesScreen)


async def test_the_palette_offers_each_thing_once(console: Console, maria: str) -> None:
    async with console(size=LARGE) as person:
        await person.open_account(maria)
        offered = [one.title for one in person.app.get_system_commands(person.app.screen)]
        assert offered.count("Quit") == 1


async def test_the_palette_does_what_was_typed_before_enter_and_does_it_once(console: Console, maria: str) -> None:
    async with console(size=LARGE) as person:
        await person.open_account(maria)
        await person.press("ctrl+p")
        box = person.app.screen.query_one(Input)
        box.value = "services"
        for _ in range(2):  # before anything is found, and once more
            await box.action_submit()
        await person.rest()
        assert isinstance(person.app.screen, ServicesScreen)
        assert len(person.app.screen_stack) == 3


async def test_what_is_typed_behind_the_palette_is_too_late(console: Console, maria: str) -> None:
    async with console(size=LARGE) as person:
        await person.open_account(maria)
        await person.press("ctrl+p")
        palette = person.app.screen
        box = palette.query_one(Input)
        await palette.query_one(OptionList).remove()  # which may go before the box does
        palette.dismiss()
        palette.post_message(Input.Changed(box, "x"))
        await person.rest()
        assert len(person.app.screen_stack) == 2


async def test_brackets_walk_the_accounts_of_today(console: Console, desk: Desk, maria: str) -> None:
    add_customer(desk, "SV000002", first_name="John", last_name="Smith")
    async with console() as person:
        await person.open_account("SV000002")
        await person.press("escape")
        await person.open_account(maria)
        await person.press("left_square_bracket")
        person.sees("John Smith")


async def test_the_next_account_has_the_keys_as_soon_as_it_is_found(console: Console, desk: Desk, maria: str) -> None:
    add_customer(desk, "SV000002", first_name="John", last_name="Smith")
    async with console() as person:
        await person.open_account(maria)
        await person.press("slash")
        await person.type("smith")
        await person.press("enter")
        person.sees("John Smith")
        await person.press("e")
        assert isinstance(person.app.screen, EditScreen)
        await person.press("escape", "escape")
        person.sees("Maria Alvarez")


async def test_an_account_that_is_not_there_says_so(console: Console) -> None:
    async with console() as person:
        await person.open_account("SV999999")
        person.sees("There is no account SV999999 here.")


async def test_what_an_agent_may_not_do_is_refused_in_words(console: Console, store: object, maria: str) -> None:
    trainer = open_desk(store, "trainer05", clock=lambda: NOW)
    async with console(at=trainer) as person:
        await person.open_account(maria)
        await person.press("e")
        await person.type("Mary")
        await person.press("ctrl+s")
        person.sees("A trainer may not edit customers.")


LONG = "Galaxy Z Fold7 Ultra Enterprise Edition 1 TB"


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("model", ["Galaxy S25 Ultra 256 GB", LONG])
async def test_a_long_name_of_a_handset_stands_whole_on_the_account(
    console: Console, desk: Desk, size: tuple[int, int], model: str
) -> None:
    device = {"meid": "A0000000002329", "make": "Samsung", "model": model}
    add_customer(desk, "SV000003", first_name="Ana", last_name="Ng", mdns=["2125550143", "2125550187"], device=device)
    async with console(size=size) as person:
        await person.open_account("SV000003")
        assert f"Samsung {model}" in person.screen_text


def test_two_columns_of_names_share_what_room_there_is() -> None:
    def line(handset: str, plan: str) -> LineView:
        return cast(
            LineView,
            SimpleNamespace(device=SimpleNamespace(name=handset), plan=SimpleNamespace(name=plan), masked=()),
        )

    assert rooms([], 74) == (22, 22)
    assert rooms([line("x" * 22, "y" * 22)], 74) == (22, 22)
    assert rooms([line("x" * 24, "y" * 18), line("x", "y" * 20)], 74) == (24, 20)
    assert rooms([line("x" * 5, "y" * 30)], 74) == (14, 30)
    assert rooms([line("x" * 30, "y" * 20)], 74) == (22, 22)
