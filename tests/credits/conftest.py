"""A case of a customer in New York, and the desks of those who deal with its credits."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from data.cases.actions import open_case
from data.credits.actions import request_credit
from data.credits.rules import CreditKind, CreditRequest
from data.credits.views import CreditView
from data.desk import Desk, open_desk
from tests.builders import add_customer

Ask = Callable[..., CreditView]


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of an open case on SV000001, Maria Alvarez of Yonkers, New York."""
    add_customer(
        desk,
        "SV000001",
        first_name="Maria",
        last_name="Alvarez",
        street="12 Oak St",
        city="Yonkers",
        state="NY",
        zip="10701",
        mdns=("2125550143",),
    )
    return open_case(desk, "Promised credit", account="SV000001").number


def ask(desk: Desk, case: str, amount: str = "300.00", **fields: Any) -> CreditView:
    """Asks for a bill credit, or what `fields` of CreditRequest say."""
    wanted = {"kind": CreditKind.BILL_CREDIT, "reason": "Promised in store", "case": case} | fields
    return request_credit(desk, CreditRequest(amount=Decimal(amount), **wanted)).credit


def at(desk: Desk, moment: datetime) -> Desk:
    """The same agent's desk at another time."""
    return open_desk(desk.store, desk.agent.name, clock=lambda: moment, random=random.Random(7))
