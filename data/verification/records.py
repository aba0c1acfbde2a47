"""The number and the address of record: where a customer surely is, as 47 CFR 64.2003 defines them."""

from __future__ import annotations

import json
from datetime import timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from data.audit import AuditEvent
from data.customers.rules import ContactMedium
from data.customers.tables import Account, Contact
from data.desk import Desk
from data.lines.rules import LineStatus
from data.lines.tables import Line
from data.operators.rules import is_mail_address

ON_FILE = timedelta(days=30)  # an address younger than that is not one of record
CHANGES = ("customer.edit", "customer.import")  # the actions that change one


class Record(StrEnum):
    """Where a message goes; an agent is told no more than this."""

    NUMBER = "number of record"
    ADDRESS = "address of record"


def number_of_record(session: Session, account_id: int) -> str | None:
    """The phone number of the service itself, never one that was given as a contact; None where there is none."""
    lines = select(Line.mdn).where(
        Line.account_id == account_id, Line.status == LineStatus.ACTIVE, col(Line.mdn).is_not(None)
    )
    return session.exec(lines.order_by(col(Line.id)).limit(1)).first()


def first_mail_address(session: Session, customer_id: int) -> str | None:
    """The mail address that stands first among the customer's contacts, of record or not; None without one."""
    mails = select(Contact.value).where(Contact.customer_id == customer_id, Contact.medium == ContactMedium.EMAIL)
    return session.exec(mails.order_by(col(Contact.position), col(Contact.id)).limit(1)).first()


def address_of_record(session: Session, desk: Desk, customer_id: int) -> str | None:
    """The customer's first mail address, where none was changed for 30 days; else None."""
    address = first_mail_address(session, customer_id)
    if address is None or not is_mail_address(address) or mail_changed_lately(session, desk, customer_id):
        return None
    return address


def where(session: Session, desk: Desk, record: Record, account: Account) -> str | None:
    """The number or address of record of that account; None where there is none."""
    assert account.id is not None
    if record is Record.NUMBER:
        return number_of_record(session, account.id)
    return address_of_record(session, desk, account.customer_id)


def mail_changed_lately(session: Session, desk: Desk, customer_id: int) -> bool:
    """Whether a mail address of the customer was changed within 30 days, so that none of them is of record.

    What came with the customer, in a file as at a desk, counts at once: nobody took over an account with it.
    """
    accounts = select(Account.id).where(Account.customer_id == customer_id)
    edits = select(AuditEvent.detail).where(
        col(AuditEvent.account_id).in_(accounts),
        col(AuditEvent.action).in_(CHANGES),
        AuditEvent.at > desk.now() - ON_FILE,
    )
    return any("emails" in json.loads(detail).get("changed", {}) for detail in session.exec(edits))
