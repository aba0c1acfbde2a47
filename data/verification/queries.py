"""Reads about calls: the one that goes on, how its caller may be verified, and who looked without one."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from data.agents.rules import Permission
from data.agents.tables import Agent
from data.customers.finding import account_row
from data.customers.rules import name_of
from data.customers.tables import Account, Customer
from data.desk import Desk, permit
from data.errors import Refused
from data.operators.queries import operator_in
from data.verification import pins
from data.verification.records import Record, where
from data.verification.rules import (
    DEMO_PIN,
    LONGEST_CALL,
    ORDER,
    TEMPORARY_TRIES,
    Level,
    Method,
    Outcome,
    best,
    level_of,
)
from data.verification.sending import text_address
from data.verification.tables import BulkLook, Call, CustomerPin, VerificationStep
from data.verification.views import BulkLookView, CallView, StepView, VerificationView

NO_RECORD = "There is neither a number nor an address of record."
NO_LINK = "No page for links is connected."
NO_PIN = "The customer has no PIN yet."
NO_NUMBER = "There is no number of record."


def current_call(desk: Desk) -> CallView | None:
    """The call that goes on at this agent's desk; None where nobody is on the line."""
    with desk.reading() as session:
        row = going_on(session, desk)
        return call_view(session, row) if row else None


def calls_of(desk: Desk, limit: int = 20) -> tuple[CallView, ...]:
    """The calls of this desk's agent, the latest first."""
    with desk.reading() as session:
        mine = select(Call).where(Call.agent_id == desk.agent.id).order_by(col(Call.id).desc()).limit(limit)
        return tuple(call_view(session, row) for row in session.exec(mine))


def verification(desk: Desk, number: str) -> VerificationView:
    """How the customer of that account may be verified on the call that goes on.

    Raises NotFound, and Refused without a call.
    """
    with desk.reading() as session:
        return verification_in(session, desk, number)


def verification_in(session: Session, desk: Desk, number: str) -> VerificationView:
    """`verification` within a snapshot that is already open."""
    row = call_row(session, desk)
    account = account_row(session, number)
    steps = steps_of(session, row, account.customer_id)
    passed = [Method(step.method) for step in steps if step.outcome == Outcome.PASSED and step.lapsed_at is None]
    pin = session.exec(select(CustomerPin).where(CustomerPin.customer_id == account.customer_id)).one_or_none()
    hindrances = _hindrances(session, desk, account, pin)
    return VerificationView(
        account=account.number,
        name=name_of(session.get_one(Customer, account.customer_id)),
        level=level_of(passed),
        method=best(passed),
        steps=tuple(_step(desk, method, steps, hindrances, pin) for method in (*ORDER, Method.CALL_BACK)),
        has_pin=pin is not None,
        demo_pin=DEMO_PIN if pin and in_demo(session) else "",
    )


def bulk_looks(desk: Desk, *, seen: bool = False) -> tuple[BulkLookView, ...]:
    """Who opened many accounts without a call, the latest first; with `seen` those that a lead has seen, too."""
    permit(desk, Permission.LEAD_TEAM)
    with desk.reading() as session:
        return bulk_looks_in(session, seen=seen)


def bulk_looks_in(session: Session, *, seen: bool = False) -> tuple[BulkLookView, ...]:
    """`bulk_looks` within a snapshot that is already open."""
    wanted = select(BulkLook, Agent.name).join(Agent, col(Agent.id) == col(BulkLook.agent_id))
    if not seen:
        wanted = wanted.where(col(BulkLook.seen_at).is_(None))
    rows: Any = session.exec(wanted.order_by(col(BulkLook.id).desc()).limit(200))
    return tuple(
        BulkLookView(row.id, agent, row.since, row.until, row.accounts, row.seen_by, row.seen_at) for row, agent in rows
    )


def going_on(session: Session, desk: Desk) -> Call | None:
    """The row of the agent's call that goes on; one that was forgotten for hours counts no longer."""
    mine = select(Call).where(Call.agent_id == desk.agent.id, col(Call.ended_at).is_(None))
    row = session.exec(mine).one_or_none()
    return row if row and row.begun_at > desk.now() - LONGEST_CALL else None


def call_row(session: Session, desk: Desk) -> Call:
    """`going_on`; raises Refused where nobody is on the line."""
    row = going_on(session, desk)
    if row is None:
        raise Refused("Nobody is on the line.", "Begin a call first: F3, or `careline call begin`.")
    return row


def call_view(session: Session, row: Call) -> CallView:
    """A call's row as a view."""
    account = session.get(Account, row.account_id) if row.account_id else None
    customer = session.get_one(Customer, account.customer_id) if account else None
    assert row.id is not None
    return CallView(
        id=row.id,
        agent=session.get_one(Agent, row.agent_id).name,
        account=account.number if account else None,
        customer_id=account.customer_id if account else None,
        name=name_of(customer) if customer else "",
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        level=Level(row.level),
        method=Method(row.method) if row.method else None,
        outgoing=row.outgoing,
    )


def steps_of(session: Session, call: Call, customer_id: int) -> list[VerificationStep]:
    """What was tried on that call with that customer, the first one first."""
    tried = select(VerificationStep).where(
        VerificationStep.call_id == call.id, VerificationStep.customer_id == customer_id
    )
    return list(session.exec(tried.order_by(col(VerificationStep.id))))


def in_demo(session: Session) -> bool:
    """Whether this store is a demo's, where the agent plays the customer too."""
    return operator_in(session).demo


def _hindrances(session: Session, desk: Desk, account: Account, pin: CustomerPin | None) -> dict[Method, str]:
    """Why a method can't be tried with this customer; methods that can are left out. No number or address is told."""
    found: dict[Method, str] = {}
    number = where(session, desk, Record.NUMBER, account)
    reached = (number and text_address(desk, number)) or where(session, desk, Record.ADDRESS, account)
    if not reached:
        found |= {Method.LINK: NO_RECORD, Method.TEMPORARY_PIN: NO_RECORD}
    if not desk.connections.link_url and not in_demo(session):
        found[Method.LINK] = NO_LINK
    if pin is None:
        found[Method.PIN] = NO_PIN
    elif pin.locked_until and pin.locked_until > desk.now():
        found[Method.PIN] = f"The PIN is locked until {pins.lock_ends(pin.locked_until, desk.now(), desk.agent.zone)}."
    if number is None:
        found[Method.CALL_BACK] = NO_NUMBER
    return found


def _step(
    desk: Desk,
    method: Method,
    steps: list[VerificationStep],
    hindrances: dict[Method, str],
    pin: CustomerPin | None,
) -> StepView:
    last = next((step for step in reversed(steps) if step.method == method and step.lapsed_at is None), None)
    outcome = Outcome(last.outcome) if last else None
    left = None
    if last and outcome is Outcome.SENT:
        if last.expires_at and last.expires_at <= desk.now():
            outcome = None  # it may be sent again
        left = TEMPORARY_TRIES - last.tries if method is Method.TEMPORARY_PIN else None
    if method is Method.PIN and pin:
        left = max(1, pins.FREE_FAILURES - pin.failures)
    return StepView(method, outcome, hindrances.get(method, ""), last.expires_at if last else None, left)
