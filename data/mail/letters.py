"""Letters on paper, to customers whom no mail and no text reaches: they wait until somebody prints and posts them.

A letter keeps the address of the day on which it was written, because a change of address is told at the former one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from data.agents.rules import Permission
from data.customers.tables import Account
from data.desk import Desk, action, permit
from data.errors import NotFound, Refused
from data.mail.tables import PostalLetter


@dataclass(frozen=True)
class LetterView:
    """A letter as it is listed, without the address. `posted_at`: None while it waits."""

    id: int
    account: str
    queued_by: str
    queued_at: datetime
    posted_by: str
    posted_at: datetime | None


@dataclass(frozen=True)
class PrintedLetter:
    """A letter whole: to whom, a line each, and what it says."""

    id: int
    account: str
    address: tuple[str, ...]
    body: str
    queued_at: datetime


def queue_letter(desk: Desk, account_id: int, address: Iterable[str], body: str) -> None:
    """Has a letter wait, in the action that runs. `address`: name and address, a line each."""
    desk.session.add(
        PostalLetter(
            account_id=account_id,
            address="\n".join(address),
            body=body,
            queued_by=desk.agent.name,
            queued_at=desk.now(),
        )
    )


def letters(desk: Desk, *, posted: bool = False) -> tuple[LetterView, ...]:
    """The letters that wait, the oldest first; `posted`: those that were posted, too."""
    permit(desk, Permission.SEND_MAIL)
    with desk.reading() as session:
        return tuple(_view(row, number) for row, number in _rows(session, posted=posted))


def letters_waiting(desk: Desk) -> int:
    """How many letters wait, where this agent sends mail; else 0."""
    if not desk.may(Permission.SEND_MAIL):
        return 0
    with desk.reading() as session:
        return session.exec(select(func.count()).where(col(PostalLetter.posted_at).is_(None))).one()


@action("letter.print", needs=Permission.SEND_MAIL)
def print_letters(desk: Desk) -> tuple[PrintedLetter, ...]:
    """The letters that wait, whole. That somebody read these addresses is on the record."""
    found = [
        PrintedLetter(row.id or 0, number, tuple(row.address.splitlines()), row.body, row.queued_at)
        for row, number in _rows(desk.session)
    ]
    desk.event.tell(letters=[letter.id for letter in found], accounts=[letter.account for letter in found])
    return tuple(found)


@action("letter.posted", needs=Permission.SEND_MAIL)
def note_posted(desk: Desk, letter_id: int) -> LetterView:
    """Notes that a letter was posted. Raises NotFound where there is none, Refused where it was posted before."""
    row = desk.session.get(PostalLetter, letter_id)
    if row is None:
        raise NotFound(f"There is no letter {letter_id}.", "See `careline mail letters`.")
    if row.posted_at is not None:
        raise Refused(f"{row.posted_by} posted that letter already.", "There is nothing left to do about it.")
    row.posted_by, row.posted_at = desk.agent.name, desk.now()
    desk.session.add(row)
    desk.event.tell(account_id=row.account_id, letter=letter_id)
    return _view(row, desk.session.get_one(Account, row.account_id).number)


def _rows(session: Session, *, posted: bool = False) -> Iterable[tuple[PostalLetter, str]]:
    query: Any = select(PostalLetter, Account.number).join(Account, col(Account.id) == col(PostalLetter.account_id))
    if not posted:
        query = query.where(col(PostalLetter.posted_at).is_(None))
    return session.exec(query.order_by(col(PostalLetter.id)))  # type: ignore[no-any-return]


def _view(row: PostalLetter, number: str) -> LetterView:
    assert row.id is not None
    return LetterView(row.id, number, row.queued_by, row.queued_at, row.posted_by, row.posted_at)
