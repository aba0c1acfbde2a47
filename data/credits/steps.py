"""The steps that a credit may take next, and why one may not be taken: asked by the actions and by the screen alike."""

from __future__ import annotations

from enum import StrEnum

from data import money
from data.agents.rules import Permission, Role
from data.credits.rules import AGREEMENT_TRANSITIONS, TRANSITIONS, AgreementState, CreditState, state_after_month
from data.credits.views import CreditView
from data.errors import No


class Step(StrEnum):
    """What can be done with a credit that was asked for."""

    APPROVE = "approve"
    DENY = "deny"
    WITHDRAW = "withdraw"
    ISSUE = "issue"
    DRAW_UP = "draw up"
    SEND = "send"
    SIGN = "sign"
    DECLINE = "decline"


DECISIONS = {Step.APPROVE: CreditState.APPROVED, Step.DENY: CreditState.DENIED}
SETTLED = {Step.SEND: AgreementState.SENT, Step.SIGN: AgreementState.SIGNED, Step.DECLINE: AgreementState.DECLINED}


def permission(step: Step) -> Permission:
    """What it takes to take that step."""
    return Permission.DECIDE_CREDITS if step in DECISIONS else Permission.REQUEST_CREDITS


def hindrance(step: Step, view: CreditView, me: str, *, decides: bool) -> No | None:
    """Why the agent who signs in as `me` can't take that step with the credit now; None where it can.

    `decides`: whether they decide about credits; what else it takes to be permitted is asked apart.
    """
    if step in DECISIONS:
        return _to_decide(step, view, me)
    if step is Step.WITHDRAW:
        return _to_withdraw(view, me, decides)
    if step is Step.ISSUE:
        return _to_issue(view)
    return _to_draw_up(view) if step is Step.DRAW_UP else _to_settle(SETTLED[step], view)


def _to_decide(step: Step, view: CreditView, me: str) -> No | None:
    if view.requested_by == me and view.state is CreditState.REQUESTED:
        return No("You asked for this credit yourself.", f"Let another {Role.LEAD} decide it.")
    return _state_hinders(view, DECISIONS[step])


def _to_withdraw(view: CreditView, me: str, decides: bool) -> No | None:
    if view.requested_by != me and not decides:
        return No("Somebody else asked for this credit.", "Let them withdraw it, or a lead.")
    return _state_hinders(view, CreditState.WITHDRAWN)


def _to_issue(view: CreditView) -> No | None:
    no = _state_hinders(view, state_after_month(view.months, view.months_issued + 1))
    if no or not view.release_agreement or (view.agreement and view.agreement.state is AgreementState.SIGNED):
        return no
    how = f"It is {view.agreement.state}." if view.agreement else "None has been drawn up."
    if view.agreement is None:
        remedy = "Draw the agreement up, send it, and note that the customer signed it: all under Agreement."
    elif view.agreement.state is AgreementState.DECLINED:
        remedy = "Draw up another version under Agreement, or withdraw the credit."
    else:
        remedy = "Once the customer has signed it, note that under Agreement, or with careline credit signed."
    return No(
        f"A credit of {money.show(view.amount)} is not issued before its Release Agreement is signed. {how}",
        remedy,
    )


def _to_draw_up(view: CreditView) -> No | None:
    if not view.release_agreement:
        return No(f"A credit of {money.show(view.amount)} needs no Release Agreement.", "Issue it once it is approved.")
    if view.state is not CreditState.APPROVED:
        return No(f"This credit is {view.state}.", "An agreement is drawn up once it is approved.")
    return _agreement_hinders(view, AgreementState.REPLACED) if view.agreement else None


def _to_settle(wanted: AgreementState, view: CreditView) -> No | None:
    if view.agreement is None:
        return No(f"Credit {view.id} has no Release Agreement.", "Draw one up first.")
    if view.state is not CreditState.APPROVED:
        return No(f"This credit is {view.state}.", "Its agreement stays as it is.")
    return _agreement_hinders(view, wanted)


def _state_hinders(view: CreditView, wanted: CreditState) -> No | None:
    if wanted in TRANSITIONS[view.state]:
        return None
    if view.state is CreditState.REQUESTED:
        return No("Nobody has approved this credit yet.", "It waits for a lead.")
    decided = view.decided_by and view.state in (CreditState.APPROVED, CreditState.DENIED)
    by = f" by {view.decided_by}" if decided else ""
    ended = not TRANSITIONS[view.state]
    remedy = "Ask for a new one, if it is still owed." if ended else "Issue it, or withdraw it."
    return No(f"This credit is {view.state}{by} already.", remedy)


def _agreement_hinders(view: CreditView, wanted: AgreementState) -> No | None:
    assert view.agreement is not None
    state = view.agreement.state
    if wanted in AGREEMENT_TRANSITIONS[state]:
        return None
    how = "A signed agreement stays." if state is AgreementState.SIGNED else "Draw up a new version first."
    return No(f"Version {view.agreement.version} of the Release Agreement is {state} already.", how)
