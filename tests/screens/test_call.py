"""The call at the console: F3 begins and ends it, the bar tells of it, and everything is masked again after it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from console.app import CarelineApp
from data.desk import Desk
from data.verification.actions import begin_call, end_call
from data.verification.queries import current_call
from data.verification.rules import Method
from screens.account import AccountScreen
from screens.dialog import Question
from screens.telephone import CallCame
from screens.verify import Verify
from tests.builders import add_customer, put_on_line
from tests.conftest import NOW
from tests.screens.conftest import LARGE, Console, Person


async def test_the_bar_says_who_is_on_the_line(console: Console, desk: Desk, caller: str) -> None:
    async with console() as person:
        person.sees("no call")
        await person.press("f3")
        person.sees("☎ 00:00 caller not known yet · not verified")
        await person.open_account(caller)
        person.sees("☎ 00:00 Maria Alvarez · not verified")
        await person.press("f3")
        person.sees("no call")
        assert current_call(desk) is None
        await person.press("v")
        person.sees("Nobody is on the line: F3 begins a call.")
        await person.press("f3")
        person.does_not_see("Nobody is on the line")
        await person.press("ctrl+q")
        person.sees("A call goes on. Leaving ends it.")
        await person.press("right", "enter")
    assert current_call(desk) is None


async def test_a_call_that_begins_at_home_waits_for_what_the_caller_says(console: Console, caller: str) -> None:
    async with console() as person:
        await person.open_account(caller)
        await person.press("escape", "tab", "f3")
        await person.press("ctrl+f5")  # v would be typed
        person.sees("RQ verification")
        await person.press("escape")
        await person.type("alvarez")
        assert person.app.screen.search.box.value == "alvarez"


async def test_a_call_that_begins_in_mid_word_takes_none_of_it_away(console: Console) -> None:
    async with console() as person:
        await person.type("alva")
        await person.press("f3")
        await person.type("rez")
        assert person.app.screen.search.box.value == "alvarez"


async def test_who_calls_before_the_store_is_open_is_told(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CarelineApp, "open_store", lambda app: None)
    async with console() as person:
        await person.press("f3")
        person.sees("Not yet: F3 begins a call once the store is open.")


async def test_a_narrow_bar_has_room_for_who_is_verified(console: Console, desk: Desk) -> None:
    add_customer(desk, "SV000002", first_name="Catherine", last_name="Obrien-Smith", mdns=["2125550144"])
    put_on_line(desk, "SV000002", Method.TEMPORARY_PIN)
    async with console() as person:
        person.sees("Catherine Obrien-Smith · ✓ temporary PIN")
    async with console(size=LARGE) as person:
        person.sees("Catherine Obrien-Smith · verified by temporary PIN")


async def test_keys_pressed_before_the_call_is_there_are_not_lost(console: Console, caller: str) -> None:
    async with console() as person:
        await person.open_account(caller)
        await person.hurry("f3", "v")
        assert isinstance(person.app.screen, Verify)


async def test_a_call_begins_and_ends_while_a_form_is_filled_in(console: Console, desk: Desk, caller: str) -> None:
    async with console() as person:
        await person.open_account(caller)
        await person.press("C")
        await person.type("No bill")
        await person.press("f3")
        assert current_call(desk).account == caller
        put_on_line(desk, caller)
        person.app.post_message(CallCame(current_call(desk)))
        await person.press("f3", "f3")
        assert current_call(desk) is None
        person.sees("no call", "New case on SV000001", "No bill")


async def test_who_hangs_up_is_asked_no_more_who_they_are(console: Console, desk: Desk, caller: str) -> None:
    async with console() as person:
        await person.open_account(caller)
        await person.press("f3", "v", "f3")
        assert current_call(desk) is None
        assert isinstance(person.app.screen, AccountScreen)


async def test_a_question_comes_before_a_call(console: Console, desk: Desk, caller: str) -> None:
    async with console() as person:
        await person.open_account(caller)
        await person.press("C", "x", "escape", "f3")
        assert isinstance(person.app.screen, Question)
        assert person.toasts == ["This comes first: finish it, or leave it with Esc. Then F3 begins or ends a call."]
    assert current_call(desk) is None


async def test_the_bar_follows_a_call_that_another_console_of_the_agent_ends_and_begins(
    console: Console, desk: Desk, caller: str
) -> None:
    put_on_line(desk, caller)
    async with console() as person:
        await person.open_account(caller)
        person.sees("☎ 00:00 Maria Alvarez · verified by", "12 Elm St")
        end_call(desk)
        person.app.follow_call()
        await person.rest()
        person.sees("no call")
        person.does_not_see("12 Elm St")
        begin_call(desk, caller)
        await person.press("f3")  # which can't begin another
        person.sees("A call goes on already.", "☎ 00:00 Maria Alvarez · not verified")
        await person.press("f3")
        person.sees("no call")
    assert current_call(desk) is None


async def test_a_call_that_was_read_before_another_began_here_comes_too_late(
    console: Console, desk: Desk, caller: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_call(desk, caller)
    call, reading, read = current_call(desk), threading.Event(), threading.Event()
    end_call(desk)

    def late(_: Desk) -> object:
        reading.set()
        read.wait(30)
        return call

    async with console() as person:
        monkeypatch.setattr("screens.telephone._current", late)
        person.app.follow_call()
        while not reading.is_set():
            await person.pilot.pause()
        monkeypatch.undo()
        await person.pilot.press("f3")
        while person.app.call is None:
            await person.pilot.pause()
        read.set()
        await person.rest()
        person.sees("caller not known yet")


class Watch:
    """A clock that is put on by hand, and what waits for it: seconds, and what is done then."""

    def __init__(self) -> None:
        self.now = NOW
        self.waiting: list[tuple[float, Callable[[], object]]] = []

    def wait(self, seconds: float, do: Callable[[], object]) -> None:
        self.waiting.append((seconds, do))

    async def ring(self, person: Person) -> None:
        """The time that was waited for last is over."""
        seconds, do = self.waiting[-1]
        self.now += timedelta(seconds=seconds)
        do()
        await person.rest()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The watch that the console sets its timers by."""
    watch = Watch()
    monkeypatch.setattr(CarelineApp, "set_timer", lambda app, seconds, do: watch.wait(seconds, do))
    return watch


