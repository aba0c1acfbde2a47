"""A charging system for tests: a real HTTP server on this machine that answers as it is told to."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

import pytest

from data.desk import Desk
from data.errors import Refused
from data.lines.ocs import CsrView, view_csr
from data.lines.ocs_http import HttpOcs, Patience
from tests.builders import line_of

MDN = "2125550143"
QUICK = Patience(connect=1, read=0.2, whole=0.5, tries=3, pause=0)

VOICE = {
    "id": "b1",
    "name": "Anytime minutes",
    "usageType": "voice",
    "status": "active",
    "remainingValue": {"amount": 42720, "units": "seconds"},
    "reservedValue": {"amount": 60, "units": "seconds"},
    "validFor": {"startDateTime": "2026-11-01T00:00:00Z", "endDateTime": "2026-12-01T00:00:00-05:00"},
    "logicalResource": [{"id": f"1{MDN}", "@referredType": "MSISDN"}],
}
TEXTS = {"id": "b2", "usageType": "sms", "remainingValueName": "Unlimited", "logicalResource": {"id": f"1{MDN}"}}
MONEY = {"id": "b3", "name": "Cash", "usageType": "monetary", "remainingValue": {"amount": 0.1, "units": "USD"}}


@dataclass
class Answer:
    """What the charging system sends back: `hangs` sends the head and then nothing."""

    status: int = 200
    body: Any = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False


@dataclass
class ChargingSystem:
    """A real HTTP server on this machine. `answers` are given one by one, the last one for ever after."""

    url: str
    answers: list[Answer] = field(default_factory=lambda: [Answer()])
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    came: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    done: threading.Event = field(default_factory=threading.Event)

    def was_asked(self, times: int) -> bool:
        """Whether so many requests came and no more; one that was given up in time may still be on its way here."""
        return all(self.came.acquire(timeout=10) for _ in range(times)) and len(self.asked) == times

    def answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def ask(desk: Desk, ocs: ChargingSystem, *answers: Answer, token: str | None = None) -> CsrView:
    """The CSR that comes of the charging system giving these answers."""
    ocs.answers = list(answers)
    return view_csr(desk, line_of(desk, MDN), HttpOcs(ocs.url, token, QUICK))


def refusal(desk: Desk, ocs: ChargingSystem, *answers: Answer) -> str:
    with pytest.raises(Refused) as refused:
        ask(desk, ocs, *answers)
    assert refused.value.remedy
    return refused.value.reason
