"""A change of PIN, e-mail or address of record is told at the previous contact, without the new value
(47 CFR 64.2010(f)).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from data.customers.tables import Account
from data.desk import Desk
from data.mail.queue import TO_CUSTOMER, queue_mail
from data.operators.rules import is_mail_address
from data.verification.records import Record, number_of_record, where
from data.verification.sending import text_address

SUBJECT = "Your account was changed"
BODY = (
    "The {what} of your account was changed at your request on {day}.\n\n"
    "If you did not ask for it, call us at once, and we will look at it with you."
)


class Change(StrEnum):
    """What the previous contact is told of; the value is how the notice names it."""

    PIN = "PIN"
    EMAIL = "e-mail address"
    ADDRESS = "address"


ADDRESS_FIELDS = frozenset({"street", "street2", "city", "county", "state", "zip"})


def changes_in(fields: Iterable[str]) -> tuple[Change, ...]:
    """What a notice tells of, for changed fields of a customer."""
    changed = set(fields)
    found = {Change.EMAIL: "emails" in changed, Change.ADDRESS: bool(changed & ADDRESS_FIELDS)}
    return tuple(change for change, told in found.items() if told)


def give_notice(desk: Desk, account: Account, *changes: Change, previous_email: str | None = None) -> None:
    """Queues one notice of `changes` in the action that runs; where there is nobody to reach, the audit says so.

    `previous_email`: where the e-mail address itself changed, what it was before, "" for none.
    """
    if not changes:
        return
    address = _previous(desk, account, previous_email)
    desk.event.tell(notice="queued" if address else "by letter")
    if address:
        what = " and the ".join(changes)
        day = f"{desk.today():%m-%d-%Y}"
        queue_mail(
            desk,
            f"{TO_CUSTOMER}notice:{desk.random.getrandbits(128):032x}",
            address,
            SUBJECT,
            BODY.format(what=what, day=day),
        )


def _previous(desk: Desk, account: Account, previous_email: str | None) -> str | None:
    """The previous mail address, else the address of record, else the number of record as a text; else None."""
    if previous_email and is_mail_address(previous_email):
        return previous_email
    assert account.id is not None
    if previous_email is None and (mail := where(desk.session, desk, Record.ADDRESS, account)):
        return mail
    number = number_of_record(desk.session, account.id)
    return text_address(desk, number) if number else None
