"""Reads about the operator: who runs this store, and what its custom rules say."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from data.customers.tables import Account, Customer
from data.desk import Desk
from data.errors import StoreTrouble
from data.lifeline.tables import LifelineEnrolment
from data.lines.tables import Line
from data.operators.rules import OperatorKind
from data.operators.tables import CustomRule, Operator
from data.store import Store

COUNTED = (Customer, Account, Line, LifelineEnrolment)


@dataclass(frozen=True)
class OperatorView:
    """Whose store this is. `demo`: every screen says so."""

    name: str
    kind: OperatorKind
    demo: bool


def operator(desk: Desk) -> OperatorView:
    """The operator of this store. Raises StoreTrouble where none was founded."""
    with desk.reading() as session:
        return operator_in(session)


def operator_of(store: Store) -> OperatorView:
    """`operator` before anybody sits at the store: what the door says."""
    with store.reading() as session:
        return operator_in(session)


def operator_in(session: Session) -> OperatorView:
    """`operator` within a snapshot that is already open."""
    row = session.exec(select(Operator.name, Operator.kind, Operator.demo).limit(1)).first()
    if row is None:
        raise StoreTrouble("This store has no operator.", "Found it anew with `careline init`.")
    return OperatorView(row[0], OperatorKind(row[1]), row[2])


@dataclass(frozen=True)
class SizeView:
    """How many of each a store has."""

    customers: int
    accounts: int
    lines: int
    enrolments: int


def size(desk: Desk) -> SizeView:
    """How large the store is."""
    with desk.reading() as session:
        counts = [session.exec(select(func.count()).select_from(table)).one() for table in COUNTED]
    return SizeView(*counts)


def custom_rule(desk: Desk, name: str) -> str | None:
    """What the custom rule `name` (data/operators/rules.py) is set to; None where it is not set."""
    with desk.reading() as session:
        return custom_rule_in(session, name)


def custom_rule_in(session: Session, name: str) -> str | None:
    """`custom_rule` within a snapshot that is already open."""
    return session.exec(select(CustomRule.value).where(col(CustomRule.name) == name)).first()
