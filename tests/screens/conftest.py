"""A console to press keys on, at both sizes; who sits at it, and waits until it is at rest; and who calls there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import WorkerCancelled

from console.app import CarelineApp
from console.settings import Settings
from data.agents.own import choose_passphrase
from data.agents.staff import Welcome, add_agent
from data.cases.actions import open_case
from data.cases.rules import Category
from data.desk import Desk, open_desk
from data.operators.tables import Operator
from data.store import Store
from data.verification.actions import end_call
from data.verification.hashes import pin_hash
from data.verification.queries import current_call
from data.verification.rules import DEMO_PIN
from data.verification.tables import CustomerPin
from data.verification.views import CallView
from screens.case import CaseScreen
from screens.telephone import CallCame
from tests.agents.conftest import OURS, cheap
from tests.builders import add_customer, put_on_line
from tests.conftest import NOW
from tests.verification.conftest import messages, quick_hashes

__all__ = ["cheap", "messages", "quick_hashes"]

SMALL, LARGE = (80, 24), (120, 40)
Console = Callable[..., AbstractAsyncContextManager["Person"]]


class Person:
    """Someone at the console: presses keys, types, and reads the screen once it is at rest."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.app = pilot.app

    async def rest(self) -> None:
        """Waits until no worker runs and every message is handled."""
        for _ in range(3):
            with suppress(WorkerCancelled):  # what is read anew calls off what was being read
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def take_call(self, desk: Desk, call: CallView) -> None:
        """Goes on with `call`, which was begun before the console was opened, its caller verified as far as before."""
        put_on_line(desk, call.account or "", call.method)
        self.app.post_message(CallCame(current_call(desk)))
        await self.rest()

    async def open(self, screen: Screen[Any]) -> None:
        """Opens `screen` over the one that shows."""
        self.app.push_screen(screen)
        await self.rest()

    async def open_account(self, number: str) -> None:
        """Opens the account `number`, as if it had been found."""
        self.app.screen.open_account(number)
        await self.rest()

    async def press(self, *keys: str) -> None:
        """Presses one key after the other, each when what the one before asked for is there."""
        for key in keys:
            await self.pilot.press(key)
            await self.rest()

    async def type(self, text: str) -> None:
        """Types without waiting in between, as people do."""
        await self.hurry(*keys_of(text))

    def put(self, text: str) -> None:
        """Puts `text` into the field that has the focus, at once, as from the clipboard."""
        field = self.app.focused
        assert isinstance(field, Input)
        field.value = text

    async def hurry(self, *keys: str) -> None:
        """Presses keys faster than anything is answered, and waits then."""
        await self.pilot.press(*keys)
        await self.rest()

    async def until(self, *texts: str) -> None:
        """Waits until each text is on the screen, or said in a toast, as after something that happened elsewhere."""
        for text in texts:
            while text not in " ".join(self.screen_text.split()) and text not in " ".join(self.toasts):
                await self.pilot.pause(0.05)
        await self.rest()

    @property
    def screen_text(self) -> str:
        """All that is on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def sees(self, *texts: str) -> None:
        """Asserts that each text is on the screen, wherever its lines break."""
        flowing = " ".join(self.screen_text.split())
        for text in texts:
            assert " ".join(text.split()) in flowing, f"{text!r} is not on the screen:\n{self.screen_text}"

    def does_not_see(self, *texts: str) -> None:
        flowing = " ".join(self.screen_text.split())
        for text in texts:
            assert " ".join(text.split()) not in flowing, f"{text!r} is on the screen:\n{self.screen_text}"

    @property
    def toasts(self) -> list[str]:
        """What the console says beside everything, the first one first."""
        return [toast.message for toast in self.app._notifications]


SIGNS = {
    " ": "space", "-": "minus", ",": "comma", ".": "full_stop", "/": "slash", "@": "at", "'": "apostrophe",
    "$": "dollar_sign", "=": "equals_sign", "|": "vertical_line",
}  # fmt: skip


def keys_of(text: str) -> list[str]:
    """The keys that type `text`."""
    return [SIGNS.get(char, char) for char in text]


@pytest.fixture
def demo_desk(store: Store) -> Desk:
    """agent07's desk at a store that says it is a demo's."""
    with store.writing() as session:
        session.exec(select(Operator)).one().demo = True
    return open_desk(store, "agent07", clock=lambda: NOW)


@pytest.fixture
def maria(desk: Desk) -> str:
    """The account of Maria Alvarez, with one line."""
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", mdns=["2125550143"])
    return "SV000001"


@pytest.fixture
def caller(desk: Desk) -> str:
    """The account of Maria Alvarez, who can be verified in every way: by a number, an address and a PIN, the demo's."""
    customer = add_customer(
        desk,
        "SV000001",
        first_name="Maria",
        last_name="Alvarez",
        street="12 Elm St",
        city="Yonkers",
        state="NY",
        zip="10701",
        mdns=["2125550143"],
        phones=["9145550199"],
        emails=["maria@example.com"],
        device={"imei": "490154203237518", "make": "Samsung", "model": "Galaxy A15"},
    )
    with desk.store.writing() as session:
        session.add(CustomerPin(customer_id=customer, hash=pin_hash(DEMO_PIN), set_at=NOW, set_by="admin01"))
    return "SV000001"


