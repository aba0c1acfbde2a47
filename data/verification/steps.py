"""What every step of a verification shares: the call, the account, and what was tried so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data.customers.finding import account_row
from data.customers.tables import Account
from data.desk import Desk
from data.errors import Refused
from data.verification.queries import call_row, steps_of, verification_in
from data.verification.rules import LEVELS, Level, Method, Outcome, before
from data.verification.tables import Call, VerificationStep


@dataclass(frozen=True)
class Ongoing:
    """A verification that goes on: the call, the account, and what was tried with its customer on that call."""

    call: Call
    account: Account
    steps: list[VerificationStep]

    @classmethod
    def of(cls, desk: Desk, number: str) -> Ongoing:
        """The one of that account on the agent's call. Raises NotFound; Refused where nobody is on the line."""
        call, account = call_row(desk.session, desk), account_row(desk.session, number)
        return cls(call, account, steps_of(desk.session, call, account.customer_id))

    def last(self, method: Method) -> VerificationStep | None:
        """The newest step of that method that still counts."""
        return next((step for step in reversed(self.steps) if step.method == method and not step.lapsed_at), None)

    def check_turn(self, desk: Desk, method: Method) -> None:
        """Raises Refused where this prompt can't be tried here, or another comes first; none does once one passed."""
        view = verification_in(desk.session, desk, self.account.number)
        if hindrance := view.step(method).hindrance:
            raise Refused(hindrance, "Go on to the next step.")
        offered = [step.method for step in view.steps if step.offered]
        settled = [step.method for step in view.steps if step.outcome is not None]
        if not view.level and (first := before(method, offered, settled)):
            raise Refused(f"The {first} comes before the {method}.", f"Try the {first}, or pass it over.")

    def new(self, desk: Desk, method: Method, outcome: Outcome, **fields: Any) -> VerificationStep:
        """A further step, not yet settled."""
        assert self.call.id is not None
        step = VerificationStep(
            call_id=self.call.id,
            account_id=self.account.id,
            customer_id=self.account.customer_id,
            method=method,
            outcome=outcome,
            at=desk.now(),
            **fields,
        )
        desk.session.add(step)
        return step

    def tell(self, desk: Desk, method: Method, outcome: Outcome, **facts: Any) -> None:
        """Tells the audit what came of a step."""
        desk.event.tell(account_id=self.account.id, call=self.call.id, method=method, outcome=outcome, **facts)

    def take_onto_call(self, desk: Desk) -> None:
        """Puts the account on the call: whoever is being verified is the caller."""
        if self.call.account_id != self.account.id:
            self.call.account_id, self.call.level, self.call.method = self.account.id, Level.NONE, ""
            desk.session.add(self.call)


def settle(desk: Desk, step: VerificationStep, outcome: Outcome) -> None:
    """Ends a step with `outcome`; what was sent for it opens nothing any more."""
    step.outcome, step.settled_at, step.digest = outcome, desk.now(), ""
    desk.session.add(step)


def pass_step(desk: Desk, step: VerificationStep, call: Call) -> None:
    """The caller is verified by `step`, on the account of the customer whose it is."""
    settle(desk, step, Outcome.PASSED)
    method = Method(step.method)
    if call.account_id != step.account_id or LEVELS[method] >= call.level:
        call.account_id, call.level, call.method = step.account_id, LEVELS[method], method
    desk.session.add(call)
    desk.event.tell(account_id=call.account_id, call=call.id, method=method, outcome=Outcome.PASSED)
