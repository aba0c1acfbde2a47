"""Reads about agents: what the one at this desk opened last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from data.agents.tables import RecentlyOpened
from data.customers.rules import display_name
from data.customers.tables import Account, Customer
from data.desk import Desk
from data.lines.tables import Line


@dataclass(frozen=True)
class RecentView:
    """An account that the agent opened. `account` is its number, `mdn` its first line's (None: no number yet)."""

    account: str
    name: str
    mdn: str | None
    opened_at: datetime


def recently_opened(desk: Desk, limit: int = 20) -> tuple[RecentView, ...]:
    """The accounts that this desk's agent opened, the latest first, each once."""
    first_mdn = select(func.min(Line.mdn)).where(col(Line.account_id) == col(Account.id)).scalar_subquery()
    query = (
        select(RecentlyOpened.opened_at, Account.number, Customer, first_mdn)
        .join(Account, col(Account.id) == col(RecentlyOpened.account_id))
        .join(Customer, col(Customer.id) == col(Account.customer_id))
        .where(col(RecentlyOpened.agent_id) == desk.agent.id)
        .order_by(col(RecentlyOpened.opened_at).desc(), col(RecentlyOpened.account_id))
        .limit(limit)
    )
    with desk.reading() as session:
        return tuple(
            RecentView(number, display_name(c.first_name, c.middle_name, c.last_name, c.company_name), mdn, opened_at)
            for opened_at, number, c, mdn in session.exec(query)
        )
