"""Enrolments for tests: say what matters, the rest makes a subscriber whom NLAD accepts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import select

from data.customers.tables import Account
from data.desk import Desk
from data.lifeline.dates import expires_on
from data.lifeline.rules import EnrolmentState, Vendor, VerificationState
from data.lifeline.tables import LifelineEnrolment
from data.lines.tables import Line
from tests.builders import add_customer

MARIA = {
    "first_name": "Maria",
    "last_name": "Alvarez",
    "birth_date": date(1980, 5, 17),
    "street": "12 Oak St",
    "city": "Yonkers",
    "state": "NY",
    "zip": "10701",
    "mdns": ("2125550143",),
}


def add_subscriber(desk: Desk, number: str = "SV000001", *, customer: Any = (), **fields: Any) -> int:
    """Adds a customer (MARIA, but for `customer`) with an enrolment (`fields`); returns the enrolment's id."""
    add_customer(desk, number, **(MARIA | dict(customer)))
    fields = {
        "vendor": Vendor.NLAD,
        "sac": "150072",
        "state": EnrolmentState.ENROLLED,
        "initiated_on": date(2024, 9, 1),
        "recertified_on": date(2026, 8, 20),
        "verification": VerificationState.VERIFIED,
        "last4_ssn": "4821",
    } | fields
    fields.setdefault("expires_on", expires_on(fields["initiated_on"], fields["recertified_on"]))
    with desk.store.writing() as session:
        account = session.exec(select(Account).where(Account.number == number)).one()
        line = session.exec(select(Line).where(Line.account_id == account.id)).first()
        enrolment = LifelineEnrolment(account_id=account.id, line_id=line.id if line else None, **fields)
        session.add(enrolment)
        session.flush()
        assert enrolment.id is not None
    return enrolment.id


def stored(desk: Desk, enrolment_id: int) -> LifelineEnrolment:
    """The enrolment as the store has it now."""
    with desk.reading() as session:
        return session.get_one(LifelineEnrolment, enrolment_id)
