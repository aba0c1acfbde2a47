"""Whether an account's bills may be seen now: where they are masked, reading them is refused."""

from __future__ import annotations

from sqlmodel import Session

from data.customers.finding import account_row
from data.customers.tables import Account
from data.desk import Desk
from data.verification.rules import Field
from data.verification.sight import see, sight_in


def account_with_bills(session: Session, desk: Desk, number: str) -> Account:
    """The account of that number, to read its bills. Raises NotFound; Refused where they are masked."""
    account = account_row(session, number)
    refuse_masked_bills(session, desk, account)
    return account


def refuse_masked_bills(session: Session, desk: Desk, account: Account) -> None:
    """Raises Refused where the account's bills are masked."""
    see(session, desk, account.customer_id, Field.BILLS)


def bills_are_masked(session: Session, desk: Desk, account: Account) -> bool:
    """Whether the account's bills are masked now."""
    return Field.BILLS in sight_in(session, desk).hidden(account.customer_id)
