"""Calls and verifications as screens and commands get them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.verification.rules import ORDER, Level, Method, Outcome, told


@dataclass(frozen=True)
class CallView:
    """A call. `account`: the caller's account number, None while nobody knows; `name`: the customer's, "" then.

    `level` and `method`: how far the caller is verified, or was when it ended. `outgoing`: a call back.
    """

    id: int
    agent: str
    account: str | None
    customer_id: int | None
    name: str
    begun_at: datetime
    ended_at: datetime | None
    level: Level
    method: Method | None
    outgoing: bool

    @property
    def told(self) -> str:
        """How far the caller is verified, in words."""
        return told(self.level, self.method)

    def seconds(self, now: datetime) -> int:
        """How long it has gone on, or went on."""
        return max(0, int(((self.ended_at or now) - self.begun_at).total_seconds()))


@dataclass(frozen=True)
class StepView:
    """A prompt as it stands for one customer on this call. `outcome` None: not tried yet.

    `hindrance`: why it can't be tried here, "" where it can. `expires_at`: until when what was sent holds.
    """

    method: Method
    outcome: Outcome | None
    hindrance: str = ""
    expires_at: datetime | None = None
    tries_left: int | None = None

    @property
    def offered(self) -> bool:
        """Whether it can be tried here at all."""
        return not self.hindrance

    @property
    def open(self) -> bool:
        """Whether it can be answered still: not tried, on its way, or a wrong PIN that is not locked."""
        waits = self.outcome in (None, Outcome.SENT)
        return self.offered and (waits or (self.method is Method.PIN and self.outcome is Outcome.FAILED))


@dataclass(frozen=True)
class VerificationView:
    """How the customer of an account may be verified now. `steps` in the order of the prompts, the call-back last.

    `has_pin`: whether the customer has one; `demo_pin`: it, in a demo, where one plays the customer too.
    """

    account: str
    name: str
    level: Level
    method: Method | None
    steps: tuple[StepView, ...]
    has_pin: bool
    demo_pin: str = ""

    @property
    def next(self) -> Method | None:
        """The prompt whose turn it is; None where the customer is verified, or none is left."""
        turn = (step.method for step in self.steps if step.open and step.method in ORDER)
        return None if self.level else next(turn, None)

    @property
    def told(self) -> str:
        """How far the caller is verified, in words."""
        return told(self.level, self.method)

    def step(self, method: Method) -> StepView:
        """The step of that method."""
        return next(step for step in self.steps if step.method is method)


@dataclass(frozen=True)
class Sent:
    """A link or a temporary PIN is on its way. `demo`: what the customer reads, told in a demo only; "" elsewhere."""

    method: Method
    expires_at: datetime
    demo: str = ""


@dataclass(frozen=True)
class Checked:
    """What became of a PIN that a caller gave. `tries_left`: until it is void or locked; `locked_until`: if it is."""

    passed: bool
    tries_left: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True)
class BulkLookView:
    """An agent who opened `accounts` accounts without a call between `since` and `until`."""

    id: int
    agent: str
    since: datetime
    until: datetime
    accounts: int
    seen_by: str
    seen_at: datetime | None
