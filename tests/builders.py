"""Rows for tests, made short: say what matters, the rest is filled in."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from data.customers.rules import AccountStatus, ContactMedium, CustomerKind
from data.customers.tables import Account, Contact, Customer
from data.desk import Desk
from data.lines.rules import LineStatus
from data.lines.tables import Balance, Carrier, Device, Feature, Line, LineFeature, Plan
from data.verification.actions import begin_call, end_call
from data.verification.queries import current_call
from data.verification.rules import LEVELS, Method, Outcome
from data.verification.tables import Call, VerificationStep


def add_customer(desk: Desk, number: str = "SV000001", **fields: Any) -> int:
    """Adds a customer with one account and returns the customer's id.

    Besides Customer's own fields: `mdns` (a line for each), `device` (Device's fields, into the first line),
    `phones` and `emails` (contacts), `status` (the account's).
    """
    mdns, device = fields.pop("mdns", ()), fields.pop("device", None)
    phones, emails = fields.pop("phones", ()), fields.pop("emails", ())
    status = fields.pop("status", AccountStatus.ACTIVE)
    fields = {"kind": CustomerKind.PERSON, "created_at": desk.now()} | fields
    with desk.store.writing() as session:
        customer = Customer(**fields)
        session.add(customer)
        session.flush()
        assert customer.id is not None
        for medium, values in ((ContactMedium.PHONE, phones), (ContactMedium.EMAIL, emails)):
            for position, value in enumerate(values):
                session.add(Contact(customer_id=customer.id, medium=medium, value=value, position=position))
        account = Account(customer_id=customer.id, number=number, status=status, opened_on=date(2024, 1, 2))
        session.add(account)
        session.flush()
        lines = [Line(account_id=account.id, mdn=mdn, status=LineStatus.ACTIVE) for mdn in mdns]
        session.add_all(lines)
        session.flush()
        if device:
            session.add(Device(line_id=lines[0].id, **device))
        session.flush()
        desk.search_engine.refresh(session.connection().connection.driver_connection)
    return customer.id


def add_neighbors(desk: Desk, people: Sequence[tuple[str, str, str, str, str]]) -> None:
    """Adds a customer for each (first name, last name, street, city, state), with accounts SV0, SV1, …"""
    for number, (first, last, street, city, state) in enumerate(people):
        add_customer(desk, f"SV{number}", first_name=first, last_name=last, street=street, city=city, state=state)


def line_of(desk: Desk, mdn: str) -> int:
    """The id of the line with that number, the one added last."""
    with desk.store.reading() as session:
        return session.exec(select(Line.id).where(Line.mdn == mdn).order_by(col(Line.id).desc())).first() or 0


def add_service(desk: Desk, mdn: str, *, ocs: bool = False, features: tuple[str, ...] = (), **remaining: Any) -> None:
    """Gives the line `mdn` a plan, a carrier (on the OCS or not), features, and balances of this month.

    `remaining`: BalanceKind → (allowance, what remains); voice=(1000, 712), data=(None, None).
    """
    today = desk.today()
    with desk.store.writing() as session:
        line = session.exec(select(Line).where(Line.mdn == mdn)).one()
        carrier = Carrier(name=f"Carrier of {mdn}", ocs_enabled=ocs)
        plan = Plan(name=f"Plan of {mdn}", monthly_cents=1_800, voice_minutes=1000, data_mb=0)
        added = [Feature(name=name, monthly_cents=299) for name in features]
        session.add_all([carrier, plan, *added])
        session.flush()
        line.carrier_id, line.plan_id = carrier.id, plan.id
        session.add_all(LineFeature(line_id=line.id, feature_id=feature.id) for feature in added)
        session.add_all(
            Balance(
                line_id=line.id,
                kind=kind,
                period_start=today.replace(day=1),
                period_end=today.replace(day=monthrange(today.year, today.month)[1]),
                allowance=allowance,
                remaining=left,
            )
            for kind, (allowance, left) in remaining.items()
        )


def put_on_line(desk: Desk, number: str, method: Method | None = Method.PIN) -> None:
    """Puts the customer of that account on the line at this desk, verified by `method`: everything private is open.

    Ends the call that went on before, if there was one. Without a method nobody is verified.
    """
    if current_call(desk):
        end_call(desk)
    call = begin_call(desk, number)
    if method is None:
        return
    now = desk.now()
    with desk.store.writing() as session:
        row = session.get_one(Call, call.id)
        row.level, row.method = LEVELS[method], method
        session.add(
            VerificationStep(
                call_id=call.id,
                account_id=row.account_id,
                customer_id=call.customer_id,
                method=method,
                outcome=Outcome.PASSED,
                at=now,
                settled_at=now,
            )
        )
