"""A customer with all that an account can show."""

from __future__ import annotations

from datetime import date

import pytest

from data.customers.queries import account
from data.desk import Desk
from data.lifeline.rules import EnrolmentState, Vendor, VerificationState
from data.lifeline.tables import LifelineEnrolment
from tests.builders import add_customer, put_on_line


@pytest.fixture
def maria(desk: Desk) -> str:
    """Maria Alvarez's account number; she has Lifeline, it is all in order, and she is on the line, verified."""
    add_customer(
        desk,
        "SV000042",
        first_name="Maria",
        last_name="Alvarez",
        birth_date=date(1980, 5, 1),
        city="Yonkers",
        state="NY",
        zip="10701",
        mdns=("2125550143",),
        phones=("2125550143", "call after 5"),
        emails=("maria@example.com",),
    )
    view = account(desk, "SV000042")
    with desk.store.writing() as session:
        session.add(
            LifelineEnrolment(
                account_id=view.id,
                line_id=view.lines[0].id,
                vendor=Vendor.NLAD,
                state=EnrolmentState.ENROLLED,
                initiated_on=date(2021, 12, 3),
                expires_on=date(2026, 12, 3),
                verification=VerificationState.VERIFIED,
                last4_ssn="6789",
                tribal_id="T-777",
            )
        )
    put_on_line(desk, "SV000042")
    return "SV000042"
