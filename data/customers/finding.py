"""Finding an account by its number, as a person or a file writes it."""

from __future__ import annotations

from sqlmodel import Session, select

from data.customers.rules import spellings
from data.customers.tables import Account
from data.errors import NotFound
from data.text import clean


def account_row(session: Session, number: str) -> Account:
    """The row of the account of that number. Raises NotFound where there is none."""
    for written in spellings(number):
        if row := session.exec(select(Account).where(Account.number == written)).one_or_none():
            return row
    raise no_account(number)


def no_account(number: str) -> NotFound:
    """What to raise where no account has that number."""
    return NotFound(f"There is no account {clean(number, 40)} here.", "Check the number, or search for the customer.")
