"""Undoing the last step of a credit: only by whoever took it, within minutes, and while nothing came after it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from data import money
from data.agents.rules import Permission, Role
from data.agents.tables import Agent
from data.credits.authority import route
from data.credits.queries import asked_together, credit_in, own_limit
from data.credits.rules import STANDING, UNDO_WITHIN, AgreementState, CreditKind, CreditState, undone
from data.credits.tables import Credit
from data.credits.views import WholeCredit
from data.credits.writing import credit_row, keep_step, shown_amount, tell_of
from data.desk import Desk, action
from data.errors import No, Refused, refuse

IN_FORCE = (AgreementState.DRAWN_UP, AgreementState.SENT, AgreementState.SIGNED)


def becomes(whole: WholeCredit, agent: str, now: datetime) -> CreditState | No:
    """What undoing makes of a credit for the agent who signs in as `agent`, or why it can't be undone."""
    last = whole.steps[-1]
    view = whole.credit
    wanted = undone([step.state for step in whole.steps], view.requested_by == last.agent)
    if wanted is None:
        why = "Nothing was done that could be undone."
        if last.state in (CreditState.ISSUING, CreditState.ISSUED):
            why = "What was issued is with the customer."
        return No(why, "Withdraw what is left of it, or ask for another credit.")
    if last.agent != agent:
        return No(f"{last.agent} took the last step.", f"Ask {last.agent} to undo it.")
    if now - last.at > UNDO_WITHIN:
        return No("That was more than ten minutes ago.", "Take the next step instead, so that its story stays true.")
    if last.state is CreditState.APPROVED and view.agreement and view.agreement.state in IN_FORCE:
        return No("A Release Agreement was drawn up since.", "Withdraw the credit instead.")
    return wanted


@action("credit.undo", needs=Permission.REQUEST_CREDITS)
def undo(desk: Desk, credit_id: int) -> WholeCredit:
    """Undoes the agent's own last step: what was asked for is withdrawn, what was decided waits again.

    Raises NotFound; Refused where it is too late, somebody else's, or with the customer.
    """
    row = credit_row(desk.session, credit_id)
    last = row.state
    wanted = becomes(credit_in(desk.session, credit_id), desk.agent.name, desk.now())
    if isinstance(wanted, No):
        raise Refused(wanted.reason, wanted.remedy)
    refuse(_too_much_together(desk.session, row, wanted))
    row.state = wanted
    if wanted is CreditState.REQUESTED:
        row.decided_by_id, row.decided_at, row.decision = None, None, ""
    desk.session.add(row)
    desk.event.tell(undone=last)
    keep_step(desk, row, f"undone: {last}")
    tell_of(desk, row, f"Credit of {shown_amount(row)} {wanted} again: {last} was undone")
    return credit_in(desk.session, credit_id)


def _too_much_together(session: Session, row: Credit, wanted: CreditState) -> No | None:
    """Why what was granted alone and then withdrawn may not stand again: with what was asked for since, it is more."""
    if wanted not in STANDING - {CreditState.REQUESTED} or row.decided_by_id != row.requested_by_id:
        return None
    assert row.id is not None
    _, others = asked_together(session, row.case_id, row.account_id, row.requested_at, row.id)
    role, amount = Role(session.get_one(Agent, row.requested_by_id).role), money.from_cents(row.cents)
    way = route(CreditKind(row.kind), amount, None, role, own_limit=own_limit(session), before=others)
    return None if way.alone else No(way.why, "Ask for it anew, so that a lead decides.")
