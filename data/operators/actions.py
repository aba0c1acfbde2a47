"""Founding an operator's store: who runs it and who administers it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data import audit
from data.agents.rules import Role
from data.agents.tables import Agent
from data.desk import system_clock
from data.errors import Misused
from data.operators.rules import DEFAULT_ACCOUNT_PATTERN, OperatorKind, wrong_pattern
from data.operators.tables import Operator
from data.store import Store, create_store
from data.text import clean


@dataclass(frozen=True)
class Founding:
    """What a new store must know. `admin` is the first administrator's sign-in name; `time_zone` an IANA name."""

    kind: OperatorKind = OperatorKind.RESELLER
    name: str = "My operator"
    admin: str = "admin"
    time_zone: str = "America/New_York"
    account_pattern: str = DEFAULT_ACCOUNT_PATTERN
    demo: bool = False


def found_store(where: str | Path, founding: Founding, *, now: datetime | None = None) -> Store:
    """Makes the store at `where` for a new operator with one administrator.

    Raises Misused where a field of `founding` can't be, StoreTrouble where no store can be made there.
    """
    if wrong := wrong_pattern(founding.account_pattern):
        raise Misused(wrong, "Give another with --account-pattern.")
    admin = clean(founding.admin)
    if not admin:
        raise Misused("The first administrator needs a name.", "Give one with --admin.")
    moment = now or system_clock()
    store = create_store(where)
    with store.writing() as session:
        session.add(
            Operator(
                name=clean(founding.name),
                kind=founding.kind,
                account_pattern=founding.account_pattern,
                next_account=1,
                demo=founding.demo,
                created_at=moment,
            )
        )
        session.add(
            Agent(
                name=admin,
                display_name=admin,
                role=Role.ADMINISTRATOR,
                time_zone=founding.time_zone,
                created_at=moment,
            )
        )
        event = audit.Event(detail={"kind": founding.kind, "name": founding.name})
        audit.record(session, event, key=uuid.uuid4().hex, at=moment, agent=admin, action="operator.found")
    return store
