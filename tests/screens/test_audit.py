"""The audit on the screen: narrowed by typing, its facts below, looked over on a key; for leads."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from console.app import CarelineApp
from console.settings import Settings
from data.audit import Event, record
from data.customers.actions import open_account
from data.desk import Desk, open_desk
from data.store import Store
from screens.audit import AuditScreen
from tests.builders import add_customer
from tests.conftest import NOW
from tests.screens.conftest import LARGE, SMALL, Console
from tests.screens.test_pictures import Compare, demo, demo_file, pressing

__all__ = ["demo", "demo_file"]


@pytest.fixture
def lead(store: Store) -> Desk:
    """A lead's desk at a store in which three things were done."""
    desk = open_desk(store, "lead03", clock=lambda: NOW)
    for number, name in (("SV000001", "Alvarez"), ("SV000002", "[bold]Ng[/]")):
        add_customer(desk, number, first_name="Ana", last_name=name)
        open_account(desk, number)
    with store.transaction() as opened:
        facts = {"why": "[@click=app.quit]\x1b[31mred", "changed": {"city": ["Troy", "Albany"]}}
        record(opened.driver, Event(1, facts), key="k", at=NOW, agent="agent07", action="customer.edit")
    return desk


async def test_a_lead_finds_what_was_done_and_looks_it_over(console: Console, lead: Desk) -> None:
    async with console(lead) as person:
        await person.press("ctrl+f10")
        assert isinstance(person.app.screen, AuditScreen)
        person.sees("Audit: the newest 4", "customer.edit", "SV000002", "operator.found")
        person.sees("why [@click=app.quit][31mred")
        await person.type("sv000001")
        person.sees("Audit: the newest 2")
        person.does_not_see("SV000002")
        await person.press("enter", "down")
        person.sees("Event 2 ·", "account.open")
        await person.press("Y")
        person.sees("✓ All 4 events are as they were written, and none is missing.")


async def test_what_was_done_to_the_audit_is_told(console: Console, lead: Desk) -> None:
    with lead.store.raw() as connection:
        connection.execute("DROP TRIGGER audit_event_stays")
        connection.execute("UPDATE audit_event SET agent = 'nobody' WHERE id = 2")
    async with console(lead) as person:
        await person.press("ctrl+f10", "f8")
        person.sees("! The audit is not as it was written. Event 2 was changed.")


async def test_an_agent_is_told_who_may(console: Console, desk: Desk) -> None:
    async with console(desk) as person:
        await person.press("ctrl+f10")
        assert not isinstance(person.app.screen, AuditScreen)
        person.sees("An agent may not read the audit. Ask a lead or administrator.")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_nothing_is_cut_off_at_either_size(console: Console, lead: Desk, size: tuple[int, int]) -> None:
    async with console(lead, size) as person:
        await person.press("ctrl+f10")
        assert person.app.focused is person.app.screen.query_one("#audit-words", Input)
        person.sees("Event 4 · 11-22-2026", "agent07", "city")
        assert all(len(line) <= size[0] for line in person.screen_text.splitlines())


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
def test_picture(snap_compare: Compare, demo: Desk, size: tuple[int, int]) -> None:
    app = CarelineApp(Settings(), desk=open_desk(demo.store, "lead03", clock=lambda: NOW))
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=size, run_before=pressing(("ctrl+f10", "enter", "down", "Y")))
