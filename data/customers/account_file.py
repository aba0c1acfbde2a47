"""All that an account's screen begins with, read in one snapshot: the account and its cases."""

from __future__ import annotations

from dataclasses import dataclass

from data.cases.queries import cases_in
from data.cases.views import CaseRow
from data.customers.queries import AccountView, account_in
from data.desk import Desk


@dataclass(frozen=True)
class AccountFile:
    """An account, and its cases: those under way first, then the latest opened."""

    account: AccountView
    cases: tuple[CaseRow, ...]


def account_file(desk: Desk, number: str) -> AccountFile:
    """The account of that number with its cases. Raises NotFound where there is none."""
    with desk.reading() as session:
        found = account_in(session, desk, number)
        return AccountFile(found, cases_in(session, found.id))
