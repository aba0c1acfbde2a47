"""Working a case on screen: merging and undoing it, whose it is, what belongs to it, its timeline."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widgets import Input

from data.cases.actions import add_note, add_task, change_status, clone, link, log_icci, open_case
from data.cases.dashboard import pending
from data.cases.queries import case
from data.cases.rules import Status
from data.cases.time import IDLE_AFTER
from data.desk import Desk, open_desk
from data.store import Store
from screens.account import AccountScreen
from screens.case import CaseScreen
from screens.dialog import Question
from screens.form import Form
from screens.widgets.stay import Stay
from tests.conftest import NOW
from tests.screens.conftest import Console, Person


async def test_a_duplicate_is_merged_after_a_look_and_taken_out_again(
    console: Console, desk: Desk, number: str, maria: str
) -> None:
    duplicate = open_case(desk, "asks for $400", account=maria).number
    add_task(desk, duplicate, "call back")
    async with console() as person:
        await person.open(CaseScreen(duplicate))
        await person.press("M", "enter")
        assert isinstance(person.app.screen, Question)
        person.sees(f"{duplicate}, “asks for $400”, is closed as a duplicate of", f"{number}, “expected $400”.")
        person.sees("Its 2 entries and 1 open task show there")
        await person.press("enter")
        assert case(desk, duplicate).merged_into is None
        await person.press("M", "enter", "right", "enter")
        person.sees(number, f"✓ {duplicate} is merged into this case.", "call back", f"Took in {duplicate}")
        assert case(desk, duplicate).merged_into == number
        await person.press("u")
        person.sees(f"✓ {duplicate} is a case of its own again")
        assert case(desk, duplicate).status is Status.NEW
        await person.press("u")
        person.sees("There is nothing to undo")


async def test_a_merge_that_can_not_be_says_so_before_anything_happens(at_case: Person, desk: Desk) -> None:
    await at_case.press("M")
    assert isinstance(at_case.app.screen, Form)
    await at_case.type("12345678")
    await at_case.press("enter")
    at_case.sees("There is no case 12345678 here.")


@pytest.mark.parametrize("whose", ["SV000001", "(212) 555-0143"])
async def test_an_orphan_case_comes_to_its_account(console: Console, desk: Desk, maria: str, whose: str) -> None:
    orphan = open_case(desk, "caller without an account").number
    async with console() as person:
        await person.open(CaseScreen(orphan))
        await person.press("a")
        person.app.screen.query_one(Input).value = whose
        await person.press("enter")
        person.sees("Maria Alvarez SV000001", "✓ An account is behind this case now.")
        await person.press("a")
        assert isinstance(person.app.screen, AccountScreen)


async def test_a_question_that_is_left_half_answered_is_told_as_one(console: Console, desk: Desk) -> None:
    orphan = open_case(desk, "caller without an account").number
    async with console() as person:
        await person.open(CaseScreen(orphan))
        await person.press("a", "x", "escape")
        person.sees(f"Not done yet: Whose is case {orphan}? Leaving loses")


async def test_a_case_with_nobody_behind_it_is_opened_from_home(console: Console, desk: Desk) -> None:
    async with console() as person:
        await person.press("ctrl+n")
        await person.type("caller without an account")
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, CaseScreen)
        person.sees("Orphan Account", "caller without an account")


async def test_what_belongs_to_a_case_is_opened_both_ways(console: Console, desk: Desk, number: str) -> None:
    other = open_case(desk, "the other one").number
    link(desk, number, other)
    async with console() as person:
        await person.open(CaseScreen(number))
        person.sees("Cases that belong to it", f"Linked {other} · New the other one")
        await person.press("enter")
        person.sees(f"Linked {number} · New expected $400")
        await person.press("enter")
        assert isinstance(person.app.screen, CaseScreen)
        assert person.app.screen.number == number


async def test_the_timeline_is_filtered_by_kind(at_case: Person, desk: Desk, number: str) -> None:
    add_note(desk, number, "a note")
    log_icci(desk, number, "an icci")
    await at_case.press("f5", "f")
    at_case.sees("Everything · 3", "Note · 1", "ICCI · 1")
    await at_case.press("down", "down", "enter")
    at_case.sees("Timeline: Note only", "Note: a note")
    at_case.does_not_see("Case opened")
    await at_case.press("f", "enter")
    at_case.sees("Case opened")


async def test_the_second_of_two_agents_hears_of_the_clone_and_may_go_on(
    console: Console, desk: Desk, lead: Desk, number: str
) -> None:
    change_status(desk, number, Status.CLOSED, resolution="credit issued")
    first = clone(lead, number).number
    async with console() as person:
        await person.open(CaseScreen(number))
        person.sees(f"Cloned as {first}")
        await person.press("K")
        person.sees(f"Case {number} was cloned before: {first}, opened by", "lead03, is New.", "Clone once more")
        await person.press("right", "enter")
        person.sees(f"Cloned from {number}")
    assert len(case(desk, number).links) == 2


async def test_the_time_stands_still_without_a_key_and_says_so(console: Console, store: Store, number: str) -> None:
    now = [NOW]
    desk = open_desk(store, "agent07", clock=lambda: now[0])
    async with console(at=desk) as person:
        await person.open(CaseScreen(number))
        stay = person.app.screen.query_one(Stay)
        now[0] += timedelta(seconds=15)
        await person.press("n", "x")
        stay.beat()
        await person.rest()
        await person.press("escape")
        person.sees("Not done yet: Note. Leaving loses what you typed.")
        await person.press("escape")
        person.sees("^s Note")
        await person.press("escape", "right", "enter")
        person.sees("Time worked 0:15")
        person.does_not_see("paused")
        now[0] += IDLE_AFTER
        stay.beat()
        await person.rest()
        person.sees("Time worked 0:15, paused")


async def test_the_time_goes_on_in_what_is_about_the_case_and_nowhere_else(console: Console, number: str) -> None:
    async with console() as person:
        await person.open(CaseScreen(number))
        place = person.app.screen
        stay = place.query_one(Stay)
        for key in ("e", "R", "dollar_sign", "n"):
            await person.press(key)
            assert person.app.screen is not place
            assert stay.active, key
            await person.press("escape")
            assert person.app.screen is place
        await person.press("f9")
        assert person.app.screen is not place
        assert not stay.active


async def test_a_mention_is_seen_once_the_case_is_open(console: Console, desk: Desk, lead: Desk, number: str) -> None:
    add_note(lead, number, "@agent07 please look")
    assert [item.kind for item in pending(desk).items if item.kind == "mention"] == ["mention"]
    async with console() as person:
        await person.press("f9")
        person.sees("mention", "lead03: @agent07 please look")
        await person.press("f", *"mention", "enter", "enter")
        person.sees("Note: @agent07 please look")
    assert not [item for item in pending(desk).items if item.kind == "mention"]
