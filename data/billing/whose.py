"""Whose bill it is: an account whose bills may be seen now."""

from __future__ import annotations

from sqlmodel import Session

from data.customers.finding import account_row
from data.customers.tables import Account
from data.desk import Desk
from data.verification.rules import Field
from data.verification.sight import see, sight_in


def account_seen(session: Session, desk: Desk, number: str) -> Account:
    """The account of that number. Raises NotFound; Refused where its bills are masked."""
    return seen(session, desk, account_row(session, number))


def seen(session: Session, desk: Desk, account: Account) -> Account:
    """The account itself. Raises Refused where its bills are masked."""
    see(session, desk, account.customer_id, Field.BILLS)
    return account


def may_see(session: Session, desk: Desk, account: Account) -> bool:
    """Whether the account's bills may be seen now."""
    return Field.BILLS not in sight_in(session, desk).hidden(account.customer_id)
