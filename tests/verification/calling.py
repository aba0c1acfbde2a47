"""What tests of calls share: the clock set forward, what is open to a desk, a caller verified."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from data.audit import AuditEvent
from data.desk import Desk
from data.verification.queries import verification
from data.verification.rules import Level
from data.verification.sight import Sight, sight_in
from data.verification.verifying import check_temporary_pin, send_temporary_pin
from tests.conftest import NOW
from tests.verification.conftest import six_digits

Messages = Callable[[], list[str]]


def later(desk: Desk, **by: float) -> Desk:
    """The same desk, some time on."""
    return replace(desk, clock=lambda: NOW + timedelta(**by))


def sight(desk: Desk) -> Sight:
    with desk.reading() as session:
        return sight_in(session, desk)


def level(desk: Desk, number: str) -> Level:
    return verification(desk, number).level


def audited(desk: Desk, action: str) -> list[dict[str, Any]]:
    with desk.reading() as session:
        wanted = select(AuditEvent.detail).where(AuditEvent.action == action).order_by(col(AuditEvent.id))
        return [json.loads(detail) for detail in session.exec(wanted)]


def verified(desk: Desk, number: str, messages: Messages) -> None:
    """The customer reads a temporary PIN back."""
    send_temporary_pin(desk, number)
    assert check_temporary_pin(desk, number, six_digits(messages()[-1])).passed
