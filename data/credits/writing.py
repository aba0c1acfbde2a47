"""What every action on a credit shares: its row, its story, and the timeline that tells of it."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, select

from data import money
from data.agents.rules import Permission
from data.cases.free_text import refuse_secrets
from data.cases.rules import EntryKind
from data.cases.tables import Case
from data.cases.writing import tell
from data.credits.queries import credit_in, no_credit
from data.credits.rules import SHORT_LIMIT
from data.credits.steps import Step, hindrance
from data.credits.tables import Credit, CreditStep
from data.desk import Desk
from data.errors import Invalid, refuse
from data.text import clean, refuse_long


def credit_row(session: Session, credit_id: int) -> Credit:
    """The row of that credit, held for writing. Raises NotFound where there is none."""
    row = session.exec(select(Credit).where(Credit.id == credit_id).with_for_update()).one_or_none()
    if row is None:
        raise no_credit(credit_id)
    return row


def row_for(desk: Desk, credit_id: int, step: Step) -> Credit:
    """The row of that credit, to take `step` with. Raises NotFound; Refused where it can't be taken now."""
    row = credit_row(desk.session, credit_id)
    view = credit_in(desk.session, credit_id).credit
    refuse(hindrance(step, view, desk.agent.name, decides=desk.may(Permission.DECIDE_CREDITS)))
    return row


def keep_step(desk: Desk, row: Credit, why: str) -> None:
    """Keeps who gave the credit its state, when and why."""
    desk.session.add(row)
    assert row.id is not None
    desk.session.add(CreditStep(credit_id=row.id, at=desk.now(), agent=desk.agent.name, state=row.state, why=why))
    desk.session.flush()


def tell_of(desk: Desk, row: Credit, text: str) -> None:
    """Tells of a credit on its case's timeline, or at least on its account's."""
    facts: dict[str, Any] = {"credit": row.id, "amount": shown_amount(row), "state": row.state}
    if row.case_id is not None:
        tell(desk, desk.session.get_one(Case, row.case_id), EntryKind.CREDIT, text, detail={"credit": row.id})
    desk.event.tell(account_id=row.account_id, **facts)


def shown_amount(row: Credit) -> str:
    """The credit's whole amount as a person reads it."""
    return money.show(money.from_cents(row.cents))


def said(text: str, wanting: str = "") -> str:
    """`text` as it is kept; with `wanting`, the sentence that is told where there is none, it may not be empty.

    Raises Invalid, also where it is too long or holds what is kept nowhere.
    """
    refuse_secrets(why=text)
    refuse_long(SHORT_LIMIT, why=text)
    kept = clean(text, SHORT_LIMIT)
    if wanting and not kept:
        raise Invalid({"why": wanting}, "Nothing was changed.")
    return kept