@pytest.fixture
def guarded(admin: Desk) -> Store:
    """A store where admin01 signs in with OURS, and Maria Alvarez is a customer."""
    add_customer(admin, "SV000001", first_name="Maria", last_name="Alvarez", mdns=["2125550143"])
    choose_passphrase(admin, OURS)
    return admin.store


@pytest.fixture
def kim(guarded: Store, admin: Desk) -> Welcome:
    """A new agent with a temporary passphrase."""
    return add_agent(admin, "kim")


@pytest.fixture
def case(desk: Desk) -> str:
    """An open case on SV000001, Maria Alvarez of Yonkers, New York."""
    add_customer(desk, "SV000001", first_name="Maria", last_name="Alvarez", city="Yonkers", state="NY", zip="10701")
    return open_case(desk, "promised $300, not applied", account="SV000001").number


@pytest.fixture
def number(desk: Desk, maria: str) -> str:
    """An open case of Maria's about a promotion."""
    return open_case(desk, "expected $400", account=maria, category=Category.PROMOTION).number


@pytest.fixture
def later_lead(lead: Desk) -> Desk:
    """The team lead's desk a minute on: what they decide is news to who looked a moment ago."""
    return replace(lead, clock=lambda: NOW + timedelta(minutes=1))


@pytest.fixture
def console(desk: Desk) -> Console:
    """`async with console() as person:` opens the console at `desk` (agent07's, unless another is given).

    Everything private is masked until somebody is verified. To see it, put the customer on the line before with
    `put_on_line(desk, number)` (tests/builders.py): that call goes on at the console, too. With `broken_off`, the
    console finds the call as after a crash.
    """

    @asynccontextmanager
    async def open_it(
        at: Desk = desk, size: tuple[int, int] = SMALL, *, broken_off: bool = False
    ) -> AsyncIterator[Person]:
        app = CarelineApp(Settings(), desk=at)
        app.animation_level = "none"
        call = None if broken_off else current_call(at)
        if call:
            end_call(at)
        async with app.run_test(size=size) as pilot:
            person = Person(pilot)
            await person.rest()
            if call:
                await person.take_call(at, call)
            for field in app.screen.query(Input):
                field.cursor_blink = False
            yield person

    return open_it


@pytest.fixture
async def at_case(console: Console, number: str) -> AsyncIterator[Person]:
    """Somebody who has that case on the screen."""
    async with console() as person:
        await person.open(CaseScreen(number))
        yield person