async def test_what_is_shown_without_a_call_is_masked_after_ten_minutes_wherever_one_went(
    console: Console, desk: Desk, caller: str, watch: Watch
) -> None:
    async with console(replace(desk, clock=lambda: watch.now), size=LARGE) as person:
        await person.open_account(caller)
        await person.press("V", "right", "right", "tab", *"check", "ctrl+s")
        person.sees("Shown: device numbers, until 10 minutes are over or you leave the account")
        await person.press("l", "enter")
        person.sees("490154203237518", "IMEI 14 digits 49015420323751")
        await watch.ring(person)
        person.does_not_see("490154203237518")


async def test_a_call_that_was_forgotten_for_four_hours_masks_what_stands_there(
    console: Console, desk: Desk, caller: str, watch: Watch
) -> None:
    desk = replace(desk, clock=lambda: watch.now)
    put_on_line(desk, caller, Method.PIN)
    async with console(desk, size=LARGE) as person:
        await person.open_account(caller)
        person.sees("12 Elm St")
        assert watch.waiting[-1][0] == 4 * 3600
        await watch.ring(person)
        person.sees("no call")
        person.does_not_see("12 Elm St")


async def test_a_call_that_broke_off_is_asked_about_and_no_longer_verified(
    console: Console, desk: Desk, caller: str
) -> None:
    put_on_line(desk, caller)
    async with console(broken_off=True) as person:
        assert isinstance(person.app.screen, Question)
        person.sees("A call with Maria Alvarez began at 10:00", "☎ 00:00 Maria Alvarez · not verified")
        await person.press("tab", "enter")
        await person.rest()
        person.sees("☎ 00:00 Maria Alvarez · not verified", "SV000001")  # the account of the call stands there again
    async with console(broken_off=True) as person:
        await person.press("enter")
        person.sees("no call")
    assert current_call(desk) is None
