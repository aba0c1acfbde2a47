"""Who sits here: in a demo anybody sits down, and nobody takes along what was for another."""

from __future__ import annotations

from decimal import Decimal

from data.agents.access import access_requests
from data.agents.rules import Permission, Role
from data.agents.staff import lock_agent
from data.cases.actions import open_case
from data.cases.queries import case
from data.credits.actions import request_credit
from data.credits.rules import CreditKind, CreditRequest
from data.desk import Desk, open_desk
from screens.on_call import Seen
from tests.conftest import NOW
from tests.screens.conftest import Console


async def test_a_demo_lets_one_sit_down_as_anybody(console: Console, demo_desk: Desk) -> None:
    async with console(demo_desk) as person:
        for role in (Role.LEAD, Role.TRAINER, Role.ADMINISTRATOR):
            await person.press("ctrl+d")
            person.sees("Sit down as", "lead03", "trainer05", "admin01")
            await person.press("home", *["down"] * list(Role).index(role), "enter")
            person.sees(f"· {role}")
            assert person.app.desk.agent.role is role


async def test_what_waits_for_one_is_not_told_to_who_sits_down_next(console: Console, demo_desk: Desk) -> None:
    number = open_case(demo_desk, "The bill is wrong").number
    request_credit(
        demo_desk, CreditRequest(kind=CreditKind.BILL_CREDIT, amount=Decimal(60), reason="Goodwill", case=number)
    )
    async with console(demo_desk) as person:
        await person.press("ctrl+d", "home", "down", "enter")
        person.sees("1 to decide · lead03 · lead")
        before = person.app.on_call
        late = Seen(before, person.app.waiting, ())
        await person.press("ctrl+d", "home", "down", "down", "enter")
        person.sees("· trainer")
        person.app.post_message(late)
        await person.rest()
        person.does_not_see("to decide")


async def test_a_visit_of_a_case_ends_with_whose_it_was(console: Console, demo_desk: Desk, admin: Desk) -> None:
    number = open_case(demo_desk, "The bill is wrong").number
    async with console(demo_desk) as person:
        person.app.screen.open_case(number)  # type: ignore[attr-defined]
        await person.rest()
        assert [one.agent for one in case(admin, number).others] == ["agent07"]
        await person.press("ctrl+d", "home", "down", "enter")
        person.sees("· lead")
        assert case(admin, number).others == ()
        person.app.screen.open_case(number)  # type: ignore[attr-defined]
        await person.rest()
        lock_agent(admin, "lead03")
        await person.press("escape")
        assert [one.agent for one in case(admin, number).others] == ["lead03"]  # until it stops counting by itself


async def test_what_is_refused_is_asked_for_on_a_key(console: Console, demo_desk: Desk, lead: Desk) -> None:
    async with console(open_desk(demo_desk.store, "trainer05", clock=lambda: NOW)) as person:
        await person.press("ctrl+n")  # a case, which a trainer does not open
        person.put("The bill is too high")
        await person.press("ctrl+s")
        person.sees("A trainer may not work cases", "^y asks for it")
        await person.press("ctrl+y")
        person.sees("Ask for access: work cases")
        person.put("I stand in this week")
        await person.press("ctrl+s")
        assert person.toasts[-1].startswith("Asked for, as request 1: work cases.")
    (asked,) = access_requests(lead)
    assert (asked.agent, asked.permission, asked.reason) == ("trainer05", Permission.WORK_CASES, "I stand in this week")
