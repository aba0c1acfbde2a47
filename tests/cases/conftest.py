"""A customer with a line to open cases on, and desks for the others who work there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.cases.actions import change_status, open_case, tag
from data.cases.rules import Category, Priority, Status
from data.desk import Desk
from tests.builders import add_customer
from tests.conftest import NOW

MDN = "2125550143"


@pytest.fixture
def maria(desk: Desk) -> str:
    """The number of Maria's account, with one line."""
    add_customer(
        desk,
        "SV000001",
        first_name="Maria",
        last_name="Alvarez",
        mdns=(MDN,),
        phones=("9145550107",),
        device={"make": "Samsung", "model": "Galaxy A15", "imei": "490154203237518"},
    )
    return "SV000001"


@pytest.fixture
def opened(desk: Desk, maria: str) -> str:
    """The number of an open case of agent07's on Maria's line."""
    made = open_case(desk, "Promised $400, not applied", mdn=MDN, category=Category.PROMOTION)
    return change_status(desk, made.number, Status.OPEN).number


@pytest.fixture
def closed(desk: Desk, opened: str) -> str:
    """The same case, closed."""
    return change_status(desk, opened, Status.CLOSED, resolution="PCA added the promotion.").number


@pytest.fixture
def many(desk: Desk, maria: str) -> None:
    """Cases 01000001 to 01000004, each different."""
    open_case(desk, "Promised $400", account=maria, category=Category.PROMOTION, due_at=NOW - timedelta(hours=1))
    open_case(desk, "Bill too high", account=maria, priority=Priority.HIGH, due_at=NOW + timedelta(hours=1))
    open_case(desk, "Dealer never called", owner="lead03")
    open_case(desk, "Old bill, 100% paid", account=maria)
    tag(desk, "01000002", "OST")
    change_status(desk, "01000004", Status.CLOSED, resolution="Paid.")
